package dev.eksplatform.internal.cli;

import dev.eksplatform.problem.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code NAME=FILE} of an option {@code --stack}. */
final class StackOption {

    private StackOption() {}

    /** The file by the stack's name, in the order given. */
    static Map<String, Path> byName(List<String> options) {
        Map<String, Path> files = new LinkedHashMap<>();
        Problems problems = new Problems();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals <= 0 || equals == option.length() - 1) {
                problems.add(
                        "--stack",
                        "\"" + option + "\"",
                        "NAME=FILE",
                        "write the stack's name, an equals sign and the file");
            } else if (files.putIfAbsent(option.substring(0, equals), Path.of(option.substring(equals + 1))) != null) {
                problems.add(
                        "--stack",
                        "\"" + option.substring(0, equals) + "\" for the second time",
                        "each stack once",
                        "leave one out");
            }
        }
        problems.throwIfAny();
        return files;
    }
}

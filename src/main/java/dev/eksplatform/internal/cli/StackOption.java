package dev.eksplatform.internal.cli;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code NAME=FILE} of options such as {@code --stack}. */
final class StackOption {

    private StackOption() {}

    /** The file by the stack's name, in the order given, of the options {@code --stack}. */
    static Map<String, Path> byName(List<String> options) {
        return byName("--stack", options);
    }

    /** The file by the stack's name, in the order given. */
    static Map<String, Path> byName(String name, List<String> options) {
        Place place = new Place.OnCommandLine(name);
        Map<String, Path> files = new LinkedHashMap<>();
        Problems problems = new Problems();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals <= 0 || equals == option.length() - 1) {
                problems.add(new Problem(place, "\"" + option + "\"", "write NAME=FILE"));
            } else if (files.putIfAbsent(option.substring(0, equals), Path.of(option.substring(equals + 1))) != null) {
                problems.add(new Problem(
                        place, "duplicate stack \"" + option.substring(0, equals) + "\"", "remove one of them"));
            }
        }
        problems.throwIfAny();
        return files;
    }
}

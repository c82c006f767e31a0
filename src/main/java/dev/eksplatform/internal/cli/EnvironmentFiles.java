package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment files of a command. */
final class EnvironmentFiles {

    /** The most names that an error lists. */
    private static final int FEW = 8;

    private static final Path FOLDER = Path.of("stacks");

    private EnvironmentFiles() {}

    /**
     * Reads environments.
     *
     * @param files the files; empty for all of {@code stacks/*.yaml} and {@code stacks/*.yml}
     * @throws InvalidInputException with the problems of all of them
     */
    static List<Environment> read(List<Path> files) {
        List<Environment> environments = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files.isEmpty() ? all() : new LinkedHashSet<>(files)) {
            try {
                checkExists(file);
                environments.add(Environment.read(file));
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return environments;
    }

    /** Prints the warnings of the environments. */
    static void warn(List<Environment> environments, PrintWriter err) {
        environments.forEach(
                environment -> environment.warnings().forEach(warning -> err.println("warning: " + warning)));
        err.flush();
    }

    private static List<Path> all() {
        List<Path> found = in(FOLDER);
        if (found.isEmpty()) {
            throw new InvalidInputException(new Problem(
                    Place.file(FOLDER),
                    Files.isDirectory(FOLDER) ? "no environment file" : "no such folder",
                    "files ending in .yaml or .yml, in the folder stacks of the working folder",
                    "name a file, or run the command where stacks is"));
        }
        return found;
    }

    /** The files of a folder that may be environments, as a shell finds {@code *.yaml} and {@code *.yml}. */
    private static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isYaml(name(file))).sorted().toList();
        } catch (IOException e) {
            throw new InvalidInputException(FileFault.unreadable(Place.file(folder), e));
        }
    }

    private static boolean isYaml(String name) {
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void checkExists(Path file) {
        if (file.toString().isEmpty()) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("FILE"), "an empty path", "set the path of an environment file"));
        }
        if (Files.isDirectory(file)) {
            List<Path> files = in(file);
            throw new InvalidInputException(new Problem(
                    Place.file(file),
                    "a folder",
                    files.isEmpty()
                            ? "name a file; there is none in this folder"
                            : "name the files in it: " + file.resolve(pattern(files))));
        }
        if (Files.notExists(file)) {
            throw new InvalidInputException(new Problem(
                    Place.file(file), "no such file", suggestion(file).orElse("check the path")));
        }
    }

    private static String pattern(List<Path> files) {
        return files.stream().allMatch(file -> name(file).endsWith(".yml")) ? "*.yml" : "*.yaml";
    }

    /** The file that was meant: one in the same folder, or in {@code stacks} when only its name was written. */
    private static Optional<String> suggestion(Path file) {
        Path folder = Objects.requireNonNullElse(file.getParent(), Path.of(""));
        List<Path> siblings = new ArrayList<>();
        if (Files.isReadable(folder.toAbsolutePath())) {
            siblings.addAll(in(folder.toAbsolutePath()));
        }
        Optional<String> near = near(name(file), siblings)
                .map(found -> file.resolveSibling(found).toString());
        if (near.isEmpty() && Files.isReadable(FOLDER)) {
            near = near(name(file), in(FOLDER))
                    .map(found -> FOLDER.resolve(found).toString());
        }
        return near.map(found -> "did you mean " + found + "?").or(() -> listed(file, siblings));
    }

    private static Optional<String> near(String written, List<Path> files) {
        String plain = withoutEnding(written);
        Map<String, String> names = new TreeMap<>();
        files.forEach(file -> names.putIfAbsent(withoutEnding(name(file)), name(file)));
        return Suggestion.nearest(plain, names.keySet())
                .filter(near -> near.length() <= 2 * plain.length())
                .map(names::get);
    }

    private static String withoutEnding(String name) {
        return name.replaceFirst("\\.ya?ml$", "");
    }

    private static Optional<String> listed(Path file, List<Path> siblings) {
        return siblings.isEmpty()
                ? Optional.empty()
                : Optional.of("there are: "
                        + siblings.stream()
                                .limit(FEW)
                                .map(sibling ->
                                        file.resolveSibling(name(sibling)).toString())
                                .collect(Collectors.joining(", "))
                        + (siblings.size() > FEW ? " and others" : ""));
    }
}

package dev.eksplatform.cli;

import dev.eksplatform.config.Environment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** The environment files that a command works on. */
final class EnvironmentFiles {

    private static final Path FOLDER = Path.of("stacks");

    private EnvironmentFiles() {}

    /**
     * Reads environments.
     *
     * @param files the files; empty for all of {@code stacks/*.yaml}
     * @throws InvalidInputException with the problems of all of them
     */
    static List<Environment> read(List<Path> files) {
        List<Environment> environments = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files.isEmpty() ? all() : new LinkedHashSet<>(files)) {
            try {
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

    /** Prints what is likely not meant in the environments. */
    static void warn(List<Environment> environments, PrintWriter err) {
        environments.forEach(
                environment -> environment.warnings().forEach(warning -> err.println("warning: " + warning)));
        err.flush();
    }

    private static List<Path> all() {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(FOLDER)) {
            try (Stream<Path> files = Files.list(FOLDER)) {
                files.filter(file -> file.toString().endsWith(".yaml")).sorted().forEach(found::add);
            } catch (IOException e) {
                throw new InvalidInputException(new Problem(
                        FOLDER.toString(), "the folder cannot be read", "a readable folder", "check its permissions"));
            }
        }
        if (found.isEmpty()) {
            throw new InvalidInputException(new Problem(
                    FOLDER.toString(),
                    "no environment file",
                    "files ending in .yaml, in the folder stacks of the working folder",
                    "name a file, or run the command where stacks is"));
        }
        return found;
    }
}

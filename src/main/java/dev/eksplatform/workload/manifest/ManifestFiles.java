package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the files that an environment names, by glob patterns such as {@code sample-app/*.yaml}. */
public final class ManifestFiles {

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");
    private static final int DEEPEST = 16;

    private ManifestFiles() {}

    /**
     * Finds files.
     *
     * @param base the folder that the patterns are relative to
     * @param patterns file names, or glob patterns with {@code *}, {@code ?}, {@code **}, {@code [ab]} and {@code {a,b}};
     *     a pattern with a wildcard only finds {@code .yaml}, {@code .yml} and {@code .json} files
     * @param problems collects, at {@code [index]}, a pattern that matches nothing, that is absolute or that leaves the
     *     folder
     * @return the files below {@code base}, pattern by pattern and by name within one, each once
     */
    public static List<Path> find(Path base, List<String> patterns, Problems problems) {
        Set<Path> files = new LinkedHashSet<>();
        for (int i = 0; i < patterns.size(); i++) {
            List<Path> found = find(base, patterns.get(i), "[" + i + "]", problems);
            files.addAll(found);
        }
        return List.copyOf(files);
    }

    private static List<Path> find(Path base, String pattern, String where, Problems problems) {
        String folder = folder(base);
        if (pattern.isBlank()
                || pattern.startsWith("/")
                || List.of(pattern.split("/", -1)).contains("..")) {
            problems.add(
                    where,
                    "\"" + pattern + "\" is not a file below " + folder,
                    "a file or a glob pattern relative to " + folder + ", without ..",
                    "move the file below " + folder + " and name it like sample-app/*.yaml");
            return List.of();
        }
        boolean glob = WILDCARD.matcher(pattern).find();
        if (!isPath(pattern)) {
            problems.add(
                    where,
                    "\"" + pattern.replaceAll("\\p{Cntrl}", "?") + "\" cannot be the name of a file",
                    "a file or a glob pattern relative to " + folder + ", without ..",
                    "remove the characters that file names cannot have");
            return List.of();
        }
        List<Path> all = regularFiles(base.resolve(literalFolder(pattern, glob)));
        List<Path> found;
        try {
            PathMatcher matcher = glob
                    ? FileSystems.getDefault().getPathMatcher("glob:" + pattern)
                    : path -> path.equals(Path.of(pattern).normalize());
            found = all.stream()
                    .filter(file -> matcher.matches(base.relativize(file)))
                    .filter(file -> !glob || EXTENSIONS.stream().anyMatch(name(file)::endsWith))
                    .toList();
        } catch (PatternSyntaxException e) {
            problems.add(
                    where,
                    "\"" + pattern + "\" is not a glob pattern",
                    "a file or a glob pattern with *, ?, **, [ab] or {a,b}",
                    "write it like sample-app/*.yaml");
            return List.of();
        }
        if (found.isEmpty()) {
            problems.add(nothing(base, pattern, where, glob));
        }
        return found;
    }

    /** File names have no NUL, and no halves of characters. */
    private static boolean isPath(String pattern) {
        try {
            return !Path.of(pattern).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Problem nothing(Path base, String pattern, String where, boolean glob) {
        String folder = folder(base);
        int slash = pattern.lastIndexOf('/');
        List<String> near = regularFiles(base).stream()
                .map(base::relativize)
                .filter(file -> EXTENSIONS.stream().anyMatch(name(file)::endsWith))
                .flatMap(file -> glob && file.getParent() != null
                        ? Stream.of(
                                name(file.getParent()) + pattern.substring(Math.max(slash, 0)),
                                name(file.getParent()) + "/*" + extension(file))
                        : Stream.of(name(file)))
                .distinct()
                .filter(name -> !name.equals(pattern))
                .toList();
        String fix = Suggestion.nearest(pattern, near)
                .map(name -> "did you mean " + name + "?")
                .orElse(
                        glob
                                ? "create a file that it matches, or remove the pattern"
                                : "create the file, or remove it here");
        return new Problem(
                where,
                glob
                        ? "\"" + pattern + "\" matches no file in " + folder
                        : "there is no file " + pattern + " in " + folder,
                "files that exist, relative to " + folder,
                fix);
    }

    private static String folder(Path base) {
        return base.toString().isEmpty() ? "." : name(base);
    }

    private static String literalFolder(String pattern, boolean glob) {
        String literal = glob ? WILDCARD.split(pattern, 2)[0] : pattern;
        int slash = literal.lastIndexOf('/');
        return slash < 0 ? "" : literal.substring(0, slash);
    }

    private static List<Path> regularFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String extension(Path file) {
        return name(file).substring(name(file).lastIndexOf('.'));
    }

    /** A path with forward slashes on every system. */
    static String name(Path path) {
        return path.toString().replace('\\', '/');
    }
}

package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Finds the files that an environment names, by glob patterns such as {@code sample-app/*.yaml}. */
@API(status = API.Status.INTERNAL)
public final class ManifestFiles {

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");
    private static final Pattern OBJECT = Pattern.compile("(?m)^\\s*(?:\\{\\s*)?[\"']?apiVersion[\"']?\\s*:");
    private static final Set<String> EXTENSIONS = Set.of(".yaml", ".yml", ".json");

    /** How much of a file is read to see whether it holds Kubernetes objects. */
    private static final int HEAD = 4096;

    /** Emacs locks a file with a dangling link whose name begins so. */
    private static final String LOCK = ".#";

    /** More than any real pattern has. */
    private static final int MOST_VARIANTS = 64;

    private final Path base;
    private final Problems problems;
    private final Problems warnings;

    private ManifestFiles(Path base, Problems problems, Problems warnings) {
        this.base = base;
        this.problems = problems;
        this.warnings = warnings;
    }

    /**
     * Finds files. Links are followed, to files and to folders; a file that is reached in several ways is found once. Files
     * whose name begins with a dot are found like others, as {@code kubectl apply -f folder} does.
     *
     * @param base the folder that the patterns are relative to
     * @param patterns file names, or glob patterns with {@code *}, {@code ?}, {@code **}, {@code [ab]} and {@code {a,b}};
     *     {@code **}{@code /} matches any number of folders, also none; a pattern with a wildcard only finds
     *     {@code .yaml}, {@code .yml} and {@code .json} files
     * @param problems collects, at the index of its pattern, a pattern that matches nothing, that is a folder, that is absolute or
     *     that leaves the folder, and links to nothing
     * @param warnings collects, at the index of a pattern, the files with Kubernetes objects in the folders of a pattern's files that no pattern
     *     matches
     * @return the files below {@code base}, pattern by pattern and by name within one, each once
     */
    public static List<Path> find(Path base, List<String> patterns, Problems problems, Problems warnings) {
        return new ManifestFiles(base, problems, warnings).find(patterns);
    }

    private List<Path> find(List<String> patterns) {
        Map<Path, Path> files = new LinkedHashMap<>();
        List<Set<Path>> folders = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            List<Path> found = find(patterns.get(i), PropertyPath.ROOT.index(i));
            found.forEach(file -> files.putIfAbsent(real(file), file));
            boolean glob = WILDCARD.matcher(patterns.get(i)).find();
            folders.add(glob ? found.stream().map(Path::getParent).collect(Collectors.toSet()) : Set.of());
        }
        Set<Path> reported = new TreeSet<>(files.keySet());
        for (int i = 0; i < patterns.size(); i++) {
            for (Path file : beside(folders.get(i))) {
                if (reported.add(real(file)) && holdsObjects(file)) {
                    leftOut(file, patterns.get(i), PropertyPath.ROOT.index(i));
                }
            }
        }
        return List.copyOf(files.values());
    }

    private List<Path> find(String pattern, PropertyPath place) {
        try {
            String plain = normalized(pattern);
            if (plain.isEmpty()
                    || plain.chars().anyMatch(Character::isISOControl)
                    || pattern.startsWith("/")
                    || List.of(plain.split("/", -1)).contains("..")) {
                addOutside(pattern, place);
                return List.of();
            }
            return WILDCARD.matcher(plain).find() ? glob(plain, place) : named(plain, place);
        } catch (PatternSyntaxException e) {
            problems.add(
                    place,
                    "\"" + pattern + "\" is not a glob pattern",
                    "a file or a glob pattern with *, ?, **, [ab] or {a,b}",
                    "write it like sample-app/*.yaml");
        } catch (InvalidPathException e) {
            addOutside(pattern, place);
        }
        return List.of();
    }

    /** Without {@code .} and empty names between slashes. */
    private static String normalized(String pattern) {
        return Arrays.stream(pattern.split("/", -1))
                .filter(name -> !name.isBlank() && !name.equals("."))
                .collect(Collectors.joining("/"));
    }

    private void addOutside(String pattern, PropertyPath place) {
        problems.add(
                place,
                "\"" + pattern.replaceAll("\\p{Cntrl}", "\uFFFD") + "\" is not a file below " + folder(),
                "a file or a glob pattern relative to " + folder() + ", without ..",
                "move the file below " + folder() + " and name it like sample-app/*.yaml");
    }

    private List<Path> named(String name, PropertyPath place) {
        Path file = base.resolve(name);
        if (Files.isRegularFile(file)) {
            return List.of(file);
        }
        if (Files.isDirectory(file)) {
            addFolder(name, FileTree.of(file), place);
        } else if (Files.isSymbolicLink(file)) {
            addDangling(file, place);
        } else {
            problems.add(nothing(name, place, false));
        }
        return List.of();
    }

    private List<Path> glob(String pattern, PropertyPath place) {
        FileTree tree = FileTree.of(base.resolve(literalFolder(pattern)));
        List<PathMatcher> matchers = anyDepth(pattern).stream()
                .map(variant -> FileSystems.getDefault().getPathMatcher("glob:" + variant))
                .toList();
        Stream<Path> dangling = tree.dangling().stream()
                .filter(link -> !name(link.getFileName()).startsWith(LOCK))
                .filter(link -> matches(link, matchers));
        dangling.forEach(link -> addDangling(link, place));
        tree.unreadable()
                .forEach(path -> problems.add(
                        place,
                        name(base.relativize(path)) + " cannot be read",
                        "check its permissions, or name the files elsewhere"));
        List<Path> found =
                tree.files().stream().filter(file -> matches(file, matchers)).toList();
        if (found.isEmpty()
                && problems.found().stream()
                        .noneMatch(problem -> problem.place().equals(Place.of(place)))) {
            problems.add(nothing(pattern, place, true));
        }
        return found;
    }

    private boolean matches(Path file, List<PathMatcher> matchers) {
        Path relative = base.relativize(file);
        return EXTENSIONS.contains(extension(file)) && matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }

    /** Java's {@code **}{@code /} matches at least one folder; in shells and in git it matches none, too. */
    private static List<String> anyDepth(String pattern) {
        Set<String> variants = new LinkedHashSet<>(List.of(pattern));
        List<String> open = new ArrayList<>(variants);
        while (!open.isEmpty() && variants.size() < MOST_VARIANTS) {
            String variant = open.remove(0);
            for (int at = variant.indexOf("**/"); at >= 0; at = variant.indexOf("**/", at + 1)) {
                boolean wholeName = at == 0 || variant.charAt(at - 1) == '/';
                String shorter = variant.substring(0, at) + variant.substring(at + "**/".length());
                if (wholeName && variants.add(shorter)) {
                    open.add(shorter);
                }
            }
        }
        return List.copyOf(variants);
    }

    private void addDangling(Path link, PropertyPath place) {
        problems.add(
                place,
                name(base.relativize(link)) + " is a link to a file that does not exist",
                "correct the link, or remove it");
    }

    private void addFolder(String folder, FileTree tree, PropertyPath place) {
        Map<String, String> patterns = new TreeMap<>();
        int depth = Path.of(folder).getNameCount() + 1;
        for (Path file : tree.files()) {
            String extension = extension(file);
            if (EXTENSIONS.contains(extension)) {
                boolean nested = base.relativize(file).getNameCount() > depth;
                patterns.merge(
                        extension,
                        nested ? "/**/*" : "/*",
                        (one, other) -> one.length() > other.length() ? one : other);
            }
        }
        List<String> needed = patterns.entrySet().stream()
                .map(pattern -> folder + pattern.getValue() + pattern.getKey())
                .toList();
        problems.add(
                place,
                "\"" + folder + "\" is a folder",
                needed.isEmpty() ? "name files: there is no YAML in it" : "write " + String.join(", ", needed));
    }

    private static List<Path> beside(Collection<Path> folders) {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            FileTree.of(folder, 1).files().stream()
                    .filter(file -> EXTENSIONS.contains(extension(file).toLowerCase(Locale.ROOT)))
                    .forEach(files::add);
        }
        return files.stream().sorted().toList();
    }

    private static boolean holdsObjects(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return OBJECT.matcher(new String(content.readNBytes(HEAD), StandardCharsets.UTF_8))
                    .find();
        } catch (IOException e) {
            return false;
        }
    }

    private void leftOut(Path file, String pattern, PropertyPath place) {
        Path relative = base.relativize(file);
        String here = relative.getParent() == null ? "" : name(relative.getParent()) + "/";
        String added = EXTENSIONS.contains(extension(file)) ? here + "*" + extension(file) : name(relative);
        warnings.add(
                place,
                name(relative) + " is not read: \"" + pattern + "\" does not match it",
                "add " + added + ", or move the file elsewhere");
    }

    private Problem nothing(String pattern, PropertyPath place, boolean glob) {
        int slash = pattern.lastIndexOf('/');
        List<String> near = FileTree.of(base).files().stream()
                .map(base::relativize)
                .filter(file -> EXTENSIONS.contains(extension(file)))
                .flatMap(file -> glob && file.getParent() != null
                        ? Stream.of(
                                name(file.getParent()) + pattern.substring(Math.max(slash, 0)),
                                name(file.getParent()) + "/*" + extension(file))
                        : Stream.of(name(file)))
                .distinct()
                .filter(name -> !name.equals(pattern))
                .toList();
        return new Problem(
                Place.of(place),
                glob
                        ? "\"" + pattern + "\" matches no file in " + folder()
                        : "there is no file " + pattern + " in " + folder(),
                Suggestion.fix(
                        pattern,
                        near,
                        glob
                                ? "create a file that it matches, or remove the pattern"
                                : "create the file, or remove it here"));
    }

    private String folder() {
        return base.toString().isEmpty() ? "." : name(base);
    }

    private static String literalFolder(String pattern) {
        String literal = WILDCARD.split(pattern, 2)[0];
        int slash = literal.lastIndexOf('/');
        return slash < 0 ? "" : literal.substring(0, slash);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static String extension(Path file) {
        String name = name(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }

    /** A path with forward slashes on every system. */
    static String name(Path path) {
        return path.toString().replace('\\', '/');
    }
}

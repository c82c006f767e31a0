package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A file that a scalar names, relative to the file that the scalar is in. */
public final class NamedFile {

    private NamedFile() {}

    /**
     * Finds the file.
     *
     * @param scalar the name
     * @param path the property that has it
     * @param endings what the name may end with, in lower case, such as {@code .yaml}
     * @param allowed what is allowed, for errors
     * @param problems collects why there is no such file
     * @return the file, which exists; {@code null} when there is a problem
     */
    public static @Nullable Path find(
            YamlNode.Scalar scalar, PropertyPath path, List<String> endings, String allowed, PlacedProblems problems) {
        Path file = resolve(scalar, path, endings, allowed, problems);
        if (file == null || Files.isRegularFile(file)) {
            return file;
        }
        String name = scalar.text();
        problems.add(
                scalar.start(),
                path,
                (Files.isDirectory(file) ? "the folder \"" : "no file \"") + name + "\"",
                allowed,
                InputFiles.near(file)
                        .map(near -> Suggestion.didYouMean(name.substring(0, name.lastIndexOf('/') + 1) + near))
                        .orElse("check the path from the folder of "
                                + scalar.start().file()));
        return null;
    }

    private static @Nullable Path resolve(
            YamlNode.Scalar scalar, PropertyPath path, List<String> endings, String allowed, PlacedProblems problems) {
        String name = scalar.text();
        String lower = name.toLowerCase(Locale.ROOT);
        boolean known = endings.stream().anyMatch(ending -> lower.endsWith(ending) && !lower.equals(ending));
        try {
            Path relative = Path.of(name);
            if (known && !relative.isAbsolute()) {
                return Path.of(scalar.start().file()).resolveSibling(relative).normalize();
            }
        } catch (InvalidPathException e) {
            known = false;
        }
        problems.add(
                scalar.start(),
                path,
                (known ? "the absolute path \"" : "\"") + name.replaceAll("\\p{Cntrl}", "\uFFFD") + "\"",
                allowed,
                known
                        ? "write it relative to the folder of " + scalar.start().file()
                        : "name a file that ends in " + listed(endings));
        return null;
    }

    private static String listed(List<String> endings) {
        int last = endings.size() - 1;
        return String.join(", ", endings.subList(0, last)) + " or " + endings.get(last);
    }
}

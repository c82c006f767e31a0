package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the file whose text is read as a scalar, see {@link ScalarFactory#file}. */
final class TextFile {

    static final String KEY = "file";

    private static final String ALLOWED = "a text file, relative to this file";
    private static final long MOST_BYTES = 1 << 20;

    private final PlacedProblems problems;

    TextFile(PlacedProblems problems) {
        this.problems = problems;
    }

    /** The text as a scalar at the place of the mapping; null when it cannot be read. */
    YamlNode.@Nullable Scalar read(YamlNode.Mapping mapping, PropertyPath path) {
        PropertyPath inner = path.key(KEY);
        boolean sound = true;
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            if (!entry.getKey().equals(KEY)) {
                problems.add(
                        entry.getValue().key(),
                        path.key(entry.getKey()),
                        "unknown key \"" + entry.getKey() + "\"",
                        KEY,
                        "remove it");
                sound = false;
            }
        }
        if (!(mapping.get(KEY) instanceof YamlNode.Scalar name) || name.isNothing()) {
            problems.add(mapping.start(), inner, "no name of a file", ALLOWED, "write {file: setup.sh}");
            return null;
        }
        Path file = file(name, inner);
        if (file == null || !sound) {
            return null;
        }
        try {
            return new YamlNode.Scalar(name.start(), YamlNode.Kind.TEXT, InputFiles.text(file, MOST_BYTES));
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::add);
            return null;
        }
    }

    private @Nullable Path file(YamlNode.Scalar scalar, PropertyPath path) {
        String name = scalar.text();
        try {
            Path relative = Path.of(name);
            if (relative.isAbsolute()) {
                problems.add(
                        scalar.start(),
                        path,
                        "the absolute path \"" + name + "\"",
                        ALLOWED,
                        "write it relative to the folder of " + scalar.start().file());
                return null;
            }
            Path file = Path.of(scalar.start().file()).resolveSibling(relative).normalize();
            if (Files.isRegularFile(file)) {
                return file;
            }
            problems.add(
                    scalar.start(),
                    path,
                    (Files.isDirectory(file) ? "the folder \"" : "no file \"") + name + "\"",
                    ALLOWED,
                    InputFiles.near(file)
                            .map(near -> Suggestion.didYouMean(name.substring(0, name.lastIndexOf('/') + 1) + near))
                            .orElse("check the path from the folder of "
                                    + scalar.start().file()));
        } catch (InvalidPathException e) {
            problems.add(
                    scalar.start(),
                    path,
                    "\"" + name.replaceAll("\\p{Cntrl}", "\uFFFD") + "\" is not the name of a file",
                    ALLOWED,
                    "write one such as setup.sh");
        }
        return null;
    }
}

package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mapping of a grammar of its own, see {@link dev.eksplatform.internal.yaml.MappingFactory}: each value with its place, in the file
 * that is read or in one that it names.
 */
final class TreeReader {

    private static final String FILE = "a .json, .yaml or .yml file, relative to this file";

    private final PlacedProblems problems;

    TreeReader(PlacedProblems problems) {
        this.problems = problems;
    }

    /** Reads a mapping that is written in place. */
    LocatedJson read(YamlNode.Mapping mapping, PropertyPath path) {
        return tree(mapping, path, problems);
    }

    /** Reads the file that a scalar names; null when it cannot be read. */
    @Nullable
    LocatedJson read(YamlNode.Scalar scalar, PropertyPath path) {
        String name = scalar.text();
        if (name.strip().startsWith("{")) {
            problems.add(
                    scalar.start(),
                    path,
                    "a JSON document in a text",
                    "a mapping, or " + FILE,
                    "remove the quotes or the | before it: JSON is YAML as well");
            return null;
        }
        Path file = file(scalar, path);
        if (file == null) {
            return null;
        }
        if (!Files.isRegularFile(file)) {
            problems.add(
                    scalar.start(),
                    path,
                    (Files.isDirectory(file) ? "the folder \"" : "no file \"") + name + "\"",
                    FILE + ", or a mapping",
                    near(name, file)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("check the path from the folder of " + problems.file()));
            return null;
        }
        try {
            return content(file);
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::addPlaced);
            return null;
        }
    }

    private @Nullable Path file(YamlNode.Scalar scalar, PropertyPath path) {
        String name = scalar.text();
        boolean known = name.toLowerCase(Locale.ROOT).matches("(?s).+\\.(json|ya?ml)");
        try {
            Path relative = Path.of(name);
            if (known && !relative.isAbsolute()) {
                return Path.of(problems.file()).resolveSibling(relative).normalize();
            }
        } catch (InvalidPathException e) {
            known = false;
        }
        problems.add(
                scalar.start(),
                path,
                (known ? "the absolute path \"" : "\"") + name.replaceAll("\\p{Cntrl}", "\uFFFD") + "\"",
                FILE + ", or a mapping",
                known
                        ? "write it relative to the folder of " + problems.file()
                        : "name a file that ends in .json, .yaml or .yml");
        return null;
    }

    private static Optional<String> near(String name, Path missing) {
        Path folder = missing.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            List<String> names = siblings.filter(Files::isRegularFile)
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
            String last = String.valueOf(missing.getFileName());
            return Suggestion.nearest(last, names).map(near -> name.substring(0, name.length() - last.length()) + near);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static LocatedJson content(Path file) {
        String text = YamlDocument.text(file);
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return LocatedJson.read(file.toString(), text);
        }
        PlacedProblems found = new PlacedProblems(file.toString());
        if (text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"))) {
            found.add(Spot.START, PropertyPath.ROOT, "an empty file", "a mapping", "write its content");
            found.throwIfAny();
        }
        return tree(YamlDocument.parse(file.toString(), text).root(), PropertyPath.ROOT, found);
    }

    private static LocatedJson tree(YamlNode node, PropertyPath path, PlacedProblems places) {
        String where = places.position(node.start(), path).toString();
        if (node instanceof YamlNode.Mapping mapping) {
            Map<String, LocatedJson> members = new LinkedHashMap<>();
            Map<String, String> keys = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> {
                PropertyPath inner = path.key(key);
                members.put(key, tree(entry.value(), inner, places));
                keys.put(key, places.position(entry.key(), inner).toString());
            });
            return new LocatedJson.Obj(where, members, keys);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            List<LocatedJson> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                items.add(tree(item, path.index(items.size()), places));
            }
            return new LocatedJson.Arr(where, items);
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return switch (scalar.kind()) {
            case TEXT -> new LocatedJson.Text(where, scalar.text());
            case INTEGER, DECIMAL -> new LocatedJson.Literal(where, scalar.text());
            case BOOLEAN -> new LocatedJson.Literal(where, scalar.text().toLowerCase(Locale.ROOT));
            case NOTHING -> new LocatedJson.Literal(where, "null");
        };
    }
}

package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a mapping of a grammar of its own, see {@link MappingFactory}, in the file that is read or in one that it names. */
final class TreeReader {

    private static final String FILE = "a .json, .yaml or .yml file, relative to this file";
    private static final List<String> ENDINGS = List.of(".json", ".yaml", ".yml");

    private final PlacedProblems problems;

    TreeReader(PlacedProblems problems) {
        this.problems = problems;
    }

    /** Reads a mapping that is written in place. */
    LocatedJson read(YamlNode.Mapping mapping, PropertyPath path) {
        return tree(mapping, path);
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
        Path file = NamedFile.find(scalar, path, ENDINGS, FILE + ", or a mapping", problems);
        if (file == null) {
            return null;
        }
        try {
            return content(file);
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::add);
            return null;
        }
    }

    private static LocatedJson content(Path file) {
        String text = YamlDocument.text(file);
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return LocatedJson.read(file.toString(), text);
        }
        YamlNode root = YamlDocument.parse(file.toString(), text).root();
        if (root.isNothing()) {
            throw new InvalidInputException(new Problem(
                    new Place.InFile(root.start(), PropertyPath.ROOT), "an empty file", "write its content"));
        }
        return tree(root, PropertyPath.ROOT);
    }

    private static LocatedJson tree(YamlNode node, PropertyPath path) {
        Place place = new Place.InFile(node.start(), path);
        if (node instanceof YamlNode.Mapping mapping) {
            Map<String, LocatedJson> members = new LinkedHashMap<>();
            Map<String, Place> keys = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> {
                PropertyPath inner = path.key(key);
                members.put(key, tree(entry.value(), inner));
                keys.put(key, new Place.InFile(entry.key(), inner));
            });
            return new LocatedJson.Obj(place, members, keys);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            List<LocatedJson> items = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                items.add(tree(item, path.index(items.size())));
            }
            return new LocatedJson.Arr(place, items);
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return switch (scalar.kind()) {
            case TEXT -> new LocatedJson.Text(place, scalar.text());
            case INTEGER, DECIMAL -> new LocatedJson.Literal(place, scalar.text());
            case BOOLEAN -> new LocatedJson.Literal(place, scalar.text().toLowerCase(Locale.ROOT));
            case NOTHING -> new LocatedJson.Literal(place, "null");
        };
    }
}

package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file with one mapping of free YAML. */
public final class MappingFile {

    static final String ALLOWED = "a .yaml, .yml or .json file, relative to this file";

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private MappingFile() {}

    /**
     * Reads a file.
     *
     * @param file the file, shown in errors as given
     * @param reading how its plain scalars are read
     * @return its content; an empty mapping for a file without content
     * @throws InvalidInputException when it cannot be read, or is not one mapping
     */
    public static YamlNode.Mapping read(Path file, FreeYaml.Reading reading) {
        YamlNode root =
                YamlDocument.parse(file.toString(), YamlDocument.text(file)).root();
        if (root.isNothing()) {
            return new YamlNode.Mapping(root.start(), Map.of());
        }
        PlacedProblems problems = new PlacedProblems(file.toString());
        YamlNode content = new PlainScalars(reading, problems).read(root, PropertyPath.ROOT);
        problems.throwIfAny();
        if (content instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw new InvalidInputException(new Problem(
                new Place.InFile(content.start(), PropertyPath.ROOT),
                content.describe(),
                "write keys with values in it"));
    }

    /** Reads the file that a scalar names; null when it cannot be read. */
    static YamlNode.@Nullable Mapping read(
            YamlNode.Scalar name, PropertyPath path, FreeYaml.Reading reading, PlacedProblems problems) {
        Path file = NamedFile.find(name, path, ENDINGS, ALLOWED, problems);
        try {
            return file == null ? null : read(file, reading);
        } catch (InvalidInputException e) {
            e.problems().forEach(problems::add);
            return null;
        }
    }
}

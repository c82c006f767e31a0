package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.FileFactory;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.MappingFile;
import dev.eksplatform.internal.yaml.PlainTree;
import dev.eksplatform.internal.yaml.YamlNode;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A file with values of a chart, read as Helm reads it. */
public final class ValuesFile {

    private final YamlNode.Mapping content;
    private final Map<String, Object> values;

    @SuppressWarnings("unchecked")
    private ValuesFile(YamlNode.Mapping content) {
        this.content = content;
        this.values = (Map<String, Object>) Objects.requireNonNull(PlainTree.of(content));
    }

    /**
     * A file that an environment file names.
     *
     * @param content its content
     * @return the file
     */
    @API(status = API.Status.INTERNAL)
    @FileFactory(FreeYaml.Reading.AS_HELM)
    public static ValuesFile of(YamlNode.Mapping content) {
        return new ValuesFile(content);
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its values
     * @throws dev.eksplatform.problem.InvalidInputException when it cannot be read, or is not one mapping
     */
    public static ValuesFile read(Path file) {
        return new ValuesFile(MappingFile.read(file, FreeYaml.Reading.AS_HELM));
    }

    /**
     * The values.
     *
     * @return values as Helm reads them
     */
    public Map<String, Object> values() {
        return values;
    }

    /** Where a value is written, or the last one on its path that is. */
    Place place(List<String> keys) {
        YamlNode.Mapping mapping = content;
        Place place = new Place.InFile(content.start(), PropertyPath.ROOT);
        PropertyPath path = PropertyPath.ROOT;
        for (String key : keys) {
            YamlNode.Entry entry = mapping.entries().get(key);
            if (entry == null) {
                return place;
            }
            path = path.key(key);
            place = new Place.InFile(entry.key(), path);
            if (!(entry.value() instanceof YamlNode.Mapping below)) {
                return place;
            }
            mapping = below;
        }
        return place;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValuesFile file && content.equals(file.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    /** The name of the file. */
    @Override
    public String toString() {
        return content.start().file();
    }
}

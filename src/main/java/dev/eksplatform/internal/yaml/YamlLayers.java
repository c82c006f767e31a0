package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.PropertyPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of one document over those of another. Each value keeps its position. */
public final class YamlLayers {

    private YamlLayers() {}

    /**
     * Merges two values: where both are mappings, key by key, with the keys of the lower one first; any other value replaces
     * the lower one.
     *
     * @param lower the value of the base
     * @param upper the value over it
     * @return the merged value
     */
    public static YamlNode merge(YamlNode lower, YamlNode upper) {
        if (!(lower instanceof YamlNode.Mapping base) || !(upper instanceof YamlNode.Mapping over)) {
            return upper;
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(base.entries());
        over.entries()
                .forEach((key, entry) -> entries.merge(
                        key,
                        entry,
                        (below, above) -> new YamlNode.Entry(
                                above.key(), merge(below.value(), above.value()), above.plainKey())));
        return new YamlNode.Mapping(over.start(), Collections.unmodifiableMap(entries));
    }

    /**
     * Removes a key.
     *
     * @param node a value
     * @param path the key, by those of the mappings around it
     * @return the value without the key; the same when it does not have it
     */
    public static YamlNode without(YamlNode node, PropertyPath path) {
        List<PropertyPath.Step> steps = path.steps();
        if (!(node instanceof YamlNode.Mapping mapping)
                || steps.isEmpty()
                || !(steps.get(0) instanceof PropertyPath.Key key)
                || mapping.get(key.name()) == null) {
            return node;
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(mapping.entries());
        PropertyPath rest = new PropertyPath(steps.subList(1, steps.size()));
        entries.computeIfPresent(
                key.name(),
                (name, entry) -> rest.steps().isEmpty()
                        ? null
                        : new YamlNode.Entry(entry.key(), without(entry.value(), rest), entry.plainKey()));
        return new YamlNode.Mapping(mapping.start(), Collections.unmodifiableMap(entries));
    }
}

package dev.eksplatform.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The environment files of tests and of the reference page, which together have every key of the schema. A key that none of
 * them has is added to the first one that can have it, with the example of the schema.
 */
final class ExampleFiles {

    static final Path FOLDER = Path.of("src/test/resources/environments");

    private static final List<String> NAMES = List.of(
            "eks",
            "nodes",
            "auto-mode",
            "existing-network",
            "existing-cluster",
            "rosa",
            "overlay",
            "private-cluster",
            "network-by-tags");
    private static final LoadSettings MARKS =
            LoadSettings.builder().setUseMarks(true).build();

    private final EnvironmentKeys keys;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Set<JsonNode> used = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<JsonNode, Mapping> mappings = new IdentityHashMap<>();

    private ExampleFiles(EnvironmentKeys keys) {
        this.keys = keys;
    }

    /** The first mapping in the files that has the form of a schema. */
    private record Mapping(String file, MappingNode node) {}

    /** The texts of the files by name. */
    static Map<String, String> complete(EnvironmentKeys keys) throws IOException {
        ExampleFiles files = new ExampleFiles(keys);
        for (String name : NAMES) {
            files.texts.put(name, Files.readString(FOLDER.resolve(name + ".yaml")));
        }
        files.read();
        while (files.addMissing()) {
            files.read();
        }
        return files.texts;
    }

    private void read() {
        used.clear();
        mappings.clear();
        texts.forEach((name, text) ->
                read(keys.root(), name, new Compose(MARKS).composeString(text).orElseThrow()));
    }

    private void read(JsonNode schema, String file, Node node) {
        JsonNode resolved = keys.resolved(schema);
        resolved.path("anyOf").forEach(form -> read(form, file, node));
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> read(resolved.path("items"), file, item));
        } else if (node instanceof MappingNode mapping) {
            Map<String, Node> values = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                values.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode());
            }
            if (StreamSupport.stream(resolved.path("required").spliterator(), false)
                    .allMatch(key -> values.containsKey(key.asText()))) {
                mappings.putIfAbsent(resolved, new Mapping(file, mapping));
            }
            values.forEach((key, value) -> {
                JsonNode property = resolved.path("properties").path(key);
                used.add(property);
                read(property.isMissingNode() ? resolved.path("additionalProperties") : property, file, value);
            });
        }
    }

    /** Adds the first key that is in no file. */
    private boolean addMissing() {
        List<JsonNode> forms = new ArrayList<>(List.of(keys.root()));
        keys.root().path("definitions").forEach(definition -> {
            forms.add(definition);
            definition.path("anyOf").forEach(forms::add);
        });
        for (JsonNode form : forms) {
            for (Map.Entry<String, JsonNode> property : form.path("properties").properties()) {
                Mapping mapping = mappings.get(form);
                if (!used.contains(property.getValue()) && mapping != null) {
                    add(property.getKey() + ": " + AnnotatedExample.flow(example(property)), mapping);
                    return true;
                }
            }
        }
        return false;
    }

    private JsonNode example(Map.Entry<String, JsonNode> property) {
        JsonNode own = property.getValue().path("examples").path(0);
        JsonNode example = own.isMissingNode()
                ? keys.resolved(property.getValue()).path("examples").path(0)
                : own;
        if (example.isMissingNode()) {
            throw new IllegalStateException(
                    "the key " + property.getKey() + " has no @Example, and is in no file of " + FOLDER);
        }
        return example;
    }

    /** As the last key of a mapping in braces, or else before the last one, whose value may have many lines. */
    private void add(String entry, Mapping mapping) {
        List<NodeTuple> tuples = mapping.node().getValue();
        boolean inBraces = mapping.node().getFlowStyle() == FlowStyle.FLOW;
        Mark last = inBraces
                ? mapping.node().getEndMark().orElseThrow()
                : tuples.get(tuples.size() - 1).getKeyNode().getStartMark().orElseThrow();
        int index = inBraces ? last.getIndex() - 1 : last.getIndex();
        String added = inBraces ? (tuples.isEmpty() ? "" : ", ") + entry : entry + "\n" + " ".repeat(last.getColumn());
        texts.compute(
                mapping.file(),
                (file, text) -> new StringBuilder(text).insert(index, added).toString());
    }
}

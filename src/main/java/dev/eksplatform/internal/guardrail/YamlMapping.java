package dev.eksplatform.internal.guardrail;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A mapping of a rule or waiver file, read strictly: what is missing, of the wrong kind or unknown is a problem with its position. */
final class YamlMapping {

    private final String file;
    private final String path;
    private final Node node;
    private final Problems problems;
    private final Map<String, Node> entries = new LinkedHashMap<>();

    private YamlMapping(String file, String path, MappingNode node, Problems problems, List<String> allowed) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.problems = problems;
        for (NodeTuple entry : node.getValue()) {
            Node keyNode = entry.getKeyNode();
            String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!allowed.contains(key)) {
                problems.add(
                        where(keyNode, key),
                        "unknown key \"" + key + "\"",
                        String.join(", ", allowed),
                        Suggestion.nearest(key, allowed)
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("remove it"));
            } else if (entries.putIfAbsent(key, entry.getValueNode()) != null) {
                problems.add(where(keyNode, key), "\"" + key + "\" a second time", "each key once", "remove one");
            }
        }
    }

    /** The mapping at the top of a file; empty, with a problem, when there is none. */
    static Optional<YamlMapping> read(String file, String text, Problems problems, List<String> allowed) {
        try {
            Optional<Node> root =
                    new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
            if (root.orElse(null) instanceof MappingNode mapping) {
                return Optional.of(new YamlMapping(file, "", mapping, problems, allowed));
            }
            problems.add(file, "no mapping", "a YAML mapping with the keys " + String.join(", ", allowed), "write one");
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse(file);
            problems.add(place, "not YAML: " + e.getProblem(), "a YAML mapping", "correct the syntax there");
        } catch (YamlEngineException e) {
            problems.add(file, "not YAML: " + e.getMessage(), "a YAML mapping", "correct the syntax");
        }
        return Optional.empty();
    }

    /** The place of this mapping, {@code file:line:column path}. */
    String where() {
        return where(node, "");
    }

    /** The place of a key's value, or of the mapping when the key is not there. */
    String where(String key) {
        Node value = entries.get(key);
        return where(value == null ? node : value, key);
    }

    private String where(Node at, String key) {
        String property = path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
        String place = at.getStartMark()
                .map(mark -> file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                .orElse(file);
        return property.isEmpty() ? place : place + " " + property;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    @Nullable
    Node node(String key) {
        return entries.get(key);
    }

    /** A text that has to be there; empty, with a problem, when it is not. */
    String text(String key) {
        Node value = entries.get(key);
        if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        problems.add(
                where(key), value == null ? "no " + key : key + " without text", "a text", "add \"" + key + ": …\"");
        return "";
    }

    /** A word out of a few; the first of them, with a problem, when it is another. */
    <E> E word(String key, Map<String, E> words) {
        String written = text(key);
        E meant = words.get(written);
        if (meant != null) {
            return meant;
        }
        if (!written.isEmpty()) {
            problems.add(
                    where(key),
                    "\"" + written + "\"",
                    String.join(", ", words.keySet()),
                    Suggestion.nearest(written, words.keySet())
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("use one of them"));
        }
        return words.values().iterator().next();
    }

    /** A list of texts; empty when the key is not there. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        eachText(key, (where, text) -> texts.add(text));
        return texts;
    }

    /** Takes the place and the value of each text of a list. */
    void eachText(String key, BiConsumer<String, String> text) {
        for (Node element : list(key)) {
            if (element instanceof ScalarNode scalar) {
                text.accept(where(element, key), scalar.getValue());
            } else {
                problems.add(where(element, key), "not a text", "a list of texts", "write a plain value");
            }
        }
    }

    /** A list of mappings; empty when the key is not there. */
    List<YamlMapping> mappings(String key, List<String> allowed) {
        List<YamlMapping> mappings = new ArrayList<>();
        for (Node element : list(key)) {
            mapping(element, key + "[" + mappings.size() + "]", allowed).ifPresent(mappings::add);
        }
        return mappings;
    }

    /** A mapping; empty when the key is not there. */
    Optional<YamlMapping> mapping(String key, List<String> allowed) {
        Node value = entries.get(key);
        return value == null ? Optional.empty() : mapping(value, key, allowed);
    }

    private Optional<YamlMapping> mapping(Node value, String key, List<String> allowed) {
        if (value instanceof MappingNode inner) {
            String inside = path.isEmpty() ? key : path + "." + key;
            return Optional.of(new YamlMapping(file, inside, inner, problems, allowed));
        }
        problems.add(
                where(value, key),
                "not a mapping",
                "a mapping with the keys " + String.join(", ", allowed),
                "write one");
        return Optional.empty();
    }

    private List<Node> list(String key) {
        Node value = entries.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(where(key), "not a list", "a list", "write [ … ]");
        return List.of();
    }
}

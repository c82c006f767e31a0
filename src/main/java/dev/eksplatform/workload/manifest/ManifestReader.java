package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.YamlScalar;
import dev.eksplatform.internal.yaml.ScalarTag;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Reads the documents of one YAML file with the meaning that {@code kubectl} gives them, see {@link YamlScalar}: anchors
 * and merge keys work, empty documents are skipped, a {@code kind: List} stands for its items.
 */
final class ManifestReader {

    /** Far above any real file, far below what harms. */
    private static final int MOST_NODES = 200_000;

    /** A byte order mark begins a file, and each file of several that were joined. */
    private static final Pattern MARK = Pattern.compile("^\uFEFF", Pattern.MULTILINE);

    private static final int MOST_CHARACTERS = 3_000_000;
    private static final int MOST_ALIASES = 200;
    private static final Pattern HELM = Pattern.compile(
            "\\{\\{[^}]*(\\.Values|\\.Release|\\.Chart|\\.Capabilities|\\.Template|\\.Files|\\binclude |\\btemplate |\\btoYaml\\b)");
    private static final Set<Tag> STANDARD = Set.of(Tag.STR, Tag.MAP, Tag.SEQ, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    /**
     * A document.
     *
     * @param body its content; null values are kept
     * @param source where each field stands
     */
    record Document(Map<String, @Nullable Object> body, SourceMap source) {}

    private final String file;
    private final Problems problems;
    private int nodes;

    private ManifestReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads a file's text.
     *
     * @param file the file's name in problems
     * @param text its content
     * @param problems collects what is not YAML, or YAML that cannot be an object
     * @return the documents in the order of the file; when there is a syntax error, those before it
     */
    static List<Document> read(String file, String text, Problems problems) {
        return new ManifestReader(file, problems).read(MARK.matcher(text).replaceAll(""));
    }

    private List<Document> read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new FailsafeSchema())
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(MOST_CHARACTERS)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        List<Document> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                document(node, documents);
            }
        } catch (MarkedYamlEngineException e) {
            Position position = e.getProblemMark().map(this::position).orElse(new Position(file, 1, 1));
            if (HELM.matcher(text).find() || text.contains("{{-")) {
                addTemplate(position.toString());
            } else {
                problems.add(
                        position.toString(),
                        "this is not YAML: " + sentence(e),
                        "YAML documents, separated by ---",
                        "correct this line, or the one before it");
            }
        } catch (YamlEngineException e) {
            problems.add(
                    file,
                    "this YAML is refused: " + String.valueOf(e.getMessage()),
                    "files below " + MOST_CHARACTERS + " characters with at most " + MOST_ALIASES + " aliases",
                    "split the file, or write the repeated parts out");
        } catch (TooLarge e) {
            problems.add(
                    file,
                    "its aliases expand to more than " + MOST_NODES + " values",
                    "at most " + MOST_NODES + " values in a file",
                    "write the repeated parts out, or split the file");
        }
        return documents;
    }

    private static String sentence(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return (context + e.getProblem()).replaceAll("\\s+", " ");
    }

    private void document(Node node, List<Document> documents) {
        if (node instanceof ScalarNode scalar && isNull(scalar)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    start(node).toString(),
                    "this document is " + kindOf(node),
                    "a Kubernetes object: a mapping with apiVersion, kind and metadata",
                    "write the object's fields here, or remove the document");
            return;
        }
        Optional<SequenceNode> items = items(mapping);
        if (items.isPresent()) {
            items.get().getValue().forEach(item -> document(item, documents));
            return;
        }
        Reading reading = new Reading(start(node));
        Map<String, @Nullable Object> body = reading.map(mapping, "");
        documents.add(new Document(body, reading.source()));
    }

    /** The items of a {@code kind: List} (or {@code DeploymentList}, as {@code kubectl get -o yaml} prints). */
    private Optional<SequenceNode> items(MappingNode mapping) {
        boolean list = false;
        SequenceNode items = null;
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                if (key.getValue().equals("kind") && tuple.getValueNode() instanceof ScalarNode kind) {
                    list = kind.getValue().endsWith("List");
                } else if (key.getValue().equals("items") && tuple.getValueNode() instanceof SequenceNode sequence) {
                    items = sequence;
                }
            }
        }
        return list ? Optional.ofNullable(items) : Optional.empty();
    }

    private void addTemplate(String where) {
        problems.add(
                where,
                "this is a Helm or Go template, not YAML",
                "plain Kubernetes YAML",
                "render the chart first (helm template), or install it as an add-on");
    }

    private static boolean isNull(ScalarNode scalar) {
        return scalar.getScalarStyle() == ScalarStyle.PLAIN && YamlScalar.isNull(scalar.getValue());
    }

    private static String kindOf(Node node) {
        return node instanceof SequenceNode ? "a list" : "the text \"" + ((ScalarNode) node).getValue() + "\"";
    }

    private Position start(Node node) {
        return node.getStartMark().map(this::position).orElse(new Position(file, 1, 1));
    }

    private Position position(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** One document. */
    private final class Reading {

        private final Position documentStart;
        private final Map<String, Position> keys = new HashMap<>();
        private final Map<String, Position> values = new HashMap<>();
        private final Map<String, String> written = new HashMap<>();
        private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

        Reading(Position documentStart) {
            this.documentStart = documentStart;
        }

        SourceMap source() {
            return new SourceMap(documentStart, keys, values, written);
        }

        private @Nullable Object value(Node node, String path) {
            if (++nodes > MOST_NODES) {
                throw new TooLarge();
            }
            values.putIfAbsent(path, start(node));
            if (!open.add(node)) {
                problems.add(
                        where(path),
                        "this alias stands for a value that it is part of",
                        "values without a cycle",
                        "write the value out");
                return null;
            }
            try {
                if (!(node instanceof ScalarNode) && !STANDARD.contains(node.getTag())) {
                    addTag(node, path);
                }
                if (node instanceof MappingNode mapping) {
                    return map(mapping, path);
                }
                if (node instanceof SequenceNode sequence) {
                    List<@Nullable Object> list = new ArrayList<>();
                    for (Node item : sequence.getValue()) {
                        list.add(value(item, FieldPath.item(path, list.size())));
                    }
                    return list;
                }
                return scalar((ScalarNode) node, path);
            } finally {
                open.remove(node);
            }
        }

        private String where(String path) {
            return values.getOrDefault(path, documentStart) + (path.isEmpty() ? "" : " " + path);
        }

        private void addTag(Node node, String path) {
            problems.add(
                    where(path),
                    "the tag " + node.getTag().getValue(),
                    "YAML without tags of its own",
                    "remove the tag and write the value itself");
        }

        Map<String, @Nullable Object> map(MappingNode mapping, String path) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            Map<String, @Nullable Object> merged = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    addKey(tuple.getKeyNode(), path);
                    continue;
                }
                if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                    merge(tuple.getValueNode(), path, merged);
                    continue;
                }
                String name = key(key, path);
                String child = FieldPath.child(path, name);
                if (map.containsKey(name)) {
                    problems.add(
                            start(key) + " " + child,
                            "the key " + name + " is there twice",
                            "each key once in a mapping",
                            "remove one of them");
                    continue;
                }
                keys.putIfAbsent(child, start(key));
                map.put(name, value(tuple.getValueNode(), child));
            }
            merged.forEach(map::putIfAbsent);
            return map;
        }

        private void addKey(Node node, String path) {
            if (node instanceof MappingNode) {
                addTemplate(start(node) + (path.isEmpty() ? "" : " " + path));
            } else {
                problems.add(
                        start(node) + (path.isEmpty() ? "" : " " + path),
                        "a list as a key",
                        "text as keys of a mapping",
                        "write the key as text");
            }
        }

        private void merge(Node node, String path, Map<String, @Nullable Object> merged) {
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(item -> merge(item, path, merged));
                return;
            }
            if (node instanceof MappingNode mapping && open.add(node)) {
                map(mapping, path).forEach(merged::putIfAbsent);
                open.remove(node);
                return;
            }
            problems.add(
                    start(node) + (path.isEmpty() ? "" : " " + path),
                    "<< with something that is not a mapping",
                    "<<: *anchor of a mapping, or a list of such",
                    "write the fields out");
        }

        /** Keys are text in JSON; a key that YAML reads as a number or a boolean becomes its text. */
        private String key(ScalarNode key, String path) {
            if (ScalarTag.isText(key)) {
                return key.getValue();
            }
            Object resolved = YamlScalar.resolve(key.getValue());
            String name = String.valueOf(resolved);
            boolean same = name.equals(key.getValue());
            if (!same && !(resolved instanceof String)) {
                problems.add(
                        start(key) + " " + FieldPath.child(path, key.getValue()),
                        "the key " + key.getValue() + ", which Kubernetes' YAML reads as " + name,
                        "keys that are text",
                        "quote it: \"" + key.getValue() + "\"");
                return key.getValue();
            }
            return name;
        }

        private @Nullable Object scalar(ScalarNode scalar, String path) {
            String text = scalar.getValue();
            ScalarStyle style = scalar.getScalarStyle();
            boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
            if (!block && HELM.matcher(text).find()) {
                addTemplate(where(path));
                return text;
            }
            if (ScalarTag.isText(scalar)) {
                return text;
            }
            Tag tag = scalar.getTag();
            if (!STANDARD.contains(tag)) {
                addTag(scalar, path);
                return text;
            }
            if (tag.equals(Tag.STR)) {
                if (YamlScalar.isNotJson(text)) {
                    problems.add(
                            where(path),
                            text + ", which has no JSON form",
                            "finite numbers, or text",
                            "quote it: \"" + text + "\"");
                    return text;
                }
                written.put(path, text);
            }
            Object meaning = YamlScalar.resolve(text);
            if (!ScalarTag.fits(tag, meaning)) {
                problems.add(
                        where(path),
                        "the tag " + ScalarTag.shorthand(tag) + " on the text \"" + text + "\"",
                        "a tag that fits the value",
                        "remove the tag");
            }
            return meaning;
        }
    }
}

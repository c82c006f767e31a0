package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns composed nodes into {@link YamlNode}s: replaces aliases by their values, merges {@code <<} and refuses what a
 * document may not contain. Merging follows <a href="https://yaml.org/type/merge.html">the merge key type</a>: a key of the
 * mapping itself wins, then the earlier of the merged mappings; merged values keep the position of their definition.
 */
final class NodeResolver {

    /** Source: {@code lib/tokens/private/encoding.ts} of CDKTF 0.21. */
    private static final String TOKEN = "TfToken[";

    private static final Map<Tag, YamlNode.Kind> KINDS = Map.of(
            Tag.STR, YamlNode.Kind.TEXT,
            Tag.MERGE, YamlNode.Kind.TEXT,
            Tag.ENV_TAG, YamlNode.Kind.TEXT,
            Tag.INT, YamlNode.Kind.INTEGER,
            Tag.FLOAT, YamlNode.Kind.DECIMAL,
            Tag.BOOL, YamlNode.Kind.BOOLEAN,
            Tag.NULL, YamlNode.Kind.NOTHING);

    private final String file;
    private final YamlDialect dialect;
    private final PlacedProblems problems;
    private final Map<Node, Resolved> resolved = new IdentityHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    NodeResolver(String file, YamlDialect dialect, PlacedProblems problems) {
        this.file = file;
        this.dialect = dialect;
        this.problems = problems;
    }

    /** A node with the number of nodes and levels that it has when its aliases are written out. */
    private record Resolved(YamlNode node, long nodes, int levels) {}

    /** What the children of a node add up to. */
    private static final class Extent {
        private long nodes = 1;
        private int levels = 1;

        YamlNode add(Resolved child) {
            nodes += child.nodes();
            levels = Math.max(levels, child.levels() + 1);
            return child.node();
        }
    }

    YamlNode resolve(Node root) {
        return resolve(root, PropertyPath.ROOT).node();
    }

    private Resolved resolve(Node node, PropertyPath path) {
        Resolved known = resolved.get(node);
        if (known != null) {
            return known;
        }
        SourcePosition start = Marks.position(file, node.getStartMark());
        if (!open.add(node)) {
            problems.add(
                    start,
                    path,
                    "an alias to a value that contains the alias",
                    "write the value out instead of the alias");
            return new Resolved(new YamlNode.Scalar(start, YamlNode.Kind.NOTHING, ""), 1, 1);
        }
        Extent extent = new Extent();
        String tag = node.getTag().getValue();
        YamlNode content = dialect.tags().contains(tag)
                ? new YamlNode.Tagged(start, tag, content(node, start, path, extent))
                : content(node, start, path, extent);
        Resolved result = new Resolved(content, extent.nodes, extent.levels);
        open.remove(node);
        resolved.put(node, result);
        if (result.nodes() > dialect.mostValues()) {
            throw new InvalidInputException(new Problem(
                    new Place.InFile(start, path),
                    "more than " + dialect.mostValues() + " values once its aliases are written out",
                    "use fewer aliases to aliases, or several files"));
        }
        if (result.levels() > BoundedComposer.MAX_DEPTH) {
            throw BoundedComposer.tooDeep(start, path);
        }
        return result;
    }

    private YamlNode content(Node node, SourcePosition start, PropertyPath path, Extent extent) {
        if (node instanceof MappingNode mapping) {
            checkTag(node, Tag.MAP, start, path);
            return new YamlNode.Mapping(start, entries(mapping, path, extent));
        }
        if (node instanceof SequenceNode sequence) {
            checkTag(node, Tag.SEQ, start, path);
            List<YamlNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(extent.add(resolve(item, path.index(items.size()))));
            }
            return new YamlNode.Sequence(start, Collections.unmodifiableList(items));
        }
        ScalarNode scalar = (ScalarNode) node;
        YamlNode.Kind kind = KINDS.get(scalar.getTag());
        if (kind == null) {
            checkTag(node, Tag.STR, start, path);
            kind = YamlNode.Kind.TEXT;
        }
        checkCharacters(scalar.getValue(), start, path);
        return new YamlNode.Scalar(start, kind, scalar.getValue(), !ScalarTag.isText(scalar));
    }

    /** Escapes in quotes can write NUL, which Terraform does not support, and halves of surrogate pairs. */
    private void checkCharacters(String text, SourcePosition start, PropertyPath path) {
        if (dialect.anyText()) {
            return;
        }
        text.codePoints()
                .filter(code -> code == 0 || code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)
                .findFirst()
                .ifPresent(code -> problems.add(
                        start,
                        path,
                        String.format("the character U+%04X", code),
                        code == 0 ? "remove it" : "write the whole character instead of half of it"));
        if (text.contains(TOKEN)) {
            problems.add(
                    start,
                    path,
                    "the text \"" + TOKEN + "\", by which CDKTF marks references",
                    "text without it: CDKTF would put the value of a reference there",
                    "write it in another way, or in a manifest, where it is literal");
        }
    }

    private Map<String, YamlNode.Entry> entries(MappingNode mapping, PropertyPath path, Extent extent) {
        Map<String, YamlNode.Entry> own = new LinkedHashMap<>();
        Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
        boolean merges = false;
        for (NodeTuple tuple : mapping.getValue()) {
            SourcePosition position = Marks.position(file, tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(position, path, "a list or mapping as a key", "write the key as text");
                continue;
            }
            boolean isMerge = key.getTag().equals(Tag.MERGE);
            PropertyPath inner = path.key(key.getValue());
            checkCharacters(key.getValue(), position, inner);
            if (isMerge && merges) {
                problems.add(position, inner, "duplicate key \"<<\"", "write <<: [*first, *second]");
            } else if (isMerge) {
                merges = true;
                merge(resolveInto(extent, tuple.getValueNode(), inner), inner, merged);
            } else {
                YamlNode.Entry first = own.get(key.getValue());
                YamlNode value = resolveInto(extent, tuple.getValueNode(), inner);
                if (first == null) {
                    own.put(key.getValue(), new YamlNode.Entry(position, value, !ScalarTag.isText(key)));
                } else {
                    problems.add(
                            position,
                            inner,
                            "duplicate key \"" + key.getValue() + "\", first in line "
                                    + first.key().line(),
                            "remove one of the two");
                }
            }
        }
        merged.forEach(own::putIfAbsent);
        return Collections.unmodifiableMap(own);
    }

    private YamlNode resolveInto(Extent extent, Node node, PropertyPath path) {
        return extent.add(resolve(node, path));
    }

    private void merge(YamlNode source, PropertyPath path, Map<String, YamlNode.Entry> target) {
        List<YamlNode> sources = source instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(source);
        for (YamlNode one : sources) {
            if (one instanceof YamlNode.Mapping mapping) {
                mapping.entries().forEach(target::putIfAbsent);
            } else {
                problems.add(
                        one.start(),
                        path,
                        "\"<<\" with " + one.describe(),
                        "an alias to a mapping, or a list of such aliases",
                        "write <<: *name, where &name marks a mapping");
            }
        }
    }

    private void checkTag(Node node, Tag allowed, SourcePosition start, PropertyPath path) {
        String tag = node.getTag().getValue();
        if (!node.getTag().equals(allowed) && !dialect.tags().contains(tag)) {
            problems.add(start, path, "the YAML tag " + tag, "the tags of the YAML 1.2 core schema", "remove the tag");
        }
    }
}

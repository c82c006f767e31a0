package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Composes nodes up to a depth: composing is recursive, so that deep nesting would overflow the stack. Merge keys and keys
 * that are no scalars are left as they are for {@link NodeResolver}, which reports all that is wrong with them at once.
 */
final class BoundedComposer extends Composer {

    static final int MAX_DEPTH = 64;

    private final String file;
    private int depth;

    BoundedComposer(LoadSettings settings, String file, String text) {
        super(settings, new ParserImpl(settings, new StreamReader(settings, text)));
        this.file = file;
    }

    static InvalidInputException tooDeep(SourcePosition position, PropertyPath path) {
        return new InvalidInputException(new Problem(
                new Place.InFile(position, path), "more than " + MAX_DEPTH + " levels of nesting", "nest less deeply"));
    }

    @Override
    protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
        enter();
        SequenceNode node = super.composeSequenceNode(anchor);
        depth--;
        return node;
    }

    @Override
    protected Node composeMappingNode(Optional<Anchor> anchor) {
        enter();
        Node node = super.composeMappingNode(anchor);
        depth--;
        return node;
    }

    @Override
    protected void composeMappingChildren(List<NodeTuple> children, MappingNode node) {
        children.add(new NodeTuple(composeKeyNode(node), composeValueNode(node)));
    }

    private void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw tooDeep(Marks.position(file, parser.peekEvent().getStartMark()), PropertyPath.ROOT);
        }
    }
}

package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.PlatformGraph;
import dev.eksplatform.internal.review.Tally;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Draws the parts of the reviewed stacks. */
final class PlatformGraphBuilder {

    private PlatformGraphBuilder() {}

    /** All parts, whether they change or not; the changed ones first when there are too many. */
    static PlatformGraph of(List<StackView> stacks) {
        Map<String, PlatformGraph.Node> nodes = new LinkedHashMap<>();
        Map<String, String> keys = new HashMap<>();
        for (StackView stack : stacks) {
            for (ResourceChange change : stack.changes()) {
                if (change.mode() == ResourceMode.DATA) {
                    continue;
                }
                String part = PlatformPart.of(stack.constructPath(change), change.type());
                String key = stack.name() + "/" + part;
                keys.put(stack.name() + "/" + change.block(), key);
                Counts counts = Tally.of(change);
                nodes.merge(
                        key,
                        new PlatformGraph.Node(stack.name(), part, state(counts), counts),
                        (a, b) -> new PlatformGraph.Node(
                                a.stack(),
                                a.part(),
                                worse(a.state(), b.state()),
                                a.counts().plus(b.counts())));
            }
        }
        List<String> order = List.copyOf(nodes.keySet());
        if (order.size() > PlatformGraph.MOST_NODES) {
            order = nodes.entrySet().stream()
                    .sorted(Comparator.comparing(entry -> entry.getValue().state()))
                    .limit(PlatformGraph.MOST_NODES)
                    .map(Map.Entry::getKey)
                    .toList();
        }
        return new PlatformGraph(order.stream().map(nodes::get).toList(), edges(stacks, keys, order));
    }

    private static List<PlatformGraph.Edge> edges(
            List<StackView> stacks, Map<String, String> keys, List<String> order) {
        TreeSet<Long> pairs = new TreeSet<>();
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            index.put(order.get(i), i);
        }
        for (StackView stack : stacks) {
            for (ResourceChange change : stack.changes()) {
                Integer to = index.get(keys.getOrDefault(stack.name() + "/" + change.block(), ""));
                for (String reference : to == null ? List.<String>of() : stack.references(change.block())) {
                    Integer from = index.get(keys.getOrDefault(stack.name() + "/" + reference, ""));
                    if (from != null && to != null && !from.equals(to)) {
                        pairs.add(from * 1000L + to);
                    }
                }
            }
        }
        return pairs.stream()
                .map(pair -> new PlatformGraph.Edge((int) (pair / 1000), (int) (pair % 1000)))
                .toList();
    }

    private static PlatformGraph.State state(Counts counts) {
        if (counts.replaced() > 0) {
            return PlatformGraph.State.REPLACED;
        }
        if (counts.deleted() + counts.forgotten() > 0) {
            return PlatformGraph.State.DELETED;
        }
        if (counts.updated() + counts.moved() + counts.imported() > 0) {
            return PlatformGraph.State.CHANGED;
        }
        return counts.created() > 0 ? PlatformGraph.State.CREATED : PlatformGraph.State.UNCHANGED;
    }

    private static PlatformGraph.State worse(PlatformGraph.State a, PlatformGraph.State b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}

package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The parts of the platform and their dependencies.
 *
 * @param nodes the parts, at most {@value #MOST_NODES}
 * @param edges from a part to a part that depends on it, by index into {@code nodes}
 */
public record PlatformGraph(List<Node> nodes, List<Edge> edges) {

    private static final int MOST_NODES = 40;

    /** A graph without parts. */
    public static final PlatformGraph EMPTY = new PlatformGraph(List.of(), List.of());

    /** What happens to a part, the worst first. */
    public enum State {
        /** Something in it is replaced. */
        REPLACED,
        /** Something in it is deleted. */
        DELETED,
        /** Something in it changes. */
        CHANGED,
        /** Something in it is created. */
        CREATED,
        /** Nothing happens to it. */
        UNCHANGED;

        private static State of(Counts counts) {
            return counts.numbers().keySet().stream()
                    .map(outcome -> switch (outcome) {
                        case REPLACED -> REPLACED;
                        case DELETED, FORGOTTEN -> DELETED;
                        case UPDATED, MOVED, IMPORTED, UNDONE, INVOKED -> CHANGED;
                        case CREATED -> CREATED;
                        case READ, UNCHANGED -> UNCHANGED;
                    })
                    .min(Comparator.naturalOrder())
                    .orElse(UNCHANGED);
        }
    }

    /**
     * One part.
     *
     * @param stack its stack
     * @param part its name
     * @param state what happens to it
     * @param counts the outcomes of its resources
     */
    public record Node(String stack, String part, State state, Counts counts) {}

    /**
     * A dependency.
     *
     * @param from index of the part that is needed
     * @param to index of the part that needs it
     */
    public record Edge(int from, int to) {}

    /** A part of a stack. */
    private record Key(String stack, String part) {}

    /**
     * The parts of stacks, unchanged ones included; the most changed ones when there are too many.
     *
     * @param stacks the stacks
     * @param part the name of the part that a resource belongs to
     * @return the graph
     */
    public static PlatformGraph of(List<StackEvidence> stacks, BiFunction<StackEvidence, ResourceChange, String> part) {
        Map<Key, Counts> parts = new LinkedHashMap<>();
        for (StackEvidence stack : stacks) {
            resources(stack)
                    .forEach(change -> parts.merge(
                            new Key(stack.name(), part.apply(stack, change)),
                            Counts.of(Outcome.of(change)),
                            Counts::plus));
        }
        List<Key> order = new ArrayList<>(parts.keySet());
        if (order.size() > MOST_NODES) {
            order.sort(Comparator.comparing(key -> State.of(parts.getOrDefault(key, Counts.NONE))));
            order.subList(MOST_NODES, order.size()).clear();
        }
        List<Node> nodes = new ArrayList<>();
        Map<Key, Integer> index = new HashMap<>();
        for (Key key : order) {
            Counts counts = parts.getOrDefault(key, Counts.NONE);
            index.put(key, nodes.size());
            nodes.add(new Node(key.stack(), key.part(), State.of(counts), counts));
        }
        Set<Edge> edges = new LinkedHashSet<>();
        for (StackEvidence stack : stacks) {
            for (ResourceChange change : resources(stack)) {
                Integer to = index.get(new Key(stack.name(), part.apply(stack, change)));
                for (String reference : to == null ? Set.<String>of() : stack.references(change.block())) {
                    List<ResourceChange> needed = stack.instances(reference);
                    Integer from = needed.isEmpty() || needed.get(0).mode() != ResourceMode.MANAGED
                            ? null
                            : index.get(new Key(stack.name(), part.apply(stack, needed.get(0))));
                    if (from != null && to != null && !from.equals(to)) {
                        edges.add(new Edge(from, to));
                    }
                }
            }
        }
        return new PlatformGraph(
                nodes,
                edges.stream()
                        .sorted(Comparator.comparing(Edge::from).thenComparing(Edge::to))
                        .toList());
    }

    /**
     * The nodes of each stack.
     *
     * @return their indices by the stack's name
     */
    public Map<String, List<Integer>> byStack() {
        Map<String, List<Integer>> stacks = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            stacks.computeIfAbsent(nodes.get(i).stack(), key -> new ArrayList<>())
                    .add(i);
        }
        return stacks;
    }

    private static List<ResourceChange> resources(StackEvidence stack) {
        return stack.changes().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .toList();
    }
}

package dev.eksplatform.internal.review;

import java.util.List;

/**
 * The parts of the platform and what depends on what.
 *
 * @param nodes the parts, at most {@value #MOST_NODES}
 * @param edges from a part to what depends on it, by index into {@code nodes}
 */
public record PlatformGraph(List<Node> nodes, List<Edge> edges) {

    public static final int MOST_NODES = 40;

    public static final PlatformGraph EMPTY = new PlatformGraph(List.of(), List.of());

    /** What happens to a part, the worst first. */
    public enum State {
        /** Something in it is replaced. */
        REPLACED,
        /** Something in it is deleted. */
        DELETED,
        /** Something in it changes. */
        CHANGED,
        /** Something in it is made. */
        CREATED,
        /** Nothing happens to it. */
        UNCHANGED
    }

    /**
     * One part.
     *
     * @param stack its stack
     * @param part its name
     * @param state what happens to it
     * @param counts in detail
     */
    public record Node(String stack, String part, State state, Counts counts) {}

    /**
     * One dependency.
     *
     * @param from index of what is needed
     * @param to index of what needs it
     */
    public record Edge(int from, int to) {}
}

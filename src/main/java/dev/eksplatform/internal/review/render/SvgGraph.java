package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.review.Excerpt;
import dev.eksplatform.internal.review.PlatformGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the platform in SVG: a band for each stack, what is needed to the left of what needs it. */
final class SvgGraph {

    private static final int WIDTH = 184;
    private static final int HEIGHT = 58;
    private static final int GAP_X = 64;
    private static final int GAP_Y = 18;
    private static final int EDGE = 16;
    private static final int TITLE = 30;

    private final PlatformGraph graph;
    private final int[] columns;
    private final int[] x;
    private final int[] y;

    private SvgGraph(PlatformGraph graph) {
        this.graph = graph;
        int size = graph.nodes().size();
        this.columns = new int[size];
        this.x = new int[size];
        this.y = new int[size];
    }

    static void draw(PlatformGraph graph, Html html) {
        if (graph.nodes().size() > 1) {
            new SvgGraph(graph).draw(html);
        }
    }

    private void draw(Html html) {
        layers();
        int top = EDGE;
        int widest = 0;
        Map<String, int[]> bands = new LinkedHashMap<>();
        for (Map.Entry<String, List<Integer>> stack : graph.byStack().entrySet()) {
            Map<Integer, Integer> rows = new LinkedHashMap<>();
            int deepest = 0;
            for (int node : stack.getValue()) {
                int row = rows.merge(columns[node], 1, Integer::sum) - 1;
                x[node] = EDGE * 2 + columns[node] * (WIDTH + GAP_X);
                y[node] = top + TITLE + row * (HEIGHT + GAP_Y);
                deepest = Math.max(deepest, row);
                widest = Math.max(widest, x[node] + WIDTH + EDGE);
            }
            int height = TITLE + (deepest + 1) * (HEIGHT + GAP_Y) - GAP_Y + EDGE;
            bands.put(stack.getKey(), new int[] {top, height});
            top += height + EDGE;
        }
        String size = String.format(
                Locale.ROOT, "viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\"", widest + EDGE, top);
        html.own("<svg " + size + " role=\"img\" aria-labelledby=\"picture-title\">");
        html.element("title", "The parts of the platform and what depends on what", "id", "picture-title");
        int right = widest;
        bands.forEach((name, band) -> {
            rect(html, "band", EDGE, band[0], right - EDGE, band[1]);
            text(html, "stack", EDGE * 2, band[0] + 20, Excerpt.shortened(name, 60));
        });
        graph.edges().forEach(edge -> edge(html, edge));
        for (int i = 0; i < graph.nodes().size(); i++) {
            node(html, i);
        }
        html.close("svg");
    }

    /** A node is to the right of all that it needs; edges that would close a cycle do not count. */
    private void layers() {
        int size = graph.nodes().size();
        List<List<Integer>> next = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            next.add(new ArrayList<>());
        }
        graph.edges().forEach(edge -> next.get(edge.from()).add(edge.to()));
        int[] state = new int[size];
        for (int i = 0; i < size; i++) {
            visit(i, next, state, 0);
        }
    }

    private void visit(int node, List<List<Integer>> next, int[] state, int depth) {
        if (state[node] == 1 || (state[node] == 2 && columns[node] >= depth)) {
            return;
        }
        columns[node] = Math.max(columns[node], depth);
        state[node] = 1;
        for (int other : next.get(node)) {
            visit(other, next, state, depth + 1);
        }
        state[node] = 2;
    }

    private void edge(Html html, PlatformGraph.Edge edge) {
        boolean forward = columns[edge.from()] < columns[edge.to()];
        int x1 = x[edge.from()] + (forward ? WIDTH : WIDTH / 2);
        int y1 = y[edge.from()] + (forward ? HEIGHT / 2 : HEIGHT);
        int x2 = x[edge.to()] + (forward ? 0 : WIDTH / 2);
        int y2 = y[edge.to()] + (forward ? HEIGHT / 2 : HEIGHT);
        String path = forward
                ? String.format(Locale.ROOT, "M%d %d C%d %d %d %d %d %d", x1, y1, x1 + 40, y1, x2 - 40, y2, x2, y2)
                : String.format(Locale.ROOT, "M%d %d C%d %d %d %d %d %d", x1, y1, x1, y1 + 26, x2, y2 + 26, x2, y2);
        html.open("path", "class", "edge", "d", path).close("path");
    }

    private void node(Html html, int index) {
        PlatformGraph.Node node = graph.nodes().get(index);
        html.open("g", "class", "node " + node.state().name().toLowerCase(Locale.ROOT));
        rect(html, "box", x[index], y[index], WIDTH, HEIGHT);
        text(html, "name", x[index] + 14, y[index] + 25, Excerpt.shortened(node.part(), 22));
        boolean unchanged = node.state() == PlatformGraph.State.UNCHANGED;
        String what = unchanged ? "unchanged" : node.counts().toString();
        text(html, "what", x[index] + 14, y[index] + 44, Excerpt.shortened(what, 30));
        html.close("g");
    }

    private static void text(Html html, String kind, int left, int top, String text) {
        html.element("text", text, "class", kind, "x", "" + left, "y", "" + top);
    }

    private static void rect(Html html, String kind, int left, int top, int width, int height) {
        String box = String.format(
                Locale.ROOT, "x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"", left, top, width, height);
        html.own("<rect class=\"" + kind + "\" " + box + "></rect>");
    }
}

package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.review.Excerpt;
import dev.eksplatform.internal.review.PlatformGraph;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws the platform in Mermaid.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid flowcharts</a>
 */
final class MermaidGraph {

    private MermaidGraph() {}

    static String draw(PlatformGraph graph) {
        if (graph.nodes().size() < 3) {
            return "";
        }
        StringBuilder out = new StringBuilder("flowchart LR\n");
        int number = 0;
        for (Map.Entry<String, List<Integer>> stack : graph.byStack().entrySet()) {
            out.append("  subgraph s" + number++ + "[\"" + label(stack.getKey()) + "\"]\n");
            for (int index : stack.getValue()) {
                PlatformGraph.Node node = graph.nodes().get(index);
                boolean calm = node.state() == PlatformGraph.State.UNCHANGED;
                out.append("    n").append(index).append("[\"").append(label(node.part()));
                out.append(calm ? "" : "<br/>" + node.counts()).append("\"]:::");
                out.append(node.state().name().toLowerCase(Locale.ROOT)).append('\n');
            }
            out.append("  end\n");
        }
        for (PlatformGraph.Edge edge : graph.edges()) {
            out.append("  n" + edge.from() + " --> n" + edge.to() + "\n");
        }
        return out.append("""
                          classDef replaced fill:#ffebe9,stroke:#cf222e,stroke-width:3px,color:#82071e
                          classDef deleted fill:#ffebe9,stroke:#cf222e,stroke-dasharray:5 3,color:#82071e
                          classDef changed fill:#fff8c5,stroke:#9a6700,stroke-width:2px,color:#4d2d00
                          classDef created fill:#dafbe1,stroke:#1a7f37,stroke-width:2px,color:#044f1e
                          classDef unchanged fill:#f6f8fa,stroke:#d0d7de,color:#57606a
                        """).toString();
    }

    /** Mermaid reads Markdown and HTML in labels: only plain characters stay as they are, the rest become its entities. */
    private static String label(String text) {
        StringBuilder out = new StringBuilder();
        Excerpt.shortened(text, 60).chars().forEach(c -> {
            if (c < 128 && (Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '/')) {
                out.append((char) c);
            } else {
                out.append('#').append(c).append(';');
            }
        });
        return out.toString();
    }
}

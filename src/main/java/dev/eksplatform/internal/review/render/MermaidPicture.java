package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Excerpt;
import dev.eksplatform.internal.review.PlatformPicture;
import dev.eksplatform.internal.review.PlatformPicture.Box;
import dev.eksplatform.internal.review.PlatformPicture.Cluster;
import dev.eksplatform.internal.review.PlatformPicture.Kind;
import dev.eksplatform.internal.review.PlatformPicture.Namespace;
import dev.eksplatform.internal.review.PlatformPicture.Network;
import dev.eksplatform.internal.review.PlatformPicture.Platform;
import dev.eksplatform.internal.review.PlatformPicture.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Draws a platform in Mermaid: its networks, clusters, namespaces and identities, each with what happens in it.
 *
 * @see <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid flowcharts</a>
 */
final class MermaidPicture {

    private static final int MOST_ROLES = 12;

    private final StringBuilder out = new StringBuilder("flowchart LR\n");
    private int boxes;

    private MermaidPicture() {}

    static String draw(PlatformPicture picture) {
        if (!picture.worthDrawing()) {
            return "";
        }
        MermaidPicture mermaid = new MermaidPicture();
        picture.platforms().forEach(mermaid::platform);
        return mermaid.out.append("""
                          classDef replaced fill:#ffebe9,stroke:#cf222e,stroke-width:3px,color:#82071e
                          classDef deleted fill:#ffebe9,stroke:#cf222e,stroke-dasharray:5 3,color:#82071e
                          classDef changed fill:#fff8c5,stroke:#9a6700,stroke-width:2px,color:#4d2d00
                          classDef created fill:#dafbe1,stroke:#1a7f37,stroke-width:2px,color:#044f1e
                          classDef unchanged fill:#f6f8fa,stroke:#d0d7de,color:#57606a
                        """).toString();
    }

    private void platform(Platform platform) {
        int start = boxes;
        if (!platform.name().isEmpty()) {
            out.append("  subgraph p")
                    .append(start)
                    .append("[\"")
                    .append(label(platform.name()))
                    .append("\"]\n");
        }
        List<Integer> entries = platform.entries().stream().map(this::box).toList();
        List<Integer> networks = new ArrayList<>();
        for (Network network : platform.networks()) {
            int drawn = box(sum(network.box(), inNetwork(network)));
            entries.forEach(entry -> edge(entry, drawn));
            networks.add(drawn);
            network.nodes().forEach(nodes -> edge(drawn, box(nodes.box())));
        }
        for (Cluster cluster : platform.clusters()) {
            int drawn = box(sum(cluster.box(), cluster.parts()));
            networks.forEach(network -> edge(network, drawn));
            for (Namespace namespace : cluster.namespaces()) {
                int inner = box(sum(namespace.box(), namespace.contents()));
                edge(drawn, inner);
                PlatformPicture.limited(namespace.roles(), MOST_ROLES).forEach(role -> edge(inner, box(role)));
            }
        }
        if (!platform.others().isEmpty()) {
            Box rest = new Box(Kind.OTHER, "More in the account", "", Counts.NONE, false);
            box(sum(rest, platform.others()));
        }
        if (!platform.name().isEmpty()) {
            out.append("  end\n");
        }
    }

    private static List<Box> inNetwork(Network network) {
        Stream<Subnet> subnets = network.zones().stream().flatMap(zone -> zone.subnets().stream());
        return Stream.concat(
                        subnets.flatMap(subnet -> Stream.concat(Stream.of(subnet.box()), subnet.contents().stream())),
                        network.parts().stream())
                .toList();
    }

    private static Box sum(Box area, List<Box> contents) {
        Counts counts = contents.stream().map(Box::counts).reduce(area.counts(), Counts::plus);
        return new Box(area.kind(), area.title(), area.detail(), counts, area.open());
    }

    private int box(Box box) {
        out.append("    n").append(boxes).append("[\"").append(label(box.title()));
        out.append(box.inWords().isEmpty() ? "" : "<br/>" + box.inWords()).append("\"]:::");
        out.append(box.state().name().toLowerCase(Locale.ROOT)).append('\n');
        return boxes++;
    }

    private void edge(int from, int to) {
        out.append("    n" + from + " --> n" + to + "\n");
    }

    /** Mermaid reads Markdown and HTML in labels: only plain characters stay as they are, the rest become its entities. */
    private static String label(String text) {
        StringBuilder label = new StringBuilder();
        Excerpt.shortened(text, 60).chars().forEach(c -> {
            if (c < 128 && (Character.isLetterOrDigit(c) || c == ' ' || c == '-' || c == '/')) {
                label.append((char) c);
            } else {
                label.append('#').append(c).append(';');
            }
        });
        return label.toString();
    }
}

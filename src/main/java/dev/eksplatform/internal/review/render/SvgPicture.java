package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.review.PlatformPicture;
import dev.eksplatform.internal.review.PlatformPicture.Box;
import dev.eksplatform.internal.review.PlatformPicture.Cluster;
import dev.eksplatform.internal.review.PlatformPicture.Namespace;
import dev.eksplatform.internal.review.PlatformPicture.Network;
import dev.eksplatform.internal.review.PlatformPicture.Nodes;
import dev.eksplatform.internal.review.PlatformPicture.Platform;
import dev.eksplatform.internal.review.PlatformPicture.Subnet;
import dev.eksplatform.internal.review.PlatformPicture.Zone;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a platform in SVG, from the internet at the top to the rest of the account at the bottom: gateways and load balancers
 * on the edge of the VPC; zones as columns with their subnets, node groups across them; the cluster with its namespaces, and
 * beside each namespace the IAM roles of its ServiceAccounts. Arrows run in the gaps between boxes only.
 */
final class SvgPicture {

    /** The width of the drawing for wide windows and for paper, in pixels. */
    private static final int WIDE = 960;

    /** The width of the drawing for narrow windows, in pixels. */
    private static final int NARROW = 360;

    private static final int PAD = 12;
    private static final int GAP = 12;
    private static final int HEAD = 30;
    private static final int ITEM = 46;
    private static final int ARROW = 34;
    private static final int RAIL = 22;
    private static final int ROLE = 250;

    /** What is drawn over what. */
    private enum Layer {
        AREA,
        ZONE,
        SUBNET,
        ARROW,
        ITEM
    }

    private final String name;
    private final int width;
    private final List<StringWriter> drawn = new ArrayList<>();
    private final List<Html> layers = new ArrayList<>();

    private SvgPicture(String name, int width) {
        this.name = name;
        this.width = width;
        for (int i = 0; i < Layer.values().length; i++) {
            StringWriter writer = new StringWriter();
            drawn.add(writer);
            layers.add(new Html(writer));
        }
    }

    /** Draws each environment twice, for wide and for narrow windows; the style shows one of them. */
    static void draw(PlatformPicture picture, Html html) {
        html.own(ProgramFile.read(SvgPicture.class, "icons.svg"));
        int number = 0;
        for (Platform platform : picture.platforms()) {
            if (!platform.name().isEmpty()) {
                html.element("h3", platform.name());
            }
            new SvgPicture("wide-" + number, WIDE).draw(platform, html);
            new SvgPicture("narrow-" + number, NARROW).draw(platform, html);
            number++;
        }
        if (picture.more() > 0) {
            html.element("p", picture.more() + " more environments are not drawn.");
        }
    }

    private void draw(Platform platform, Html html) {
        int bottom = platform(platform);
        html.own(String.format(
                Locale.ROOT,
                "<svg class=\"%s\" viewBox=\"-2 -1 %d %d\" width=\"%2$d\" height=\"%3$d\" role=\"img\" aria-labelledby=\"title-%4$s\">",
                name.substring(0, name.indexOf('-')),
                width + 4,
                bottom + 2,
                name));
        html.element(
                "title",
                "The platform: its networks, clusters and identities, and what changes",
                "id",
                "title-" + name);
        html.own("<defs>");
        for (String kind : List.of("arrow", "open")) {
            html.own("<marker id=\"" + kind + "-" + name + "\" class=\"" + kind
                    + "\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
                    + "<path d=\"M0 0L8 4L0 8z\"></path></marker>");
        }
        html.own("</defs>");
        layers.forEach(Html::flush);
        drawn.forEach(layer -> html.own(layer.toString()));
        html.close("svg").line();
    }

    private int platform(Platform platform) {
        int y = 1;
        boolean endpoint = platform.clusters().stream().anyMatch(cluster -> cluster.endpoint() != null);
        int right = endpoint ? width - RAIL : width;
        int internet = 0;
        if (endpoint || !platform.entries().isEmpty()) {
            area("internet", "Internet", "", 0, y, width, 28);
            internet = y + 28;
            y = internet + ARROW;
        }
        y = entries(platform.entries(), internet, y, right);
        boolean straddles =
                !platform.entries().isEmpty() && !platform.networks().isEmpty();
        int top = straddles ? y - ITEM / 2 : y;
        for (Network network : platform.networks()) {
            y = network(
                            network,
                            top,
                            straddles && network == platform.networks().get(0) ? ITEM / 2 : 0,
                            right)
                    + GAP;
            top = y;
        }
        y = straddles || platform.entries().isEmpty() ? y : y + GAP;
        for (Cluster cluster : platform.clusters()) {
            y = cluster(cluster, internet, y, right) + GAP;
        }
        if (!platform.others().isEmpty()) {
            int inner = y + HEAD;
            int bottom = items(platform.others(), PAD, inner, right - 2 * PAD) + PAD;
            area("account", "More in the account", "", 0, y, right, bottom - y);
            y = bottom + GAP;
        }
        return y - GAP + 1;
    }

    // the internet and what it reaches

    private int entries(List<Box> entries, int internet, int top, int right) {
        if (entries.isEmpty()) {
            return top;
        }
        int columns = Math.min(entries.size(), columns(right - 4 * PAD, GAP * 2, 150));
        int size = Math.min(240, (right - 4 * PAD - (columns - 1) * GAP * 2) / columns);
        int bottom = top;
        for (int i = 0; i < entries.size(); i++) {
            int x = 2 * PAD + i % columns * (size + GAP * 2);
            int y = top + i / columns * (ITEM + GAP);
            Box entry = entries.get(i);
            item(entry, x, y, size);
            if (i < columns) {
                arrow(entry.open(), "M%d %dV%d", x + size / 2, internet, y);
            } else {
                arrow(entry.open(), "M%d %dV%dH%d", x - GAP, internet, y + ITEM / 2, x);
            }
            bottom = y + ITEM;
        }
        return bottom;
    }

    // the network

    private int network(Network network, int top, int over, int right) {
        int y = top + over + HEAD;
        List<Zone> zones = network.zones();
        int columns = Math.max(1, Math.min(zones.size(), columns(right - 2 * PAD, GAP, 100)));
        for (int first = 0; first < zones.size(); first += columns) {
            List<Zone> row = zones.subList(first, Math.min(zones.size(), first + columns));
            y = zones(row, network.nodes(), y, right) + GAP;
        }
        List<Nodes> elsewhere = network.nodes().stream()
                .filter(nodes -> zones.stream().noneMatch(zone -> nodes.zones().contains(zone.name())))
                .toList();
        List<Box> parts = new ArrayList<>();
        elsewhere.forEach(nodes -> parts.add(nodes.box()));
        parts.addAll(network.parts());
        y = parts.isEmpty() ? y - GAP : items(parts, PAD, y, right - 2 * PAD);
        container("vpc", network.box(), 0, top, right, y + PAD - top, over);
        return y + PAD;
    }

    /** A row of zones: the subnets of a tier are side by side, with the node groups across them. */
    private int zones(List<Zone> zones, List<Nodes> nodes, int top, int right) {
        int size = (right - 2 * PAD - (zones.size() - 1) * GAP) / zones.size();
        Map<String, Integer> left = new HashMap<>();
        for (int i = 0; i < zones.size(); i++) {
            left.put(zones.get(i).name(), PAD + i * (size + GAP));
        }
        int y = top + 24;
        for (boolean isPublic : new boolean[] {true, false}) {
            int most = zones.stream()
                    .mapToInt(zone -> (int) zone.subnets().stream()
                            .filter(subnet -> subnet.isPublic() == isPublic)
                            .count())
                    .max()
                    .orElse(0);
            for (int i = 0; i < most; i++) {
                List<Nodes> across = i < most - 1
                        ? List.of()
                        : nodes.stream()
                                .filter(one -> one.isPublic() == isPublic)
                                .toList();
                y = tier(zones, isPublic, i, across, left, size, y) + 8;
            }
        }
        for (Zone zone : zones) {
            int x = left.getOrDefault(zone.name(), PAD);
            rect(Layer.ZONE, "zone", x, top, size, y - top);
            text(Layer.ZONE, "zone-name", zone.name(), x + 8, top + 16, size - 16, 12, false);
        }
        return y;
    }

    private int tier(
            List<Zone> zones,
            boolean isPublic,
            int index,
            List<Nodes> across,
            Map<String, Integer> left,
            int size,
            int top) {
        Map<Zone, Subnet> row = new HashMap<>();
        int contents = 0;
        for (Zone zone : zones) {
            List<Subnet> subnets = zone.subnets().stream()
                    .filter(subnet -> subnet.isPublic() == isPublic)
                    .toList();
            if (index < subnets.size()) {
                row.put(zone, subnets.get(index));
                contents = Math.max(contents, subnets.get(index).contents().size());
            }
        }
        int y = top + 52 + contents * (ITEM + 8);
        int bottom = y + across.size() * (ITEM + 8);
        for (Zone zone : zones) {
            Subnet subnet = row.get(zone);
            if (subnet != null) {
                int x = left.getOrDefault(zone.name(), PAD) + 6;
                String kind = isPublic ? "subnet public" : "subnet private";
                rect(Layer.SUBNET, kind + state(subnet.box()), x, top, size - 12, bottom - top);
                text(
                        Layer.SUBNET,
                        "name" + state(subnet.box()),
                        subnet.box().title(),
                        x + 8,
                        top + 18,
                        size - 28,
                        12,
                        false);
                String happens = subnet.box().inWords();
                String detail = subnet.box().detail() + (happens.isEmpty() ? "" : " · " + happens);
                text(Layer.SUBNET, "what" + state(subnet.box()), detail, x + 8, top + 36, size - 20, 11, false);
                int inner = top + 52;
                for (Box box : subnet.contents()) {
                    item(box, x + 8, inner, size - 28);
                    inner += ITEM + 8;
                }
            }
        }
        for (Nodes nodes : across) {
            int first = -1;
            for (int i = 0; i <= zones.size(); i++) {
                boolean in = i < zones.size()
                        && nodes.zones().contains(zones.get(i).name())
                        && row.containsKey(zones.get(i));
                if (in && first < 0) {
                    first = i;
                } else if (!in && first >= 0) {
                    int x = left.getOrDefault(zones.get(first).name(), PAD) + 14;
                    int end = left.getOrDefault(zones.get(i - 1).name(), PAD) + size - 14;
                    item(nodes.box(), x, y, end - x);
                    first = -1;
                }
            }
            y += ITEM + 8;
        }
        return bottom;
    }

    // the cluster

    private int cluster(Cluster cluster, int internet, int top, int edge) {
        int y = top + HEAD;
        boolean roles = cluster.namespaces().stream()
                .anyMatch(namespace -> !namespace.roles().isEmpty());
        int right = roles && width == WIDE ? edge - ROLE - ARROW : edge;
        Box endpoint = cluster.endpoint();
        if (endpoint != null) {
            int size = Math.min(280, right - 2 * PAD);
            int x = right - PAD - size;
            item(endpoint, x, y, size);
            arrow(endpoint.open(), "M%d %dV%dH%d", width - 8, internet, y + ITEM / 2, x + size);
            y += ITEM + GAP;
        }
        if (!cluster.parts().isEmpty()) {
            y = items(cluster.parts(), PAD, y, right - 2 * PAD) + GAP;
        }
        for (Namespace namespace : cluster.namespaces()) {
            y = namespace(namespace, y, right) + GAP;
        }
        container("cluster", cluster.box(), 0, top, right, y - top, 0);
        return y;
    }

    /** The roles of a namespace are beside it, outside of the cluster; in a narrow drawing, below it. */
    private int namespace(Namespace namespace, int top, int right) {
        boolean beside = width == WIDE;
        int size = right - 2 * PAD;
        int inner = top + HEAD;
        int bottom = namespace.contents().isEmpty()
                ? inner + 4
                : items(namespace.contents(), 2 * PAD, inner, size - 2 * PAD) + PAD;
        if (beside) {
            bottom = Math.max(bottom, top + namespace.roles().size() * (ITEM + 8) - 8);
        }
        container("namespace", namespace.box(), PAD, top, size, bottom - top, 0);
        int x = beside ? right + ARROW : PAD + 40;
        int y = beside ? top : bottom + 10;
        for (Box role : namespace.roles()) {
            item(role, x, y, beside ? ROLE : right - x - PAD);
            if (beside) {
                arrow(false, "M%d %dH%d", PAD + size, y + ITEM / 2, x);
            } else {
                arrow(false, "M%d %dV%dH%d", PAD + 18, bottom, y + ITEM / 2, x);
            }
            y += ITEM + 8;
        }
        return beside || namespace.roles().isEmpty() ? bottom : y - 8;
    }

    // boxes

    private static int columns(int room, int gap, int least) {
        return Math.max(1, (room + gap) / (least + gap));
    }

    private int items(List<Box> boxes, int left, int top, int room) {
        double widest = boxes.stream()
                .mapToDouble(box -> TextWidth.of(box.title(), 12.5, true) + 40)
                .max()
                .orElse(0);
        int least = (int) Math.max(width == WIDE ? 200 : 150, Math.min(widest, width * 0.45));
        int columns = columns(room, GAP, least);
        int size = (room - (columns - 1) * GAP) / columns;
        for (int i = 0; i < boxes.size(); i++) {
            item(boxes.get(i), left + i % columns * (size + GAP), top + i / columns * (ITEM + GAP), size);
        }
        return top + (boxes.size() + columns - 1) / columns * (ITEM + GAP) - GAP;
    }

    private static String state(Box box) {
        return " " + box.state().name().toLowerCase(Locale.ROOT) + (box.open() ? " open" : "");
    }

    private static String detail(Box box) {
        List<String> words = new ArrayList<>();
        if (box.open()) {
            words.add("open to everyone");
        }
        if (!box.inWords().isEmpty()) {
            words.add(box.inWords());
        }
        if (!box.detail().isEmpty()) {
            words.add(box.detail());
        }
        return String.join(" · ", words);
    }

    private void item(Box box, int x, int y, int size) {
        String detail = detail(box);
        rect(Layer.ITEM, "box" + state(box), x, y, size, ITEM);
        on(Layer.ITEM)
                .open(
                        "use",
                        "href",
                        "#icon-" + box.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "class",
                        "icon" + state(box),
                        "x",
                        "" + (x + 8),
                        "y",
                        "" + (y + (detail.isEmpty() ? 15 : 8)),
                        "width",
                        "16",
                        "height",
                        "16")
                .close("use");
        text(
                Layer.ITEM,
                "name" + state(box),
                box.title(),
                x + 30,
                y + (detail.isEmpty() ? 27 : 20),
                size - 38,
                12.5,
                true);
        text(Layer.ITEM, "what" + state(box), detail, x + 8, y + 37, size - 16, 11, false);
    }

    /** A box around others, with its title above them. */
    private void container(String kind, Box box, int x, int y, int size, int height, int over) {
        Layer layer = kind.equals("namespace") ? Layer.ZONE : Layer.AREA;
        rect(layer, "area " + kind + state(box), x, y, size, height);
        String detail = detail(box);
        int room = size - 2 * PAD;
        String title = TextWidth.fit(box.title(), detail.isEmpty() ? room : room * 0.6, 13, true);
        int used = (int) Math.ceil(TextWidth.of(title, 13, true)) + 10;
        text(
                layer,
                "title" + state(box),
                box.title(),
                x + PAD,
                y + over + 20,
                detail.isEmpty() ? room : room * 0.6,
                13,
                true);
        text(layer, "what" + state(box), detail, x + PAD + used, y + over + 20, room - used, 12, false);
    }

    private void area(String kind, String title, String detail, int x, int y, int size, int height) {
        rect(Layer.AREA, "area " + kind, x, y, size, height);
        text(Layer.AREA, "title", title, x + PAD, y + 19, size - 2 * PAD, 13, true);
    }

    private Html on(Layer layer) {
        return layers.get(layer.ordinal());
    }

    private void rect(Layer layer, String kind, int x, int y, int size, int height) {
        on(layer)
                .open(
                        "rect",
                        "class",
                        kind,
                        "x",
                        "" + x,
                        "y",
                        "" + y,
                        "width",
                        "" + size,
                        "height",
                        "" + height,
                        "rx",
                        "6")
                .close("rect");
    }

    /** A text that fits; what is cut off is in its tooltip. */
    private void text(Layer layer, String kind, String text, int x, int y, double room, double size, boolean bold) {
        String fitting = TextWidth.fit(text, room, size, bold);
        if (fitting.isEmpty()) {
            return;
        }
        Html html = on(layer);
        html.open("text", "class", kind, "x", "" + x, "y", "" + y).text(fitting);
        if (!fitting.equals(text)) {
            html.element("title", text);
        }
        html.close("text");
    }

    private void arrow(boolean open, String path, Object... numbers) {
        String kind = open ? "open" : "arrow";
        on(Layer.ARROW)
                .open(
                        "path",
                        "class",
                        kind,
                        "d",
                        String.format(Locale.ROOT, path, numbers),
                        "marker-end",
                        "url(#" + kind + "-" + name + ")")
                .close("path");
    }
}

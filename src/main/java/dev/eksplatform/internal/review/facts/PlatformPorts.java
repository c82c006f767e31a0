package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.AttributePath;
import dev.eksplatform.internal.plan.HelmValues;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.Defaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ports that the cluster needs, from {@code platform-ports.yaml}, and the rules of security groups whose removal closes
 * them. A port that another rule keeps open is not closed.
 */
final class PlatformPorts {

    private static final List<Port> PORTS =
            Binder.ofProgram(Table.class, "platform-ports.yaml").ports();

    /** The description of a rule that names whose webhook the port belongs to. */
    private static final Pattern DESCRIBED = Pattern.compile("webhook of ([\\w .-]+)$");

    private static final String CONTROL_PLANE = "control-plane";

    record Table(List<Port> ports) {}

    /**
     * A port, what uses it and what fails without it.
     *
     * @param from who opens the connection: {@code control-plane} or {@code nodes}
     * @param to on which side it is: {@code control-plane} or {@code nodes}
     * @param always whether every cluster has it
     */
    record Port(
            int port,
            String protocol,
            String from,
            String to,
            String name,
            List<String> charts,
            List<String> addons,
            String value,
            boolean shipped,
            boolean always,
            String effect,
            String source) {

        @Defaults
        static Port of(int port, String from, String name, String effect, String source) {
            return new Port(port, "tcp", from, "nodes", name, List.of(), List.of(), "", false, false, effect, source);
        }

        Port at(int other) {
            return new Port(other, protocol, from, to, name, charts, addons, value, shipped, always, effect, source);
        }
    }

    private final StackEvidence stack;
    private final ResourceNames names;
    private final List<Port> ports;
    private final Set<String> control = new HashSet<>();
    private final Map<String, List<GroupOpening>> after = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, List<GroupOpening>> before = new HashMap<>();

    PlatformPorts(StackEvidence stack, ResourceNames names, List<StackEvidence> all) {
        this.stack = stack;
        this.names = names;
        this.ports = used(all);
        for (ResourceChange change : stack.changes()) {
            if (change.type().equals("aws_eks_cluster")) {
                control(change);
            }
            List<GroupOpening> opened = GroupOpening.of(stack, names, change, false);
            if (!opened.isEmpty()) {
                before.put(change.address(), opened);
            }
            (change.action() == Action.FORGET ? opened : GroupOpening.of(stack, names, change, true))
                    .forEach(opening -> after.computeIfAbsent(opening.group(), group -> new ArrayList<>())
                            .add(opening));
            if (change.type().equals("aws_security_group") && change.action() == Action.DELETE) {
                deleted.add(names.shown(change.address()));
            }
        }
    }

    private void control(ResourceChange cluster) {
        control.add("cluster security group of " + names.shown(cluster.address()));
        for (JsonNode values : List.of(cluster.before(), cluster.after())) {
            JsonNode config = values.path("vpc_config");
            Json.texts((config.isArray() ? config.path(0) : config).path("security_group_ids"))
                    .forEach(id -> control.add(names.shown(names.addressOf(id))));
        }
        stack.references(cluster.block(), "vpc_config").stream()
                .filter(reference ->
                        !stack.instances(reference).isEmpty() && reference.startsWith("aws_security_group."))
                .forEach(reference -> control.add(names.shown(reference)));
    }

    /** The ports of what is installed; where that is not known, those of the add-ons that environments install. */
    private static List<Port> used(List<StackEvidence> all) {
        Map<String, JsonNode> charts = new HashMap<>();
        for (StackEvidence evidence : all) {
            for (ResourceChange change : evidence.changes()) {
                JsonNode values = change.before().isObject() ? change.before() : change.after();
                if (change.type().equals("helm_release")) {
                    String chart = values.path("chart").asText("");
                    charts.put(chart.substring(chart.lastIndexOf('/') + 1), HelmValues.withMerged(values));
                } else if (change.type().equals("aws_eks_addon")) {
                    charts.put("addon " + values.path("addon_name").asText(""), values);
                }
            }
        }
        boolean known = charts.keySet().stream().anyMatch(name -> !name.startsWith("addon "));
        List<Port> used = new ArrayList<>();
        for (Port port : PORTS) {
            Optional<JsonNode> installed = port.charts().stream()
                    .filter(charts::containsKey)
                    .map(charts::get)
                    .findFirst();
            boolean addon = port.addons().stream().anyMatch(name -> charts.containsKey("addon " + name));
            if (installed.isPresent()) {
                used.add(port.value().isEmpty() ? port : port.at(value(installed.get(), port)));
            } else if (port.always() || addon || !known && port.shipped()) {
                used.add(port);
            }
        }
        return used;
    }

    private static int value(JsonNode release, Port port) {
        return AttributePath.of("values." + port.value(), release, release, ValueMarks.NONE).stream()
                .map(value -> value.before().asInt(port.port()))
                .findFirst()
                .orElse(port.port());
    }

    /** What it means that a change removes rules of security groups. */
    List<Consequence> consequences(ResourceChange change) {
        List<GroupOpening> opened = before.getOrDefault(change.address(), List.of());
        if (!change.action().changes() || change.action() == Action.FORGET) {
            return List.of();
        }
        Set<Consequence> found = new LinkedHashSet<>();
        for (GroupOpening opening : opened) {
            if (deleted.contains(opening.group())) {
                continue;
            }
            List<GroupOpening> remaining = after.getOrDefault(opening.group(), List.of());
            if (opening.rule().inbound()) {
                List<Port> lost = ports.stream()
                        .filter(port ->
                                uses(port, opening) && remaining.stream().noneMatch(other -> uses(port, other)))
                        .toList();
                if (!lost.isEmpty()) {
                    found.add(closed(opening, lost));
                }
            } else if (isWayOut(opening)
                    && !control.contains(opening.group())
                    && remaining.stream().noneMatch(PlatformPorts::isWayOut)) {
                Optional<String> list = remaining.stream()
                        .filter(PlatformPorts::mayBeWayOut)
                        .map(GroupOpening::peer)
                        .findFirst();
                found.add(Consequences.table()
                        .ofNetwork(
                                list.isPresent() ? "perhapsNoWayOut" : "noWayOut",
                                Map.of("table", opening.group(), "peer", list.orElse(""))));
            }
        }
        return List.copyOf(found);
    }

    private static boolean isWayOut(GroupOpening opening) {
        return !opening.rule().inbound() && Networks.isWorld(opening.peer()) && opening.covers("tcp", 443);
    }

    /** The networks of a prefix list are not in the plan. */
    private static boolean mayBeWayOut(GroupOpening opening) {
        JsonNode values = opening.rule().values();
        boolean list = opening.peer().contains("prefix_list")
                || !Side.isUnset(values.path("prefix_list_id"))
                || !Side.isUnset(values.path("prefix_list_ids"));
        return list && !opening.rule().inbound() && opening.covers("tcp", 443);
    }

    /** Whether the connections of a port come through an opening. */
    private boolean uses(Port port, GroupOpening opening) {
        if (!opening.rule().inbound() || !opening.covers(port.protocol(), port.port())) {
            return false;
        }
        boolean ofControlPlane = control.contains(opening.group());
        boolean self = opening.peer().equals(opening.group());
        boolean network = Networks.reachesPrivate(opening.peer());
        if (port.to().equals(CONTROL_PLANE)) {
            return ofControlPlane && (network || !control.contains(opening.peer()) || self);
        }
        if (port.from().equals(CONTROL_PLANE)) {
            boolean known = !control.isEmpty();
            return network
                    || (known
                            ? control.contains(opening.peer())
                            : !self && !opening.peer().contains("/"));
        }
        return self || network && !ofControlPlane;
    }

    private static Consequence closed(GroupOpening opening, List<Port> lost) {
        Matcher described =
                DESCRIBED.matcher(opening.rule().values().path("description").asText(""));
        boolean webhook = lost.stream().anyMatch(port -> port.name().contains("webhook"));
        String name = described.find() && lost.stream().noneMatch(Port::always)
                ? "the webhook of " + described.group(1)
                : lost.stream().map(Port::name).distinct().collect(Collectors.joining(" and "));
        return Consequences.table()
                .ofNetwork(
                        webhook && lost.stream().noneMatch(Port::always) ? "webhookClosed" : "portClosed",
                        Map.of(
                                "name", name,
                                "ports", opening.rule().ports(),
                                "table", opening.group(),
                                "effect",
                                        lost.stream()
                                                .map(Port::effect)
                                                .distinct()
                                                .collect(Collectors.joining(" "))));
    }
}

package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the deletion of a NAT gateway or a route means, by the routes that remain. */
final class NetworkPaths {

    private static final List<String> DESTINATIONS =
            List.of("destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id");
    private static final List<String> TARGETS = List.of(
            "nat_gateway_id",
            "gateway_id",
            "transit_gateway_id",
            "network_interface_id",
            "vpc_endpoint_id",
            "vpc_peering_connection_id",
            "egress_only_gateway_id",
            "local_gateway_id",
            "carrier_gateway_id",
            "core_network_arn");

    /** One way out of a route table. */
    private record Way(String table, String destination) {

        boolean everywhere() {
            return destination.equals("0.0.0.0/0") || destination.equals("::/0");
        }
    }

    private final StackEvidence stack;
    private final ResourceNames names;
    private final Map<Way, String> before = new LinkedHashMap<>();
    private final Map<Way, String> after = new LinkedHashMap<>();

    NetworkPaths(StackEvidence stack, ResourceNames names) {
        this.stack = stack;
        this.names = names;
        for (ResourceChange change : stack.changes()) {
            if (change.type().equals("aws_route")) {
                way(change, change.before(), false).ifPresent(way -> before.put(way, target(change, false)));
                way(change, change.after(), true).ifPresent(way -> after.put(way, target(change, true)));
            }
        }
    }

    /** What it means that a NAT gateway or a route is deleted; empty when the routes do not say. */
    Optional<Consequence> consequence(ResourceChange change) {
        if (change.action() != Action.DELETE) {
            return Optional.empty();
        }
        return switch (change.type()) {
            case "aws_nat_gateway" -> gateway(change);
            case "aws_route" -> route(change);
            default -> Optional.empty();
        };
    }

    private Optional<Consequence> gateway(ResourceChange gateway) {
        String name = names.shown(gateway.address());
        List<Way> used = before.entrySet().stream()
                .filter(way -> way.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
        if (used.isEmpty()) {
            return Optional.empty();
        }
        List<Way> lost = used.stream()
                .filter(way -> after.getOrDefault(way, name).equals(name))
                .toList();
        Consequences.Entry entry = Consequences.table().entry(gateway.type(), gateway.before());
        return lost.isEmpty()
                ? entry.rerouted().map(found -> found.with(Map.of("instead", instead(used))))
                : entry.cutOff().map(found -> found.with(Map.of("tables", tables(lost))));
    }

    private String instead(List<Way> used) {
        String targets = used.stream()
                .map(way -> after.getOrDefault(way, ""))
                .filter(target -> !target.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return targets.isEmpty() ? "point elsewhere" : "point to " + targets + " instead";
    }

    private Optional<Consequence> route(ResourceChange route) {
        Consequences.Entry entry = Consequences.table().entry(route.type(), route.before());
        return way(route, route.before(), false).flatMap(lost -> {
            String instead = after.get(lost);
            return instead != null
                    ? entry.rerouted()
                            .map(found -> found.with(Map.of(
                                    "table", lost.table(),
                                    "destination", lost.destination(),
                                    "instead", instead.isEmpty() ? "another target" : instead)))
                    : entry.cutOff()
                            .filter(found -> lost.everywhere())
                            .map(found -> found.with(Map.of("tables", lost.table())));
        });
    }

    private static String tables(List<Way> ways) {
        return ways.stream().map(Way::table).distinct().collect(Collectors.joining(", "));
    }

    private Optional<Way> way(ResourceChange route, JsonNode values, boolean later) {
        String table = values.isObject() ? names.target(route, "route_table_id", later) : "";
        return DESTINATIONS.stream()
                .map(attribute -> values.path(attribute).asText(""))
                .filter(destination -> !destination.isEmpty() && !destination.equals("null"))
                .findFirst()
                .map(destination -> new Way(table, destination));
    }

    private String target(ResourceChange route, boolean later) {
        JsonNode values = later ? route.after() : route.before();
        return TARGETS.stream()
                .filter(attribute -> !values.path(attribute).asText("").isEmpty()
                                && !values.path(attribute).isNull()
                        || later
                                && route.unknown().at(attribute).any()
                                && !stack.references(route.block(), attribute).isEmpty())
                .findFirst()
                .map(attribute -> names.target(route, attribute, later))
                .orElse("");
    }
}

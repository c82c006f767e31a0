package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges a NAT gateway or a route that goes by the routes that remain. */
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

    private final StackView stack;
    private final Map<Way, String> before = new LinkedHashMap<>();
    private final Map<Way, String> after = new LinkedHashMap<>();

    NetworkPaths(StackView stack) {
        this.stack = stack;
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
        String name = stack.shown(gateway.address());
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
        if (lost.isEmpty()) {
            String instead = used.stream().map(after::get).distinct().collect(Collectors.joining(", "));
            return Optional.of(new Consequence(
                    Severity.MEDIUM,
                    "nodes go out through another gateway",
                    "The routes that pointed to it point to " + instead
                            + " instead. Connections that are open break once, others see another public address, and the"
                            + " subnets depend on the zone of that gateway.",
                    "Tell whoever allows the address.",
                    List.of()));
        }
        return Optional.of(new Consequence(
                Severity.HIGH,
                "nodes in private subnets lose their way out",
                "No route takes its place in " + tables(lost)
                        + ": nodes there have no way out; image pulls and AWS APIs without an endpoint fail.",
                "Have endpoints or another gateway first.",
                List.of()));
    }

    private Optional<Consequence> route(ResourceChange route) {
        Optional<Way> way = way(route, route.before(), false);
        if (way.isEmpty()) {
            return Optional.empty();
        }
        String instead = after.get(way.get());
        if (instead != null) {
            return Optional.of(new Consequence(
                    Severity.LOW,
                    "another route to the same destination remains",
                    "Another route of " + way.get().table() + " to " + way.get().destination() + " leads to " + instead
                            + "; until it is made there is none.",
                    "",
                    List.of()));
        }
        return way.filter(Way::everywhere)
                .map(lost -> new Consequence(
                        Severity.HIGH,
                        "subnets lose their way out",
                        "No default route remains in " + lost.table()
                                + ": nodes in its subnets have no way out; image pulls and AWS APIs without an endpoint fail.",
                        "Have endpoints or another route first.",
                        List.of()));
    }

    private static String tables(List<Way> ways) {
        return ways.stream().map(Way::table).distinct().collect(Collectors.joining(", "));
    }

    private Optional<Way> way(ResourceChange route, JsonNode values, boolean later) {
        String table = values.isObject() ? stack.target(route, "route_table_id", later) : "";
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
                .map(attribute -> stack.target(route, attribute, later))
                .orElse("");
    }
}

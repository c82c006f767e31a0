package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a change of NAT gateways, routes and route tables means, by the routes that remain. */
final class NetworkPaths {

    private static final List<String> DESTINATIONS = List.of(
            "destination_cidr_block",
            "destination_ipv6_cidr_block",
            "destination_prefix_list_id",
            "cidr_block",
            "ipv6_cidr_block");
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
    private static final List<String> TABLES = List.of("aws_route_table", "aws_default_route_table");

    /** One way out of a route table. */
    private record Way(String table, String destination) {

        boolean everywhere() {
            return destination.equals("0.0.0.0/0") || destination.equals("::/0");
        }
    }

    /** Where a way leads. */
    private record Target(String attribute, String address, String name) {

        boolean nat() {
            return attribute.equals("nat_gateway_id");
        }

        boolean internet() {
            return attribute.equals("gateway_id")
                    && (address.startsWith("igw-") || address.startsWith("aws_internet_gateway."));
        }

        String shown() {
            return name.isEmpty() ? "another target" : name;
        }
    }

    private final StackEvidence stack;
    private final ResourceNames names;
    private final Map<Way, Target> before = new LinkedHashMap<>();
    private final Map<Way, Target> after = new LinkedHashMap<>();

    /** The tables whose routes are resources of their own, by side of the change: their blocks only repeat them. */
    private final Map<Boolean, Set<String>> mirroring = Map.of(false, new HashSet<>(), true, new HashSet<>());

    /** The tables that have a way after the change. */
    private final Set<String> tables = new HashSet<>();

    private final Map<String, List<Way>> byTarget = new HashMap<>();

    private final Map<String, ResourceChange> associated = new LinkedHashMap<>();

    NetworkPaths(StackEvidence stack, ResourceNames names) {
        this.stack = stack;
        this.names = names;
        for (ResourceChange change : stack.changes()) {
            if (change.type().equals("aws_route")) {
                boolean existed = change.before().isObject();
                // the blocks of a table that does not change still list a route that is deleted
                mirroring.forEach((later, tables) -> {
                    if (later || existed) {
                        tables.add(names.target(change, "route_table_id", false));
                        tables.add(names.target(change, "route_table_id", true));
                    }
                });
            }
        }
        for (ResourceChange change : stack.changes()) {
            before.putAll(ways(change, false));
            after.putAll(ways(change, true));
            if (change.type().equals("aws_route_table_association")
                    && change.after().isObject()) {
                associated.put(names.targetAddress(change, "subnet_id", true), change);
            }
        }
        index();
    }

    private void index() {
        before.forEach((way, target) -> byTarget.computeIfAbsent(target.address(), key -> new ArrayList<>())
                .add(way));
        after.keySet().forEach(way -> tables.add(way.table()));
    }

    /** What a change of routes means; empty when the routes do not say. */
    Optional<List<Consequence>> consequences(ResourceChange change) {
        boolean stays = change.action() == Action.UPDATE || change.action().replaces();
        return switch (change.type()) {
            case "aws_nat_gateway" ->
                change.action() == Action.DELETE ? gateway(change).map(List::of) : Optional.empty();
            case "aws_route" ->
                change.action() == Action.DELETE
                        ? route(change).map(List::of)
                        : stays ? moved(change) : Optional.empty();
            case "aws_route_table", "aws_default_route_table" ->
                change.action() == Action.UPDATE ? moved(change) : Optional.empty();
            case "aws_route_table_association" ->
                change.action() == Action.CREATE || !change.action().changes() ? Optional.empty() : association(change);
            default -> Optional.empty();
        };
    }

    private Optional<Consequence> gateway(ResourceChange gateway) {
        List<Way> used = byTarget.getOrDefault(gateway.address(), List.of());
        if (used.isEmpty()) {
            return Optional.empty();
        }
        List<Way> lost = used.stream()
                .filter(way -> Optional.ofNullable(after.get(way))
                        .map(target -> target.address().equals(gateway.address()))
                        .orElse(true))
                .toList();
        Consequences.Entry entry = Consequences.table().entry(gateway.type(), gateway.before());
        return lost.isEmpty()
                ? entry.rerouted().map(found -> found.with(Map.of("instead", instead(used))))
                : entry.cutOff().map(found -> found.with(Map.of("tables", tables(lost))));
    }

    private String instead(List<Way> used) {
        String targets = used.stream()
                .map(after::get)
                .map(target -> target == null ? "" : target.name())
                .filter(target -> !target.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return targets.isEmpty() ? "point elsewhere" : "point to " + targets + " instead";
    }

    private Optional<Consequence> route(ResourceChange route) {
        Consequences.Entry entry = Consequences.table().entry(route.type(), route.before());
        return ways(route, false).entrySet().stream().findFirst().flatMap(lost -> {
            Way way = lost.getKey();
            Target instead = after.get(way);
            if (instead == null) {
                return entry.cutOff()
                        .filter(found -> way.everywhere())
                        .map(found -> found.with(Map.of("tables", way.table())));
            }
            Consequence moved = moved(way, lost.getValue(), instead);
            return turned(way, lost.getValue(), instead)
                    .filter(found -> !found.equals(moved))
                    .or(() -> entry.rerouted()
                            .map(found -> found.with(Map.of(
                                    "table", way.table(),
                                    "destination", way.destination(),
                                    "instead", instead.shown()))));
        });
    }

    /** The ways of a route or of a table that lead elsewhere or nowhere; empty when they are the same, or when it has none. */
    private Optional<List<Consequence>> moved(ResourceChange change) {
        List<Consequence> found = new ArrayList<>();
        ways(change, false).forEach((way, target) -> Optional.ofNullable(after.get(way))
                .map(instead -> turned(way, target, instead))
                .orElseGet(() -> Optional.of(lost(way)))
                .ifPresent(found::add));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.stream().distinct().toList());
    }

    private static Consequence lost(Way way) {
        return way.everywhere()
                ? Consequences.table()
                        .entry("aws_route", MissingNode.getInstance())
                        .cutOff()
                        .orElseThrow()
                        .with(Map.of("tables", way.table()))
                : Consequences.table()
                        .ofNetwork("routeLost", Map.of("table", way.table(), "destination", way.destination()));
    }

    /** What it means that a way has another target; empty when it is the same. */
    private Optional<Consequence> turned(Way way, Target target, Target instead) {
        boolean deleted = isDeleted(instead);
        if (!deleted && target.address().equals(instead.address())) {
            return Optional.empty();
        }
        if (deleted) {
            return Optional.of(Consequences.table().ofNetwork("routeNowhere", texts(way, target, instead)));
        }
        if (way.everywhere() && target.nat() && instead.internet()) {
            return Optional.of(Consequences.table().ofNetwork("routeToInternet", texts(way, target, instead)));
        }
        if (way.everywhere() && target.internet() && !instead.internet()) {
            return Optional.of(Consequences.table().ofNetwork("routeFromInternet", texts(way, target, instead)));
        }
        // where the old target is deleted, its deletion says it
        return isDeleted(target) ? Optional.empty() : Optional.of(moved(way, target, instead));
    }

    private boolean isDeleted(Target target) {
        return stack.at(target.address())
                .map(change -> change.action() == Action.DELETE)
                .orElse(false);
    }

    private static Consequence moved(Way way, Target target, Target instead) {
        return Consequences.table().ofNetwork("routeMoved", texts(way, target, instead));
    }

    private static Map<String, String> texts(Way way, Target target, Target instead) {
        return Map.of(
                "table", way.table(),
                "destination", way.destination(),
                "target", target.shown(),
                "instead", instead.shown());
    }

    /** A subnet with another route table, judged by the default routes of both. */
    private Optional<List<Consequence>> association(ResourceChange change) {
        ResourceChange remains = associated.get(names.targetAddress(change, "subnet_id", false));
        if (remains == null) {
            return Optional.empty();
        }
        String old = names.target(change, "route_table_id", false);
        String young = names.target(remains, "route_table_id", true);
        if (old.equals(young)) {
            return change.action() == Action.UPDATE ? Optional.of(List.of()) : Optional.empty();
        }
        Target target = before.get(new Way(old, "0.0.0.0/0"));
        Target instead = after.get(new Way(young, "0.0.0.0/0"));
        if (target != null && instead == null && tables.contains(young)) {
            return Optional.of(List.of(lost(new Way(young, "0.0.0.0/0"))));
        }
        if (target != null && instead != null) {
            return Optional.of(turned(new Way(young, "0.0.0.0/0"), target, instead)
                    .map(List::of)
                    .orElse(List.of()));
        }
        return Optional.of(
                List.of(Consequences.table().ofNetwork("subnetMoved", Map.of("table", old, "instead", young))));
    }

    private static String tables(List<Way> ways) {
        return ways.stream().map(Way::table).distinct().collect(Collectors.joining(", "));
    }

    /** The ways that a route or the blocks of a table make. */
    private Map<Way, Target> ways(ResourceChange change, boolean later) {
        JsonNode values = later ? change.after() : change.before();
        Map<Way, Target> ways = new LinkedHashMap<>();
        if (!values.isObject()) {
            return ways;
        }
        if (change.type().equals("aws_route")) {
            String table = names.target(change, "route_table_id", later);
            destination(values).ifPresent(to -> ways.put(new Way(table, to), target(change, later)));
        } else if (TABLES.contains(change.type()) && !mirrors(change, later)) {
            String table = names.shown(change.address());
            values.path("route")
                    .forEach(block -> destination(block).ifPresent(to -> ways.put(new Way(table, to), target(block))));
        }
        return ways;
    }

    /** Whether the blocks of a table repeat routes: before, where it had such routes already; after, unless they are configured. */
    private boolean mirrors(ResourceChange table, boolean later) {
        boolean own = later && stack.arguments(table.block()).has("route");
        return !own && mirroring.getOrDefault(later, Set.of()).contains(names.shown(table.address()));
    }

    private static Optional<String> destination(JsonNode values) {
        return DESTINATIONS.stream()
                .map(attribute -> values.path(attribute).asText(""))
                .filter(destination -> !destination.isEmpty() && !destination.equals("null"))
                .findFirst();
    }

    private Target target(JsonNode block) {
        return TARGETS.stream()
                .filter(attribute -> isSet(block, attribute))
                .findFirst()
                .map(attribute -> {
                    String address = names.addressOf(block.path(attribute).asText());
                    return new Target(attribute, address, names.shown(address));
                })
                .orElse(new Target("", "", ""));
    }

    private Target target(ResourceChange route, boolean later) {
        JsonNode values = later ? route.after() : route.before();
        return TARGETS.stream()
                .filter(attribute -> isSet(values, attribute)
                        || later
                                && route.unknown().at(attribute).any()
                                && !stack.references(route.block(), attribute).isEmpty())
                .findFirst()
                .map(attribute -> {
                    String address = names.targetAddress(route, attribute, later);
                    return new Target(
                            attribute, address, address.equals(Difference.UNKNOWN) ? "" : names.shown(address));
                })
                .orElse(new Target("", "", ""));
    }

    private static boolean isSet(JsonNode values, String attribute) {
        return !values.path(attribute).asText("").isEmpty()
                && !values.path(attribute).isNull();
    }
}

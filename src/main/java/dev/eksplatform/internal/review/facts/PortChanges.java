package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ObjectChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.PortChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds connections that are open only after apply, and those that are open only now. */
final class PortChanges {

    private final StackEvidence stack;
    private final ResourceNames names;
    private final LoadBalancers balancers;
    private final OpenFindings findings;

    private PortChanges(StackEvidence stack, ResourceNames names, LoadBalancers balancers, OpenFindings findings) {
        this.stack = stack;
        this.names = names;
        this.balancers = balancers;
        this.findings = findings;
    }

    static List<PortChange> of(
            StackEvidence stack, ResourceNames names, LoadBalancers balancers, OpenFindings findings) {
        PortChanges ports = new PortChanges(stack, names, balancers, findings);
        List<PortChange> found = new ArrayList<>();
        Set<Connection> before = new LinkedHashSet<>();
        Set<Connection> after = new LinkedHashSet<>();
        List<ResourceChange> changes = stack.changes().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .flatMap(change -> ObjectChanges.of(change).stream())
                .toList();
        for (ResourceChange change : changes) {
            before.addAll(ports.connections(change, false));
            after.addAll(ports.connections(change, true));
        }
        // a connection that another resource opens or keeps open is neither opened nor closed
        for (ResourceChange change : changes) {
            // the class of an Ingress that stays may change
            boolean stays = !change.action().changes() && !LoadBalancers.isIngress(change);
            if (stays || change.action() == Action.FORGET) {
                continue;
            }
            Set<Connection> own = ports.connections(change, false);
            ports.connections(change, true).stream()
                    .filter(connection ->
                            !before.contains(connection) && own.stream().noneMatch(wider -> wider.covers(connection)))
                    .forEach(connection -> found.add(ports.change(change, connection, true)));
            ports.connections(change, false).stream()
                    .filter(connection -> !after.contains(connection))
                    .forEach(connection -> found.add(ports.change(change, connection, false)));
        }
        found.sort(Comparator.comparing((PortChange change) -> !(change.opened() && change.world() && change.inbound()))
                .thenComparing(change -> !change.opened())
                .thenComparing(change -> !change.inbound())
                .thenComparing(PortChange::address)
                .thenComparing(PortChange::peer));
        return found;
    }

    /** A possible connection. */
    private record Connection(boolean inbound, String ports, String target, String peer) {

        boolean covers(Connection narrower) {
            return inbound == narrower.inbound
                    && ports.equals(narrower.ports)
                    && target.equals(narrower.target)
                    && Networks.covers(peer, narrower.peer);
        }
    }

    private PortChange change(ResourceChange change, Connection connection, boolean opened) {
        return new PortChange(
                stack.name(),
                change.address(),
                opened,
                connection.inbound(),
                connection.ports(),
                connection.target(),
                connection.peer(),
                Networks.isWorld(connection.peer()),
                opened && connection.inbound() && Networks.isWorld(connection.peer())
                        ? findings.rulesAt(
                                change.address(), Consequences.table().exposure())
                        : List.of(),
                stack.position(change.address()).orElse(null));
    }

    private Set<Connection> connections(ResourceChange change, boolean after) {
        JsonNode values = after ? change.after() : change.before();
        if (!values.isObject()) {
            return Set.of();
        }
        Set<Connection> connections = new LinkedHashSet<>();
        GroupOpening.of(stack, names, change, after)
                .forEach(opening -> connections.add(new Connection(
                        opening.rule().inbound(), opening.rule().ports(), opening.group(), opening.peer())));
        switch (change.type()) {
            case "aws_eks_cluster" -> endpoint(change, values, after, connections);
            default -> balancers.of(change, after).ifPresent(balancer -> add(change, after, balancer, connections));
        }
        return connections;
    }

    private void endpoint(ResourceChange change, JsonNode values, boolean after, Set<Connection> connections) {
        JsonNode config = only(values.path("vpc_config"));
        boolean open = config.path("endpoint_public_access").asBoolean(true);
        if (!open) {
            return;
        }
        boolean unknown = after
                && change.unknown()
                        .at("vpc_config")
                        .at(0)
                        .at("public_access_cidrs")
                        .any();
        List<String> networks = Json.texts(config.path("public_access_cidrs"));
        // EKS allows everybody when no network is named
        List<String> peers = networks.isEmpty() || unknown ? List.of("0.0.0.0/0") : networks;
        peers.forEach(peer -> connections.add(
                new Connection(true, "tcp 443", "Kubernetes API of " + names.shown(change.address()), peer)));
    }

    private void add(ResourceChange change, boolean after, LoadBalancerSettings balancer, Set<Connection> connections) {
        if (balancer.internet()) {
            String target = balancers.shown(change, after);
            balancer.ports().forEach(port -> balancer.peers()
                    .forEach(peer -> connections.add(new Connection(true, port, target, peer))));
        }
    }

    /** A block that occurs once is a list of one in a typed resource. */
    private static JsonNode only(JsonNode block) {
        return block.isArray() ? block.path(0) : block;
    }
}

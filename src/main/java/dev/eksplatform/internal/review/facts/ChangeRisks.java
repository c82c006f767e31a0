package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.PortChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the changes of a stack mean: by the table of consequences, and by what the other resources of the stack say. */
final class ChangeRisks {

    private final ResourceNames names;
    private final NetworkPaths paths;
    private final NetworkAcls acls;
    private final PlatformPorts platform;
    private final Renames renames;
    private final DisruptionBudgets budgets;
    private final LoadBalancers balancers;
    private final Map<String, List<PortChange>> ports;

    /**
     * Looks at a stack.
     *
     * @param all all reviewed stacks, which say what is installed
     * @param ports the connections of this stack that open and close
     */
    ChangeRisks(
            StackEvidence stack,
            ResourceNames names,
            List<StackEvidence> all,
            LoadBalancers balancers,
            List<PortChange> ports) {
        this.names = names;
        this.paths = new NetworkPaths(stack, names);
        this.acls = new NetworkAcls(stack, names);
        this.platform = new PlatformPorts(stack, names, all);
        this.renames = new Renames(stack);
        this.budgets = new DisruptionBudgets(stack, names);
        this.balancers = balancers;
        this.ports = ports.stream().collect(Collectors.groupingBy(PortChange::address));
    }

    /** The consequences of a change, which differs from what was as described. */
    List<Consequence> of(ResourceChange change, Change described) {
        Optional<ResourceChange> renamed = renames.of(change);
        List<Consequence> general = paths.consequences(change)
                .or(() -> renamed.map(other -> List.of(renamed(change, other))))
                .orElseGet(() -> Consequences.table().of(change, attribute -> differs(described, attribute)));
        List<Consequence> found = new ArrayList<>(platform.consequences(change));
        // what a rule closes says more than that it is deleted
        boolean closes = !found.isEmpty() && change.action() == Action.DELETE;
        found.addAll(closes ? List.of() : general);
        found.addAll(acls.consequences(change));
        found.addAll(NetworkPolicies.consequences(change));
        if (change.action().changes()) {
            found.addAll(budgets.consequences(change));
        }
        found.addAll(listeners(change));
        return found.stream().distinct().toList();
    }

    private static boolean differs(Change change, String attribute) {
        return change.more() > 0
                || change.differences().stream().anyMatch(difference -> difference.isWithin(attribute));
    }

    private Consequence renamed(ResourceChange change, ResourceChange other) {
        Consequences table = Consequences.table();
        Consequence same = table.renamed()
                .with(Map.of("other", names.shown(other.address()), "from", change.address(), "to", other.address()));
        Consequence replaced = table.replacement(change);
        return replaced.severity().atLeast(Severity.HIGH) ? same.as(replaced.severity()) : same;
    }

    /** Load balancers of Kubernetes that are opened to or closed for the internet. */
    private List<Consequence> listeners(ResourceChange change) {
        if (!change.type().startsWith("kube")) {
            return List.of();
        }
        Set<String> own = Set.of(false, true).stream()
                .map(later -> balancers.shown(change, later))
                .collect(Collectors.toSet());
        return Stream.concat(
                        ports.getOrDefault(change.address(), List.of()).stream()
                                .filter(port -> port.inbound() && own.contains(port.target()))
                                .flatMap(port -> listener(change, port)),
                        plain(change))
                .toList();
    }

    /** What was encrypted at a load balancer, or on the way to its pods, and is not any more. */
    private Stream<Consequence> plain(ResourceChange change) {
        Optional<LoadBalancerSettings> before = balancers.of(change, false);
        Optional<LoadBalancerSettings> after = balancers.of(change, true);
        if (before.isEmpty() || after.isEmpty() || change.action() == Action.FORGET) {
            return Stream.empty();
        }
        String what = LoadBalancers.isIngress(change) ? "listenerPlain" : "listenerWithoutTls";
        boolean toPods = before.get().toPods()
                && !after.get().toPods()
                && !after.get().ports().isEmpty();
        return Stream.concat(
                after.get().noLongerEncrypted(before.get()).stream().map(port -> Consequences.table()
                        .ofNetwork(what, Map.of("ports", port, "table", names.shown(change)))),
                toPods
                        ? Stream.of(
                                Consequences.table().ofNetwork("podsWithoutTls", Map.of("table", names.shown(change))))
                        : Stream.empty());
    }

    private static Stream<Consequence> listener(ResourceChange change, PortChange port) {
        boolean created = change.action() == Action.CREATE;
        boolean deleted = change.action() == Action.DELETE;
        String what = port.opened()
                ? port.world() ? created ? "listenerOpened" : "listenerWidened" : created ? "" : "listenerShared"
                : port.world() && !deleted ? "listenerClosed" : "";
        return what.isEmpty()
                ? Stream.empty()
                : Stream.of(Consequences.table()
                        .ofNetwork(
                                what,
                                Map.of(
                                        "ports", port.ports(),
                                        "table", port.target(),
                                        "peer", port.peer())));
    }
}

package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What network ACLs deny that they allowed, by some connections that platforms need: rules count in the order of their numbers,
 * and what no rule allows is denied.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html">Network ACL rules</a>
 */
final class NetworkAcls {

    private static final List<String> ADDRESSES = List.of("203.0.113.10/32", "10.0.0.10/32");

    private static final List<Probe> PROBES = List.of(
            new Probe(true, "6", 443, "HTTPS into the subnets"),
            new Probe(false, "6", 443, "HTTPS out of the subnets"),
            new Probe(false, "17", 53, "DNS out of the subnets"),
            new Probe(true, "6", 49_152, "answers into the subnets (ephemeral ports)"),
            new Probe(false, "6", 49_152, "answers out of the subnets (ephemeral ports)"));

    private static final Map<String, String> PROTOCOLS = Map.of("tcp", "6", "udp", "17", "all", "-1");

    /** A connection that platforms need, from or to anywhere and inside of private networks. */
    private record Probe(boolean inbound, String protocol, int port, String name) {}

    private record Rule(boolean inbound, int number, boolean allow, String protocol, int from, int to, String network) {

        boolean matches(Probe probe, String address) {
            boolean port = protocol.equals("-1") || from <= probe.port() && probe.port() <= to || from == 0 && to == 0;
            return inbound == probe.inbound()
                    && (protocol.equals("-1") || protocol.equals(probe.protocol()))
                    && port
                    && Networks.covers(network, address);
        }
    }

    private final Map<String, List<Rule>> before = new HashMap<>();
    private final Map<String, List<Rule>> after = new HashMap<>();
    private final Map<String, Set<String>> denied = new ConcurrentHashMap<>();
    private final ResourceNames names;

    NetworkAcls(StackEvidence stack, ResourceNames names) {
        this.names = names;
        for (ResourceChange change : stack.changes()) {
            acl(change, false).ifPresent(acl -> add(before, acl, rules(change.type(), change.before())));
            JsonNode values = change.action() == Action.FORGET ? change.before() : change.after();
            acl(change, change.action() != Action.FORGET)
                    .ifPresent(acl -> add(after, acl, rules(change.type(), values)));
        }
    }

    private static void add(Map<String, List<Rule>> to, String acl, List<Rule> rules) {
        to.computeIfAbsent(acl, key -> new ArrayList<>()).addAll(rules);
    }

    /** The ACL that a resource is or has a rule in. */
    private Optional<String> acl(ResourceChange change, boolean later) {
        JsonNode values = later ? change.after() : change.before();
        if (!values.isObject()) {
            return Optional.empty();
        }
        return switch (change.type()) {
            case "aws_network_acl", "aws_default_network_acl" -> Optional.of(names.shown(change.address()));
            case "aws_network_acl_rule" -> Optional.of(names.target(change, "network_acl_id", later));
            default -> Optional.empty();
        };
    }

    private static List<Rule> rules(String type, JsonNode values) {
        if (type.equals("aws_network_acl_rule")) {
            return List.of(rule(values, !values.path("egress").asBoolean(), "rule_number", "rule_action"));
        }
        List<Rule> rules = new ArrayList<>();
        values.path("ingress").forEach(block -> rules.add(rule(block, true, "rule_no", "action")));
        values.path("egress").forEach(block -> rules.add(rule(block, false, "rule_no", "action")));
        return rules;
    }

    private static Rule rule(JsonNode values, boolean inbound, String number, String action) {
        String protocol = values.path("protocol").asText("-1");
        return new Rule(
                inbound,
                values.path(number).asInt(),
                values.path(action).asText("").equalsIgnoreCase("allow"),
                PROTOCOLS.getOrDefault(protocol, protocol),
                values.path("from_port").asInt(0),
                values.path("to_port").asInt(0),
                values.path("cidr_block").asText(""));
    }

    /** What the ACL of a change denies after it; empty when it denies no more than before. */
    List<Consequence> consequences(ResourceChange change) {
        if (!change.action().changes() || change.action() == Action.FORGET) {
            return List.of();
        }
        Optional<String> acl = acl(change, change.after().isObject());
        if (acl.isEmpty() || change.action() == Action.DELETE && !change.type().equals("aws_network_acl_rule")) {
            return List.of();
        }
        // the rules of an ACL that is not in the stack are not all known: one that denies counts
        boolean foreign = change.type().equals("aws_network_acl_rule")
                && change.action() == Action.CREATE
                && !before.containsKey(acl.get());
        Set<String> lost = denied.computeIfAbsent(acl.get(), name -> denied(name, foreign));
        return lost.isEmpty()
                ? List.of()
                : List.of(Consequences.table()
                        .ofNetwork("denied", Map.of("table", acl.get(), "ports", String.join(", ", lost))));
    }

    private Set<String> denied(String acl, boolean foreign) {
        List<Rule> old = before.getOrDefault(acl, List.of());
        List<Rule> young = after.getOrDefault(acl, List.of());
        return PROBES.stream()
                .filter(probe -> ADDRESSES.stream()
                        .anyMatch(address -> foreign
                                ? isDenied(young, probe, address)
                                : isAllowed(old, probe, address) && !isAllowed(young, probe, address)))
                .map(Probe::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isAllowed(List<Rule> rules, Probe probe, String address) {
        return first(rules, probe, address).map(Rule::allow).orElse(false);
    }

    private static boolean isDenied(List<Rule> rules, Probe probe, String address) {
        return first(rules, probe, address).map(rule -> !rule.allow()).orElse(false);
    }

    private static Optional<Rule> first(List<Rule> rules, Probe probe, String address) {
        return rules.stream().filter(rule -> rule.matches(probe, address)).min(Comparator.comparing(Rule::number));
    }
}

package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.SecurityGroupRule;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a rule of a security group allows with one peer.
 *
 * @param rule the rule
 * @param group the name of the group
 * @param peer the name of another group, a network or a prefix list
 */
record GroupOpening(SecurityGroupRule rule, String group, String peer) {

    private static final Set<String> TCP = Set.of("tcp", "6");
    private static final Set<String> UDP = Set.of("udp", "17");

    /** What a resource allows before or after the change; nothing for a group that merely mirrors rules of other resources. */
    static List<GroupOpening> of(StackEvidence stack, ResourceNames names, ResourceChange change, boolean after) {
        JsonNode values = after ? change.after() : change.before();
        List<GroupOpening> openings = new ArrayList<>();
        if (!values.isObject() || stack.mirrorsRules(change.address())) {
            return openings;
        }
        for (SecurityGroupRule rule : SecurityGroupRule.of(change.type(), values)) {
            String group = change.type().equals("aws_security_group")
                    ? names.shown(change.address())
                    : names.target(change, "security_group_id", after);
            Stream.concat(SecurityGroupRule.CIDRS.stream(), SecurityGroupRule.OTHER_PEERS.stream())
                    .flatMap(attribute -> peers(stack, names, change, rule.values(), attribute, after).stream())
                    .forEach(peer -> openings.add(new GroupOpening(rule, group, peer)));
            if (rule.values().path("self").asBoolean()) {
                openings.add(new GroupOpening(rule, group, group));
            }
        }
        return openings;
    }

    private static List<String> peers(
            StackEvidence stack,
            ResourceNames names,
            ResourceChange change,
            JsonNode rule,
            String attribute,
            boolean after) {
        JsonNode value = rule.path(attribute);
        if (value.isArray()) {
            return Json.texts(value).stream().map(names::ofId).toList();
        }
        boolean unknown = after
                && change.unknown().at(attribute).any()
                && !stack.references(change.block(), attribute).isEmpty();
        boolean known = value.isTextual() && !value.textValue().isEmpty();
        return unknown || known ? List.of(names.target(change, attribute, after)) : List.of();
    }

    /** Whether it lets a port through. */
    boolean covers(String protocol, int port) {
        JsonNode values = rule.values();
        String own = SecurityGroupRule.PROTOCOLS.stream()
                .map(attribute -> values.path(attribute).asText(""))
                .filter(text -> !text.isEmpty() && !text.equals("null"))
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return SecurityGroupRule.isAll(own)
                || (protocol.equals("tcp") ? TCP : UDP).contains(own)
                        && values.path("from_port").asInt(0) <= port
                        && port <= values.path("to_port").asInt(-1);
    }
}

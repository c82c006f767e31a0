package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.SecurityGroupRule;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a security group for {@code ingress()} and {@code egress()}: {@code cidrs} (IPv4 and IPv6), {@code from} and
 * {@code to} (0 and 65535 for all ports), {@code protocol} in lower case, by name where it has one
 * ({@code tcp}, not {@code 6}; {@code -1} for all).
 */
final class SecurityGroupRules {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final int LAST_PORT = 65535;

    private SecurityGroupRules() {}

    /**
     * The rules of a resource.
     *
     * @param resource a security group, or a resource with one rule, see {@link SecurityGroupRule}
     * @param direction {@code ingress} or {@code egress}
     * @return rules, or unknown
     */
    static Object of(ConfigValue resource, String direction) {
        if (resource.isAbsent()) {
            return List.of();
        }
        if (protocol(resource).isPresent()) {
            boolean other = !resource.at("type").node().asText(direction).equals(direction);
            return other ? List.of() : List.of(rule(resource));
        }
        ConfigValue inline = resource.at(direction);
        if (inline.isLeftToProvider()) {
            return List.of();
        }
        if (inline.isUnknown()) {
            return ConfigValue.UNKNOWN;
        }
        List<Object> rules = new ArrayList<>();
        inline.elements().forEach(block -> rules.add(block.isUnknown() ? ConfigValue.UNKNOWN : rule(block)));
        return rules;
    }

    private static ConfigValue rule(ConfigValue written) {
        ObjectNode rule = NODES.objectNode();
        Map<String, ValueMarks> unknown = new LinkedHashMap<>();
        ArrayNode cidrs = rule.putArray("cidrs");
        Map<String, ValueMarks> unknownCidrs = new LinkedHashMap<>();
        for (String name : SecurityGroupRule.CIDRS) {
            ConfigValue part = written.at(name);
            if (part.isLeftToProvider()) {
                continue;
            }
            List<ConfigValue> elements = part.isUnknown() ? List.of(part) : part.elements();
            for (ConfigValue element : elements) {
                if (element.isUnknown()) {
                    unknownCidrs.put(Integer.toString(cidrs.size()), ValueMarks.WHOLE);
                    cidrs.addNull();
                } else if (!element.isAbsent()) {
                    cidrs.add(element.node());
                }
            }
        }
        unknown.put("cidrs", ValueMarks.of(unknownCidrs));
        ConfigValue protocol = protocol(written).orElse(ConfigValue.nothing());
        if (protocol.isUnknown()) {
            // the ports count only for some protocols
            List.of("protocol", "from", "to").forEach(name -> unknown.put(name, ValueMarks.WHOLE));
            return ConfigValue.planned(rule, ValueMarks.of(unknown), rule);
        }
        rule.put("protocol", SecurityGroupRule.protocol(protocol.node().asText("")));
        if (rule.path("protocol").asText("").equals(SecurityGroupRule.ALL)) {
            rule.put("from", 0).put("to", LAST_PORT);
        } else {
            port(written.at("from_port"), 0, "from", rule, unknown);
            port(written.at("to_port"), LAST_PORT, "to", rule, unknown);
        }
        return ConfigValue.planned(rule, ValueMarks.of(unknown), rule);
    }

    private static Optional<ConfigValue> protocol(ConfigValue rule) {
        return SecurityGroupRule.PROTOCOLS.stream()
                .map(rule::at)
                .filter(protocol -> protocol.isUnknown() || !protocol.isAbsent())
                .findFirst();
    }

    /** A port that is not given leaves the range open. */
    private static void port(
            ConfigValue part, int otherwise, String name, ObjectNode rule, Map<String, ValueMarks> unknown) {
        if (part.isUnknown()) {
            unknown.put(name, ValueMarks.WHOLE);
        } else {
            rule.put(name, part.node().asInt(otherwise));
        }
    }
}

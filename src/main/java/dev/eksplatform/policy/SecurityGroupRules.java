package dev.eksplatform.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.plan.Marks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a security group resource lets through, in one shape for the three ways to write it: {@code cidrs} (IPv4 and
 * IPv6), {@code from} and {@code to} (0 and 65535 for all ports), {@code protocol} ({@code -1} for all).
 */
final class SecurityGroupRules {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SecurityGroupRules() {}

    /**
     * The rules of a resource.
     *
     * @param resource an ingress or egress rule of its own, an {@code aws_security_group_rule}, or a group
     * @param direction {@code ingress} or {@code egress}
     * @return rules, or unknown
     */
    static Object of(Block resource, String direction) {
        if (resource.isAbsent()) {
            return List.of();
        }
        if (resource.keys().contains("ip_protocol")) {
            return List.of(rule(resource, "ip_protocol", List.of("cidr_ipv4", "cidr_ipv6")));
        }
        List<String> lists = List.of("cidr_blocks", "ipv6_cidr_blocks");
        if (resource.keys().contains("protocol")) {
            boolean other = !direction.equals(resource.at("type").node().asText(direction));
            return other ? List.of() : List.of(rule(resource, "protocol", lists));
        }
        Block inline = resource.at(direction);
        if (inline.isLeftToProvider()) {
            return List.of();
        }
        if (inline.isUnknown()) {
            return Block.UNKNOWN;
        }
        List<Object> rules = new ArrayList<>();
        inline.elements()
                .forEach(block -> rules.add(block.isUnknown() ? Block.UNKNOWN : rule(block, "protocol", lists)));
        return rules;
    }

    private static Block rule(Block written, String protocolName, List<String> cidrNames) {
        ObjectNode rule = NODES.objectNode();
        Map<String, Marks> unknown = new LinkedHashMap<>();
        ArrayNode cidrs = rule.putArray("cidrs");
        Map<String, Marks> unknownCidrs = new LinkedHashMap<>();
        for (String name : cidrNames) {
            Block part = written.at(name);
            if (part.isLeftToProvider()) {
                continue;
            }
            List<Block> elements = part.isUnknown() ? List.of(part) : part.elements();
            for (Block element : elements) {
                if (element.isUnknown()) {
                    unknownCidrs.put(Integer.toString(cidrs.size()), Marks.WHOLE);
                    cidrs.addNull();
                } else if (!element.isAbsent()) {
                    cidrs.add(element.node());
                }
            }
        }
        unknown.put("cidrs", Marks.of(unknownCidrs));
        Block protocol = written.at(protocolName);
        copy(protocol, "protocol", rule, unknown);
        boolean all = List.of("-1", "all").contains(protocol.node().asText(""));
        if (all) {
            rule.put("from", 0).put("to", 65535).put("protocol", "-1");
        } else {
            copy(written.at("from_port"), "from", rule, unknown);
            copy(written.at("to_port"), "to", rule, unknown);
        }
        return Block.planned(rule, Marks.of(unknown), rule);
    }

    private static void copy(Block part, String name, ObjectNode rule, Map<String, Marks> unknown) {
        if (part.isUnknown()) {
            unknown.put(name, Marks.WHOLE);
        } else if (!part.isAbsent()) {
            rule.set(name, part.node());
        }
    }
}

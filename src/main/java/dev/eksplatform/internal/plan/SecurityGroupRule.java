package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A rule of a security group. There are three ways to write one: an ingress or egress rule resource, an {@code
 * aws_security_group_rule}, and a block of the group. Their attributes have different names, which do not overlap.
 *
 * @param inbound true for ingress
 * @param values its attributes
 */
public record SecurityGroupRule(boolean inbound, JsonNode values) {

    /** All protocols. */
    public static final String ALL = "-1";

    private static final Map<String, String> NAMES_OF_PROTOCOLS =
            Map.of("all", ALL, "1", "icmp", "6", "tcp", "17", "udp", "58", "icmpv6");

    /** The attributes with the protocol; a rule has one of them. */
    public static final List<String> PROTOCOLS = List.of("ip_protocol", "protocol");

    /** The attributes with IPv4 and IPv6 networks, one or a list. */
    public static final List<String> CIDRS = List.of("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks");

    /** The attributes with other peers than networks, one or a list. */
    public static final List<String> OTHER_PEERS = List.of(
            "prefix_list_id",
            "prefix_list_ids",
            "referenced_security_group_id",
            "source_security_group_id",
            "security_groups");

    /**
     * The rules of a resource.
     *
     * @param type its Terraform type
     * @param values its values
     * @return the rules of a group, the one of a rule resource; none for any other type
     */
    public static List<SecurityGroupRule> of(String type, JsonNode values) {
        return switch (type) {
            case "aws_vpc_security_group_ingress_rule" -> List.of(new SecurityGroupRule(true, values));
            case "aws_vpc_security_group_egress_rule" -> List.of(new SecurityGroupRule(false, values));
            case "aws_security_group_rule" ->
                List.of(new SecurityGroupRule(!values.path("type").asText().equals("egress"), values));
            case "aws_security_group" -> {
                List<SecurityGroupRule> rules = new ArrayList<>();
                values.path("ingress").forEach(block -> rules.add(new SecurityGroupRule(true, block)));
                values.path("egress").forEach(block -> rules.add(new SecurityGroupRule(false, block)));
                yield rules;
            }
            default -> List.of();
        };
    }

    /**
     * Whether a protocol means all protocols, and so all ports.
     *
     * @param protocol the value of one of {@link #PROTOCOLS}
     * @return true for {@code -1} and {@code all}
     */
    public static boolean isAll(String protocol) {
        return protocol(protocol).equals(ALL);
    }

    /**
     * A protocol in the form in which EC2 returns it.
     *
     * @param written the value of one of {@link #PROTOCOLS}: a name in any case, or a number
     * @return the name in lower case where EC2 has one, otherwise the number; {@value #ALL} for all
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html">IpPermission</a>
     */
    public static String protocol(String written) {
        String word = written.strip().toLowerCase(Locale.ROOT);
        return NAMES_OF_PROTOCOLS.getOrDefault(word, word);
    }

    /**
     * What the rule lets through.
     *
     * @return such as {@code tcp 443}, {@code udp 1-2} or {@code everything}
     */
    public String ports() {
        String protocol = text(PROTOCOLS.get(values.has(PROTOCOLS.get(0)) ? 0 : 1));
        if (isAll(protocol)) {
            return "everything";
        }
        String from = text("from_port");
        String to = text("to_port");
        return protocol + " " + (from.equals(to) ? from : from + "-" + to);
    }

    private String text(String attribute) {
        return values.path(attribute).asText("");
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rule of a security group, with one peer: {@code cidr}, {@code cidrIpv6}, {@code prefixListId}, {@code securityGroupId} or
 * {@code group}. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">security group rules</a>.
 *
 * @param direction {@code ingress} for what the peer sends, {@code egress} for what the peer gets
 * @param reason what the rule is for; the description of the rule
 * @param protocol the protocol; default {@code tcp}
 * @param fromPort the first port, required for {@code tcp} and {@code udp}; default none. Not used with other protocols
 * @param toPort the last port; default {@code fromPort}
 * @param cidr an IPv4 block; default none
 * @param cidrIpv6 an IPv6 block; default none
 * @param prefixListId the id of a prefix list; default none. It counts as many rules as it may have entries
 * @param securityGroupId the id of a security group; default none
 * @param group {@code self} for the same group, {@code cluster} for the cluster security group, {@code node} for that of the
 *     nodes; default none
 */
@RecordBuilder
public record SecurityGroupRuleSpec(
        @Example("ingress") Direction direction,

        @Example("Metrics for the monitoring of the office") @Limit(pattern = SecurityGroupRuleSpec.REASON)
        String reason,

        @Example("udp") Protocol protocol,

        @Example("9100") @Limit(min = 0, max = SecurityGroupRuleSpec.LAST_PORT)
        Optional<Integer> fromPort,

        @Example("9200") @Limit(min = 0, max = SecurityGroupRuleSpec.LAST_PORT)
        Optional<Integer> toPort,

        @Example("10.40.0.0/16") Optional<Cidr> cidr,

        @Example("'2001:db8::/32'") @Limit(pattern = SecurityGroupRuleSpec.IPV6)
        Optional<String> cidrIpv6,

        @Example("pl-0a1b2c3d4e5f60718") @Limit(pattern = SecurityGroupRuleSpec.PREFIX_LIST)
        Optional<String> prefixListId,

        @Example("sg-0a1b2c3d4e5f60718") @Limit(pattern = SecurityGroupIds.PATTERN)
        Optional<String> securityGroupId,

        @Example("self") Optional<Group> group)
        implements SecurityGroupRuleSpecBuilder.With {

    private static final String REASON = "^[a-zA-Z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}$";
    private static final String IPV6 = "^[0-9a-fA-F:]*:[0-9a-fA-F:]*/[0-9]{1,3}$";
    private static final String PREFIX_LIST = "^pl-[0-9a-f]{8,17}$";
    private static final int LAST_PORT = 65_535;
    private static final Pattern REASON_FORM = Pattern.compile(REASON);
    private static final Pattern IPV6_FORM = Pattern.compile(IPV6);
    private static final Pattern PREFIX_LIST_FORM = Pattern.compile(PREFIX_LIST);

    /** The direction of the traffic. */
    public enum Direction {
        /** From the peer. */
        INGRESS,
        /** To the peer. */
        EGRESS
    }

    /** A protocol of IP. */
    public enum Protocol {
        /** TCP. */
        TCP,
        /** UDP. */
        UDP,
        /** ICMP, all messages. */
        ICMP,
        /** ICMPv6, all messages. */
        ICMPV6,
        /** All protocols and ports. */
        ALL;

        boolean hasPorts() {
            return this == TCP || this == UDP;
        }

        /** The name in the EC2 API, where -1 is all. */
        String apiName() {
            return this == ALL ? "-1" : toString();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A security group of the platform. */
    public enum Group {
        /** The group that has the rule. */
        SELF,
        /** The cluster security group. */
        CLUSTER,
        /** The security group of the nodes. */
        NODE
    }

    /** Checks the form of each value; how they go together is checked by {@link SecurityGroupRulesSpec}. */
    public SecurityGroupRuleSpec {
        Components.required("direction", direction, "reason", reason, "protocol", protocol);
        Problems problems = new Problems();
        if (!REASON_FORM.matcher(reason).matches()) {
            problems.add(
                    "reason",
                    reason.length() > 255 ? reason.length() + " characters" : "\"" + reason + "\"",
                    "1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, as EC2 takes for descriptions",
                    "say what the rule is for");
        }
        Ranges.check(problems, "fromPort", fromPort, "is not a port", 0, LAST_PORT);
        Ranges.check(problems, "toPort", toPort, "is not a port", 0, LAST_PORT);
        cidrIpv6.filter(block -> !TerraformTemplate.isOpen(block) && !isIpv6(block))
                .ifPresent(block -> problems.add(
                        "cidrIpv6",
                        "\"" + block + "\" is not an IPv6 block",
                        "CIDR notation, the first address of a block and a prefix length of 0 to 128",
                        "write it like 2001:db8::/32"));
        prefixListId
                .filter(id -> !TerraformTemplate.isOpen(id))
                .ifPresent(id -> problems.match(
                        "prefixListId",
                        id,
                        PREFIX_LIST_FORM,
                        "the id of a prefix list",
                        "pl- and 8 to 17 hex digits",
                        "copy it from `aws ec2 describe-managed-prefix-lists`"));
        securityGroupId.ifPresent(id -> SecurityGroupIds.check(PropertyPath.of("securityGroupId"), id, problems));
        problems.throwIfAny();
    }

    /** A text with a colon is an address or nothing: it is never looked up. */
    private static boolean isIpv6(String block) {
        if (!IPV6_FORM.matcher(block).matches()) {
            return false;
        }
        int slash = block.indexOf('/');
        int prefix = Integer.parseInt(block.substring(slash + 1));
        try {
            byte[] address = InetAddress.getByName(block.substring(0, slash)).getAddress();
            return address.length == 16
                    && prefix <= 128
                    && new BigInteger(1, address)
                                    .mod(BigInteger.TWO.pow(128 - prefix))
                                    .signum()
                            == 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The last port by the first, as EC2 takes them: all types and codes of ICMP are -1; empty for all protocols. */
    Map<Integer, Integer> ports() {
        return switch (protocol) {
            case TCP, UDP ->
                Map.of(fromPort.orElseThrow(), toPort.or(() -> fromPort).orElseThrow());
            case ICMP, ICMPV6 -> Map.of(-1, -1);
            case ALL -> Map.of();
        };
    }

    /** Checks that there is one peer, and the ports that the protocol has. */
    void check(PropertyPath where, Problems problems) {
        Map<String, Optional<?>> peers = new LinkedHashMap<>();
        peers.put("cidr", cidr);
        peers.put("cidrIpv6", cidrIpv6);
        peers.put("prefixListId", prefixListId);
        peers.put("securityGroupId", securityGroupId);
        peers.put("group", group);
        peers.values().removeIf(Optional::isEmpty);
        String allowed = "one of cidr, cidrIpv6, prefixListId, securityGroupId and group";
        if (peers.isEmpty()) {
            problems.add(where, "a rule without a peer", allowed, "add cidr: 10.0.0.0/8, or another one");
        }
        peers.keySet().stream()
                .skip(1)
                .forEach(peer -> problems.add(where.key(peer), "a second peer", allowed, "write a second rule"));
        if (!protocol.hasPorts()) {
            noPort(where.key("fromPort"), fromPort, problems);
            noPort(where.key("toPort"), toPort, problems);
        } else if (fromPort.isEmpty()) {
            problems.add(
                    where,
                    "a rule for " + protocol + " without a port",
                    "add fromPort: 443, or protocol: all for all ports of all protocols");
        } else if (toPort.filter(to -> to < fromPort.get()).isPresent()) {
            problems.add(
                    where.key("toPort"), toPort.get() + " is less than fromPort " + fromPort.get(), "exchange the two");
        }
    }

    private void noPort(PropertyPath where, Optional<Integer> port, Problems problems) {
        port.ifPresent(given -> problems.add(where, "a port of the protocol " + protocol, "remove it"));
    }

    /**
     * A rule for TCP without ports and peer, the start for one with them.
     *
     * @param direction the direction
     * @param reason what it is for
     * @return the rule, which a cluster refuses as long as it has neither
     */
    @Defaults
    public static SecurityGroupRuleSpec of(Direction direction, String reason) {
        return new SecurityGroupRuleSpec(
                direction,
                reason,
                Protocol.TCP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

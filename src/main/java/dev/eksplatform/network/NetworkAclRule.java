package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * A rule of a network ACL. The first rule that matches, by number, decides. Source: <a
 * href="https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html">network ACL rules</a>.
 *
 * @param number the order of the rule, 1 to 32766
 * @param cidr the block of IPv4 or IPv6 addresses: where ingress comes from, where egress goes to
 * @param action {@code allow} or {@code deny}; default {@code allow}
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6} or {@code all}; default {@code tcp}
 * @param ports ports of {@code tcp} and {@code udp}, such as {@code 443} or {@code 1024-65535}; default all
 * @param icmpType the type of {@code icmp} and {@code icmpv6}; default all
 * @param icmpCode the code of {@code icmp} and {@code icmpv6}; default all
 */
@RecordBuilder
public record NetworkAclRule(
        @Example("100") @Limit(min = 1, max = NetworkAclRule.LAST)
        int number,

        @Example("10.20.0.0/16") IpBlock cidr,

        @Example("deny") AclAction action,

        @Example("udp") AclProtocol protocol,

        @Example("1024-65535") Optional<PortRange> ports,

        @Example("8") @Limit(min = -1, max = 255) Optional<Integer> icmpType,

        @Example("0") @Limit(min = -1, max = 255) Optional<Integer> icmpCode)
        implements NetworkAclRuleBuilder.With {

    private static final int LAST = 32_766;
    private static final PortRange NONE = new PortRange(0, 0);

    /** What a rule does. */
    public enum AclAction {
        /** Lets packets through. */
        ALLOW,
        /** Drops packets. */
        DENY
    }

    /** The protocol of packets. */
    public enum AclProtocol {
        /** TCP. */
        TCP("6"),
        /** UDP. */
        UDP("17"),
        /** ICMP of IPv4. */
        ICMP("1"),
        /** ICMP of IPv6. */
        ICMPV6("58"),
        /** Every protocol. */
        ALL("-1");

        private final String id;

        AclProtocol(String id) {
            this.id = id;
        }

        /** The number that the provider keeps. */
        String id() {
            return id;
        }

        boolean hasPorts() {
            return this == TCP || this == UDP;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isIcmp() {
            return this == ICMP || this == ICMPV6;
        }
    }

    /** Checks the number, and that ports and ICMP types are those of the protocol. */
    public NetworkAclRule {
        Components.required("cidr", cidr, "action", action, "protocol", protocol);
        Problems problems = new Problems();
        if (number < 1 || number > LAST) {
            problems.add("number", number + " is not the number of a rule", "1 to " + LAST, "use 100");
        }
        if (ports.isPresent() && !protocol.hasPorts()) {
            problems.add(
                    "ports",
                    "ports of " + protocol.word(),
                    "ports of tcp and udp",
                    "remove ports, or set protocol: tcp");
        }
        icmp("icmpType", icmpType, protocol, problems);
        icmp("icmpCode", icmpCode, protocol, problems);
        if (protocol == AclProtocol.ICMPV6 && cidr.ipv4().isPresent()) {
            problems.add("protocol", "icmpv6 with " + cidr, "icmpv6 with a block of IPv6", "use icmp");
        }
        if (protocol == AclProtocol.ICMP && cidr.ipv4().isEmpty()) {
            problems.add("protocol", "icmp with " + cidr, "icmp with a block of IPv4", "use icmpv6");
        }
        problems.throwIfAny();
    }

    private static void icmp(String property, Optional<Integer> value, AclProtocol protocol, Problems problems) {
        if (value.isPresent() && !protocol.isIcmp()) {
            problems.add(property, "set for " + protocol.word(), "only for icmp and icmpv6", "remove it");
        }
        value.filter(given -> given < -1 || given > 255)
                .ifPresent(given -> problems.add(property, String.valueOf(given), "0 to 255, or -1 for all", "use -1"));
    }

    /**
     * A rule that allows TCP on all ports.
     *
     * @param number its number
     * @param cidr whose traffic
     * @return the rule
     */
    @Defaults
    public static NetworkAclRule of(int number, IpBlock cidr) {
        return new NetworkAclRule(
                number, cidr, AclAction.ALLOW, AclProtocol.TCP, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The ports that it is about. */
    PortRange portsOrAll() {
        return ports.orElse(PortRange.ALL);
    }

    /** The ports in the API: none for protocols without ports. */
    PortRange apiPorts() {
        return protocol.hasPorts() ? portsOrAll() : NONE;
    }

    /** The ICMP type in the API: all for -1. */
    int apiIcmpType() {
        return protocol.isIcmp() ? icmpType.orElse(-1) : 0;
    }

    /** The ICMP code in the API: all for -1. */
    int apiIcmpCode() {
        return protocol.isIcmp() ? icmpCode.orElse(-1) : 0;
    }
}

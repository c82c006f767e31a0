package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import java.util.Optional;

/** A block of IPv4 or IPv6 addresses in CIDR notation, such as {@code 10.20.0.0/16} or {@code 2001:db8::/32}. */
@Example("10.20.0.0/16")
public sealed interface IpBlock permits Cidr, Ipv6Cidr {

    /**
     * Reads CIDR notation.
     *
     * @param text an address, a slash and the prefix length; with a colon in it an IPv6 block
     * @return the block
     * @throws dev.eksplatform.problem.InvalidInputException when the text is not a block, or has bits set behind its prefix
     */
    @ScalarFactory(pattern = "^[0-9a-fA-F.:]+/\\d{1,3}$")
    static IpBlock parse(String text) {
        return text.indexOf(':') < 0 ? Cidr.parse(text) : Ipv6Cidr.parse(text);
    }

    /** All addresses of IPv4. */
    static IpBlock anywhere() {
        return Cidr.parse("0.0.0.0/0");
    }

    /** A block of IPv4 addresses; empty for IPv6. */
    default Optional<Cidr> ipv4() {
        return this instanceof Cidr block ? Optional.of(block) : Optional.empty();
    }

    /** How many leading bits all addresses share. */
    int prefixLength();
}

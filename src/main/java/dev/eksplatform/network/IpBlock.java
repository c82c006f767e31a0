package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IPv4 or IPv6 addresses in CIDR notation, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
 *
 * @param text the notation
 */
@Example("10.0.0.0/8")
public record IpBlock(String text) {

    private static final String PATTERN =
            "^([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*/[0-9]{1,3})$";
    private static final Pattern IPV6 = Pattern.compile("([0-9a-fA-F:]*:[0-9a-fA-F:.]*)/([0-9]{1,3})");
    private static final int IPV6_BITS = 128;

    /** All addresses of IPv4. */
    static final IpBlock ANYWHERE = new IpBlock("0.0.0.0/0");

    /** Checks the notation. */
    public IpBlock {
        if (text.indexOf(':') < 0) {
            Cidr.parse(text);
        } else {
            checkIpv6(text);
        }
    }

    private static void checkIpv6(String text) {
        java.util.regex.Matcher matcher = IPV6.matcher(text);
        int bits = matcher.matches() ? Integer.parseInt(matcher.group(2)) : IPV6_BITS + 1;
        if (bits > IPV6_BITS) {
            throw notABlock(text);
        }
        BigInteger address;
        try {
            InetAddress read = InetAddress.getByName(matcher.group(1));
            address = new BigInteger(1, read.getAddress());
            if (!(read instanceof Inet6Address)) {
                throw notABlock(text);
            }
        } catch (UnknownHostException e) {
            throw notABlock(text);
        }
        if (bits < IPV6_BITS && address.getLowestSetBit() >= 0 && address.getLowestSetBit() < IPV6_BITS - bits) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" has address bits set behind its prefix",
                    "the first address of a block",
                    "clear the bits behind the first " + bits));
        }
    }

    private static InvalidInputException notABlock(String text) {
        return new InvalidInputException(new Problem(
                "\"" + text + "\" is not a block of addresses",
                "CIDR notation of IPv4 or IPv6",
                "write it like 10.0.0.0/8 or 2001:db8::/32"));
    }

    /**
     * Reads CIDR notation.
     *
     * @param text the block
     * @return the block
     * @throws InvalidInputException when it is not one
     */
    @ScalarFactory(pattern = PATTERN)
    public static IpBlock parse(String text) {
        return new IpBlock(text);
    }

    /**
     * A block of IPv4 addresses.
     *
     * @return empty for IPv6
     */
    public Optional<Cidr> ipv4() {
        return text.indexOf(':') < 0 ? Optional.of(Cidr.parse(text)) : Optional.empty();
    }

    /** Whether it is every address of IPv4 or of IPv6. */
    boolean isEverything() {
        return text.endsWith("/0");
    }

    @Override
    public String toString() {
        return text;
    }
}

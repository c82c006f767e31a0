package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelUnknownSet;
import dev.eksplatform.internal.logic.Truth;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether networks are the internet. They need not be written as {@code 0.0.0.0/0}: halves, quarters and any other list that
 * covers a quarter of all addresses are the same, and so is a single network that is larger than any organization's.
 */
final class Networks {

    private static final Pattern CIDR = Pattern.compile("\\s*([0-9a-fA-F.:]+)/(\\d{1,3})\\s*");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|\\d{1,2})(?:\\.(?!$)|$)){4}");

    private static final int BITS_OF_IPV4 = 32;
    private static final int BITS_OF_IPV6 = 128;

    /** The largest networks that registries have assigned to one organization. */
    private static final int LARGEST_IPV4 = 8;

    private static final int LARGEST_IPV6 = 16;

    /** All of IPv6 that is routed on the internet. */
    private static final Range GLOBAL_IPV6 = range("2000::", 3);

    private static final List<Range> NOT_ROUTED_IPV6 =
            List.of(range("fc00::", 7), range("fe80::", 10), range("ff00::", 8));

    private Networks() {}

    private record Range(int bits, BigInteger first, BigInteger last) {

        boolean within(Range other) {
            return first.compareTo(other.first) >= 0 && last.compareTo(other.last) <= 0;
        }

        BigInteger size() {
            return last.subtract(first).add(BigInteger.ONE).max(BigInteger.ZERO);
        }

        Range common(Range other) {
            return new Range(bits, first.max(other.first), last.min(other.last));
        }
    }

    /**
     * Whether one network is the internet or a large part of it.
     *
     * @param cidr a network in CIDR notation; a text without a slash is none
     * @throws IllegalArgumentException when it is not a network
     */
    static boolean isOpen(String cidr) {
        return cidr.contains("/") && isOpen(parse(cidr));
    }

    private static boolean isOpen(Range network) {
        int prefix = network.bits() - network.size().bitLength() + 1;
        return network.bits() == BITS_OF_IPV4
                ? prefix < LARGEST_IPV4
                : prefix < LARGEST_IPV6 && NOT_ROUTED_IPV6.stream().noneMatch(network::within);
    }

    /**
     * Whether networks together are the internet or a large part of it.
     *
     * @param cidrs texts, some of which may be unknown
     * @throws IllegalArgumentException when one is not a network, unless the others are already the internet
     */
    static Truth areOpen(List<?> cidrs) {
        List<Range> networks = new ArrayList<>();
        boolean unknown = false;
        String wrong = "";
        for (Object cidr : cidrs) {
            if (cidr instanceof String text) {
                if (!text.contains("/")) {
                    continue;
                }
                try {
                    networks.add(parse(text));
                } catch (IllegalArgumentException e) {
                    wrong = text;
                }
            } else {
                unknown |= cidr instanceof CelUnknownSet;
            }
        }
        if (networks.stream().anyMatch(Networks::isOpen)
                || coversAQuarter(networks, range("0.0.0.0", 0))
                || coversAQuarter(networks, GLOBAL_IPV6)) {
            return Truth.TRUE;
        }
        if (!wrong.isEmpty()) {
            throw notANetwork(wrong);
        }
        return unknown ? Truth.UNKNOWN : Truth.FALSE;
    }

    private static boolean coversAQuarter(List<Range> networks, Range internet) {
        BigInteger covered = BigInteger.ZERO;
        BigInteger next = internet.first();
        for (Range network : networks.stream()
                .filter(network -> network.bits() == internet.bits())
                .map(network -> network.common(internet))
                .sorted(Comparator.comparing(Range::first))
                .toList()) {
            Range rest = new Range(network.bits(), network.first().max(next), network.last());
            covered = covered.add(rest.size());
            next = next.max(network.last().add(BigInteger.ONE));
        }
        return covered.shiftLeft(2).compareTo(internet.size()) >= 0;
    }

    private static Range parse(String cidr) {
        Matcher matcher = CIDR.matcher(cidr);
        if (!matcher.matches()) {
            throw notANetwork(cidr);
        }
        String address = matcher.group(1).toLowerCase(Locale.ROOT);
        int prefix = Integer.parseInt(matcher.group(2));
        boolean wide = address.contains(":");
        if (prefix > (wide ? BITS_OF_IPV6 : BITS_OF_IPV4)
                || (!wide && !IPV4.matcher(address).matches())) {
            throw notANetwork(cidr);
        }
        return range(address, prefix);
    }

    /** The addresses of a network; a literal is never looked up in DNS. */
    private static Range range(String address, int prefix) {
        byte[] bytes;
        try {
            bytes = InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw notANetwork(address + "/" + prefix);
        }
        int bits = bytes.length * Byte.SIZE;
        BigInteger size = BigInteger.ONE.shiftLeft(Math.max(0, bits - prefix));
        BigInteger first = new BigInteger(1, bytes).divide(size).multiply(size);
        return new Range(bits, first, first.add(size).subtract(BigInteger.ONE));
    }

    private static IllegalArgumentException notANetwork(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not a network in CIDR notation");
    }
}

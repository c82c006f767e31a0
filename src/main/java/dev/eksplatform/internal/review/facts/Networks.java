package dev.eksplatform.internal.review.facts;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/** Networks in CIDR notation. */
final class Networks {

    static final List<String> WORLD = List.of("0.0.0.0/0", "::/0", "the internet");

    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]+/[0-9]{1,3}");
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    private static final List<String> NOT_ROUTED = List.of("fc00::/7", "fe80::/10", "ff00::/8");

    private static final int IPV4_BYTES = 4;

    /** The largest networks that registries have assigned to one organization. */
    private static final int LARGEST_IPV4 = 8;

    private static final int LARGEST_IPV6 = 16;

    private Networks() {}

    /** Whether all addresses of a network are in another one; the same text covers itself. */
    static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow) || wide.equals("the internet")) {
            return true;
        }
        if (!LITERAL.matcher(wide).matches() || !LITERAL.matcher(narrow).matches()) {
            return false;
        }
        int prefix = prefix(wide);
        byte[] outer = address(wide);
        byte[] inner = address(narrow);
        int bits = outer.length * 8;
        return outer.length > 0
                && outer.length == inner.length
                && prefix <= prefix(narrow)
                && prefix <= bits
                && new BigInteger(1, outer)
                        .shiftRight(bits - prefix)
                        .equals(new BigInteger(1, inner).shiftRight(bits - prefix));
    }

    /** Whether a network is the internet or a large part of it: larger than any organization's, such as {@code 0.0.0.0/1}. */
    static boolean isWorld(String network) {
        if (WORLD.contains(network)) {
            return true;
        }
        if (!LITERAL.matcher(network).matches()) {
            return false;
        }
        int length = address(network).length;
        return length > 0
                && prefix(network) < (length == IPV4_BYTES ? LARGEST_IPV4 : LARGEST_IPV6)
                && NOT_ROUTED.stream().noneMatch(each -> covers(each, network));
    }

    /** Whether a network has addresses of a private network: it is one, or contains one. */
    static boolean reachesPrivate(String network) {
        return WORLD.contains(network)
                || PRIVATE.stream().anyMatch(each -> covers(each, network) || covers(network, each));
    }

    private static int prefix(String network) {
        return Integer.parseInt(network.substring(network.indexOf('/') + 1));
    }

    /** A literal address, which is never looked up; nothing when it is none. */
    private static byte[] address(String network) {
        try {
            String literal = network.substring(0, network.indexOf('/'));
            boolean v4 = literal.matches("\\d{1,3}(\\.\\d{1,3}){3}");
            return v4 || literal.contains(":") ? InetAddress.getByName(literal).getAddress() : new byte[0];
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}

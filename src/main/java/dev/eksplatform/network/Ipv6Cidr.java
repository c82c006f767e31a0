package dev.eksplatform.network;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv6 address block in CIDR notation, such as {@code 2001:db8::/32}. Its text is the shortest, as <a
 * href="https://www.rfc-editor.org/rfc/rfc5952">RFC 5952</a> has it and AWS returns it.
 *
 * @param address the first address of the block, as an unsigned 128-bit number
 * @param prefixLength the number of leading bits shared by all addresses, 0 to 128
 */
public record Ipv6Cidr(BigInteger address, int prefixLength) implements IpBlock {

    private static final int BITS = 128;
    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern NOTATION = Pattern.compile("([0-9a-fA-F:]+)/(\\d{1,3})");

    /** Checks that the block is one: a prefix of 0 to 128 bits and no address bit set behind it. */
    public Ipv6Cidr {
        if (prefixLength < 0 || prefixLength > BITS || address.signum() < 0 || address.bitLength() > BITS) {
            throw new IllegalArgumentException("not an IPv6 block: " + address + "/" + prefixLength);
        }
        if (!start(address, prefixLength).equals(address)) {
            throw new IllegalArgumentException("bits set behind the prefix: " + format(address, prefixLength));
        }
    }

    /**
     * Reads CIDR notation.
     *
     * @param text groups of hex digits with colons between them, a slash and the prefix length, such as {@code ::/0}
     * @return the block
     * @throws InvalidInputException when the text is not an IPv6 block, or has bits set behind its prefix
     */
    public static Ipv6Cidr parse(String text) {
        Matcher matcher = NOTATION.matcher(text);
        BigInteger address = matcher.matches() ? address(matcher.group(1)) : BigInteger.valueOf(-1);
        if (address.signum() < 0 || Integer.parseInt(matcher.group(2)) > BITS) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not an IPv6 block",
                    "CIDR notation, an address and a prefix length of 0 to 128",
                    "write it like 2001:db8::/32"));
        }
        int prefixLength = Integer.parseInt(matcher.group(2));
        BigInteger start = start(address, prefixLength);
        if (!start.equals(address)) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" has address bits set behind its prefix",
                    "the first address of a block",
                    "use " + format(start, prefixLength)));
        }
        return new Ipv6Cidr(address, prefixLength);
    }

    /** The number that an address is; negative when it is none. */
    private static BigInteger address(String text) {
        int gap = text.indexOf("::");
        String[] front = groups(gap < 0 ? text : text.substring(0, gap));
        String[] back = groups(gap < 0 ? "" : text.substring(gap + 2));
        int given = front.length + back.length;
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            return BigInteger.valueOf(-1);
        }
        BigInteger address = BigInteger.ZERO;
        for (int i = 0; i < GROUPS; i++) {
            String group =
                    i < front.length ? front[i] : i >= GROUPS - back.length ? back[i - GROUPS + back.length] : "0";
            if (!GROUP.matcher(group).matches()) {
                return BigInteger.valueOf(-1);
            }
            address = address.shiftLeft(GROUP_BITS).or(new BigInteger(group, 16));
        }
        return address;
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static BigInteger start(BigInteger address, int prefixLength) {
        int behind = BITS - prefixLength;
        return address.shiftRight(behind).shiftLeft(behind);
    }

    /** CIDR notation. */
    @Override
    public String toString() {
        return format(address, prefixLength);
    }

    /** The longest run of zeros, the first of equally long ones, is written as two colons if it has two groups or more. */
    private static String format(BigInteger address, int prefixLength) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = address.shiftRight((GROUPS - 1 - i) * GROUP_BITS).intValue() & 0xffff;
        }
        int longest = 1;
        int from = -1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                from = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == from) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text + "/" + prefixLength;
    }
}

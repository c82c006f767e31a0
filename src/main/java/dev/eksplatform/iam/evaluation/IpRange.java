package dev.eksplatform.iam.evaluation;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses.
 *
 * @param address an address of the range, as a number
 * @param bits 32 or 128
 * @param prefix how many leading bits all addresses of the range share
 */
record IpRange(BigInteger address, int bits, int prefix) {

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern RANGE =
            Pattern.compile("(" + BYTE + "(?:\\." + BYTE + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

    /**
     * Reads an address or a range in CIDR notation.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static IpRange parse(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException(text);
        }
        String address = range.group(1);
        try {
            // Only literals: a name would be looked up in the network.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            int bits = bytes.length * 8;
            int prefix = range.group(2) == null ? bits : Integer.parseInt(range.group(2));
            boolean mapped = bits == 32 && address.contains(":");
            if (prefix > bits || mapped) {
                throw new IllegalArgumentException(text);
            }
            return new IpRange(new BigInteger(1, bytes), bits, prefix);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    boolean contains(IpRange other) {
        int host = bits - prefix;
        return bits == other.bits
                && other.prefix >= prefix
                && address.shiftRight(host).equals(other.address.shiftRight(host));
    }
}

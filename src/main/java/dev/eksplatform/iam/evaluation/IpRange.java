package dev.eksplatform.iam.evaluation;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IPv4 or IPv6 addresses.
 *
 * @param address an address of the range, as a number
 * @param bits 32 or 128
 * @param prefix how many leading bits all addresses of the range share
 */
record IpRange(BigInteger address, int bits, int prefix) {

    /**
     * Reads an address or a range in CIDR notation.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static IpRange parse(String text) {
        String[] part = text.strip().split("/", 2);
        // Only literals: a name would be looked up in the network.
        boolean literal = part[0].contains(":")
                ? part[0].matches("[0-9A-Fa-f:.]+")
                : part[0].matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
        if (!literal) {
            throw new IllegalArgumentException(text);
        }
        try {
            byte[] bytes = InetAddress.getByName(part[0]).getAddress();
            int bits = bytes.length * 8;
            int prefix = part.length == 1 ? bits : Integer.parseInt(part[1]);
            if (prefix < 0 || prefix > bits) {
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

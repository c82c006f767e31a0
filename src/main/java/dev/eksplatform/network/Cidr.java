package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 address block in CIDR notation, such as {@code 10.20.0.0/16}.
 *
 * <p>Plain integer arithmetic: an address library would be the larger part of the class loading at every synthesis.
 *
 * @param address the first address of the block, as an unsigned 32-bit number
 * @param prefixLength the number of leading bits shared by all addresses, 0 to 32
 */
@Example("10.20.0.0/16")
public record Cidr(long address, int prefixLength) implements CidrSource, IpBlock, Comparable<Cidr> {

    private static final String OCTET = "(0|[1-9]\\d{0,2})";
    private static final String PATTERN = "^" + OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET + "/(\\d{1,2})$";
    private static final Pattern NOTATION = Pattern.compile(PATTERN);
    private static final int BITS = 32;

    /** Checks that the block is one: a prefix of 0 to 32 bits and no address bit set behind it. */
    public Cidr {
        if (prefixLength < 0 || prefixLength > BITS || address < 0 || address >= 1L << BITS) {
            throw new IllegalArgumentException("not an IPv4 block: " + address + "/" + prefixLength);
        }
        if (address % size(prefixLength) != 0) {
            throw new IllegalArgumentException("bits set behind the prefix: " + format(address, prefixLength));
        }
    }

    /**
     * Reads CIDR notation.
     *
     * @param text four octets, a slash and the prefix length, such as {@code 10.20.0.0/16}
     * @return the block
     * @throws InvalidInputException when the text is not an IPv4 block, or has bits set behind its prefix
     */
    @ScalarFactory(pattern = PATTERN)
    public static Cidr parse(String text) {
        Matcher matcher = NOTATION.matcher(text);
        long address = 0;
        boolean valid = matcher.matches() && Integer.parseInt(matcher.group(5)) <= BITS;
        for (int i = 1; valid && i <= 4; i++) {
            int octet = Integer.parseInt(matcher.group(i));
            valid = octet <= 255;
            address = address << 8 | octet;
        }
        if (!valid) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not an IPv4 block",
                    "CIDR notation, an address and a prefix length of 0 to 32",
                    "write it like 10.20.0.0/16"));
        }
        int prefixLength = Integer.parseInt(matcher.group(5));
        long start = address - address % size(prefixLength);
        if (start != address) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" has address bits set behind its prefix",
                    "the first address of a block",
                    "use " + format(start, prefixLength)));
        }
        return new Cidr(address, prefixLength);
    }

    /**
     * One of the equal parts of this block.
     *
     * @param extraBits how many bits longer the parts' prefix is
     * @param index which part, from 0
     * @return the part
     * @throws IllegalArgumentException when there is no such part
     */
    public Cidr part(int extraBits, long index) {
        if (extraBits < 0 || prefixLength + extraBits > BITS || index < 0 || index >= 1L << extraBits) {
            throw new IllegalArgumentException(
                    "no part " + index + " of " + this + " with " + extraBits + " more bits");
        }
        return new Cidr(address + index * size(prefixLength + extraBits), prefixLength + extraBits);
    }

    /**
     * The number of addresses in the block.
     *
     * @return 2 to the power of (32 - prefix length)
     */
    public long size() {
        return size(prefixLength);
    }

    /**
     * Says whether two blocks share an address.
     *
     * @param other another block
     * @return true when one holds the other
     */
    public boolean overlaps(Cidr other) {
        return address < other.address + other.size() && other.address < address + size();
    }

    /**
     * Says whether a block lies wholly in this one.
     *
     * @param other another block
     * @return true when every address of it is in this block
     */
    public boolean contains(Cidr other) {
        return address <= other.address && other.address + other.size() <= address + size();
    }

    /** By address, then the larger block first. */
    @Override
    public int compareTo(Cidr other) {
        int byAddress = Long.compare(address, other.address);
        return byAddress != 0 ? byAddress : Integer.compare(prefixLength, other.prefixLength);
    }

    /** CIDR notation. */
    @Override
    public String toString() {
        return format(address, prefixLength);
    }

    private static long size(int prefixLength) {
        return 1L << (BITS - prefixLength);
    }

    private static String format(long address, int prefixLength) {
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255) + "/"
                + prefixLength;
    }
}

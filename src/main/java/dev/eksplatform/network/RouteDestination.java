package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a route leads to: a block of IPv4 or IPv6 addresses, or a prefix list.
 *
 * @param text a block in CIDR notation, or the id of a prefix list
 */
@Example("10.0.0.0/8")
public record RouteDestination(String text) {

    private static final String PATTERN = "^(pl-[0-9a-f]{8,17}|[0-9a-fA-F:.]+/[0-9]{1,3})$";
    private static final Pattern PREFIX_LIST = Pattern.compile("pl-[0-9a-f]{8,17}");

    /** Checks its form. */
    public RouteDestination {
        if (!PREFIX_LIST.matcher(text).matches()) {
            IpBlock.parse(text);
        }
    }

    /**
     * Reads a destination.
     *
     * @param text a block, or the id of a prefix list
     * @return the destination
     * @throws dev.eksplatform.problem.InvalidInputException when it is neither
     */
    @ScalarFactory(pattern = PATTERN)
    public static RouteDestination parse(String text) {
        return new RouteDestination(text);
    }

    /** The block; empty for a prefix list. */
    Optional<IpBlock> block() {
        return text.startsWith("pl-") ? Optional.empty() : Optional.of(IpBlock.parse(text));
    }

    /** Whether it is every address of IPv4. */
    boolean isDefault() {
        return text.equals("0.0.0.0/0");
    }

    @Override
    public String toString() {
        return text;
    }
}

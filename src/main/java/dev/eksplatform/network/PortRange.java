package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port or a range of ports, such as {@code 443} or {@code 1024-65535}.
 *
 * @param from the first port
 * @param to the last port
 */
@Example("1024-65535")
public record PortRange(int from, int to) {

    /** Every port. */
    static final PortRange ALL = new PortRange(0, 65_535);

    private static final String PATTERN = "^[0-9]{1,5}(-[0-9]{1,5})?$";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    /** Checks the order and the greatest port. */
    public PortRange {
        if (from < 0 || from > to || to > 65_535) {
            throw notPorts(from + "-" + to);
        }
    }

    /**
     * Reads ports.
     *
     * @param text a port, or the first and the last with a hyphen between them
     * @return the range
     * @throws InvalidInputException when it is neither
     */
    @ScalarFactory(pattern = PATTERN)
    public static PortRange parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw notPorts(text);
        }
        int first = Integer.parseInt(matcher.group(1));
        return new PortRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
    }

    private static InvalidInputException notPorts(String text) {
        return new InvalidInputException(new Problem(
                "\"" + text + "\" is neither a port nor a range of ports",
                "0 to 65535, the smaller one first",
                "write it like 443 or 1024-65535"));
    }

    @Override
    public String toString() {
        return from == to ? String.valueOf(from) : from + "-" + to;
    }
}

package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * An availability zone by name, such as {@code eu-central-1a}.
 *
 * <p>Local Zones and Wavelength Zones (such as {@code us-west-2-lax-1a}) are not accepted: EKS places no control plane
 * there. Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">EKS networking
 * requirements</a>.
 *
 * @param name the zone's name
 */
@Example("eu-central-1a")
public record Zone(String name) {

    private static final String PATTERN = "^[a-z]{2,4}(-[a-z]+)+-\\d+[a-z]$";
    private static final Pattern NAME = Pattern.compile(PATTERN);

    /** Checks the name's form. */
    public Zone {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + name + "\" is not an availability zone",
                    "a region's name and a letter",
                    "write it like eu-central-1a"));
        }
    }

    /**
     * Reads a zone's name.
     *
     * @param name the name, such as {@code eu-central-1a}
     * @return the zone
     * @throws InvalidInputException when it is not a zone's name
     */
    @ScalarFactory(pattern = PATTERN)
    public static Zone parse(String name) {
        return new Zone(name);
    }

    /**
     * The region the zone belongs to.
     *
     * @return such as {@code eu-central-1}
     */
    public String region() {
        return name.substring(0, name.length() - 1);
    }

    /**
     * The letter of the zone in its region.
     *
     * @return such as {@code a}
     */
    public String letter() {
        return name.substring(name.length() - 1);
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes minor version of EKS, in quotes: {@code "1.33"}.
 *
 * @param minor the number behind {@code 1.}
 */
@Example("\"1.33\"")
public record KubernetesVersion(int minor) implements Comparable<KubernetesVersion> {

    /**
     * The oldest minor version that is accepted: older ones have left even extended support. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html">EKS version lifecycle</a>.
     */
    static final int OLDEST_MINOR = 30;

    /**
     * The newest minor version that EKS is known to run, since October 2026.
     */
    static final int NEWEST_MINOR = 37;

    /** The version that EKS chooses for a cluster which names none. */
    private static final String USUAL = "1.36";

    private static final String PATTERN = "^1\\.3[0-7]$";
    private static final Pattern VERSION = Pattern.compile("1\\.(\\d{2})");

    /** Rejects versions that EKS no longer runs, and those that it is not known to run yet. */
    public KubernetesVersion {
        if (minor < OLDEST_MINOR) {
            throw new InvalidInputException(
                    new Problem("Kubernetes 1." + minor + " is out of support", allowed(), "use " + USUAL));
        }
        if (minor > NEWEST_MINOR) {
            throw new InvalidInputException(new Problem(
                    "Kubernetes 1." + minor + " is newer than any that EKS is known to run",
                    allowed(),
                    "use 1." + NEWEST_MINOR + ", or a newer release of eks-platform"));
        }
    }

    /**
     * Reads a version.
     *
     * @param text major and minor version, such as {@code 1.33}
     * @return the version
     * @throws InvalidInputException when it is not one, or EKS no longer runs it
     */
    @ScalarFactory(pattern = PATTERN)
    public static KubernetesVersion parse(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not a Kubernetes version of EKS",
                    allowed(),
                    "write major and minor version, like " + USUAL));
        }
        return new KubernetesVersion(Integer.parseInt(matcher.group(1)));
    }

    private static String allowed() {
        return "1." + OLDEST_MINOR + " to 1." + NEWEST_MINOR;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return "1." + minor;
    }
}

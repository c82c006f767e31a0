package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.release.KubernetesReleases.Release;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes minor version of EKS, in quotes: {@code "1.36"}. Versions that EKS supported on the day of this release's
 * calendar are accepted, in standard or extended support.
 *
 * @param minor the number behind {@code 1.}
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html">EKS version lifecycle</a>
 */
@Example("\"1.36\"")
public record KubernetesVersion(int minor) implements Comparable<KubernetesVersion> {

    private static final String PATTERN = "^1\\.3[1-7]$";
    private static final Pattern VERSION = Pattern.compile("1\\.(\\d{2})");

    /** Rejects versions that EKS no longer runs, and those that it is not known to run yet. */
    public KubernetesVersion {
        KubernetesReleases calendar = KubernetesReleases.get();
        Optional<Release> release = calendar.release(minor);
        if (minor > calendar.newest().minor()) {
            throw new InvalidInputException(new Problem(
                    "Kubernetes 1." + minor + " is newer than any that EKS was known to run on " + calendar.day(),
                    allowed(calendar),
                    "use " + calendar.newest() + ", or a newer release of eks-platform"));
        }
        if (release.filter(calendar.supported()::contains).isEmpty()) {
            throw new InvalidInputException(new Problem(
                    "Kubernetes 1." + minor + " is out of support"
                            + release.map(known -> ": EKS ended it on " + known.extendedUntil())
                                    .orElse(""),
                    allowed(calendar),
                    "use " + calendar.usual()));
        }
    }

    /**
     * Reads a version.
     *
     * @param text major and minor version, such as {@code 1.36}
     * @return the version
     * @throws InvalidInputException when it is not one, or EKS no longer runs it
     */
    @ScalarFactory(pattern = PATTERN)
    public static KubernetesVersion parse(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.matches()) {
            KubernetesReleases calendar = KubernetesReleases.get();
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not a Kubernetes version of EKS",
                    allowed(calendar),
                    "write major and minor version, like " + calendar.usual()));
        }
        return new KubernetesVersion(Integer.parseInt(matcher.group(1)));
    }

    private static String allowed(KubernetesReleases calendar) {
        return calendar.supported().get(0) + " to " + calendar.newest();
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

package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which version of an EKS add-on a cluster has: {@code default}, the one that EKS installs on the cluster's Kubernetes version
 * by default, {@code latest}, the newest for this Kubernetes version, or one version, which stays until the file changes.
 * Terraform asks EKS for the first two at each plan, so that they follow the cluster's version and EKS's releases. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html">DescribeAddonVersions</a>.
 *
 * @param text {@code default}, {@code latest}, or a version such as {@code v1.20.1-eksbuild.1}
 */
@Example("latest")
public record EksAddonVersion(String text) {

    private static final String PATTERN =
            "^(default|latest|v[0-9]+\\.[0-9]+\\.[0-9]+([-.][0-9a-z]+)*-eksbuild\\.[0-9]+)$";
    private static final Pattern FORM = Pattern.compile(PATTERN);

    /** The version that EKS installs by default. */
    public static final EksAddonVersion DEFAULT = new EksAddonVersion("default");

    /** The newest version. */
    public static final EksAddonVersion LATEST = new EksAddonVersion("latest");

    /** Checks the form. */
    public EksAddonVersion {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not a version of an EKS add-on",
                    "default, latest, or v, three numbers and -eksbuild with a number, such as v1.20.1-eksbuild.1",
                    Suggestion.fix(
                            text,
                            List.of("default", "latest"),
                            "choose one of `aws eks describe-addon-versions`, or leave it out: EKS chooses")));
        }
    }

    /**
     * Reads a version.
     *
     * @param text {@code default}, {@code latest}, or a version such as {@code v1.20.1-eksbuild.1}
     * @return the version
     * @throws InvalidInputException when it is none of these
     */
    @ScalarFactory(pattern = PATTERN)
    public static EksAddonVersion parse(String text) {
        return new EksAddonVersion(text);
    }

    /**
     * Whether it is one version, which no release of EKS changes.
     *
     * @return false for {@code default} and {@code latest}
     */
    public boolean isPinned() {
        return !equals(DEFAULT) && !equals(LATEST);
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The release of the image of nodes: {@code latest}, the newest for their Kubernetes version, or one release, which stays
 * until the file changes. Terraform reads the newest at each plan, from a public parameter of AWS.
 *
 * @param text {@code latest}, or a release such as {@code 1.36.1-20261101}
 */
@Example("latest")
public record AmiRelease(String text) {

    private static final String PATTERN = "^(latest|" + NodeSystem.AMAZON_LINUX_RELEASE + "|"
            + NodeSystem.BOTTLEROCKET_RELEASE + "|" + NodeSystem.WINDOWS_RELEASE + ")$";
    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final Pattern MINOR = Pattern.compile("1\\.([0-9]{2})[.-].*");

    /** The newest release. */
    public static final AmiRelease LATEST = new AmiRelease("latest");

    /** Checks that it is a release of some image. */
    public AmiRelease {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not a release of an image of EKS nodes",
                    "latest, or "
                            + Stream.of(NodeSystem.AL2023, NodeSystem.BOTTLEROCKET, NodeSystem.WINDOWS)
                                    .map(NodeSystem::releaseExample)
                                    .collect(Collectors.joining("; or ")),
                    Suggestion.fix(text, List.of("latest"), "use latest, or leave it out")));
        }
    }

    /**
     * Reads a release.
     *
     * @param text {@code latest}, or a release such as {@code 1.36.1-20261101}
     * @return the release
     * @throws InvalidInputException when it is a release of none of the images
     */
    @ScalarFactory(pattern = PATTERN)
    public static AmiRelease parse(String text) {
        return new AmiRelease(text);
    }

    /**
     * Whether it is one release, which no newer one changes.
     *
     * @return false for {@code latest}
     */
    public boolean isPinned() {
        return !equals(LATEST);
    }

    /** The Kubernetes minor version in the release of an image; empty for {@code latest} and Bottlerocket. */
    Optional<Integer> kubernetesMinor(NodeSystem system) {
        Matcher matcher = MINOR.matcher(text);
        return system != NodeSystem.BOTTLEROCKET && matcher.matches()
                ? Optional.of(Integer.parseInt(matcher.group(1)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}

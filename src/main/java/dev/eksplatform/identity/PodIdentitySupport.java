package dev.eksplatform.identity;

import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/**
 * Where Pod Identity cannot work. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions">EKS Pod Identity
 * restrictions</a>.
 */
final class PodIdentitySupport {

    private static final String FIX = "set mode: irsa for this identity";

    private PodIdentitySupport() {}

    static List<Problem> problems(Identity identity, PropertyPath property, Compute compute) {
        Problems problems = new Problems();
        String found = "EKS Pod Identity for ServiceAccount " + identity.serviceAccount();
        if (compute.distribution() != Distribution.EKS) {
            boolean byDefault = identity.spec().mode().isEmpty();
            problems.add(
                    byDefault ? PropertyPath.of("identity") : property.key("mode"),
                    found + " is not supported on " + compute.distribution(),
                    byDefault ? "set identity: irsa" : "set mode: irsa");
            return problems.found();
        }
        compute.fargate().forEach((name, profile) -> {
            if (profile.selectors().stream().anyMatch(selector -> covers(selector, identity))) {
                problems.add(
                        property,
                        found + " is not supported on Fargate, where the profile " + name + " runs its pods",
                        FIX);
            }
        });
        boolean onlyWindows = !compute.nodeGroups().isEmpty()
                && compute.nodeGroups().values().stream()
                        .allMatch(group -> group.image().isWindows());
        if (onlyWindows) {
            problems.add(
                    property,
                    found + " is not supported on Windows, and all node groups are Windows",
                    FIX + ", or add a node group with Linux");
        }
        return problems.found();
    }

    /** A selector with labels may select other pods than those of the ServiceAccount; one without selects all. */
    private static boolean covers(FargateProfileSpec.Selector selector, Identity identity) {
        return selector.labels().isEmpty()
                && selector.isFor(identity.serviceAccount().namespace());
    }
}

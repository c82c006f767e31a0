package dev.eksplatform.environment;

import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeImage;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.problem.Problems;

/**
 * Where Pod Identity cannot work. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions">EKS Pod Identity
 * restrictions</a>.
 */
record PodIdentitySupport(EnvironmentSpec spec, String property, Problems problems) {

    private static final String ALLOWED = "irsa, or pods on Linux nodes of EKS";
    private static final String FIX = "set mode: irsa for this identity";

    void check(Identity identity) {
        if (identity.mode() != IdentityMode.POD_IDENTITY) {
            return;
        }
        String who = "ServiceAccount " + identity.serviceAccount();
        if (spec.cluster() instanceof RosaClusterSpec) {
            boolean byDefault = identity.spec().mode().isEmpty();
            problems.add(
                    byDefault ? "identity" : property + ".mode",
                    "EKS Pod Identity for " + who + ", on ROSA, where it does not exist",
                    "irsa on ROSA",
                    byDefault ? "set identity: irsa" : "set mode: irsa");
            return;
        }
        spec.fargate().forEach((name, profile) -> {
            if (profile.selectors().stream().anyMatch(selector -> covers(selector, identity))) {
                problems.add(
                        property,
                        "EKS Pod Identity for " + who + ", whose pods the Fargate profile " + name
                                + " takes: its agent does not run on Fargate",
                        ALLOWED,
                        FIX);
            }
        });
        boolean windowsAlone = !spec.nodeGroups().isEmpty()
                && spec.nodeGroups().values().stream().allMatch(group -> group.image() == NodeImage.WINDOWS_2022);
        if (windowsAlone) {
            problems.add(
                    property,
                    "EKS Pod Identity for " + who + ", on Windows nodes only: its agent does not run on Windows",
                    ALLOWED,
                    FIX);
        }
    }

    /** A selector with labels may take other pods than those of the ServiceAccount; one without takes all. */
    private static boolean covers(FargateProfileSpec.Selector selector, Identity identity) {
        return selector.labels().isEmpty()
                && selector.isFor(identity.serviceAccount().namespace());
    }
}

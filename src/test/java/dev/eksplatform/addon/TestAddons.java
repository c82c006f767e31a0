package dev.eksplatform.addon;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Add-ons of a cluster without Fargate. */
final class TestAddons {

    static final AddonContext AWS = in(Partition.AWS);

    private TestAddons() {}

    static AddonContext in(Partition partition) {
        return new AddonContext(
                partition,
                partition.equals(Partition.AWS) ? "eu-central-1" : "cn-north-1",
                AccountId.parse("111122223333"),
                "shop",
                Map.of("team", "shop"),
                Optional.of(KubernetesVersion.parse("1.36")),
                namespace -> false);
    }

    static List<HelmAddon> resolve(AddonsSpec spec) {
        Problems problems = new Problems();
        AddonGraph graph = spec.resolve(AWS, problems);
        problems.throwIfAny();
        return graph.inOrder();
    }
}

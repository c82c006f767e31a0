package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.problem.Problems;
import java.util.List;

/** Add-ons of a cluster without Fargate. */
final class TestAddons {

    static final AddonContext AWS = in(Partition.AWS);

    private TestAddons() {}

    static AddonContext in(Partition partition) {
        return new AddonContext(partition, namespace -> false);
    }

    static List<HelmAddon> resolve(AddonsSpec spec) {
        Problems problems = new Problems();
        AddonGraph graph = spec.resolve(AWS, problems);
        problems.throwIfAny();
        return graph.inOrder();
    }
}

package dev.eksplatform.addon;

import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;

/** Add-ons of a cluster without Fargate. */
final class TestAddons {

    /** Nodes in a network that is created, with a security group that is created. */
    static final ClusterNodes CREATED = new ClusterNodes(true, List.of(), true, List.of(), false, false, false, false);

    static final AddonContext AWS = in(Partition.AWS);

    private TestAddons() {}

    static AddonContext on(ClusterNodes nodes) {
        AddonContext in = in(Partition.AWS);
        return new AddonContext(
                in.partition(),
                in.region(),
                in.account(),
                in.clusterName(),
                in.tags(),
                in.roles(),
                nodes,
                in.onFargate());
    }

    static AddonContext in(Partition partition) {
        return new AddonContext(
                partition,
                partition.equals(Partition.AWS) ? "eu-central-1" : "cn-north-1",
                AccountId.parse("111122223333"),
                "shop",
                Map.of("team", "shop"),
                RoleSettings.standard(),
                CREATED,
                namespace -> false);
    }

    static List<HelmAddon> resolve(AddonsSpec spec) {
        Problems problems = new Problems();
        AddonGraph graph = spec.resolve(AWS, problems);
        problems.throwIfAny();
        return graph.inOrder();
    }
}

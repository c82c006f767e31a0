package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How EKS updates and repairs nodes, prepares them, and how long Terraform waits. */
class NodeUpdatesTest {

    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");

    private static TerraformStack stackWith(NodeGroupSpec spec) {
        TerraformStack stack = TestStack.make();
        new NodeGroup(stack, "general", TestCluster.in(stack), spec);
        return stack;
    }

    @Test
    void aNumberOfNodesIsUpdatedAtATime() {
        assertThat(stackWith(GENERAL.withUpdate(UpdateSpec.standard().withMaxUnavailable(Optional.of(2)))))
                .hasResource("aws_eks_node_group")
                .withAttribute("update_config", Map.of("max_unavailable", 2))
                .withoutAttribute("force_update_version");
    }

    @Test
    void allOfAnUpdate() {
        UpdateSpec update = UpdateSpec.standard().with(spec -> spec.maxUnavailablePercentage(Optional.of(50))
                .strategy(Optional.of(UpdateSpec.Strategy.MINIMAL))
                .force(true));
        assertThat(stackWith(GENERAL.withUpdate(update)))
                .hasResource("aws_eks_node_group")
                .withAttribute("update_config", Map.of("max_unavailable_percentage", 50, "update_strategy", "MINIMAL"))
                .withAttribute("force_update_version", true);
    }

    @Test
    void anUpdateHasOneNumber() {
        assertThat(ProblemsOf.making(() -> UpdateSpec.standard()
                        .with(spec -> spec.maxUnavailable(Optional.of(0)).maxUnavailablePercentage(Optional.of(101)))))
                .containsExactly(
                        "maxUnavailable: 0; allowed: 1 to 100; fix: use 1",
                        "maxUnavailablePercentage: 101; allowed: 1 to 100; fix: use 100",
                        "maxUnavailablePercentage: maxUnavailable and maxUnavailablePercentage cannot be combined; fix:"
                                + " remove one of them");
    }

    @Test
    void nodesAreRepaired() {
        assertThat(stackWith(GENERAL.withRepair(Optional.of(RepairSpec.standard()))))
                .hasResource("aws_eks_node_group")
                .withAttribute("node_repair_config", Map.of("enabled", true));
        assertThat(stackWith(
                        GENERAL.withRepair(Optional.of(RepairSpec.standard().withEnabled(false)))))
                .hasResource("aws_eks_node_group")
                .withAttribute("node_repair_config", Map.of("enabled", false));
    }

    @Test
    void allOfARepair() {
        RepairSpec counts = RepairSpec.standard()
                .withMaxUnhealthyNodeThresholdCount(Optional.of(5))
                .withMaxParallelNodesRepairedCount(Optional.of(1))
                .withOverrides(List.of(RepairSpec.RepairOverride.of(
                        "AcceleratedHardwareReady", "NvidiaXID64Error", 10, RepairSpec.RepairAction.NO_ACTION)));
        assertThat(stackWith(GENERAL.withRepair(Optional.of(counts))))
                .hasResource("aws_eks_node_group")
                .withAttribute(
                        "node_repair_config",
                        Map.of(
                                "enabled",
                                true,
                                "max_unhealthy_node_threshold_count",
                                5,
                                "max_parallel_nodes_repaired_count",
                                1,
                                "node_repair_config_overrides",
                                List.of(Map.of(
                                        "node_monitoring_condition",
                                        "AcceleratedHardwareReady",
                                        "node_unhealthy_reason",
                                        "NvidiaXID64Error",
                                        "min_repair_wait_time_mins",
                                        10,
                                        "repair_action",
                                        "NoAction"))));
        RepairSpec percentages = RepairSpec.standard()
                .withMaxUnhealthyNodeThresholdPercentage(Optional.of(20))
                .withMaxParallelNodesRepairedPercentage(Optional.of(10));
        assertThat(stackWith(GENERAL.withRepair(Optional.of(percentages))))
                .hasResource("aws_eks_node_group")
                .withAttribute(
                        "node_repair_config",
                        Map.of(
                                "enabled", true,
                                "max_unhealthy_node_threshold_percentage", 20,
                                "max_parallel_nodes_repaired_percentage", 10));
    }

    @Test
    void aRepairHasOneNumberOfAKind() {
        assertThat(ProblemsOf.making(
                        () -> RepairSpec.standard().with(spec -> spec.maxUnhealthyNodeThresholdCount(Optional.of(0))
                                .maxUnhealthyNodeThresholdPercentage(Optional.of(20))
                                .maxParallelNodesRepairedPercentage(Optional.of(101)))))
                .containsExactly(
                        "maxUnhealthyNodeThresholdCount: 0; allowed: 1 or more; fix: use 1",
                        "maxUnhealthyNodeThresholdPercentage: maxUnhealthyNodeThresholdCount and"
                                + " maxUnhealthyNodeThresholdPercentage cannot be combined; fix: remove one of them",
                        "maxParallelNodesRepairedPercentage: 101 percent; allowed: 1 to 100; fix: use 100");
        assertThat(ProblemsOf.making(() -> RepairSpec.RepairOverride.of(
                        "not ready", "NvidiaXID64Error", 0, RepairSpec.RepairAction.REBOOT)))
                .containsExactly(
                        "nodeMonitoringCondition: \"not ready\" is not a word; allowed: letters and digits, beginning with a"
                                + " letter; fix: write it like AcceleratedHardwareReady",
                        "minRepairWaitMinutes: 0 minutes; allowed: 1 or more; fix: use 1");
    }

    @Test
    void instancesWaitInAWarmPool() {
        assertThat(stackWith(GENERAL.withWarmPool(Optional.of(WarmPoolSpec.standard()))))
                .hasResource("aws_eks_node_group")
                .withAttribute(
                        "warm_pool_config", Map.of("min_size", 0, "pool_state", "STOPPED", "reuse_on_scale_in", false));
        WarmPoolSpec full = WarmPoolSpec.standard().with(pool -> pool.minSize(2)
                .maxGroupPreparedCapacity(Optional.of(8))
                .poolState(WarmPoolSpec.PoolState.HIBERNATED)
                .reuseOnScaleIn(true));
        assertThat(stackWith(GENERAL.withWarmPool(Optional.of(full))))
                .hasResource("aws_eks_node_group")
                .withAttribute(
                        "warm_pool_config",
                        Map.of(
                                "min_size",
                                2,
                                "max_group_prepared_capacity",
                                8,
                                "pool_state",
                                "HIBERNATED",
                                "reuse_on_scale_in",
                                true));
    }

    @Test
    void aWarmPoolIsForOnDemandInstancesAndTheirImages() {
        assertThat(ProblemsOf.making(() -> WarmPoolSpec.standard()
                        .with(pool -> pool.minSize(-1).maxGroupPreparedCapacity(Optional.of(0)))))
                .containsExactly(
                        "minSize: -1 is negative; allowed: 0 or more; fix: use 0",
                        "maxGroupPreparedCapacity: 0 with minSize -1; allowed: 1 or more, and at least minSize; fix: use the"
                                + " number of instances in pool and group together, or remove it");
        WarmPoolSpec pool = WarmPoolSpec.standard()
                .withPoolState(WarmPoolSpec.PoolState.HIBERNATED)
                .withReuseOnScaleIn(true);
        assertThat(ProblemsOf.making(() -> NodeGroupSpec.of("m7g.large", "m7g.16xlarge")
                        .withCapacity(Capacity.SPOT)
                        .withImage(NodeImage.BOTTLEROCKET)
                        .withWarmPool(Optional.of(pool))))
                .containsExactly(
                        "warmPool: a warm pool of Spot Instances; allowed: capacity: on-demand; fix: remove it, or use"
                                + " capacity: on-demand",
                        "warmPool.reuseOnScaleIn: reuse of Bottlerocket nodes; allowed: other images; fix: remove it",
                        "warmPool.poolState: hibernated with Bottlerocket; allowed: stopped or running; fix: use stopped",
                        "warmPool.poolState: m7g.16xlarge cannot hibernate; allowed: stopped or running; fix: use stopped");
    }

    @Test
    void terraformWaitsForAsLongAsTheGroupNeeds() {
        assertThat(stackWith(GENERAL.withTimeouts(
                        Optional.of(NodeGroupTimeouts.standard().withUpdateMinutes(Optional.of(120))))))
                .hasResource("aws_eks_node_group")
                .withAttribute("timeouts", Map.of("update", "120m"));
        assertThat(stackWith(GENERAL.withTimeouts(Optional.of(NodeGroupTimeouts.standard()
                        .withCreateMinutes(Optional.of(30))
                        .withUpdateMinutes(Optional.of(90))
                        .withDeleteMinutes(Optional.of(20))))))
                .hasResource("aws_eks_node_group")
                .withAttribute("timeouts", Map.of("create", "30m", "update", "90m", "delete", "20m"));
        assertThat(ProblemsOf.making(() -> NodeGroupTimeouts.standard().withCreateMinutes(Optional.of(0))))
                .containsExactly("createMinutes: 0 minutes; allowed: 1 or more; fix: remove it: the default is 60");
    }
}

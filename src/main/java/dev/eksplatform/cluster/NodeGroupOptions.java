package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroup;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupNodeRepairConfig;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupNodeRepairConfigNodeRepairConfigOverrides;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupTimeouts;
import com.hashicorp.cdktf.providers.aws.eks_node_group.EksNodeGroupUpdateConfig;
import dev.eksplatform.construct.NewerAttribute;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.Map;

/** How EKS updates, repairs and prepares the nodes of a group. */
final class NodeGroupOptions {

    private static final String UPDATE_STRATEGY = "update_config.update_strategy";
    private static final String WARM_POOL = "warm_pool_config";
    private static final String REPAIR = "node_repair_config.";

    /** Properties of {@link NodeGroupSpec} by the attributes that not all versions of the provider have. */
    static final Map<String, PropertyPath> ATTRIBUTES = Map.of(
            UPDATE_STRATEGY,
            PropertyPath.of("update", "strategy"),
            WARM_POOL,
            PropertyPath.of("warmPool"),
            REPAIR + "max_unhealthy_node_threshold_count",
            PropertyPath.of("repair", "maxUnhealthyNodeThresholdCount"),
            REPAIR + "max_unhealthy_node_threshold_percentage",
            PropertyPath.of("repair", "maxUnhealthyNodeThresholdPercentage"),
            REPAIR + "max_parallel_nodes_repaired_count",
            PropertyPath.of("repair", "maxParallelNodesRepairedCount"),
            REPAIR + "max_parallel_nodes_repaired_percentage",
            PropertyPath.of("repair", "maxParallelNodesRepairedPercentage"),
            REPAIR + "node_repair_config_overrides",
            PropertyPath.of("repair", "overrides"));

    private NodeGroupOptions() {}

    static void add(EksNodeGroupConfig.Builder config, NodeGroupSpec spec) {
        EksNodeGroupUpdateConfig.Builder update = EksNodeGroupUpdateConfig.builder();
        spec.update().maxUnavailable().ifPresent(update::maxUnavailable);
        spec.update().percentage().ifPresent(update::maxUnavailablePercentage);
        config.updateConfig(update.build());
        if (spec.update().force()) {
            config.forceUpdateVersion(true);
        }
        spec.repair().ifPresent(repair -> config.nodeRepairConfig(repair(repair)));
        spec.timeouts().ifPresent(given -> {
            EksNodeGroupTimeouts.Builder timeouts = EksNodeGroupTimeouts.builder();
            given.createMinutes().ifPresent(minutes -> timeouts.create(minutes + "m"));
            given.updateMinutes().ifPresent(minutes -> timeouts.update(minutes + "m"));
            given.deleteMinutes().ifPresent(minutes -> timeouts.delete(minutes + "m"));
            config.timeouts(timeouts.build());
        });
        if (!spec.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(spec.tags()));
        }
    }

    private static EksNodeGroupNodeRepairConfig repair(RepairSpec spec) {
        EksNodeGroupNodeRepairConfig.Builder config =
                EksNodeGroupNodeRepairConfig.builder().enabled(spec.enabled());
        spec.maxUnhealthyNodeThresholdCount().ifPresent(config::maxUnhealthyNodeThresholdCount);
        spec.maxUnhealthyNodeThresholdPercentage().ifPresent(config::maxUnhealthyNodeThresholdPercentage);
        spec.maxParallelNodesRepairedCount().ifPresent(config::maxParallelNodesRepairedCount);
        spec.maxParallelNodesRepairedPercentage().ifPresent(config::maxParallelNodesRepairedPercentage);
        if (!spec.overrides().isEmpty()) {
            config.nodeRepairConfigOverrides(spec.overrides().stream()
                    .map(override -> EksNodeGroupNodeRepairConfigNodeRepairConfigOverrides.builder()
                            .nodeMonitoringCondition(override.nodeMonitoringCondition())
                            .nodeUnhealthyReason(override.nodeUnhealthyReason())
                            .minRepairWaitTimeMins(override.minRepairWaitMinutes())
                            .repairAction(override.repairAction().apiName())
                            .build())
                    .toList());
        }
        return config.build();
    }

    /** What the bindings do not have. */
    static void addNewer(EksNodeGroup resource, NodeGroupSpec spec) {
        spec.update().strategy().ifPresent(strategy -> NewerAttribute.set(resource, UPDATE_STRATEGY, strategy.name()));
        spec.warmPool().ifPresent(pool -> {
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("min_size", pool.minSize());
            pool.maxGroupPreparedCapacity().ifPresent(most -> config.put("max_group_prepared_capacity", most));
            config.put("pool_state", pool.poolState().name());
            config.put("reuse_on_scale_in", pool.reuseOnScaleIn());
            NewerAttribute.set(resource, WARM_POOL, config);
        });
    }
}

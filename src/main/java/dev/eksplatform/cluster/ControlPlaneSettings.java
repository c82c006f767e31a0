package dev.eksplatform.cluster;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksCluster;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterControlPlaneScalingConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterKubernetesNetworkConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterRemoteNetworkConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterRemoteNetworkConfigRemoteNodeNetworks;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterRemoteNetworkConfigRemotePodNetworks;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterTimeouts;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterUpgradePolicy;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterZonalShiftConfig;
import dev.eksplatform.construct.NewerAttribute;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of a cluster's resource that a spec leaves to EKS unless it names them. */
final class ControlPlaneSettings {

    private static final String EGRESS_MODE = "vpc_config.control_plane_egress_mode";
    private static final String API_SERVER = "kube_api_server_config";
    private static final String SCHEDULER = "kube_scheduler_config";
    private static final String CONTROLLER_MANAGER = "kube_controller_manager_config";

    private ControlPlaneSettings() {}

    /** The attributes that not all versions of the provider have, each with the property that sets it. */
    static Map<String, PropertyPath> attributes() {
        return Map.of(
                EGRESS_MODE,
                PropertyPath.of("controlPlaneEgressMode"),
                API_SERVER,
                PropertyPath.of("kubeApiServerConfig"),
                SCHEDULER,
                PropertyPath.of("kubeSchedulerConfig"),
                CONTROLLER_MANAGER,
                PropertyPath.of("kubeControllerManagerConfig"),
                "control_plane_scaling_config",
                PropertyPath.of("controlPlaneTier"),
                "deletion_protection",
                PropertyPath.of("deletionProtection"));
    }

    /** The constructs in a cluster that come from a property of their own. */
    static Map<String, PropertyPath> parts(ClusterSpec spec) {
        Map<String, PropertyPath> parts = new TreeMap<>();
        if (spec.remoteNetwork().isPresent()) {
            parts.put(HybridNodes.ID, PropertyPath.of("remoteNetwork"));
            parts.put(ExtraRules.ID, PropertyPath.of("remoteNetwork"));
            parts.put(ExtraRules.OF_NODE_GROUPS, PropertyPath.of("remoteNetwork"));
        }
        spec.identityProviders()
                .keySet()
                .forEach(provider ->
                        parts.put(IdentityProviders.id(provider), PropertyPath.of("identityProviders", provider)));
        SecurityGroupRulesSpec rules = spec.securityGroupRules();
        Map.of("cluster", rules.cluster(), "node", rules.node()).forEach((group, ofGroup) -> ofGroup.keySet()
                .forEach(rule -> parts.put(
                        ExtraRules.ID + "/" + group + "-" + rule, PropertyPath.of("securityGroupRules", group, rule))));
        return parts;
    }

    /** The addresses of Services and pods, to which more can be added. */
    static EksClusterKubernetesNetworkConfig.Builder addresses(ClusterSpec spec) {
        EksClusterKubernetesNetworkConfig.Builder addresses = EksClusterKubernetesNetworkConfig.builder();
        if (spec.ipFamily() == IpFamily.IPV6) {
            addresses.ipFamily("ipv6");
        }
        spec.serviceCidr().map(Cidr::toString).ifPresent(addresses::serviceIpv4Cidr);
        return addresses;
    }

    static void set(ClusterSpec spec, EksClusterConfig.Builder config) {
        DeletionProtection protection = spec.deletionProtection();
        if (protection != DeletionProtection.FALSE) {
            config.lifecycle(
                    TerraformResourceLifecycle.builder().preventDestroy(true).build());
        }
        if (protection == DeletionProtection.EKS) {
            config.deletionProtection(true);
        }
        spec.upgradePolicy()
                .ifPresent(policy -> config.upgradePolicy(EksClusterUpgradePolicy.builder()
                        .supportType(policy.name())
                        .build()));
        spec.zonalShift()
                .ifPresent(enabled -> config.zonalShiftConfig(
                        EksClusterZonalShiftConfig.builder().enabled(enabled).build()));
        spec.controlPlaneTier()
                .ifPresent(tier -> config.controlPlaneScalingConfig(EksClusterControlPlaneScalingConfig.builder()
                        .tier(tier.apiName())
                        .build()));
        if (spec.ipFamily() == IpFamily.IPV6 || spec.serviceCidr().isPresent()) {
            config.kubernetesNetworkConfig(addresses(spec).build());
        }
        if (spec.forceUpdateVersion()) {
            config.forceUpdateVersion(true);
        }
        if (!spec.timeouts().equals(ClusterTimeoutsSpec.standard())) {
            config.timeouts(timeouts(spec.timeouts()));
        }
        if (!spec.tags().isEmpty()) {
            config.tags(TerraformText.escapeTexts(spec.tags()));
        }
        spec.remoteNetwork().ifPresent(network -> config.remoteNetworkConfig(remote(network)));
    }

    /** Sets what the bindings do not have yet. */
    static void setNewer(ClusterSpec spec, EksCluster cluster) {
        spec.controlPlaneEgressMode().ifPresent(mode -> NewerAttribute.set(cluster, EGRESS_MODE, mode.name()));
        Map<String, Map<String, Object>> blocks = new LinkedHashMap<>();
        blocks.put(API_SERVER, spec.kubeApiServerConfig().block());
        blocks.put(SCHEDULER, spec.kubeSchedulerConfig().block());
        blocks.put(CONTROLLER_MANAGER, spec.kubeControllerManagerConfig().block());
        blocks.forEach((name, block) -> {
            if (!block.isEmpty()) {
                NewerAttribute.set(cluster, name, block);
            }
        });
    }

    private static EksClusterTimeouts timeouts(ClusterTimeoutsSpec spec) {
        EksClusterTimeouts.Builder timeouts = EksClusterTimeouts.builder();
        spec.createMinutes().ifPresent(minutes -> timeouts.create(minutes + "m"));
        spec.updateMinutes().ifPresent(minutes -> timeouts.update(minutes + "m"));
        spec.deleteMinutes().ifPresent(minutes -> timeouts.delete(minutes + "m"));
        return timeouts.build();
    }

    private static EksClusterRemoteNetworkConfig remote(RemoteNetworkSpec spec) {
        EksClusterRemoteNetworkConfig.Builder config = EksClusterRemoteNetworkConfig.builder()
                .remoteNodeNetworks(EksClusterRemoteNetworkConfigRemoteNodeNetworks.builder()
                        .cidrs(texts(spec.nodeNetworks()))
                        .build());
        if (!spec.podNetworks().isEmpty()) {
            config.remotePodNetworks(EksClusterRemoteNetworkConfigRemotePodNetworks.builder()
                    .cidrs(texts(spec.podNetworks()))
                    .build());
        }
        return config.build();
    }

    private static List<String> texts(List<Cidr> blocks) {
        return blocks.stream().map(Cidr::toString).toList();
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.addon.ClusterAutoscalerSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.Placement;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The node groups of an environment, where they are. */
final class NodeGroups {

    private NodeGroups() {}

    /** The groups that a group of the environment is: more than one with {@code perZone}. The Cluster Autoscaler owns their sizes. */
    static Map<String, NodeGroupSpec> of(String name, NodeGroupSpec group, EnvironmentSpec spec) {
        boolean autoscaled = spec.addons().named().containsKey(ClusterAutoscalerSpec.NAME);
        return DevicePluginChecks.labelled(group.withAutoscaled(group.autoscaled() || autoscaled), spec)
                .groups(name, controlPlane(spec));
    }

    /** All groups by name, in the order of the file. */
    static Map<String, NodeGroupSpec> all(EnvironmentSpec spec) {
        Map<String, NodeGroupSpec> groups = new LinkedHashMap<>();
        spec.nodeGroups().forEach((name, group) -> groups.putAll(of(name, group, spec)));
        return groups;
    }

    /** Where the control plane is, and nodes that do not say where they are; empty when it is not known. */
    static Placement controlPlane(EnvironmentSpec spec) {
        Placement named = spec.cluster()
                .created()
                .map(cluster -> cluster.placement())
                .orElse(new Placement(List.of(), List.of()));
        if (!named.isDefault()) {
            return named;
        }
        return spec.network()
                .map(network -> network instanceof NetworkSpec created
                        ? new Placement(created.initialZones(), List.of())
                        : network instanceof ExistingNetworkSpec existing
                                ? new Placement(List.of(), existing.privateSubnetIds())
                                : named)
                .orElse(named);
    }
}

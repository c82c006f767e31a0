package dev.eksplatform.environment;

import dev.eksplatform.cluster.AutoModeSpec;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.IpFamily;
import dev.eksplatform.cluster.PodAddresses;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.PropertyPath;
import java.util.Map;
import java.util.Optional;

/**
 * How pods of an environment get their addresses, by its network and by what it sets of the VPC CNI itself.
 *
 * @param property the property of the network's settings
 * @param ownSubnets whether the network has subnets for pods
 * @param prefixes whether the network wants prefixes
 * @param cni the configuration of the VPC CNI in the environment
 * @param ipv6 whether pods have IPv6 addresses
 */
record PodSettings(PropertyPath property, boolean ownSubnets, boolean prefixes, Map<String, Object> cni, boolean ipv6) {

    static PodSettings of(NetworkSource network, ClusterSpec cluster) {
        EksAddonSpec cni = cluster.addons().getOrDefault(EksAddonName.VPC_CNI, EksAddonSpec.standard());
        boolean ipv6 = cluster.ipFamily() == IpFamily.IPV6;
        if (network instanceof ExistingNetworkSpec existing) {
            return new PodSettings(
                    PropertyPath.of("network", "existing", "pods"),
                    existing.pods().filter(pods -> !pods.subnetIds().isEmpty()).isPresent(),
                    existing.pods().filter(pods -> pods.prefixDelegation()).isPresent(),
                    cni.configuration(),
                    ipv6);
        }
        NetworkSpec created = (NetworkSpec) network;
        return new PodSettings(
                PropertyPath.of("network", "pods"),
                created.pods().flatMap(pods -> pods.cidr()).isPresent(),
                created.pods().filter(pods -> pods.prefixDelegation()).isPresent(),
                cni.configuration(),
                ipv6);
    }

    /** The settings of pods in a network where all nodes are of Auto Mode, which has settings of its own; empty when they are used. */
    static Optional<PropertyPath> unusedBy(EnvironmentSpec spec, AutoModeSpec autoMode) {
        ClusterSpec cluster = spec.cluster().created().orElseThrow();
        boolean named = autoMode.nodeClasses().values().stream()
                .anyMatch(nodeClass -> !nodeClass.podSubnets().isEmpty());
        return spec.nodeGroups().isEmpty() && !named
                ? spec.network()
                        .map(network -> of(network, cluster))
                        .filter(pods -> pods.ownSubnets() || pods.prefixes())
                        .map(PodSettings::property)
                : Optional.empty();
    }

    /** The value of a variable that the environment sets. */
    Optional<String> variable(String name) {
        return cni.get("env") instanceof Map<?, ?> env
                ? Optional.ofNullable(env.get(name)).map(String::valueOf)
                : Optional.empty();
    }

    /** Whether nodes get prefixes, whoever sets it. */
    boolean usesPrefixes() {
        return prefixes
                || ipv6
                || variable(PodAddresses.PREFIXES).filter("true"::equals).isPresent();
    }

    /** Whether the environment configures custom networking itself, so that nothing is known about the subnets of pods. */
    boolean hasOwnNetworking() {
        return !ownSubnets
                && variable(PodAddresses.CUSTOM_NETWORKING)
                        .filter("true"::equals)
                        .isPresent();
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.construct.Account;
import dev.eksplatform.network.PodNetwork;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * How the VPC CNI is configured for the pods of a network. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html">custom networking</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses-procedure.html">prefixes</a>, the configuration
 * schema of the add-on ({@code aws eks describe-addon-configuration --addon-name vpc-cni}).
 */
@API(status = API.Status.INTERNAL)
public final class PodAddresses {

    /** The variable that turns prefixes on. */
    public static final String PREFIXES = "ENABLE_PREFIX_DELEGATION";

    /** The variable that turns custom networking on. */
    public static final String CUSTOM_NETWORKING = "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG";

    /** The key of the configuration that holds the subnet of each zone. */
    public static final String ENI_CONFIG = "eniConfig";

    private PodAddresses() {}

    /**
     * The variables of the VPC CNI that a network needs.
     *
     * @param subnets whether pods have subnets of their own
     * @param prefixes whether nodes get prefixes
     * @return values by name
     */
    public static Map<String, String> variables(boolean subnets, boolean prefixes) {
        Map<String, String> variables = new TreeMap<>();
        if (subnets) {
            variables.put(CUSTOM_NETWORKING, "true");
            variables.put("ENI_CONFIG_LABEL_DEF", "topology.kubernetes.io/zone");
        }
        if (prefixes) {
            variables.put(PREFIXES, "true");
            variables.put("WARM_PREFIX_TARGET", "1");
        }
        return variables;
    }

    /**
     * Configures the VPC CNI. The interfaces of pods have the security group of nodes, so that everything that may reach nodes
     * and their pods still may.
     */
    static void configure(EksManagedAddon cni, PodNetwork pods, String securityGroupId) {
        boolean ownSubnets = !pods.subnetIds().isEmpty();
        variables(ownSubnets, pods.prefixDelegation()).forEach(cni::configureVariable);
        if (ownSubnets) {
            Map<String, Object> subnets = new TreeMap<>();
            pods.subnetIds()
                    .forEach((zone, id) -> subnets.put(
                            zone, new TreeMap<>(Map.of("id", id, "securityGroups", List.of(securityGroupId)))));
            Map<String, Object> eniConfig = new TreeMap<>(
                    Map.of("create", true, "region", Account.of(cni).region(), "subnets", subnets));
            cni.configure(ENI_CONFIG, eniConfig);
        }
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * The networks of hybrid nodes, which are your own machines outside of AWS, and the role of these nodes. The route tables of the
 * VPC need routes to these networks, through a transit gateway or a virtual private gateway. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-networking.html">networking for hybrid nodes</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteNetworkConfigRequest.html">RemoteNetworkConfigRequest</a>.
 *
 * @param nodeNetworks 1 to 15 private IPv4 blocks (RFC 1918) of the nodes. Versions of the AWS provider before 6.0.0 replace the
 *     cluster when they change
 * @param podNetworks up to 15 private IPv4 blocks of the pods on these nodes, if they can be routed; needed for webhooks there;
 *     default none
 * @param nodeRole {@code ssm} or {@code rolesAnywhere} for a role that is created, or the ARN of one that exists; default {@code
 *     ssm}
 */
@RecordBuilder
public record RemoteNetworkSpec(
        @Example("[10.80.0.0/16]") @Limit(minItems = 1, maxItems = RemoteNetworkSpec.MOST, unique = true)
        List<Cidr> nodeNetworks,

        @Example("[10.85.0.0/16]") @Limit(maxItems = RemoteNetworkSpec.MOST, unique = true)
        List<Cidr> podNetworks,

        @Example("ssm") HybridNodeRoleSpec nodeRole)
        implements RemoteNetworkSpecBuilder.With {

    private static final int MOST = 15;

    private static final List<Cidr> PRIVATE =
            List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("172.16.0.0/12"), Cidr.parse("192.168.0.0/16"));

    /** Checks that the blocks are private, do not overlap each other, and are not too many. */
    public RemoteNetworkSpec {
        nodeNetworks = Components.list("nodeNetworks", nodeNetworks);
        podNetworks = Components.list("podNetworks", podNetworks);
        Components.required("nodeRole", nodeRole);
        Problems problems = new Problems();
        if (nodeNetworks.isEmpty() || nodeNetworks.size() > MOST) {
            problems.add("nodeNetworks", nodeNetworks.size() + " given", "1 to " + MOST, "join or add some");
        }
        if (podNetworks.size() > MOST) {
            problems.add("podNetworks", podNetworks.size() + " given", "at most " + MOST, "join some");
        }
        Map<PropertyPath, Cidr> checked = new LinkedHashMap<>();
        blocks(nodeNetworks, podNetworks).forEach((where, block) -> {
            if (!isPrivate(block)) {
                problems.add(
                        where,
                        block + " is not in a private network",
                        "blocks of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16",
                        "use a block of these");
            }
            checked.entrySet().stream()
                    .filter(other -> other.getValue().overlaps(block))
                    .findFirst()
                    .ifPresent(other -> problems.add(
                            where,
                            block + " overlaps " + other.getValue() + " of " + other.getKey(),
                            "use another block"));
            checked.put(where, block);
        });
        if (nodeRole instanceof HybridNodeRoleSpec.RolesAnywhere anywhere) {
            anywhere.check(PropertyPath.of("nodeRole", "rolesAnywhere"), problems);
        }
        problems.throwIfAny();
    }

    /** Whether EKS accepts a block of Services or of a remote network: RFC 1918. */
    static boolean isPrivate(Cidr block) {
        return PRIVATE.stream().anyMatch(network -> network.contains(block));
    }

    /** What every hybrid node needs: addresses of Services, and cluster DNS. */
    static List<EksAddonName> addons() {
        return List.of(EksAddonName.KUBE_PROXY, EksAddonName.COREDNS);
    }

    /**
     * Whether an add-on that nodes of Auto Mode have built in also runs on hybrid nodes, which have none built in.
     *
     * @param addon the name of the add-on
     * @return false for such as {@code vpc-cni}
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-add-ons.html">add-ons for hybrid nodes</a>
     */
    @API(status = API.Status.INTERNAL)
    public static boolean runs(EksAddonName addon) {
        return addons().contains(addon)
                || addon.equals(EksAddonName.EKS_POD_IDENTITY_AGENT)
                || addon.id().equals("eks-node-monitoring-agent");
    }

    private static Map<PropertyPath, Cidr> blocks(List<Cidr> nodes, List<Cidr> pods) {
        Map<PropertyPath, Cidr> blocks = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            blocks.put(PropertyPath.of("nodeNetworks").index(i), nodes.get(i));
        }
        for (int i = 0; i < pods.size(); i++) {
            blocks.put(PropertyPath.of("podNetworks").index(i), pods.get(i));
        }
        return blocks;
    }

    /**
     * All blocks.
     *
     * @return the blocks of nodes and pods, by their property in this spec
     */
    public Map<PropertyPath, Cidr> blocks() {
        return blocks(nodeNetworks, podNetworks);
    }

    /**
     * Nodes in some networks, with credentials of Systems Manager.
     *
     * @param nodeNetworks their blocks
     * @return the spec
     */
    @Defaults
    public static RemoteNetworkSpec of(List<Cidr> nodeNetworks) {
        return new RemoteNetworkSpec(nodeNetworks, List.of(), new HybridNodeRoleSpec.Ssm());
    }
}

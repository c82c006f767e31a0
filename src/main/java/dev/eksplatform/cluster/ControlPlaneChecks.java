package dev.eksplatform.cluster;

import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;

/** What EKS would refuse in the settings of a control plane. */
final class ControlPlaneChecks {

    private static final int LARGEST = 12;
    private static final int SMALLEST = 24;

    private ControlPlaneChecks() {}

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html">
     * KubernetesNetworkConfigRequest</a>.
     */
    static void serviceCidr(Optional<Cidr> given, IpFamily family, Problems problems) {
        given.ifPresent(block -> {
            if (family == IpFamily.IPV6) {
                problems.add(
                        PropertyPath.of("serviceCidr"),
                        "an IPv4 block for Services that have IPv6 addresses, which EKS assigns",
                        "remove it, or remove ipFamily");
            } else if (block.prefixLength() < LARGEST || block.prefixLength() > SMALLEST) {
                problems.add(
                        "serviceCidr",
                        block + " is a /" + block.prefixLength(),
                        "a /12 to a /24",
                        "use a block such as 172.20.0.0/16");
            } else if (!RemoteNetworkSpec.isPrivate(block)) {
                problems.add(
                        "serviceCidr",
                        block + " is not in a private network",
                        "blocks of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16",
                        "use a block such as 172.20.0.0/16");
            }
        });
    }

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/control-plane-configuration.html">advanced control plane
     * configuration</a>.
     */
    static void tier(Optional<ControlPlaneTier> tier, KubeControllerManagerSpec controllerManager, Problems problems) {
        if (controllerManager.needsTier() && tier.orElse(ControlPlaneTier.STANDARD) == ControlPlaneTier.STANDARD) {
            problems.add(
                    PropertyPath.of("kubeControllerManagerConfig", "horizontalPodAutoscalerSyncPeriodSeconds"),
                    "EKS accepts another period than " + KubeControllerManagerSpec.USUAL_PERIOD
                            + " with a provisioned control plane only",
                    "set controlPlaneTier: tier-xl, or remove it");
        }
    }

    static void securityGroups(
            List<String> ofControlPlane,
            int most,
            Optional<String> ofNodes,
            List<NodeEgress> nodeEgress,
            Problems problems) {
        SecurityGroupIds.check(PropertyPath.of("securityGroupIds"), ofControlPlane, problems);
        if (ofControlPlane.size() > most) {
            problems.add(
                    "securityGroupIds",
                    ofControlPlane.size() + " security groups",
                    "at most " + most,
                    "join their rules in fewer groups");
        }
        ofNodes.ifPresent(id -> SecurityGroupIds.check(PropertyPath.of("nodeSecurityGroupId"), id, problems));
        if (ofNodes.isPresent() && !nodeEgress.isEmpty()) {
            problems.add(
                    PropertyPath.of("nodeEgress"),
                    "not used with nodeSecurityGroupId, whose rules are not managed here",
                    "remove nodeEgress, and limit what that security group sends");
        }
    }
}

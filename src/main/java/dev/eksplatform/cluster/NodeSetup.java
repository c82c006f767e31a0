package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AmiTypes.AmiType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What runs on the nodes of a group, of its {@link NodeGroupSpec}.
 *
 * @param instanceTypes the instance types
 * @param architecture the architecture that the group names
 * @param image the operating system or AMI type
 * @param ami an AMI of one's own
 * @param fips whether the image has validated cryptography
 * @param labels labels of the nodes
 * @param taints taints of the nodes
 * @param maxPods the most pods of a node
 * @param kubelet fields of {@code KubeletConfiguration}
 * @param instanceStore what the disks of the instances are for
 * @param nodeadm fields of a {@code NodeConfig}
 * @param bottlerocket settings of Bottlerocket
 * @param registryMirrors mirrors by registry
 * @param userData what nodes run when they start
 * @param windows settings of Windows
 */
record NodeSetup(
        List<String> instanceTypes,
        Optional<Architecture> architecture,
        NodeImage image,
        Optional<AmiReference> ami,
        boolean fips,
        Map<String, String> labels,
        List<TaintSpec> taints,
        Optional<Integer> maxPods,
        Map<String, Object> kubelet,
        Optional<InstanceStore> instanceStore,
        Map<String, Object> nodeadm,
        Map<String, Object> bottlerocket,
        Map<String, List<String>> registryMirrors,
        List<UserDataPart> userData,
        WindowsNodeSpec windows) {

    /**
     * The AMI type in the EKS API.
     *
     * @return empty with an AMI of one's own
     * @throws dev.eksplatform.problem.InvalidInputException when types are not known and the group names no architecture
     */
    Optional<AmiType> amiType() {
        return ami.isPresent()
                ? Optional.empty()
                : image.amiType(
                        InstanceTypeCheck.architecture(instanceTypes, architecture),
                        Accelerator.of(instanceTypes.get(0)),
                        fips);
    }
}

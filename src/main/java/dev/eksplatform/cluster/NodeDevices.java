package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.AmiTypes.AmiType;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The accelerators of the nodes of a group, and what their image has for them. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html">device plugins for GPUs</a>.
 *
 * @param nvidia whether they have NVIDIA GPUs
 * @param neuron whether they have AWS Neuron devices
 * @param hasDriver whether the image is one of EKS with their driver
 * @param hasPlugin whether the image has the device plugin for NVIDIA GPUs, as those of Bottlerocket
 */
@API(status = API.Status.INTERNAL)
public record NodeDevices(boolean nvidia, boolean neuron, boolean hasDriver, boolean hasPlugin) {

    /**
     * The devices of a group.
     *
     * @param group its spec
     * @return those of its instance types, and of its AMI type where the instance types are not known
     */
    public static NodeDevices of(NodeGroupSpec group) {
        Optional<String> driver = group.setup().amiType().flatMap(AmiType::driver);
        boolean nvidia = has(group, Accelerator.NVIDIA) || driver.equals(Optional.of("nvidia"));
        boolean neuron = has(group, Accelerator.NEURON) || driver.equals(Optional.of("neuron"));
        boolean bottlerocket = group.image().system() == NodeSystem.BOTTLEROCKET;
        return new NodeDevices(
                nvidia,
                neuron,
                driver.isPresent(),
                nvidia && bottlerocket && (driver.isPresent() || group.ami().isPresent()));
    }

    private static boolean has(NodeGroupSpec group, Accelerator accelerator) {
        return group.instanceTypes().stream().map(Accelerator::of).anyMatch(one -> one == accelerator);
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A managed node group.
 *
 * @param instanceTypes EC2 instance types of one architecture
 * @param size how many nodes; default 2, at least 1, at most 3
 * @param image the operating system; default Amazon Linux 2023. Types with NVIDIA GPUs or AWS Neuron devices get its variant
 *     with their driver
 * @param capacity how instances are bought; default On-Demand
 * @param diskGib the size of each node's encrypted data disk, in GiB; default 50
 * @param labels Kubernetes labels of the nodes; default none
 * @param taints Kubernetes taints of the nodes; default none
 * @param autoscaled whether an autoscaler owns the number of nodes, so that {@code desired} counts at creation only;
 *     default false
 * @param architecture the architecture of the instance types; needed for types that are not known, default that of the
 *     known ones
 * @param zones the zones of its nodes, in a network that is created; default those of the control plane. EKS cannot change
 *     them: another set makes another group
 * @param subnetIds the same by subnet id, in an existing network; default the subnets of the control plane
 */
@RecordBuilder
public record NodeGroupSpec(
        @Doc(value = "EC2 instance types of one architecture", example = "[m7g.large]")
        @Limit(minItems = 1, maxItems = InstanceTypeCheck.MOST, unique = true, pattern = InstanceTypeCheck.PATTERN)
        List<String> instanceTypes,

        @Doc(value = "How many nodes (default {min: 1, desired: 2, max: 3})", example = "{min: 2, desired: 2, max: 6}")
        SizeSpec size,

        @Doc(
                value =
                        "The operating system of the nodes (default al2023); the variant with the driver is used for types with NVIDIA GPUs or AWS Neuron devices",
                example = "bottlerocket")
        NodeImage image,

        @Doc(value = "How instances are bought (default on-demand)", example = "spot")
        Capacity capacity,

        @Doc(value = "Size of each node's encrypted data disk in GiB (default 50)", example = "100")
        @Limit(min = NodeGroupSpec.SMALLEST_DISK, max = NodeGroupSpec.LARGEST_DISK)
        int diskGib,

        @Doc(value = "Kubernetes labels of the nodes", example = "{example.com/team: payments}")
        @Limit(keys = NodeLabels.KEY, pattern = NodeLabels.VALUE)
        Map<String, String> labels,

        @Doc(value = "Kubernetes taints of the nodes", example = "[{key: dedicated, value: web, effect: no-schedule}]")
        @Limit(maxItems = NodeLabels.MOST_TAINTS)
        List<TaintSpec> taints,

        @Doc(
                value = "An autoscaler owns the number of nodes: desired counts at creation only (default false)",
                example = "true")
        boolean autoscaled,

        @Doc(
                value =
                        "The architecture of instance types that are newer than this release (default: that of the known types)",
                example = "arm64")
        Optional<Architecture> architecture,

        @Doc(
                value = "Zones of the nodes (default those of the control plane); changing them replaces the group",
                example = "[eu-central-1c]")
        @Limit(unique = true)
        List<Zone> zones,

        @Doc(
                value =
                        "Subnets of the nodes in an existing network (default those of the control plane); changing them"
                                + " replaces the group",
                example = "[subnet-0a1b2c3d4e5f60718]")
        @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds)
        implements NodeGroupSpecBuilder.With {

    private static final int SMALLEST_DISK = 20;

    /** The largest gp3 volume: 16 TiB. */
    private static final int LARGEST_DISK = 16_384;

    /** Checks types, disk, image, labels and taints. */
    public NodeGroupSpec {
        instanceTypes = List.copyOf(instanceTypes);
        taints = List.copyOf(taints);
        zones = List.copyOf(zones);
        subnetIds = List.copyOf(subnetIds);
        Problems problems = new Problems();
        new InstanceTypeCheck(architecture, image, problems).check(instanceTypes);
        NodeLabels.checkLabels(labels, problems);
        NodeLabels.checkTaints(taints, problems);
        if (diskGib < SMALLEST_DISK || diskGib > LARGEST_DISK) {
            problems.add(
                    "diskGib", diskGib + " GiB", "20 to 16384 GiB (the images take 20)", "use 50, or what images need");
        }
        new Placement(zones, subnetIds).check(problems);
        problems.throwIfAny();
    }

    /**
     * A group of two On-Demand nodes with Amazon Linux 2023.
     *
     * @param instanceTypes EC2 instance types of one architecture
     * @return the spec
     */
    @Defaults
    public static NodeGroupSpec of(List<String> instanceTypes) {
        return new NodeGroupSpec(
                instanceTypes,
                new SizeSpec(1, 2, 3),
                NodeImage.AL2023,
                Capacity.ON_DEMAND,
                50,
                Map.of(),
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                List.of());
    }

    /**
     * A group of two On-Demand nodes with Amazon Linux 2023.
     *
     * @param instanceTypes EC2 instance types of one architecture, such as {@code m7g.large}
     * @return the spec
     */
    public static NodeGroupSpec of(String... instanceTypes) {
        return of(List.of(instanceTypes));
    }

    /**
     * The same group with another number of nodes.
     *
     * @param min the least, which is also the number to begin with
     * @param max the most
     * @return a copy
     */
    public NodeGroupSpec withSize(int min, int max) {
        return withSize(new SizeSpec(min, min, max));
    }

    /**
     * Where the nodes are placed.
     *
     * @return their zones or subnets
     */
    public Placement placement() {
        return new Placement(zones, subnetIds);
    }

    /**
     * Whether the types have accelerators that the image has no driver for.
     *
     * @return true for Windows on types with GPUs or Neuron devices
     */
    public boolean lacksDriver() {
        return image == NodeImage.WINDOWS_2022
                && instanceTypes.stream().anyMatch(type -> Accelerator.of(type) != Accelerator.NONE);
    }

    /**
     * The architecture that all instance types share.
     *
     * @return the one that the group names, or that of its types
     * @throws dev.eksplatform.problem.InvalidInputException when types are not known and the group names no architecture
     */
    public Architecture sharedArchitecture() {
        return InstanceTypeCheck.architecture(instanceTypes, architecture);
    }

    /** The accelerator that all instance types share. */
    Accelerator accelerator() {
        return Accelerator.of(instanceTypes.get(0));
    }
}

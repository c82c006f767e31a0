package dev.eksplatform.cluster;

import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
 * @param zones the zones of its nodes, in a network that is created; default those of the control plane. EKS cannot change
 *     them: another set makes another group
 * @param subnetIds the same by subnet id, in an existing network; default the subnets of the control plane
 */
@RecordBuilder
public record NodeGroupSpec(
        @Doc(value = "EC2 instance types of one architecture", example = "[m7g.large]")
        List<String> instanceTypes,

        @Doc("How many nodes (default {min: 1, desired: 2, max: 3})")
        SizeSpec size,

        @Doc(
                "The operating system of the nodes (default al2023); the variant with the driver is used for types with NVIDIA GPUs or AWS Neuron devices")
        NodeImage image,

        @Doc("How instances are bought (default on-demand)") Capacity capacity,

        @Doc("Size of each node's encrypted data disk in GiB (default 50)")
        int diskGib,

        @Doc("Kubernetes labels of the nodes") Map<String, String> labels,

        @Doc("Kubernetes taints of the nodes") List<TaintSpec> taints,

        @Doc("An autoscaler owns the number of nodes: desired counts at creation only (default false)")
        boolean autoscaled,

        @Doc(
                value = "Zones of the nodes (default those of the control plane); changing them replaces the group",
                example = "[eu-central-1c]")
        List<Zone> zones,

        @Doc(
                value =
                        "Subnets of the nodes in an existing network (default those of the control plane); changing them"
                                + " replaces the group",
                example = "[subnet-0a1b2c3d4e5f60718]")
        List<String> subnetIds)
        implements NodeGroupSpecBuilder.With {

    private static final Pattern INSTANCE_TYPE = Pattern.compile("^[a-z][a-z0-9-]*\\.[a-z0-9-]+$");

    /** Checks types, disk and image. */
    public NodeGroupSpec {
        instanceTypes = List.copyOf(instanceTypes);
        taints = List.copyOf(taints);
        zones = List.copyOf(zones);
        subnetIds = List.copyOf(subnetIds);
        Problems problems = new Problems();
        if (instanceTypes.isEmpty()) {
            problems.add(
                    "instanceTypes", "no instance type", "one or more EC2 instance types", "add one, like m7g.large");
        }
        for (int i = 0; i < instanceTypes.size(); i++) {
            checkType("instanceTypes[" + i + "]", instanceTypes.get(i), instanceTypes.get(0), image, problems);
        }
        if (diskGib < 20 || diskGib > 16_384) {
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

    /** The architecture all instance types share. */
    Architecture architecture() {
        return Architecture.of(instanceTypes.get(0));
    }

    /** The accelerator all instance types share. */
    Accelerator accelerator() {
        return Accelerator.of(instanceTypes.get(0));
    }

    private static void checkType(String where, String type, String first, NodeImage image, Problems problems) {
        if (!INSTANCE_TYPE.matcher(type).matches()) {
            problems.add(
                    where,
                    "\"" + type + "\" is not an EC2 instance type",
                    "family and size",
                    "write it like m7g.large");
        } else if (Architecture.of(type) != Architecture.of(first)) {
            problems.add(
                    where,
                    type + " is " + name(Architecture.of(type)) + ", " + first + " is " + name(Architecture.of(first)),
                    "types of one architecture: a group has one image",
                    "make a second node group for " + type);
        } else if (Accelerator.of(type) != Accelerator.of(first)) {
            problems.add(
                    where,
                    type + " is " + Accelerator.of(type).words() + ", " + first + " is "
                            + Accelerator.of(first).words(),
                    "types with the same kind of accelerator: a group has one image, with its driver",
                    "make a second node group for " + type);
        } else if (image == NodeImage.WINDOWS_2022 && Architecture.of(type) == Architecture.ARM64) {
            problems.add(
                    where,
                    type + " is arm64",
                    "x86_64 types: Windows runs on no other",
                    "use a type such as m7i.large");
        }
    }

    private static String name(Architecture architecture) {
        return architecture == Architecture.ARM64 ? "arm64" : "x86_64";
    }
}

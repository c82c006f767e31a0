package dev.eksplatform.cluster;

import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A managed node group.
 *
 * @param instanceTypes EC2 instance types of one architecture
 * @param size the number of nodes; default {@code {min: 1, desired: 2, max: 3}}
 * @param image the operating system of the nodes; default {@code al2023}. Instance types with NVIDIA GPUs or AWS
 *     Neuron devices get the variant with their driver
 * @param capacity how instances are bought; default {@code on-demand}
 * @param diskGib the size of the encrypted data disk of each node, in GiB; default 50
 * @param labels Kubernetes labels of the nodes; default none
 * @param taints Kubernetes taints of the nodes; default none
 * @param autoscaled whether an autoscaler owns the number of nodes, so that {@code desired} only counts at creation;
 *     default false
 * @param architecture the architecture of the instance types, needed for types that are newer than this release;
 *     default that of the known types
 * @param zones the zones of the nodes, in a network that is created; default those of the control plane. Changing them
 *     replaces the group
 * @param subnetIds subnets of the nodes in an existing network; default those of the control plane. Changing them
 *     replaces the group
 * @param version the Kubernetes version of the nodes, up to three minor versions older than the cluster's; default that of
 *     the cluster. A change replaces the nodes one after the other
 * @param releaseVersion the release of the image: {@code latest} or one release; default {@code latest}. A plan then replaces
 *     the nodes when AWS has released another
 */
@RecordBuilder
public record NodeGroupSpec(
        @Example("[m7g.large]")
        @Limit(minItems = 1, maxItems = InstanceTypeCheck.MOST, unique = true, pattern = InstanceTypeCheck.PATTERN)
        List<String> instanceTypes,

        @Example("{min: 2, desired: 2, max: 6}") SizeSpec size,

        @Example("bottlerocket") NodeImage image,

        @Example("spot") Capacity capacity,

        @Example("100") @Limit(min = NodeGroupSpec.SMALLEST_DISK, max = NodeGroupSpec.LARGEST_DISK)
        int diskGib,

        @Example("{example.com/team: payments}") @Limit(keys = NodeLabels.KEY, pattern = NodeLabels.VALUE)
        Map<String, String> labels,

        @Example("[{key: dedicated, value: web, effect: no-schedule}]") @Limit(maxItems = NodeLabels.MOST_TAINTS)
        List<TaintSpec> taints,

        @Example("true") boolean autoscaled,

        @Example("arm64") Optional<Architecture> architecture,

        @Example("[eu-central-1c]") @Limit(unique = true) List<Zone> zones,

        @Example("[subnet-0a1b2c3d4e5f60718]") @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("\"1.35\"") Optional<KubernetesVersion> version,

        @Example("1.50.0-1a2b3c4d") AmiRelease releaseVersion)
        implements NodeGroupSpecBuilder.With {

    private static final int SMALLEST_DISK = 20;

    /** The largest gp3 volume: 16 TiB. */
    private static final int LARGEST_DISK = 16_384;

    /** Checks types, disk, image, release, labels and taints. */
    public NodeGroupSpec {
        labels = Components.map("labels", labels);
        instanceTypes = Components.list("instanceTypes", instanceTypes);
        taints = Components.list("taints", taints);
        zones = Components.list("zones", zones);
        subnetIds = Components.list("subnetIds", subnetIds);
        Problems problems = new Problems();
        new InstanceTypeCheck(architecture, image, problems).check(instanceTypes);
        NodeLabels.checkLabels(labels, problems);
        NodeLabels.checkTaints(taints, problems);
        if (diskGib < SMALLEST_DISK || diskGib > LARGEST_DISK) {
            problems.add(
                    "diskGib", diskGib + " GiB", "20 to 16384 GiB (the images take 20)", "use 50, or what images need");
        }
        new Placement(zones, subnetIds).check(problems);
        if (!image.hasRelease(releaseVersion)) {
            problems.add(
                    "releaseVersion",
                    releaseVersion + " is a release of another image",
                    "latest, or " + image.releaseExample(),
                    "use latest");
        }
        problems.throwIfAny();
    }

    /**
     * A node group with the defaults.
     *
     * @param instanceTypes EC2 instance types of one architecture
     * @return the spec
     */
    @Defaults
    public static NodeGroupSpec of(List<String> instanceTypes) {
        return new NodeGroupSpec(
                instanceTypes,
                SizeSpec.of(1, 2, 3),
                NodeImage.AL2023,
                Capacity.ON_DEMAND,
                50,
                Map.of(),
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                AmiRelease.LATEST);
    }

    /**
     * A node group with the defaults.
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
        return withSize(SizeSpec.of(min, min, max));
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

    /**
     * The Kubernetes version of the nodes.
     *
     * @param controlPlane that of the cluster
     * @return the group's own, or that of the cluster
     * @throws dev.eksplatform.problem.InvalidInputException when the control plane does not support nodes of this version,
     *     or the release of the image is for another one
     */
    @API(status = API.Status.INTERNAL)
    public KubernetesVersion versionIn(KubernetesVersion controlPlane) {
        Problems problems = new Problems();
        KubernetesVersion nodes = version.orElse(controlPlane);
        int behind = controlPlane.minor() - nodes.minor();
        if (behind < 0 || behind > KubernetesReleases.NODE_SKEW) {
            int supported = KubernetesReleases.get().supported().get(0).minor();
            int oldest = Math.max(controlPlane.minor() - KubernetesReleases.NODE_SKEW, supported);
            problems.add(
                    PropertyPath.of("version"),
                    "nodes of " + nodes + " with a control plane of " + controlPlane,
                    "1." + oldest + " to " + controlPlane
                            + ": nodes are at most three minor versions older than the control plane, and never newer",
                    behind < 0
                            ? "upgrade the control plane first, or remove version: the group follows the cluster"
                            : "set 1." + oldest + " or newer and apply it, before the control plane is upgraded");
        }
        releaseVersion
                .kubernetesMinor(image)
                .filter(minor -> minor != nodes.minor())
                .ifPresent(minor -> problems.add(
                        PropertyPath.of("releaseVersion"),
                        releaseVersion + " is a release for Kubernetes 1." + minor + ", the nodes have " + nodes,
                        "latest, or a release for " + nodes,
                        "use latest, or a release for " + nodes
                                + (minor < nodes.minor() ? ", or add version: \"1." + minor + "\"" : "")));
        problems.throwIfAny();
        return nodes;
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A managed node group.
 *
 * @param instanceTypes EC2 instance types of one architecture. Changing them replaces the group
 * @param size the number of nodes; default {@code {min: 1, desired: 2, max: 3}}
 * @param image the operating system of the nodes; default {@code al2023}. Instance types with NVIDIA GPUs or AWS
 *     Neuron devices get the variant with their driver. Changing it replaces the group
 * @param capacity how instances are bought; default {@code on-demand}. Changing it replaces the group
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
 * @param ami an AMI of one's own in place of those of EKS, of the operating system {@code image}; default none. {@code version}
 *     and {@code releaseVersion} cannot be set then. EKS does not change a group from its own image to another AMI or back: give
 *     the group another name
 * @param fips whether the cryptography of the image is validated by FIPS 140-3, which EKS has for {@code bottlerocket};
 *     default false. Changing it replaces the group
 * @param maxPods the most pods of a node; default what EKS computes from the addresses of the instance types. Every change of
 *     this and the following keys replaces the nodes one after the other
 * @param kubelet fields of the <a
 *     href="https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/">KubeletConfiguration</a>, on {@code al2023}
 *     and {@code bottlerocket}; default none
 * @param instanceStore what nodes do with the NVMe disks of their instance types, on {@code al2023} and {@code bottlerocket};
 *     default nothing
 * @param nodeadm other fields of the {@code spec} of a <a
 *     href="https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/">NodeConfig</a>, on {@code al2023}; default none
 * @param bottlerocket <a href="https://bottlerocket.dev/en/os/latest/api/settings-index/">settings of Bottlerocket</a>, on {@code
 *     bottlerocket}; default none
 * @param registryMirrors from where images are pulled first, by the host of their registry or {@code *} for all, on {@code
 *     al2023} and {@code bottlerocket}; default none. Mirrors get no credentials
 * @param userData what nodes run when they start, before they join the cluster, except on {@code bottlerocket}; default none
 * @param metadataOptions the instance metadata service
 * @param windows settings of Windows nodes
 * @param disk type, speed, key and snapshot of the data disk
 * @param volumes more disks of each node; default none
 * @param update how nodes are replaced by newer ones
 * @param repair whether EKS replaces or reboots nodes that are not healthy; default no
 * @param warmPool instances that have booted already, for groups that grow fast; default none. Needs AWS provider 6.64.0 or
 *     newer
 * @param timeouts for how long Terraform waits for the group; default 60 minutes
 * @param capacityReservation the capacity reservation or Capacity Block of the nodes; default open reservations that match
 * @param placementGroup the placement group of the nodes; default none
 * @param efa Elastic Fabric Adapters of the nodes; default none
 * @param perZone whether there is one group for each zone or subnet, each of {@code size}, named {@code NAME-ZONE}, so that
 *     an autoscaler can add nodes in the zone of a volume; default false. A zone that is added adds a group and replaces
 *     none
 * @param policies more managed policies of the nodes' role, by name or ARN; default none. All pods on the node can use
 *     them if they reach the node's credentials
 * @param ssm whether Session Manager of AWS Systems Manager reaches the nodes; default false
 * @param roleArn a role of the nodes that exists, with the policies that nodes need; default one is created. Changing it
 *     replaces the group
 * @param securityGroupIds more security groups of the nodes; default none. None of them may have the tag {@code
 *     kubernetes.io/cluster/NAME}: load balancers find the nodes by it
 * @param tags tags of the group, its launch template, instances, volumes and network interfaces, beside those of the
 *     environment; default none
 * @param instanceName the tag {@code Name} of the instances; default the names of cluster and group
 * @param launchTemplate options of EC2 for the instances
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

        @Example("1.50.0-1a2b3c4d") AmiRelease releaseVersion,

        @Example("ami-0a1b2c3d4e5f60718") Optional<AmiReference> ami,

        @Example("true") boolean fips,

        @Example("110") @Limit(min = 1, max = NodeSetupCheck.MOST_PODS)
        Optional<Integer> maxPods,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Example("{evictionHard: {memory.available: 5%}}")
        Map<String, Object> kubelet,

        @Example("raid0") Optional<InstanceStore> instanceStore,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Example("{featureGates: {FastImagePull: true}}")
        Map<String, Object> nodeadm,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Example("{kernel: {lockdown: integrity}}")
        Map<String, Object> bottlerocket,

        @Example("{docker.io: [https://mirror.example.com]}") @Limit(keys = NodeSetupCheck.REGISTRY)
        Map<String, List<String>> registryMirrors,

        @Example("['#!/bin/bash']") List<UserDataPart> userData,

        @Example("{hopLimit: 2}") MetadataOptionsSpec metadataOptions,

        @Example("{excludedSnatCidrs: [10.0.0.0/8]}") WindowsNodeSpec windows,

        @Example("{iops: 6000, throughputMib: 500}") DiskSpec disk,

        @Example("[{deviceName: /dev/sdf, sizeGib: 200}]") @Limit(maxItems = NodeGroupSpec.MOST_VOLUMES)
        List<VolumeSpec> volumes,

        @Example("{maxUnavailable: 1}") UpdateSpec update,

        @Example("{maxParallelNodesRepairedCount: 1}") Optional<RepairSpec> repair,

        @Example("{minSize: 1}") Optional<WarmPoolSpec> warmPool,

        @Example("{updateMinutes: 120}") Optional<NodeGroupTimeouts> timeouts,

        @Example("{preference: none}") Optional<CapacityReservationSpec> capacityReservation,

        @Example("{strategy: partition, partitionCount: 3}") Optional<PlacementGroupSpec> placementGroup,

        @Example("{efaOnly: true}") Optional<EfaSpec> efa,

        @Example("true") boolean perZone,

        @Example("[CloudWatchAgentServerPolicy]") @Limit(pattern = RolePolicies.PATTERN, unique = true)
        List<String> policies,

        @Example("true") boolean ssm,

        @Example("arn:aws:iam::111122223333:role/shop-nodes") @Limit(pattern = GivenId.ROLE_PATTERN)
        Optional<String> roleArn,

        @Example("[sg-0a1b2c3d4e5f60718]")
        @Limit(pattern = GivenId.SECURITY_GROUP_PATTERN, unique = true, maxItems = NodeGroupSpec.MOST_SECURITY_GROUPS)
        List<String> securityGroupIds,

        @Example("{cost-center: \"0123\"}")
        @Limit(keys = TagCheck.KEY, pattern = TagCheck.VALUE, maxItems = TagCheck.MOST)
        Map<String, String> tags,

        @Example("shop-web") @Limit(pattern = TagCheck.VALUE)
        Optional<String> instanceName,

        @Example("{detailedMonitoring: true}") LaunchTemplateSpec launchTemplate)
        implements NodeGroupSpecBuilder.With {

    private static final int SMALLEST_DISK = 20;

    /** The largest gp3 volume: 64 TiB. */
    private static final int LARGEST_DISK = VolumeType.LARGEST;

    /** From /dev/sdf to /dev/sdp. */
    private static final int MOST_VOLUMES = 11;

    /**
     * EC2 takes five of a network interface, and one is the cluster's. Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups">VPC
     * quotas</a>.
     */
    private static final int MOST_SECURITY_GROUPS = 4;

    /** Checks each part, and what has to go together. */
    public NodeGroupSpec {
        labels = Components.map("labels", labels);
        instanceTypes = Components.list("instanceTypes", instanceTypes);
        taints = Components.list("taints", taints);
        zones = Components.list("zones", zones);
        subnetIds = Components.list("subnetIds", subnetIds);
        kubelet = Components.map("kubelet", kubelet);
        nodeadm = Components.map("nodeadm", nodeadm);
        bottlerocket = Components.map("bottlerocket", bottlerocket);
        registryMirrors = Components.map("registryMirrors", registryMirrors);
        userData = Components.list("userData", userData);
        Problems problems = new Problems();
        new InstanceTypeCheck(architecture, image, problems).check(instanceTypes);
        NodeLabels.checkLabels(labels, problems);
        NodeLabels.checkTaints(taints, problems);
        Placement placement = new Placement(zones, subnetIds);
        placement.check(problems);
        volumes = Components.list("volumes", volumes);
        policies = Components.list("policies", policies);
        securityGroupIds = Components.list("securityGroupIds", securityGroupIds);
        tags = Components.map("tags", tags);
        checkDisks(diskGib, disk, volumes, image, problems);
        boolean single = placement.zones().size() + placement.subnetIds().size() == 1;
        NodeCapacityCheck bought =
                new NodeCapacityCheck(capacity, instanceTypes, size, image, single || perZone, single, problems);
        bought.spot();
        bought.reservation(capacityReservation);
        bought.placement(placementGroup);
        bought.efa(efa);
        bought.warmPool(warmPool);
        RolePolicies.check(policies, roleArn.isPresent() ? List.of() : NodeRole.own(ssm), roleArn, problems);
        if (ssm && roleArn.isPresent()) {
            problems.add(
                    PropertyPath.of("ssm"),
                    "ssm adds a policy to the role of the nodes, which exists",
                    "attach " + NodeRole.SSM_POLICY + " where the role is created, and remove ssm");
        }
        TagCheck.check(PropertyPath.of("tags"), tags, problems);
        instanceName.ifPresent(name -> TagCheck.value(PropertyPath.of("instanceName"), name, problems));
        problems.once(PropertyPath.of("securityGroupIds"), securityGroupIds, "security group");
        if (securityGroupIds.size() > MOST_SECURITY_GROUPS) {
            problems.add(
                    "securityGroupIds",
                    securityGroupIds.size() + " security groups",
                    "at most four: a network interface has five, and one is the cluster's",
                    "combine the rules of some");
        }
        GivenId.Check ids = new GivenId.Check(problems, false);
        launchTemplate.check(instanceTypes, sharedArchitecture(instanceTypes, architecture), problems);
        ids(disk, volumes, capacityReservation, roleArn, securityGroupIds, launchTemplate, ids);
        if (ami.isPresent()) {
            checkOwnImage(version, releaseVersion, problems);
        } else if (!image.system().hasRelease(releaseVersion)) {
            problems.add(
                    "releaseVersion",
                    releaseVersion + " is a release of another image",
                    "latest, or " + image.system().releaseExample(),
                    "use latest");
        }
        new NodeSetupCheck(
                        new NodeSetup(
                                instanceTypes,
                                architecture,
                                image,
                                ami,
                                fips,
                                labels,
                                taints,
                                maxPods,
                                kubelet,
                                instanceStore,
                                nodeadm,
                                bottlerocket,
                                registryMirrors,
                                userData,
                                windows),
                        problems)
                .check();
        problems.throwIfAny();
    }

    private static void checkOwnImage(
            Optional<KubernetesVersion> version, AmiRelease releaseVersion, Problems problems) {
        version.ifPresent(given -> problems.add(
                PropertyPath.of("version"), "the Kubernetes version is that of ami", "remove version, or ami"));
        if (releaseVersion.isPinned()) {
            problems.add(
                    PropertyPath.of("releaseVersion"),
                    releaseVersion + " is a release of an image of EKS, and ami is another one",
                    "remove releaseVersion, or ami");
        }
    }

    /** What runs on the nodes. */
    NodeSetup setup() {
        return new NodeSetup(
                instanceTypes,
                architecture,
                image,
                ami,
                fips,
                labels,
                taints,
                maxPods,
                kubelet,
                instanceStore,
                nodeadm,
                bottlerocket,
                registryMirrors,
                userData,
                windows);
    }

    private static void checkDisks(
            int diskGib, DiskSpec disk, List<VolumeSpec> volumes, NodeImage image, Problems problems) {
        int largest = disk.type().largest();
        if (diskGib < SMALLEST_DISK || diskGib > largest) {
            problems.add(
                    "diskGib",
                    diskGib + " GiB",
                    SMALLEST_DISK + " to " + largest + " GiB (the images take 20)",
                    "use 50, or what images need");
        } else {
            disk.check(diskGib, image, problems);
        }
        for (int i = 0; i < volumes.size(); i++) {
            PropertyPath where = PropertyPath.of("volumes").index(i);
            volumes.get(i).check(where, image, problems);
            char letter = volumes.get(i).letter();
            if (volumes.subList(0, i).stream().anyMatch(before -> before.letter() == letter)) {
                problems.add(where.key("deviceName"), "another disk has this device", "use another letter");
            }
        }
    }

    private static Optional<Architecture> sharedArchitecture(List<String> types, Optional<Architecture> stated) {
        return stated.or(
                () -> types.stream().findFirst().flatMap(InstanceType::find).flatMap(InstanceType::architecture));
    }

    private static void ids(
            DiskSpec disk,
            List<VolumeSpec> volumes,
            Optional<CapacityReservationSpec> reservation,
            Optional<String> roleArn,
            List<String> securityGroupIds,
            LaunchTemplateSpec launchTemplate,
            GivenId.Check ids) {
        disk.ids(ids);
        for (int i = 0; i < volumes.size(); i++) {
            volumes.get(i).ids(PropertyPath.of("volumes").index(i), ids);
        }
        reservation.ifPresent(given -> given.ids(ids));
        roleArn.ifPresent(arn -> ids.check(PropertyPath.of("roleArn"), arn, GivenId.ROLE));
        for (int i = 0; i < securityGroupIds.size(); i++) {
            ids.check(PropertyPath.of("securityGroupIds").index(i), securityGroupIds.get(i), GivenId.SECURITY_GROUP);
        }
        launchTemplate.ids(ids);
    }

    /**
     * Reports Terraform references in ids and ARNs, which only programs can use.
     *
     * @return a problem for each, for a spec that was read from a file
     */
    @API(status = API.Status.INTERNAL)
    public List<Problem> references() {
        Problems problems = new Problems();
        GivenId.Check ids = new GivenId.Check(problems, true);
        ids(disk, volumes, capacityReservation, roleArn, securityGroupIds, launchTemplate, ids);
        RolePolicies.open(policies, problems);
        return problems.found();
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
                AmiRelease.LATEST,
                Optional.empty(),
                false,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                MetadataOptionsSpec.standard(),
                WindowsNodeSpec.standard(),
                DiskSpec.standard(),
                List.of(),
                UpdateSpec.standard(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                false,
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                LaunchTemplateSpec.standard());
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
     * The groups that this one is: itself, or with {@code perZone} one for each zone or subnet.
     *
     * @param name its name
     * @param otherwise where the nodes are when the spec does not say so: where the control plane is
     * @return groups by name, in the order of zones or subnets
     */
    public Map<String, NodeGroupSpec> groups(String name, Placement otherwise) {
        if (!perZone) {
            return Map.of(name, this);
        }
        Placement all = placement().isDefault() ? otherwise : placement();
        Map<String, NodeGroupSpec> groups = new LinkedHashMap<>();
        all.zones().forEach(zone -> groups.put(name + "-" + zone, withZones(List.of(zone))));
        all.subnetIds()
                .forEach(id -> groups.put(name + "-" + id.substring("subnet-".length()), withSubnetIds(List.of(id))));
        return groups;
    }

    /** Refuses a group for each zone where one group is created. */
    void checkOneZone() {
        Problems problems = new Problems();
        if (perZone && zones.size() + subnetIds.size() != 1) {
            problems.add(
                    PropertyPath.of("perZone"),
                    "one group for several zones or subnets",
                    "one of the specs of groups(name, placement)",
                    "create a NodeGroup for each of them");
        }
        problems.throwIfAny();
    }

    /**
     * Whether the types have accelerators that the image has no driver for.
     *
     * @return true for Windows on types with GPUs or Neuron devices, and for an AMI type without their driver
     */
    public boolean lacksDriver() {
        boolean without = image.isWindows()
                || image.exactType().filter(type -> type.driver().isEmpty()).isPresent();
        return ami.isEmpty()
                && without
                && instanceTypes.stream()
                        .map(Accelerator::of)
                        .anyMatch(accelerator ->
                                image.isWindows() ? accelerator != Accelerator.NONE : accelerator.hasImage());
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
        SettingsTable.KUBELET.checkVersion(PropertyPath.of("kubelet"), kubelet, version.orElse(controlPlane), problems);
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
        setup().amiType()
                .filter(type -> !type.isFor(nodes.minor()))
                .ifPresent(type -> problems.add(
                        PropertyPath.of("image"),
                        "EKS has no image " + type.name() + " for Kubernetes " + nodes,
                        type.from().map(first -> "1." + first + " and newer").orElse("")
                                + type.until().map(last -> "up to 1." + last).orElse(""),
                        image.isWindows() ? "use image: windows-2022" : "use image: al2023"));
        releaseVersion
                .kubernetesMinor(image.system())
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

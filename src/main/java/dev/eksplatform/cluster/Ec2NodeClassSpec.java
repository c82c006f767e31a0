package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What nodes of Karpenter have in AWS. Source: <a href="https://karpenter.sh/docs/concepts/nodeclasses/">NodeClasses</a>.
 *
 * @param image the operating system: {@code al2023}, {@code bottlerocket}, {@code windows-2019}, {@code windows-2022} or {@code
 *     windows-2025}. The variant follows from processor architecture and accelerator
 * @param releaseVersion the release of the image: {@code latest} or one release; default {@code latest}. Karpenter replaces nodes, as {@code
 *     disruption} of their pool allows, when AWS has released another
 * @param amis AMIs of one's own, of the operating system {@code image}, in place of those of EKS; default none
 * @param subnets the subnets of the nodes; default the private subnets of a network that is created, else those of the control plane
 * @param securityGroups the security groups of the nodes; default that of node groups
 * @param role the ARN of an existing role of the nodes, with the policies that nodes need; default that of {@code karpenter}
 * @param ephemeralStorage the encrypted data volume of each node
 * @param instanceStore whether NVMe disks of the instance type are one striped file system for container images and pods: {@code raid0};
 *     default they are not used
 * @param maxPods the most pods of a node; default what the addresses of the instance type allow, 110 with prefixes
 * @param kubelet fields of the <a
 *     href="https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/">KubeletConfiguration</a>; default none
 * @param userData user data that Karpenter merges with its own, in the format of {@code image}: for {@code al2023} a script or a NodeConfig,
 *     for {@code bottlerocket} TOML; default none
 * @param metadataOptions the instance metadata service
 * @param publicAddresses whether nodes get public addresses; default as the subnet says
 * @param detailedMonitoring whether CloudWatch gets metrics of instances each minute; default false
 * @param capacityReservations On-Demand Capacity Reservations and Capacity Blocks that nodes use first; default none
 * @param placementGroup the name of an existing placement group of the nodes; default none
 * @param tags tags of instances, volumes and network interfaces, beside those of the environment; default none
 */
@RecordBuilder
public record Ec2NodeClassSpec(
        @Example("bottlerocket") NodeImage image,

        @Example("v20261101") @Limit(pattern = Ec2NodeClassSpec.RELEASE)
        String releaseVersion,

        @Example("[{name: shop-nodes-*, owner: \"111122223333\"}]")
        List<SelectorTerm> amis,

        @Example("[{tags: {example.com/tier: nodes}}]") List<SelectorTerm> subnets,

        @Example("[{name: shop-nodes}]") List<SelectorTerm> securityGroups,

        @Example("arn:aws:iam::111122223333:role/gpu-node") @Limit(pattern = RoleArn.PATTERN)
        Optional<String> role,

        @Example("{sizeGib: 200}") EphemeralStorageSpec ephemeralStorage,

        @Example("raid0") Optional<InstanceStore> instanceStore,

        @Example("110") @Limit(min = 1, max = NodeSetupCheck.MOST_PODS)
        Optional<Integer> maxPods,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) @Example("{evictionHard: {memory.available: 5%}}")
        Map<String, Object> kubelet,

        @Example("'#!/bin/bash'") Optional<String> userData,

        @Example("{hopLimit: 2}") MetadataOptionsSpec metadataOptions,

        @Example("false") Optional<Boolean> publicAddresses,

        @Example("true") boolean detailedMonitoring,

        @Example("[{id: cr-0a1b2c3d4e5f60718}]") List<SelectorTerm> capacityReservations,

        @Example("shop-cluster") Optional<String> placementGroup,

        @Example("{example.com/team: payments}") Map<String, String> tags)
        implements Ec2NodeClassSpecBuilder.With {

    private static final String RELEASE = "^(latest|v[0-9]+(\\.[0-9]+){0,2})$";
    private static final Pattern RELEASE_FORM = Pattern.compile(RELEASE);
    private static final String LATEST = "latest";

    /** The images that Karpenter finds by an alias, by name, each with its family. */
    private static final Map<String, String> FAMILIES = new TreeMap<>(Map.of(
            "al2023", "AL2023",
            "bottlerocket", "Bottlerocket",
            "windows-2019", "Windows2019",
            "windows-2022", "Windows2022",
            "windows-2025", "Windows2025"));

    /** The size of the read-only disk of Bottlerocket, as Karpenter has it. */
    private static final int ROOT_DISK_OF_BOTTLEROCKET = 6;

    /** Checks the image, terms, role and tags. */
    public Ec2NodeClassSpec {
        amis = Components.list("amis", amis);
        subnets = Components.list("subnets", subnets);
        securityGroups = Components.list("securityGroups", securityGroups);
        kubelet = Components.map("kubelet", kubelet);
        capacityReservations = Components.list("capacityReservations", capacityReservations);
        tags = Components.map("tags", tags);
        Problems problems = new Problems();
        if (!FAMILIES.containsKey(image.name())) {
            problems.add(
                    "image",
                    image + " is not an image of Karpenter",
                    String.join(", ", FAMILIES.keySet()),
                    "use al2023, or name amis of their own");
        }
        problems.match(
                "releaseVersion",
                releaseVersion,
                RELEASE_FORM,
                "a release",
                "latest, or v and numbers",
                "write it like v20261101 (al2023) or v1.50.0 (bottlerocket)");
        if (!releaseVersion.equals(LATEST)) {
            if (image.isWindows()) {
                problems.add("releaseVersion", "a release of Windows", LATEST, "remove it, or name amis");
            } else if (!amis.isEmpty()) {
                problems.add(PropertyPath.of("releaseVersion"), "a release with amis", "remove one of them");
            }
        }
        SelectorTerm.check("amis", amis, SelectorTerm.Kind.IMAGE, problems);
        SelectorTerm.check("subnets", subnets, SelectorTerm.Kind.SUBNET, problems);
        SelectorTerm.check("securityGroups", securityGroups, SelectorTerm.Kind.SECURITY_GROUP, problems);
        SelectorTerm.check(
                "capacityReservations", capacityReservations, SelectorTerm.Kind.CAPACITY_RESERVATION, problems);
        role.ifPresent(arn -> RoleArn.check(PropertyPath.of("role"), arn, problems));
        instanceStore
                .filter(store -> store != InstanceStore.RAID0)
                .ifPresent(store -> problems.add("instanceStore", store.toString(), "raid0", "use raid0"));
        maxPods.filter(pods -> pods < 1 || pods > NodeSetupCheck.MOST_PODS)
                .ifPresent(pods -> problems.add(
                        "maxPods", pods + " pods", "1 to " + NodeSetupCheck.MOST_PODS, "use 110, or remove it"));
        if (kubelet.containsKey("maxPods")) {
            problems.add(PropertyPath.of("kubelet", "maxPods"), "the most pods have a key of their own", "use maxPods");
        } else {
            SettingsTable.KUBELET.check(PropertyPath.of("kubelet"), kubelet, problems);
        }
        ClusterObjects.checkTags(tags, problems);
        problems.throwIfAny();
    }

    /**
     * Nodes of Amazon Linux 2023.
     *
     * @return the defaults
     */
    @Defaults
    public static Ec2NodeClassSpec standard() {
        return new Ec2NodeClassSpec(
                NodeImage.AL2023,
                LATEST,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                EphemeralStorageSpec.standard(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                MetadataOptionsSpec.standard(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty(),
                Map.of());
    }

    /** The {@code spec} of the object; without the selectors that only the cluster itself knows. */
    Map<String, Object> body(String instanceProfile) {
        Map<String, Object> body = new LinkedHashMap<>();
        String family = FAMILIES.getOrDefault(image.name(), "");
        if (amis.isEmpty()) {
            body.put(
                    "amiSelectorTerms",
                    List.of(Map.of("alias", family.toLowerCase(Locale.ROOT) + "@" + releaseVersion)));
        } else {
            body.put("amiFamily", family);
            SelectorTerm.put(body, "amiSelectorTerms", amis, "owner");
        }
        body.put("instanceProfile", instanceProfile);
        terms(body, "subnetSelectorTerms", subnets);
        terms(body, "securityGroupSelectorTerms", securityGroups);
        terms(body, "capacityReservationSelectorTerms", capacityReservations);
        placementGroup.ifPresent(name -> body.put("placementGroupSelector", Map.of("name", name)));
        body.put("blockDeviceMappings", volumes());
        instanceStore.ifPresent(store -> body.put("instanceStorePolicy", store.strategy()));
        Map<String, Object> settings = new TreeMap<>(kubelet);
        maxPods.ifPresent(pods -> settings.put("maxPods", pods));
        if (!settings.isEmpty()) {
            body.put("kubelet", settings);
        }
        userData.ifPresent(text -> body.put("userData", text));
        Map<String, Object> metadata = new TreeMap<>();
        metadata.put("httpEndpoint", "enabled");
        metadata.put("httpProtocolIPv6", metadataOptions.ipv6() ? "enabled" : "disabled");
        metadata.put("httpPutResponseHopLimit", metadataOptions.hopLimit());
        metadata.put("httpTokens", "required");
        body.put("metadataOptions", metadata);
        publicAddresses.ifPresent(on -> body.put("associatePublicIPAddress", on));
        if (detailedMonitoring) {
            body.put("detailedMonitoring", true);
        }
        if (!tags.isEmpty()) {
            body.put("tags", new TreeMap<>(tags));
        }
        return body;
    }

    private static void terms(Map<String, Object> body, String field, List<SelectorTerm> terms) {
        SelectorTerm.put(body, field, terms, NodeProvisioner.KARPENTER.reservationOwner());
    }

    private List<Map<String, Object>> volumes() {
        List<Map<String, Object>> volumes = new ArrayList<>();
        if (image.system() == NodeSystem.BOTTLEROCKET) {
            volumes.add(volume(NodeSystem.AL2023.dataDevice(), EphemeralStorageSpec.ebs(ROOT_DISK_OF_BOTTLEROCKET)));
        }
        volumes.add(volume(image.system().dataDevice(), ephemeralStorage.ebs()));
        return volumes;
    }

    private static Map<String, Object> volume(String device, Map<String, Object> ebs) {
        return new TreeMap<>(Map.of("deviceName", device, "ebs", ebs));
    }
}

package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.terraform.EksCluster.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What EKS describes of a thing that was asked for: the request, the defaults and what EKS makes beside it. Ids come from what they name
 * and a count, so that a run repeats.
 */
final class EksDescriptions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long CREATED = 1_767_225_600L; // 2026-01-01T00:00:00Z
    /** How many minor versions nodes may be behind the control plane. */
    private static final int KUBELET_SKEW = 3;

    private static final List<String> LOG_TYPES =
            List.of("api", "audit", "authenticator", "controllerManager", "scheduler");

    private final String account;
    private final MotoQuery ec2;
    private int count;

    EksDescriptions(String account, MotoQuery ec2) {
        this.account = account;
        this.ec2 = ec2;
    }

    /** A new cluster, with the security group that EKS makes for it. */
    ObjectNode cluster(String region, ObjectNode request) {
        checkAutoMode(request);
        String name = request.path("name").asText();
        ObjectNode cluster = described(request, "arn", arn(region, "cluster/" + name));
        String id = uuid(name).replace("-", "").toUpperCase(Locale.ROOT);
        cluster.put("endpoint", "https://" + id + ".gr7." + region + ".eks.amazonaws.com");
        cluster.put("platformVersion", "eks.1");
        cluster.withObject("/identity/oidc").put("issuer", "https://oidc.eks." + region + ".amazonaws.com/id/" + id);
        cluster.withObject("/certificateAuthority")
                .put("data", Base64.getEncoder().encodeToString(("CA of " + name).getBytes(StandardCharsets.UTF_8)));
        preset(cluster, "version", "1.36");
        ObjectNode access = cluster.withObject("/accessConfig");
        preset(access, "authenticationMode", "CONFIG_MAP");
        access.remove("bootstrapClusterCreatorAdminPermissions");
        preset(cluster.withObject("/upgradePolicy"), "supportType", "EXTENDED");
        ObjectNode network = cluster.withObject("/kubernetesNetworkConfig");
        preset(network, "serviceIpv4Cidr", "172.20.0.0/16");
        preset(network, "ipFamily", "ipv4");
        cluster.set("logging", logging(request.path("logging")));
        ObjectNode vpc = cluster.withObject("/resourcesVpcConfig");
        preset(vpc, "endpointPublicAccess", true);
        preset(vpc, "endpointPrivateAccess", false);
        if (!vpc.has("securityGroupIds")) {
            vpc.putArray("securityGroupIds");
        }
        if (!vpc.has("publicAccessCidrs")) {
            vpc.putArray("publicAccessCidrs").add("0.0.0.0/0");
        }
        String vpcId = vpcOf(region, vpc.path("subnetIds"));
        vpc.put("vpcId", vpcId);
        vpc.put("clusterSecurityGroupId", securityGroup(region, name, vpcId));
        return cluster;
    }

    /** EKS makes a security group for every cluster: eks-cluster-sg-(name)-(number). */
    private String securityGroup(String region, String cluster, String vpc) {
        String groupName = "eks-cluster-sg-" + cluster + "-" + (100_000 + count);
        Map<String, String> form = new TreeMap<>(Map.of(
                "GroupName",
                groupName,
                "GroupDescription",
                "EKS created security group applied to ENI that is attached to EKS Control Plane",
                "VpcId",
                vpc,
                "TagSpecification.1.ResourceType",
                "security-group",
                "TagSpecification.1.Tag.1.Key",
                "kubernetes.io/cluster/" + cluster,
                "TagSpecification.1.Tag.1.Value",
                "owned",
                "TagSpecification.1.Tag.2.Key",
                "Name",
                "TagSpecification.1.Tag.2.Value",
                groupName));
        return first("groupId", ec2.xml("ec2", region, "CreateSecurityGroup", form));
    }

    /** As EKS does: a group that something still refers to stays behind. */
    void deleteSecurityGroup(String region, ObjectNode cluster) {
        String group = cluster.at("/resourcesVpcConfig/clusterSecurityGroupId").asText();
        try {
            ec2.xml("ec2", region, "DeleteSecurityGroup", Map.of("GroupId", group));
        } catch (MotoQuery.Refused e) {
            System.err.println("The cluster's security group " + group + " stays behind: " + e.getMessage());
        }
    }

    /** The access entry that the cluster's creator gets unless it is declined. */
    void creatorEntry(String region, EksCluster cluster) {
        String principal = "arn:aws:iam::" + account + ":user/moto";
        entry(region, cluster, principal, "STANDARD");
        ObjectNode policy = JSON.objectNode()
                .put("policyArn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy");
        policy.putObject("accessScope").put("type", "cluster");
        cluster.accessPolicies(principal).put(policy.path("policyArn").asText(), accessPolicy(policy));
    }

    private void entry(String region, EksCluster cluster, String principal, String type) {
        if (cluster.hasAccessEntries() && !cluster.all(Kind.ACCESS_ENTRY).containsKey(principal)) {
            part(
                    region,
                    cluster,
                    Kind.ACCESS_ENTRY,
                    JSON.objectNode().put("principalArn", principal).put("type", type));
        }
    }

    static ObjectNode accessPolicy(JsonNode request) {
        ObjectNode policy = request.deepCopy();
        return policy.put("associatedAt", CREATED).put("modifiedAt", CREATED);
    }

    /** Makes a thing that belongs to a cluster, and adds it there. */
    ObjectNode part(String region, EksCluster cluster, Kind kind, ObjectNode request) {
        if (kind == Kind.ASSOCIATION) {
            request.put(
                    "associationId", "a-" + uuid("association").replace("-", "").substring(0, 17));
        }
        String id = request.path(kind.id).asText();
        if (cluster.all(kind).containsKey(id)) {
            throw EksRefusal.inUse("The " + kind.one + " " + id + " already exists in cluster " + cluster.name() + ".");
        }
        String path = cluster.name() + "/" + id;
        ObjectNode part =
                switch (kind) {
                    case NODE_GROUP -> nodeGroup(region, cluster, request, path);
                    case FARGATE_PROFILE -> fargateProfile(region, cluster, request, path);
                    case ADDON -> addon(region, cluster, request, path);
                    case ACCESS_ENTRY -> accessEntry(region, cluster, request);
                    case ASSOCIATION -> association(region, cluster, request, path);
                    case CAPABILITY -> capability(region, cluster, request, path);
                };
        part.put("clusterName", cluster.name()).put("modifiedAt", CREATED);
        cluster.all(kind).put(id, part);
        return part;
    }

    private ObjectNode nodeGroup(String region, EksCluster cluster, ObjectNode request, String path) {
        vpcOf(region, request.path("subnets"));
        ObjectNode group = described(request, "nodegroupArn", arn(region, "nodegroup/" + path + "/" + uuid(path)));
        preset(group, "capacityType", "ON_DEMAND");
        preset(group, "amiType", "AL2023_x86_64_STANDARD");
        preset(group, "version", cluster.version());
        preset(
                group,
                "releaseVersion",
                AmiReleases.newest(
                        group.path("amiType").asText(), group.path("version").asText()));
        checkVersion(cluster, Kind.NODE_GROUP, group, group);
        if (!group.has("updateConfig")) {
            group.withObject("/updateConfig").put("maxUnavailable", 1);
        }
        if (group.has("launchTemplate")) {
            completeLaunchTemplate(region, group.withObject("/launchTemplate"));
        } else {
            preset(group, "diskSize", 20);
            if (!group.has("instanceTypes")) {
                group.putArray("instanceTypes").add("t3.medium");
            }
        }
        group.withObject("/resources")
                .putArray("autoScalingGroups")
                .addObject()
                .put("name", "eks-" + request.path("nodegroupName").asText() + "-" + uuid(path));
        entry(region, cluster, request.path("nodeRole").asText(), "EC2_LINUX");
        return group;
    }

    private void completeLaunchTemplate(String region, ObjectNode template) {
        Map<String, String> which = template.has("id")
                ? Map.of("LaunchTemplateId.1", template.path("id").asText())
                : Map.of("LaunchTemplateName.1", template.path("name").asText());
        String found = ask(region, "DescribeLaunchTemplates", which);
        template.put("id", first("launchTemplateId", found));
        template.put("name", first("launchTemplateName", found));
    }

    private ObjectNode fargateProfile(String region, EksCluster cluster, ObjectNode request, String path) {
        vpcOf(region, request.path("subnets"));
        entry(region, cluster, request.path("podExecutionRoleArn").asText(), "FARGATE_LINUX");
        return described(request, "fargateProfileArn", arn(region, "fargateprofile/" + path + "/" + uuid(path)));
    }

    private ObjectNode addon(String region, EksCluster cluster, ObjectNode request, String path) {
        String name = request.path("addonName").asText();
        String version = EksAddonVersions.defaultVersion(name, cluster.version())
                .orElseThrow(() -> EksRefusal.invalidParameter("Addon " + name + " specified is not supported in "
                        + cluster.version() + " kubernetes version"));
        ObjectNode addon = described(request, "addonArn", arn(region, "addon/" + path + "/" + uuid(path)));
        preset(addon, "addonVersion", version);
        checkVersion(cluster, Kind.ADDON, addon, addon);
        ArrayNode associations = JSON.arrayNode();
        for (JsonNode asked : request.path("podIdentityAssociations")) {
            ObjectNode association = asked.deepCopy();
            association.put("namespace", "kube-system");
            associations.add(arn(part(region, cluster, Kind.ASSOCIATION, association)));
        }
        addon.set("podIdentityAssociations", associations);
        return addon;
    }

    private ObjectNode accessEntry(String region, EksCluster cluster, ObjectNode request) {
        String principal = request.path("principalArn").asText();
        String role = principal.replaceFirst("arn:[^:]+:iam::\\d+:", "");
        ObjectNode entry = described(
                request,
                "accessEntryArn",
                arn(region, "access-entry/" + cluster.name() + "/" + role + "/" + uuid(principal)));
        preset(entry, "type", "STANDARD");
        preset(entry, "username", principal);
        if (!entry.has("kubernetesGroups")) {
            entry.putArray("kubernetesGroups");
        }
        return entry;
    }

    private ObjectNode association(String region, EksCluster cluster, ObjectNode request, String path) {
        cluster.all(Kind.ASSOCIATION).values().stream()
                .filter(other -> other.path("namespace").equals(request.path("namespace"))
                        && other.path("serviceAccount").equals(request.path("serviceAccount")))
                .findFirst()
                .ifPresent(other -> {
                    throw EksRefusal.inUse("Association already exists: "
                            + other.path("associationId").asText());
                });
        return described(request, "associationArn", arn(region, "podidentityassociation/" + path));
    }

    private ObjectNode capability(String region, EksCluster cluster, ObjectNode request, String path) {
        entry(region, cluster, request.path("roleArn").asText(), "CAPABILITY");
        return described(request, "arn", arn(region, "capability/" + path + "/" + uuid(path)));
    }

    /**
     * The parts of Auto Mode are on or off together, and a role is for built-in node pools only.
     *
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/auto-enable-existing.html">enable EKS Auto Mode</a>
     */
    private static void checkAutoMode(JsonNode request) {
        boolean compute = request.at("/computeConfig/enabled").asBoolean();
        if (compute
                        != request.at("/kubernetesNetworkConfig/elasticLoadBalancing/enabled")
                                .asBoolean()
                || compute != request.at("/storageConfig/blockStorage/enabled").asBoolean()) {
            throw EksRefusal.invalidParameter("For EKS Auto Mode, please ensure that all required configs, including"
                    + " computeConfig, kubernetesNetworkConfig, and blockStorage are all either fully enabled or fully"
                    + " disabled.");
        }
        boolean pools = !request.at("/computeConfig/nodePools").isEmpty();
        if (pools != request.at("/computeConfig").has("nodeRoleArn")) {
            throw EksRefusal.invalidParameter(
                    "When Compute Config nodeRoleArn is not null or empty, nodePool value(s) must be provided.");
        }
        if (compute && request.path("bootstrapSelfManagedAddons").asBoolean(false)) {
            throw EksRefusal.invalidParameter("bootstrapSelfManagedAddons must be false with EKS Auto Mode.");
        }
    }

    /** EKS lets the nodes of built-in node pools join. */
    void autoModeEntry(String region, EksCluster cluster) {
        String role = cluster.description().at("/computeConfig/nodeRoleArn").asText();
        if (!role.isEmpty()) {
            entry(region, cluster, role, "EC2");
        }
    }

    /** Changes a cluster and names the change. */
    String updateCluster(ObjectNode cluster, JsonNode request) {
        if (request.has("computeConfig") || request.has("storageConfig")) {
            checkAutoMode(request);
        }
        ObjectNode change = request.deepCopy();
        if (change.has("logging")) {
            change.set("logging", logging(change.path("logging")));
        }
        merge(cluster, change);
        return uuid("update");
    }

    /**
     * Upgrades a control plane, or rolls it back by one minor version.
     *
     * @throws EksRefusal when that is another step, or nodes would be newer or too old
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html">update a cluster</a>, <a
     *     href="https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html">roll back a cluster</a>
     */
    void updateVersion(EksCluster cluster, String version) {
        if (Math.abs(minor(version) - minor(cluster.version())) > 1) {
            throw EksRefusal.invalidParameter(
                    "Unsupported Kubernetes minor version update from " + cluster.version() + " to " + version);
        }
        cluster.all(Kind.NODE_GROUP).forEach((name, group) -> {
            int behind = minor(version) - minor(group.path("version").asText());
            if (behind < 0 || behind > KUBELET_SKEW) {
                throw EksRefusal.invalidRequest("Nodegroup " + name + " of kubernetes version "
                        + group.path("version").asText() + " is not compatible with " + version);
            }
        });
        cluster.description().put("version", version);
    }

    /**
     * Checks the version that a node group or an add-on is to have, and completes that of a node group with the newest release
     * of its image.
     *
     * @throws EksRefusal when the cluster does not support it
     */
    void checkVersion(EksCluster cluster, Kind kind, ObjectNode part, ObjectNode request) {
        if (kind == Kind.ADDON) {
            if (request.has("addonVersion")) {
                EksAddonVersions.check(
                        part.path("addonName").asText(),
                        request.path("addonVersion").asText(),
                        cluster.version());
            }
            return;
        }
        String version = request.path("version").asText(part.path("version").asText());
        String image = part.path("amiType").asText();
        int behind = minor(cluster.version()) - minor(version);
        if (behind < 0 || behind > KUBELET_SKEW) {
            throw EksRefusal.invalidParameter("Requested Nodegroup version " + version
                    + " is not compatible with the cluster's " + cluster.version());
        }
        if (request.has("version")) {
            preset(request, "releaseVersion", AmiReleases.newest(image, version));
        }
        if (request.has("releaseVersion")) {
            AmiReleases.check(request.path("releaseVersion").asText(), image, version);
        }
    }

    private static int minor(String version) {
        return Integer.parseInt(version.substring("1.".length()));
    }

    /** Changes a node group or an add-on and names the change. */
    String updatePart(String region, ObjectNode part, JsonNode request) {
        ObjectNode change = request.deepCopy();
        JsonNode labels = change.remove("labels");
        if (labels != null) {
            ObjectNode all = part.withObject("/labels");
            labels.path("addOrUpdateLabels").properties().forEach(label -> all.set(label.getKey(), label.getValue()));
            labels.path("removeLabels").forEach(label -> all.remove(label.asText()));
        }
        JsonNode taints = change.remove("taints");
        if (taints != null) {
            List<JsonNode> all = new ArrayList<>();
            part.path("taints").forEach(all::add);
            taints.path("removeTaints").forEach(taint -> all.removeIf(other -> sameTaint(other, taint)));
            taints.path("addOrUpdateTaints").forEach(taint -> {
                all.removeIf(other -> sameTaint(other, taint));
                all.add(taint);
            });
            part.putArray("taints").addAll(all);
        }
        if (change.has("updateConfig")) {
            part.remove("updateConfig");
        }
        merge(part, change);
        if (change.has("launchTemplate")) {
            completeLaunchTemplate(region, part.withObject("/launchTemplate"));
        }
        return uuid("update");
    }

    private static boolean sameTaint(JsonNode one, JsonNode other) {
        return one.path("key").equals(other.path("key")) && one.path("effect").equals(other.path("effect"));
    }

    /** The ARN of a described thing. */
    static String arn(ObjectNode thing) {
        for (Iterator<Map.Entry<String, JsonNode>> properties = thing.fields(); properties.hasNext(); ) {
            Map.Entry<String, JsonNode> property = properties.next();
            if (List.of("arn", "nodegroupArn", "fargateProfileArn", "addonArn", "accessEntryArn", "associationArn")
                    .contains(property.getKey())) {
                return property.getValue().asText();
            }
        }
        throw new IllegalArgumentException("nothing with an ARN: " + thing);
    }

    /** Lays the request's properties over the description, objects into objects. */
    static void merge(ObjectNode description, JsonNode request) {
        request.properties().forEach(property -> {
            JsonNode old = description.get(property.getKey());
            if (property.getKey().equals("clientRequestToken")) {
                return;
            }
            if (old instanceof ObjectNode object && property.getValue().isObject()) {
                merge(object, property.getValue());
            } else {
                description.set(property.getKey(), property.getValue());
            }
        });
    }

    /** EKS answers with every log type, the enabled ones first. */
    private static ObjectNode logging(JsonNode asked) {
        List<String> enabled = new ArrayList<>();
        asked.path("clusterLogging").forEach(setup -> {
            if (setup.path("enabled").asBoolean()) {
                setup.path("types").forEach(type -> enabled.add(type.asText()));
            }
        });
        ObjectNode logging = JSON.objectNode();
        ArrayNode setups = logging.putArray("clusterLogging");
        for (boolean on : new boolean[] {true, false}) {
            ArrayNode types = JSON.arrayNode();
            LOG_TYPES.stream().filter(type -> enabled.contains(type) == on).forEach(types::add);
            if (!types.isEmpty()) {
                setups.addObject().put("enabled", on).set("types", types);
            }
        }
        return logging;
    }

    private ObjectNode described(ObjectNode request, String arnProperty, String arn) {
        ObjectNode thing = JSON.objectNode();
        merge(thing, request);
        thing.withObject("/health").putArray("issues");
        return thing.put(arnProperty, arn).put("status", "ACTIVE").put("createdAt", CREATED);
    }

    private static void preset(ObjectNode thing, String property, String value) {
        if (!thing.hasNonNull(property)) {
            thing.put(property, value);
        }
    }

    private static void preset(ObjectNode thing, String property, boolean value) {
        if (!thing.hasNonNull(property)) {
            thing.put(property, value);
        }
    }

    private static void preset(ObjectNode thing, String property, int value) {
        if (!thing.hasNonNull(property)) {
            thing.put(property, value);
        }
    }

    /** The VPC of subnets that exist. */
    private String vpcOf(String region, JsonNode subnets) {
        Map<String, String> which = new TreeMap<>();
        subnets.forEach(subnet -> which.put("SubnetId." + (which.size() + 1), subnet.asText()));
        return first("vpcId", ask(region, "DescribeSubnets", which));
    }

    private String ask(String region, String action, Map<String, String> which) {
        try {
            return ec2.xml("ec2", region, action, which);
        } catch (MotoQuery.Refused e) {
            throw EksRefusal.invalidParameter(String.valueOf(e.getMessage()));
        }
    }

    private String first(String element, String xml) {
        return ec2.texts(xml, element).stream()
                .findFirst()
                .orElseThrow(() -> EksRefusal.invalidParameter("no " + element + " in " + xml));
    }

    private String arn(String region, String resource) {
        return "arn:aws:eks:" + region + ":" + account + ":" + resource;
    }

    private String uuid(String of) {
        count++;
        return UUID.nameUUIDFromBytes((account + "/" + of + "/" + count).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}

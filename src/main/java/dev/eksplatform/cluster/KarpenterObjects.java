package dev.eksplatform.cluster;

import dev.eksplatform.iam.RoleName;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The node classes and node pools of Karpenter.
 *
 * @param nodeClasses node classes by name; {@code default} is there, too, when a node pool uses it
 * @param nodePools node pools by name
 */
@API(status = API.Status.INTERNAL)
public record KarpenterObjects(Map<String, Ec2NodeClassSpec> nodeClasses, Map<String, NodePoolSpec> nodePools) {

    /** Adds the node class that pools use which name none. */
    public KarpenterObjects {
        Map<String, Ec2NodeClassSpec> all = new TreeMap<>(nodeClasses);
        if (nodePools.values().stream().anyMatch(pool -> pool.nodeClass().equals(AutoModeSpec.DEFAULT_NODE_CLASS))) {
            all.putIfAbsent(AutoModeSpec.DEFAULT_NODE_CLASS, Ec2NodeClassSpec.standard());
        }
        nodeClasses = all;
        nodePools = new TreeMap<>(nodePools);
    }

    /**
     * What all nodes have unless their class says something else.
     *
     * @param subnets which subnets they are in; empty for those of the control plane
     * @param securityGroups which security groups they have; empty for that of the cluster
     * @param prefixes whether pods get addresses by prefixes
     * @param tags their tags
     */
    public record Nodes(
            List<SelectorTerm> subnets,
            List<SelectorTerm> securityGroups,
            boolean prefixes,
            Map<String, String> tags) {}

    /** As many pods as EKS has by default on nodes of most sizes. */
    private static final int PODS_WITH_PREFIXES = 110;

    /**
     * Checks names and references.
     *
     * @param problems collects what is wrong
     */
    public void check(Problems problems) {
        AutoModeSpec.names("nodeClasses", nodeClasses, Set.of(), problems);
        AutoModeSpec.names("nodePools", nodePools, Set.of(), problems);
        AutoModeSpec.checkPools(nodePools, nodeClasses.keySet(), problems);
    }

    /**
     * Whether a node class is for nodes of Windows.
     *
     * @param nodeClass the name of a class
     * @return false for Linux
     */
    public boolean isWindows(String nodeClass) {
        return nodeClasses
                .getOrDefault(nodeClass, Ec2NodeClassSpec.standard())
                .image()
                .isWindows();
    }

    /**
     * The roles and instance profiles of the nodes: one for those of Linux, one for those of Windows, and one for each role that a class names.
     *
     * @param cluster the name of the cluster
     * @param role the ARN of an existing role of Linux nodes
     * @return by the name of the node class; that of Linux nodes, which node classes in manifests can use, is there in any case
     */
    public Map<String, Profile> profiles(String cluster, Optional<String> role) {
        Map<String, Profile> profiles = new TreeMap<>();
        profiles.put(
                AutoModeSpec.DEFAULT_NODE_CLASS,
                new Profile("nodes", fitting(cluster + "-karpenter-node"), role, false));
        nodeClasses.forEach((name, nodeClass) -> {
            boolean windows = nodeClass.image().isWindows();
            Optional<String> own = nodeClass.role();
            Optional<String> existing = own.isPresent() || windows ? own : role;
            String id = own.map(arn -> "nodes-" + RoleArn.name(arn)).orElse(windows ? "windows-nodes" : "nodes");
            String end = own.map(RoleArn::name)
                    // The names of the profiles of roles that are created.
                    .map(text -> text.equals("node") || text.equals("windows-node") ? "role-" + text : text)
                    .orElse(windows ? "windows-node" : "node");
            profiles.put(name, new Profile(id, fitting(cluster + "-karpenter-" + end), existing, windows));
        });
        return profiles;
    }

    private static String fitting(String name) {
        return RoleName.fitting(name).text();
    }

    /**
     * A role of nodes with its instance profile.
     *
     * @param id its id among those of the cluster
     * @param name the name of the instance profile, and of a role that is created
     * @param role the ARN of the role, when it exists
     * @param windows whether the nodes run Windows
     */
    public record Profile(String id, String name, Optional<String> role, boolean windows) {

        /**
         * The ARN of the role.
         *
         * @param partition the partition
         * @param account the id of the account
         * @param path the path of roles
         * @return the ARN
         */
        public String roleArn(String partition, String account, String path) {
            return role.orElseGet(() -> new RoleName(name).arn(partition, account, path));
        }
    }

    /**
     * The objects.
     *
     * @param property the property that has them
     * @param nodes what all nodes have
     * @param profiles the instance profile of each node class
     * @return node classes and node pools
     */
    public List<ClusterObject> objects(PropertyPath property, Nodes nodes, Map<String, Profile> profiles) {
        List<ClusterObject> objects = new ArrayList<>();
        nodeClasses.forEach((name, given) -> objects.add(object(
                property.key("nodeClasses").key(name),
                NodeProvisioner.KARPENTER.apiVersion(),
                NodeProvisioner.KARPENTER.kind(),
                name,
                completed(given, nodes)
                        .body(Objects.requireNonNull(profiles.get(name)).name()))));
        nodePools.forEach((name, pool) -> objects.add(object(
                property.key("nodePools").key(name),
                "karpenter.sh/v1",
                "NodePool",
                name,
                pool.body(NodeProvisioner.KARPENTER, Optional.of(isWindows(pool.nodeClass()) ? "windows" : "linux")))));
        return objects;
    }

    private static Ec2NodeClassSpec completed(Ec2NodeClassSpec given, Nodes nodes) {
        return given.withSubnets(given.subnets().isEmpty() ? nodes.subnets() : given.subnets())
                .withSecurityGroups(given.securityGroups().isEmpty() ? nodes.securityGroups() : given.securityGroups())
                .withMaxPods(
                        given.maxPods().or(() -> nodes.prefixes() ? Optional.of(PODS_WITH_PREFIXES) : Optional.empty()))
                .withTags(ClusterObjects.merged(nodes.tags(), given.tags()));
    }

    private static ClusterObject object(
            PropertyPath property, String apiVersion, String kind, String name, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        return ClusterObjects.object(property, apiVersion, kind, metadata, Map.of("spec", spec));
    }
}

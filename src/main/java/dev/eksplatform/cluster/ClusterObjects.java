package dev.eksplatform.cluster;

import dev.eksplatform.iam.RoleName;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The Kubernetes objects that follow from a cluster's properties: node classes, node pools, ingress and storage classes of EKS
 * Auto Mode, and the roles that the ACK capability takes in namespaces.
 */
@API(status = API.Status.INTERNAL)
public final class ClusterObjects {

    static final String EKS_GROUP = "eks.amazonaws.com";
    private static final String EKS = EKS_GROUP + "/v1";

    /** The kinds of node classes. */
    private static final Set<String> NODE_CLASSES =
            Arrays.stream(NodeProvisioner.values()).map(NodeProvisioner::kind).collect(Collectors.toSet());

    /** Tags of EKS and Karpenter, and those that AWS reserves. */
    private static final Pattern RESERVED_TAG =
            Pattern.compile("(?i)aws:.*|eks:.*|kubernetes\\.io/cluster/.*|karpenter\\.(sh|k8s\\.aws)/.*");

    private final List<ClusterObject> objects = new ArrayList<>();

    private ClusterObjects() {}

    /**
     * The objects of a cluster.
     *
     * @param cluster the cluster
     * @param clusterName its name
     * @param tags the tags of the environment, which what Auto Mode creates through these classes gets
     * @param otherNodes whether the cluster has node groups, too
     * @return the objects, in no particular order
     */
    public static List<ClusterObject> of(
            ClusterSource cluster, String clusterName, Map<String, String> tags, boolean otherNodes) {
        ClusterObjects objects = new ClusterObjects();
        cluster.autoMode()
                .filter(AutoModeSpec::enabled)
                .ifPresent(autoMode -> objects.autoMode(autoMode.tagged(tags), clusterName, otherNodes));
        cluster.capabilities().ack().ifPresent(ack -> ack.roleSelectors()
                .forEach((name, selector) -> objects.add(
                        PropertyPath.of("cluster", "capabilities", "ack", "roleSelectors", name),
                        "services.k8s.aws/v1alpha1",
                        "IAMRoleSelector",
                        name,
                        Map.of("spec", selector.body()))));
        return objects.objects;
    }

    /**
     * The classes of volumes of an environment.
     *
     * @param classes by name
     * @param cluster the cluster, with those of EKS Auto Mode
     * @param tags the tags of the environment
     * @return their objects by name, sorted
     */
    public static Map<String, ClusterObject> storageClasses(
            Map<String, StorageClassSource> classes, ClusterSource cluster, Map<String, String> tags) {
        Map<String, ClusterObject> objects = new TreeMap<>();
        cluster.autoMode().filter(AutoModeSpec::enabled).ifPresent(autoMode -> autoMode.tagged(tags)
                .storageClasses()
                .forEach((name, storageClass) -> objects.put(
                        name,
                        storageClass(
                                PropertyPath.of("cluster", "autoMode", "storageClasses", name),
                                name,
                                storageClass.settings(),
                                storageClass.fieldsOfAutoMode()))));
        classes.forEach((name, source) -> objects.put(
                name, storageClass(PropertyPath.of("storageClasses", name), name, source.settings(), source.fields())));
        return objects;
    }

    /**
     * The node classes whose subnets or security groups are those of the cluster.
     *
     * @param objects the objects of an environment
     * @return by their identity, such as {@code eks.amazonaws.com/v1 NodeClass large}, the selectors that they lack
     */
    public static Map<String, Set<String>> openSelectors(List<ClusterObject> objects) {
        Map<String, Set<String>> open = new TreeMap<>();
        for (ClusterObject object : objects) {
            Map<String, Object> body = object.body();
            if (body.get("kind") instanceof String kind
                    && NODE_CLASSES.contains(kind)
                    && body.get("spec") instanceof Map<?, ?> fields
                    && body.get("metadata") instanceof Map<?, ?> metadata) {
                open.put(
                        body.get("apiVersion") + " " + kind + " " + metadata.get("name"),
                        Stream.of("subnetSelectorTerms", "securityGroupSelectorTerms")
                                .filter(selector -> !fields.containsKey(selector))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return open;
    }

    private void autoMode(AutoModeSpec spec, String clusterName, boolean otherNodes) {
        PropertyPath autoMode = PropertyPath.of("cluster", "autoMode");
        if (spec.networkPolicies() && !otherNodes) {
            // Source: https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("apiVersion", "v1");
            settings.put("kind", "ConfigMap");
            settings.put("metadata", new TreeMap<>(Map.of("name", "amazon-vpc-cni", "namespace", "kube-system")));
            settings.put("data", Map.of("enable-network-policy-controller", "true"));
            objects.add(new ClusterObject(autoMode, settings));
        }
        String nodeRole = nodeRoleName(spec, clusterName);
        spec.nodeClasses()
                .forEach((name, nodeClass) -> add(
                        autoMode.key("nodeClasses").key(name),
                        EKS,
                        NodeProvisioner.AUTO_MODE.kind(),
                        name,
                        Map.of(
                                "spec",
                                nodeClass.body(
                                        nodeClass.role().map(RoleArn::name).orElse(nodeRole)))));
        spec.nodePools()
                .forEach((name, pool) -> add(
                        autoMode.key("nodePools").key(name),
                        "karpenter.sh/v1",
                        "NodePool",
                        name,
                        Map.of("spec", pool.body(NodeProvisioner.AUTO_MODE, Optional.empty()))));
        spec.ingressClasses().forEach((name, ingressClass) -> {
            PropertyPath property = autoMode.key("ingressClasses").key(name);
            add(property, EKS, "IngressClassParams", name, Map.of("spec", ingressClass.parameters()));
            Map<String, Object> of = new LinkedHashMap<>();
            of.put("controller", EKS_GROUP + "/alb");
            of.put("parameters", reference("apiGroup", "IngressClassParams", name));
            add(
                    property,
                    "networking.k8s.io/v1",
                    "IngressClass",
                    name,
                    Map.of("spec", of),
                    defaultAnnotation("ingressclass", ingressClass.isDefault()));
        });
    }

    private static ClusterObject storageClass(
            PropertyPath property, String name, StorageClassSettings settings, Map<String, Object> fields) {
        return object(
                property,
                "storage.k8s.io/v1",
                "StorageClass",
                name,
                fields,
                defaultAnnotation("storageclass", settings.isDefault()));
    }

    private static Map<String, Object> defaultAnnotation(String kind, boolean isDefault) {
        return isDefault ? Map.of(kind + ".kubernetes.io/is-default-class", "true") : Map.of();
    }

    private void add(PropertyPath property, String apiVersion, String kind, String name, Map<String, Object> fields) {
        add(property, apiVersion, kind, name, fields, Map.of());
    }

    private void add(
            PropertyPath property,
            String apiVersion,
            String kind,
            String name,
            Map<String, Object> fields,
            Map<String, Object> annotations) {
        objects.add(object(property, apiVersion, kind, name, fields, annotations));
    }

    private static ClusterObject object(
            PropertyPath property,
            String apiVersion,
            String kind,
            String name,
            Map<String, Object> fields,
            Map<String, Object> annotations) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        return object(property, apiVersion, kind, metadata, fields);
    }

    static ClusterObject object(
            PropertyPath property,
            String apiVersion,
            String kind,
            Map<String, Object> metadata,
            Map<String, Object> fields) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", apiVersion);
        body.put("kind", kind);
        body.put("metadata", metadata);
        body.putAll(fields);
        return new ClusterObject(property, body);
    }

    private static Map<String, Object> reference(String groupField, String kind, String name) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put(groupField, EKS_GROUP);
        reference.put("kind", kind);
        reference.put("name", name);
        return reference;
    }

    /** The role of the nodes of Auto Mode, which node classes name without its path. */
    static String nodeRoleName(AutoModeSpec spec, String clusterName) {
        return spec.nodeRole().map(RoleArn::name).orElseGet(() -> RoleName.fitting(clusterName + "-auto-node")
                .toString());
    }

    static void checkTags(Map<String, String> tags, Problems problems) {
        tags.forEach((key, value) -> {
            PropertyPath where = PropertyPath.of("tags", key);
            if (key.isEmpty() || key.length() > 128 || value.length() > 256) {
                problems.add(
                        where,
                        key.isEmpty() ? "an empty tag key" : "a tag that is too long",
                        "keys of 1 to 128 and values of at most 256 characters",
                        "shorten it");
            } else if (RESERVED_TAG.matcher(key).matches()) {
                problems.add(where, "the tag " + key + " is reserved for AWS and EKS", "use another key");
            }
        });
    }

    static Map<String, String> merged(Map<String, String> defaults, Map<String, String> own) {
        Map<String, String> all = new TreeMap<>(defaults);
        all.putAll(own);
        return all;
    }

    static <V> Map<String, V> mapped(Map<String, V> values, UnaryOperator<V> change) {
        Map<String, V> changed = new LinkedHashMap<>();
        values.forEach((name, value) -> changed.put(name, change.apply(value)));
        return changed;
    }
}

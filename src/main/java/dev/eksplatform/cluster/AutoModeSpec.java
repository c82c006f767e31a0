package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * EKS Auto Mode: EKS itself creates, updates and removes nodes as pods need them, and has pod networking, cluster DNS, Pod Identity, volumes on
 * EBS and load balancers built in. Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/automode.html">EKS
 * Auto Mode</a>.
 *
 * @param enabled whether Auto Mode is on; default true. To switch it off on a running cluster set false, with no other key: EKS then terminates
 *     its nodes and deletes its load balancers. False needs AWS provider 6.13.0 or newer: older ones replace the cluster. Removing {@code autoMode} leaves it on with newer versions of the AWS provider
 * @param builtInNodePools the node pools of EKS that the cluster has; default {@code [general-purpose, system]}. Without any there is no node
 *     before the workloads are applied, and no node class {@code default}; this needs AWS provider 6.13.0 or newer
 * @param nodeRole the ARN of an existing role of the nodes; default created. With built-in node pools, changing it replaces the cluster
 * @param customTags whether Auto Mode may give what it creates in AWS other tags than its own; default true where the environment, a node
 *     class, an ingress class or a storage class has tags
 * @param networkPolicies whether nodes enforce NetworkPolicy objects; default true. With node groups the VPC CNI add-on decides
 * @param nodeClasses node classes beside {@code default}, by name; default none
 * @param nodePools node pools beside the built-in ones, by name; default none
 * @param ingressClasses classes of Ingress objects that Auto Mode creates Application Load Balancers for, by name; default none
 * @param storageClasses classes of volumes on EBS, by name; default none. Auto Mode has none itself
 */
@RecordBuilder
public record AutoModeSpec(
        @Example("false") boolean enabled,

        @Example("[system]") @Limit(unique = true) List<BuiltInNodePool> builtInNodePools,

        @Example("arn:aws:iam::111122223333:role/auto-node") @Limit(pattern = RoleArn.PATTERN)
        Optional<String> nodeRole,

        @Example("true") Optional<Boolean> customTags,

        @Example("false") boolean networkPolicies,

        @Example("{large: {ephemeralStorage: {sizeGib: 200}}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, NodeClassSpec> nodeClasses,

        @Example("{arm: {architectures: [arm64], limits: {cpu: \"64\"}}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, NodePoolSpec> nodePools,

        @Example("{alb: {scheme: internet-facing}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, IngressClassSpec> ingressClasses,

        @Example("{gp3: {isDefault: true}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, StorageClassSpec> storageClasses)
        implements AutoModeSpecBuilder.With {

    /**
     * The versions of the AWS provider that take the role of the nodes away without replacing the cluster, as is done when Auto Mode or the
     * built-in node pools are switched off. Source: <a
     * href="https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3513">disabling Auto Mode</a>.
     */
    @API(status = API.Status.INTERNAL)
    public static final String PROVIDER_WITHOUT_ROLE = ">= 6.13.0";

    /** The node class of the built-in node pools. */
    static final String DEFAULT_NODE_CLASS = "default";

    /** Add-ons whose work Auto Mode does on its own nodes. */
    private static final Set<String> BUILT_IN = Set.of(
            "vpc-cni",
            "kube-proxy",
            "coredns",
            "eks-pod-identity-agent",
            "aws-ebs-csi-driver",
            "eks-node-monitoring-agent");

    /** Checks names, node classes of node pools, and that nothing is set where Auto Mode is off. */
    public AutoModeSpec {
        builtInNodePools = Components.list("builtInNodePools", builtInNodePools);
        nodeClasses = Components.map("nodeClasses", nodeClasses);
        nodePools = Components.map("nodePools", nodePools);
        ingressClasses = Components.map("ingressClasses", ingressClasses);
        storageClasses = Components.map("storageClasses", storageClasses);
        Problems problems = new Problems();
        problems.once(PropertyPath.of("builtInNodePools"), builtInNodePools, "node pool");
        nodeRole.ifPresent(arn -> RoleArn.check(PropertyPath.of("nodeRole"), arn, problems));
        names("nodeClasses", nodeClasses, Set.of(DEFAULT_NODE_CLASS), problems);
        names(
                "nodePools",
                nodePools,
                Arrays.stream(BuiltInNodePool.values()).map(BuiltInNodePool::id).collect(Collectors.toSet()),
                problems);
        names("ingressClasses", ingressClasses, Set.of(), problems);
        names("storageClasses", storageClasses, Set.of(), problems);
        for (Map.Entry<String, NodePoolSpec> pool : nodePools.entrySet()) {
            String nodeClass = pool.getValue().nodeClass();
            if (nodeClass.equals(DEFAULT_NODE_CLASS) && builtInNodePools.isEmpty()) {
                problems.add(
                        PropertyPath.of("nodePools", pool.getKey(), "nodeClass"),
                        "the node class default comes with the built-in node pools, and there are none",
                        "name a class of nodeClasses, or remove builtInNodePools: []");
            }
        }
        checkPools(nodePools, nodeClasses.keySet(), problems);
        oneDefault(
                "ingressClasses",
                ingressClasses.entrySet().stream()
                        .filter(one -> one.getValue().isDefault())
                        .map(Map.Entry::getKey)
                        .toList(),
                problems);
        oneDefault(
                "storageClasses",
                storageClasses.entrySet().stream()
                        .filter(one -> one.getValue().settings().isDefault())
                        .map(Map.Entry::getKey)
                        .toList(),
                problems);
        if (!enabled) {
            List<String> unused = new ArrayList<>();
            nodeRole.ifPresent(role -> unused.add("nodeRole"));
            customTags.ifPresent(tags -> unused.add("customTags"));
            Map.of(
                            "nodeClasses", nodeClasses,
                            "nodePools", nodePools,
                            "ingressClasses", ingressClasses,
                            "storageClasses", storageClasses)
                    .forEach((key, values) -> {
                        if (!values.isEmpty()) {
                            unused.add(key);
                        }
                    });
            unused.stream()
                    .sorted()
                    .forEach(key -> problems.add(
                            PropertyPath.of(key), "not used: Auto Mode is off", "remove it, or enabled: false"));
        }
        problems.throwIfAny();
    }

    static void names(String property, Map<String, ?> named, Set<String> reserved, Problems problems) {
        for (String name : named.keySet()) {
            PropertyPath where = PropertyPath.of(property, name);
            if (!DnsName.isLabel(name)) {
                problems.add(
                        where, "\"" + name + "\" is not a name", DnsName.ALLOWED_LABEL, "write it like general-arm");
            } else if (reserved.contains(name)) {
                problems.add(where, name + " belongs to EKS, which undoes changes", "choose another name");
            }
        }
    }

    /** Whether there are the node classes of node pools; {@code default} is there always. */
    static void checkPools(Map<String, NodePoolSpec> pools, Set<String> nodeClasses, Problems problems) {
        pools.forEach((name, pool) -> {
            String nodeClass = pool.nodeClass();
            if (nodeClass.equals(DEFAULT_NODE_CLASS)) {
                return;
            }
            PropertyPath where = PropertyPath.of("nodePools", name, "nodeClass");
            if (!DnsName.isLabel(nodeClass)) {
                problems.add(
                        where,
                        "\"" + nodeClass + "\" is not a name",
                        DnsName.ALLOWED_LABEL,
                        "write it like general-arm");
            } else if (!nodeClasses.contains(nodeClass)) {
                problems.add(
                        where,
                        nodeClass + " is not in nodeClasses",
                        Stream.concat(Stream.of(DEFAULT_NODE_CLASS), nodeClasses.stream())
                                .distinct()
                                .collect(Collectors.joining(", ")),
                        "add nodeClasses: {" + nodeClass + ": {}}, or use one of those");
            }
        });
    }

    private static void oneDefault(String property, List<String> defaults, Problems problems) {
        defaults.stream()
                .skip(1)
                .forEach(name -> problems.add(
                        PropertyPath.of(property, name, "isDefault"),
                        "a second default beside " + defaults.get(0),
                        "remove isDefault from one of them"));
    }

    /**
     * Auto Mode with both built-in node pools.
     *
     * @return the defaults
     */
    @Defaults
    public static AutoModeSpec standard() {
        return new AutoModeSpec(
                true,
                List.of(BuiltInNodePool.GENERAL_PURPOSE, BuiltInNodePool.SYSTEM),
                Optional.empty(),
                Optional.empty(),
                true,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    /**
     * Whether the nodes of Auto Mode do the work of an EKS add-on themselves, so that only other nodes need it.
     *
     * @param addon the name of the add-on
     * @return true for such as {@code vpc-cni}
     */
    public static boolean isBuiltIn(EksAddonName addon) {
        return BUILT_IN.contains(addon.id());
    }

    /** Whether the cluster has no role of nodes, so that it needs {@link #PROVIDER_WITHOUT_ROLE}. */
    @API(status = API.Status.INTERNAL)
    public boolean withoutRole() {
        return !enabled || builtInNodePools.isEmpty();
    }

    /** Whether what Auto Mode creates may have tags of the user's own. */
    boolean allowsTags() {
        return customTags.orElse(nodeClasses.values().stream()
                        .anyMatch(one -> !one.tags().isEmpty())
                || ingressClasses.values().stream().anyMatch(one -> !one.tags().isEmpty())
                || storageClasses.values().stream().anyMatch(one -> !one.tags().isEmpty()));
    }

    /**
     * The same with tags on everything that it creates through its own classes.
     *
     * @param tags the tags; those of a class win
     * @return a copy
     */
    @API(status = API.Status.INTERNAL)
    public AutoModeSpec tagged(Map<String, String> tags) {
        if (tags.isEmpty() || !enabled) {
            return this;
        }
        return withCustomTags(customTags.or(() -> Optional.of(true)))
                .withNodeClasses(ClusterObjects.mapped(
                        nodeClasses, one -> one.withTags(ClusterObjects.merged(tags, one.tags()))))
                .withIngressClasses(ClusterObjects.mapped(
                        ingressClasses, one -> one.withTags(ClusterObjects.merged(tags, one.tags()))))
                .withStorageClasses(ClusterObjects.mapped(
                        storageClasses, one -> one.withTags(ClusterObjects.merged(tags, one.tags()))));
    }
}

package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntry;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntryConfig;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociation;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociationAccessScope;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociationConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterComputeConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterKubernetesNetworkConfigElasticLoadBalancing;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterStorageConfig;
import com.hashicorp.cdktf.providers.aws.eks_cluster.EksClusterStorageConfigBlockStorage;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * EKS Auto Mode of a cluster: what its role may do, the role of its nodes, and the three parts of the cluster's configuration that
 * are on or off together. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html">cluster role</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/auto-create-node-role.html">node role</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html">access entry of a node class</a>.
 */
final class AutoMode extends PlatformConstruct {

    private static final String CLUSTER_POLICY = "AmazonEKSClusterPolicy";

    private static final List<String> AUTO_MODE_POLICIES = List.of(
            CLUSTER_POLICY,
            "AmazonEKSBlockStoragePolicy",
            "AmazonEKSComputePolicy",
            "AmazonEKSLoadBalancingPolicy",
            "AmazonEKSNetworkingPolicy");

    private static final List<String> NODE_POLICIES =
            List.of("AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly");

    private final ClusterSpec cluster;
    private final Optional<AutoModeSpec> spec;
    private final List<ITerraformDependable> before = new ArrayList<>();
    private final @Nullable String nodeRoleArn;
    private boolean agentRequired;
    private boolean nodeGroups;

    /**
     * Extends the role of the cluster and creates that of the nodes.
     *
     * @param clusterName the cluster's name
     * @param cluster the cluster
     * @param clusterRole the role of the cluster
     */
    AutoMode(Construct scope, String clusterName, ClusterSpec cluster, ServiceRole clusterRole) {
        super(scope, "auto-mode");
        this.cluster = cluster;
        spec = cluster.autoMode();
        nodeRoleArn = isOn() ? nodeRole(clusterName) : null;
        if (spec.filter(AutoModeSpec::withoutRole).isPresent()) {
            TerraformStack.of(this)
                    .addOverride("terraform.required_providers.aws.version", AutoModeSpec.PROVIDER_WITHOUT_ROLE);
        }
        if (isOn() && settings().allowsTags()) {
            clusterRole.permit(
                    "auto-mode-tags",
                    PolicyCatalogue.of("eks-auto-mode-tags").latest().render(partition()));
        }
        if (isOn()) {
            ownSecurityGroups().ifPresent(policy -> clusterRole.permit("auto-mode-security-groups", policy));
        }
    }

    static PolicyDocument trust(ClusterSpec cluster) {
        return isOn(cluster.autoMode())
                ? TrustPolicy.taggingService("eks.amazonaws.com")
                : TrustPolicy.service("eks.amazonaws.com");
    }

    static List<String> clusterPolicies(ClusterSpec cluster) {
        return isOn(cluster.autoMode()) ? AUTO_MODE_POLICIES : List.of(CLUSTER_POLICY);
    }

    static boolean isOn(Optional<AutoModeSpec> spec) {
        return spec.filter(AutoModeSpec::enabled).isPresent();
    }

    boolean isOn() {
        return isOn(spec);
    }

    /** Whether there are nodes without a node pool of the workloads. */
    boolean hasBuiltInNodePools() {
        return isOn() && !settings().builtInNodePools().isEmpty();
    }

    private AutoModeSpec settings() {
        return spec.orElseThrow();
    }

    private Partition partition() {
        String id = Account.of(this).partition();
        return Arrays.stream(Partition.values())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(Partition.AWS);
    }

    private String nodeRole(String clusterName) {
        return settings().nodeRole().orElseGet(() -> {
            ServiceRole role = new ServiceRole(
                    this,
                    "node-role",
                    ClusterObjects.nodeRoleName(settings(), clusterName),
                    TrustPolicy.service(Account.of(this).servicePrincipal("ec2")),
                    NODE_POLICIES);
            before.addAll(role.attachments());
            return role.arn();
        });
    }

    /**
     * The policies of EKS let it open ports only in security groups whose names begin with {@code eks-cluster-sg-}; load balancers need
     * ports of pods opened in those that a node class names.
     *
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html#auto-lb-consider">considerations for load
     *     balancing with EKS Auto Mode</a>
     */
    private Optional<PolicyDocument> ownSecurityGroups() {
        Map<String, Map<String, String>> groups = new TreeMap<>();
        settings().nodeClasses().values().forEach(nodeClass -> {
            List<SelectorTerm> terms = new ArrayList<>(nodeClass.securityGroups());
            terms.addAll(nodeClass.podSecurityGroups());
            // No condition of IAM knows the name of a security group.
            terms.stream()
                    .filter(term -> term.name().isEmpty())
                    .forEach(term -> groups.put(term.id().orElse("*") + " " + term.tags(), conditions(term)));
        });
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        List<Statement> statements = new ArrayList<>();
        groups.forEach((key, conditions) -> {
            Statement statement = Statement.allow("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress")
                    .on(Arn.text(
                            Account.of(this).partition(),
                            "ec2",
                            Account.of(this).region(),
                            Account.of(this).id(),
                            "security-group/" + key.substring(0, key.indexOf(' '))));
            for (Map.Entry<String, String> condition : conditions.entrySet()) {
                statement = statement.when("StringLike", condition.getKey(), condition.getValue());
            }
            statements.add(statement);
        });
        return Optional.of(PolicyDocument.of(statements.toArray(Statement[]::new)));
    }

    private static Map<String, String> conditions(SelectorTerm term) {
        Map<String, String> conditions = new LinkedHashMap<>();
        new TreeMap<>(term.tags()).forEach((key, value) -> conditions.put("aws:ResourceTag/" + key, value));
        return conditions;
    }

    /** What must be in place before the cluster is created or changed. */
    List<ITerraformDependable> before() {
        return before;
    }

    /** Sets the three parts, to off where Auto Mode is to be switched off. */
    void configure(EksClusterConfig.Builder config) {
        if (spec.isEmpty()) {
            return;
        }
        EksClusterComputeConfig.Builder compute =
                EksClusterComputeConfig.builder().enabled(isOn());
        if (isOn()) {
            List<String> pools = settings().builtInNodePools().stream()
                    .map(BuiltInNodePool::id)
                    .toList();
            compute.nodePools(pools);
            if (!pools.isEmpty()) {
                // EKS refuses a role without built-in node pools.
                compute.nodeRoleArn(Objects.requireNonNull(nodeRoleArn));
            }
        }
        config.computeConfig(compute.build())
                .kubernetesNetworkConfig(ControlPlaneSettings.addresses(cluster)
                        .elasticLoadBalancing(EksClusterKubernetesNetworkConfigElasticLoadBalancing.builder()
                                .enabled(isOn())
                                .build())
                        .build())
                .storageConfig(EksClusterStorageConfig.builder()
                        .blockStorage(EksClusterStorageConfigBlockStorage.builder()
                                .enabled(isOn())
                                .build())
                        .build());
    }

    /** Lets nodes join whose role EKS does not know: it creates the access entry for the role of built-in node pools only. */
    void grantNodes(Cluster cluster) {
        if (!isOn()) {
            return;
        }
        Map<String, String> roles = new LinkedHashMap<>();
        if (settings().builtInNodePools().isEmpty()) {
            roles.put("nodes", Objects.requireNonNull(nodeRoleArn));
        }
        new TreeSet<>(settings().nodeClasses().values().stream()
                        .flatMap(nodeClass -> nodeClass.role().stream())
                        .filter(arn -> !arn.equals(nodeRoleArn))
                        .toList())
                .forEach(arn -> roles.put("nodes-" + RoleArn.name(arn), arn));
        roles.forEach((id, arn) -> grant(cluster, id, arn));
    }

    private void grant(Cluster cluster, String id, String roleArn) {
        EksAccessEntry entry = new EksAccessEntry(
                this,
                id,
                EksAccessEntryConfig.builder()
                        .clusterName(cluster.nameReference())
                        .principalArn(roleArn)
                        .type("EC2")
                        .build());
        List<ITerraformDependable> afterEntry = List.of(entry);
        new EksAccessPolicyAssociation(
                this,
                id + "-policy",
                EksAccessPolicyAssociationConfig.builder()
                        .clusterName(cluster.nameReference())
                        .principalArn(roleArn)
                        .policyArn(Arn.text(
                                Account.of(this).partition(),
                                "eks",
                                "",
                                "aws",
                                "cluster-access-policy/AmazonEKSAutoNodePolicy"))
                        .accessScope(EksAccessPolicyAssociationAccessScope.builder()
                                .type("cluster")
                                .build())
                        .dependsOn(afterEntry)
                        .build());
    }

    /** Whether pods with Pod Identity may run on nodes that have no agent built in; else remembers that they need one. */
    boolean needsAgent() {
        agentRequired = true;
        return nodeGroups;
    }

    /** Called when a node group is added: installs the agent if an identity has asked for it already. */
    void agentFor(Cluster cluster) {
        nodeGroups = true;
        if (agentRequired) {
            cluster.addon(EksAddonName.EKS_POD_IDENTITY_AGENT);
        }
    }
}

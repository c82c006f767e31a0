package dev.eksplatform.environment;

import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.cluster.ClusterAuthentication;
import dev.eksplatform.cluster.ClusterSource;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Region;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.WorkloadsSpec;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One environment: everything its file says.
 *
 * @param environment the environment's name: the prefix of its stacks, and the cluster's name
 * @param region the AWS region
 * @param account the AWS account; Terraform refuses to work in any other
 * @param cluster the Kubernetes cluster
 * @param tags tags of every AWS resource; default none
 * @param state where Terraform keeps its state; default local files
 * @param clusterAuthentication how Terraform authenticates to an EKS cluster; default {@code token} with state in HCP
 *     Terraform, whose runners have no AWS CLI, else {@code exec}
 * @param network the network; needed for a cluster that is made
 * @param nodeGroups managed node groups by name; default none
 * @param fargate Fargate profiles by name; default none
 * @param identity how ServiceAccounts get AWS permissions, unless they say otherwise; default IRSA
 * @param namespaces settings of namespaces that identities and add-ons live in; default none
 * @param addons what is installed on the cluster; default nothing
 * @param identities AWS permissions by ServiceAccount; default none
 * @param workloads what runs on the platform; default nothing
 */
@RecordBuilder
@Doc("An environment of eks-platform")
public record EnvironmentSpec(
        @Doc(value = "The environment's name: prefix of its stacks, name of its cluster", example = "shop")
        @Limit(pattern = EnvironmentSpec.NAME_PATTERN)
        String environment,

        @Doc(value = "The AWS region", example = "eu-central-1") @Limit(pattern = Region.PATTERN)
        String region,

        @Doc(value = "The AWS account; Terraform refuses to work in any other", example = "\"111122223333\"")
        AccountId account,

        @Doc(value = "The Kubernetes cluster", example = "{version: \"1.33\"}")
        ClusterSource cluster,

        @Doc(value = "Tags of every AWS resource", example = "{team: shop}")
        @Limit(keys = TagCheck.KEY, pattern = TagCheck.VALUE, maxItems = TagCheck.MOST)
        Map<String, String> tags,

        @Doc(value = "Where Terraform keeps its state (default local)", example = "{s3: {bucket: shop-state}}")
        StateSpec state,

        @Doc(
                value =
                        "How Terraform authenticates to an EKS cluster (default token with state: {cloud: …}, else exec)",
                example = "token")
        Optional<ClusterAuthentication> clusterAuthentication,

        @Doc(
                value = "The network; needed for a cluster that is made",
                example = "{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}")
        Optional<NetworkSource> network,

        @Doc(value = "Managed node groups by name", example = "{general: {instanceTypes: [m7g.large]}}")
        @Limit(keys = EnvironmentNames.NODE_GROUP)
        Map<String, NodeGroupSpec> nodeGroups,

        @Doc(value = "Fargate profiles by name", example = "{batch: {selectors: [{namespace: batch}]}}")
        @Limit(keys = EnvironmentNames.FARGATE_PROFILE)
        Map<String, FargateProfileSpec> fargate,

        @Doc(
                value = "How ServiceAccounts get AWS permissions, unless they say otherwise (default irsa)",
                example = "pod-identity")
        IdentityMode identity,

        @Doc(
                value = "Settings of namespaces that identities and add-ons live in",
                example = "{shop: {labels: {pod-security.kubernetes.io/enforce: restricted}}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, NamespaceSpec> namespaces,

        @Doc(
                value = "What is installed on the cluster",
                example = "{cert-manager: {}, aws-load-balancer-controller: {}}")
        AddonsSpec addons,

        @Doc(
                value = "AWS permissions by ServiceAccount (namespace/name)",
                example = "{shop/orders: {policies: [AmazonS3ReadOnlyAccess]}}")
        Map<ServiceAccountName, IdentitySpec> identities,

        @Doc(value = "What runs on the platform", example = "{manifests: [shop/*.yaml]}")
        WorkloadsSpec workloads)
        implements EnvironmentSpecBuilder.With {

    /** What names an environment: the cluster's and roles' names are made from it, which are limited too. */
    private static final String NAME_PATTERN = "^[a-z][a-z0-9-]{0,22}[a-z0-9]$";

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    /** Checks name and region; how the parts go together is checked by {@link ResolvedEnvironment}. */
    public EnvironmentSpec {
        Problems problems = new Problems();
        if (!NAME.matcher(environment).matches()) {
            problems.add(
                    "environment",
                    "\"" + environment + "\" is not an environment's name",
                    "2 to 24 lower case letters, digits and -, beginning with a letter",
                    didYouMean(environment));
        }
        problems.collect("region", () -> {
            Region.check(region);
            return region;
        });
        TagCheck.check(tags, problems);
        nodeGroups.keySet().forEach(name -> EnvironmentNames.nodeGroup(name, problems));
        fargate.keySet().forEach(name -> EnvironmentNames.fargateProfile(name, problems));
        namespaces
                .keySet()
                .forEach(name -> DnsName.checkNamespace(PropertyPath.of("namespaces", name), name, problems));
        problems.throwIfAny();
    }

    private static String didYouMean(String name) {
        String likely = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return NAME.matcher(likely).matches() ? "did you mean \"" + likely + "\"?" : "choose another name";
    }

    /**
     * How Terraform authenticates to the cluster, unless that is ROSA.
     *
     * @return what the spec says, or the default
     */
    public ClusterAuthentication authentication() {
        return clusterAuthentication.orElse(
                state instanceof StateSpec.Cloud ? ClusterAuthentication.TOKEN : ClusterAuthentication.EXEC);
    }

    /**
     * An environment with a cluster and nothing else.
     *
     * @param environment its name
     * @param region its region
     * @param account its account
     * @param cluster its cluster
     * @return the spec
     */
    @Defaults
    public static EnvironmentSpec of(String environment, String region, AccountId account, ClusterSource cluster) {
        return new EnvironmentSpec(
                environment,
                region,
                account,
                cluster,
                Map.of(),
                new StateSpec.Local(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                IdentityMode.IRSA,
                Map.of(),
                AddonsSpec.none(),
                Map.of(),
                WorkloadsSpec.none());
    }
}

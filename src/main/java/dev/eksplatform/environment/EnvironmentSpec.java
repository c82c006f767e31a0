package dev.eksplatform.environment;

import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.cluster.ClusterAuthentication;
import dev.eksplatform.cluster.ClusterCredentials;
import dev.eksplatform.cluster.ClusterSource;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.StorageClassSource;
import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Region;
import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.WorkloadsSpec;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * An environment of eks-platform.
 *
 * @param environment the name of the environment: the prefix of its stacks, and the name of the cluster
 * @param region the AWS region
 * @param account the AWS account; Terraform refuses to work in any other
 * @param cluster the Kubernetes cluster
 * @param tags tags of every AWS resource; default none
 * @param state where Terraform keeps its state; default {@code local}
 * @param clusterAuthentication how Terraform authenticates to an EKS cluster; default {@code token} with state in HCP
 *     Terraform, whose runners have no AWS CLI, and with an {@code assumeRole} that the AWS CLI cannot assume, else {@code
 *     exec}
 * @param providers which versions of the Terraform providers the stacks may use
 * @param network the network, required for a cluster that is created; default none
 * @param nodeGroups managed node groups by name; default none
 * @param fargate Fargate profiles by name; default none
 * @param identity how ServiceAccounts get AWS permissions, unless they set {@code mode}; default {@code irsa}
 * @param namespaces settings of namespaces that identities and add-ons use, by name; default none. A namespace that is
 *     not listed is created without labels
 * @param addons what is installed on the cluster
 * @param storageClasses classes of volumes on EBS, EFS or FSx for Lustre, by name; default none. Those of EKS Auto Mode are under {@code
 *     cluster.autoMode}
 * @param identities AWS permissions by ServiceAccount ({@code namespace/name}); default none
 * @param workloads what runs on the platform
 * @param overrides arguments of Terraform resources that no other key sets, by construct path such as {@code
 *     infrastructure/cluster/cluster}; default none. Mappings are merged, {@code null} removes an argument, other values
 *     replace what is there. Texts are Terraform's, in which <code>${…}</code> is an expression
 * @param terraform Terraform configuration of your own that is added to the stacks
 * @param roles what all IAM roles of the environment have in common, such as their permissions boundary
 * @param include files with keys of an environment that this file builds on: a key of this file wins, and mappings are
 *     merged key by key (docs/files.md). A program has no use for it; default none
 * @param profile the profile of the AWS config files with which Terraform works in the account: the AWS provider, the
 *     state in S3 and the token of the cluster; default the credentials of the environment
 * @param assumeRole the IAM role that Terraform assumes to work in the account, or a list of roles, each assumed by the one
 *     before: for the AWS provider, the state in S3 and the token of the cluster; default {@code none}
 * @param observability where metrics and container logs are: {@code cloudwatch}, {@code prometheus} or {@code none}. It adds the add-ons
 *     for it with what they need; those that the file has keep their settings; default {@code none}
 */
@RecordBuilder
public record EnvironmentSpec(
        @Example("shop") @Limit(pattern = EnvironmentSpec.NAME_PATTERN)
        String environment,

        @Example("eu-central-1") @Limit(pattern = Region.PATTERN)
        String region,

        @Example("\"111122223333\"") AccountId account,

        @Example("{version: \"1.36\"}") ClusterSource cluster,

        @Example("{team: shop}") @Limit(keys = TagCheck.KEY, pattern = TagCheck.VALUE, maxItems = TagCheck.MOST)
        Map<String, String> tags,

        @Example("{s3: {bucket: shop-state}}") StateSpec state,

        @Example("token") Optional<ClusterAuthentication> clusterAuthentication,

        @Example("{aws: \"~> 6.20\"}") ProvidersSpec providers,

        @Example("{cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}")
        Optional<NetworkSource> network,

        @Example("{general: {instanceTypes: [m7g.large]}}") @Limit(keys = EnvironmentNames.NODE_GROUP)
        Map<String, NodeGroupSpec> nodeGroups,

        @Example("{batch: {selectors: [{namespace: batch}]}}") @Limit(keys = EnvironmentNames.FARGATE_PROFILE)
        Map<String, FargateProfileSpec> fargate,

        @Example("pod-identity") IdentityMode identity,

        @Example("{shop: {labels: {pod-security.kubernetes.io/enforce: restricted}}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, NamespaceSpec> namespaces,

        @Example("{cert-manager: {}, aws-load-balancer-controller: {}}")
        AddonsSpec addons,

        @Example("{gp3: {isDefault: true}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, StorageClassSource> storageClasses,

        @Example("{shop/orders: {policies: [AmazonS3ReadOnlyAccess]}}")
        Map<ServiceAccountName, IdentitySpec> identities,

        @Example("{manifests: [shop/*.yaml]}") WorkloadsSpec workloads,

        @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS)
        @Example("{infrastructure/cluster/cluster: {timeouts: {create: 60m}}}")
        @Limit(keys = EnvironmentSpec.CONSTRUCT_PATH)
        Map<String, Map<String, Object>> overrides,

        @Example("{infrastructure: [shop/queues.tf.json]}") TerraformSpec terraform,

        @Example("{path: /platform/, permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary'}")
        RoleSettings roles,

        @Example("[../base/common.yaml]") Optional<IncludeSpec> include,

        @Example("shop-production") @Limit(pattern = EnvironmentSpec.PROFILE_PATTERN)
        Optional<String> profile,

        @Example("{roleArn: 'arn:aws:iam::111122223333:role/deployer'}")
        AssumeRoleSpec assumeRole,

        @Example("prometheus") ObservabilitySpec observability)
        implements EnvironmentSpecBuilder.With {

    /** The environment's name is a part of the names of cluster and roles, which are limited too. */
    private static final String NAME_PATTERN = "^[a-z][a-z0-9-]{0,22}[a-z0-9]$";

    /** As the AWS CLI writes them, and no option of a command. */
    static final String PROFILE_PATTERN = "^[A-Za-z0-9_.@:/+=,][A-Za-z0-9_.@:/+=, -]*$";

    private static final Pattern PROFILE = Pattern.compile(PROFILE_PATTERN);
    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    /** A path that begins with the kind of a stack. */
    private static final String CONSTRUCT_PATH = "^(infrastructure|platform|workloads)(/[^/\\s]+)+$";

    private static final Pattern CONSTRUCT_PATH_FORM = Pattern.compile(CONSTRUCT_PATH);

    /** Checks name and region; how the parts go together is checked by {@link ResolvedEnvironment}. */
    public EnvironmentSpec {
        Components.required("environment", environment, "region", region, "account", account, "cluster", cluster);
        Components.required("assumeRole", assumeRole, "observability", observability);
        tags = Components.map("tags", tags);
        nodeGroups = Components.map("nodeGroups", nodeGroups);
        fargate = Components.map("fargate", fargate);
        namespaces = Components.map("namespaces", namespaces);
        storageClasses = Components.map("storageClasses", storageClasses);
        identities = Components.map("identities", identities);
        overrides = Components.map("overrides", overrides);
        Problems problems = new Problems();
        if (!NAME.matcher(environment).matches()) {
            problems.add(
                    PropertyPath.of("environment"),
                    "\"" + environment + "\" is not an environment's name",
                    "2 to 24 lower case letters, digits and -, beginning with a letter",
                    didYouMean(environment));
        }
        problems.collect(PropertyPath.of("region"), () -> {
            Region.check(region);
            return region;
        });
        TagCheck.check(PropertyPath.of("tags"), tags, problems);
        overrides
                .keySet()
                .forEach(path -> problems.match(
                        PropertyPath.of("overrides", path),
                        path,
                        CONSTRUCT_PATH_FORM,
                        "a construct path",
                        "infrastructure, platform or workloads, and the ids of constructs with a / between them",
                        "write it like infrastructure/cluster/cluster"));
        profile.ifPresent(name -> checkProfile(name, problems));
        nodeGroups.keySet().forEach(name -> EnvironmentNames.nodeGroup(name, problems));
        fargate.keySet().forEach(name -> EnvironmentNames.fargateProfile(name, problems));
        storageClasses.keySet().stream()
                .filter(name -> !DnsName.isLabel(name))
                .forEach(name -> problems.add(
                        PropertyPath.of("storageClasses", name),
                        "\"" + name + "\" is not a name",
                        DnsName.ALLOWED_LABEL,
                        "write it like gp3-encrypted"));
        namespaces
                .keySet()
                .forEach(name -> DnsName.checkNamespace(PropertyPath.of("namespaces", name), name, problems));
        problems.throwIfAny();
    }

    static void checkProfile(String name, Problems problems) {
        problems.match(
                "profile",
                name,
                PROFILE,
                "the name of a profile",
                "letters, digits, spaces inside and _ . @ : / + = , -",
                "copy it from `aws configure list-profiles`");
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
                state instanceof StateSpec.Cloud || !canGetToken()
                        ? ClusterAuthentication.TOKEN
                        : ClusterAuthentication.EXEC);
    }

    /** Whether the AWS CLI can assume the roles: it assumes one, and names nothing but its ARN. */
    boolean canGetToken() {
        List<AssumeRoleSpec.Role> roles = assumeRole.roles();
        return roles.size() <= 1 && roles.stream().allMatch(AssumeRoleSpec.Role::needsOnlyItsArn);
    }

    /**
     * Who works in the account, as far as the AWS CLI can express it.
     *
     * @return the profile and the role
     */
    @API(status = API.Status.INTERNAL)
    public ClusterCredentials credentials() {
        return new ClusterCredentials(
                profile,
                canGetToken()
                        ? assumeRole.roles().stream()
                                .map(AssumeRoleSpec.Role::roleArn)
                                .findFirst()
                        : Optional.empty());
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
                ProvidersSpec.supported(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                IdentityMode.IRSA,
                Map.of(),
                AddonsSpec.none(),
                Map.of(),
                Map.of(),
                WorkloadsSpec.none(),
                Map.of(),
                TerraformSpec.none(),
                RoleSettings.standard(),
                Optional.empty(),
                Optional.empty(),
                new AssumeRoleSpec.None(),
                new ObservabilitySpec.None());
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * An EKS cluster that is created.
 *
 * @param version the Kubernetes version
 * @param name the name of the cluster; default the name of the environment. Changing it replaces the cluster
 * @param endpoint from where the API server can be reached
 * @param logs which control plane logs are kept, and for how long
 * @param creatorAdmin whether the principal that creates the cluster becomes its administrator, which it needs to
 *     install Helm releases; default true. EKS fixes this at creation: changing it replaces the cluster
 * @param access what other IAM principals may do in the cluster, by their ARN; default none. Nodes and the creator
 *     need no entry: EKS creates theirs
 * @param oidc the IAM OIDC provider of the cluster's issuer; default created when an identity needs it
 * @param addons EKS add-ons beside {@code vpc-cni}, {@code kube-proxy} and {@code coredns}, which every cluster gets,
 *     or other settings for those, by name; default none. Any name of {@code aws eks describe-addon-versions}: what is known of an
 *     add-on, such as its policy, is in docs/eks-addons.md
 * @param deletionProtection who refuses to delete the cluster: Terraform, or EKS too; default {@code false}. With {@code eks},
 *     AWS provider 6.9.0 or newer is needed
 * @param zones at least two zones of {@code network.zones} for the control plane; default the first two. EKS fixes
 *     them at creation: never change them. Node groups and Fargate profiles use them too unless they name other zones
 * @param subnetIds subnets of the control plane in an existing network; default all its private subnets. EKS fixes the
 *     zones of these subnets at creation: never change them
 * @param nodeEgress the traffic that nodes and their pods may send out of the cluster; default everything. Traffic
 *     between nodes and to the control plane is always allowed
 * @param controlPlaneEgressMode through what the control plane reaches webhooks and OIDC issuers; default {@code
 *     aws-managed}. EKS does not change {@code customer-routed} back: that replaces the cluster. Needs AWS provider 6.52.0
 *     or newer
 * @param ipFamily which addresses pods and Services have; default {@code ipv4}. EKS fixes this at creation: changing it
 *     replaces the cluster. {@code ipv6} needs {@code network.ipv6}
 * @param upgradePolicy {@code standard} or {@code extended} support of Kubernetes versions; default that of EKS for new clusters
 *     ({@code extended}), or what the cluster has
 * @param zonalShift whether Amazon Application Recovery Controller may move traffic of the cluster out of a zone that fails; default
 *     what the cluster has, for a new one {@code false}
 * @param controlPlaneTier the least capacity of the control plane; default what the cluster has, for a new one {@code standard}.
 *     Needs AWS provider 6.23.0 or newer
 * @param serviceCidr the IPv4 block of Services, a /12 to /24 of a private network; default 10.100.0.0/16 or 172.20.0.0/16,
 *     chosen by EKS. EKS does not change it: that replaces the cluster
 * @param forceUpdateVersion whether a new {@code version} is applied although EKS finds that something in the cluster is not ready
 *     for it; default false
 * @param timeouts how long Terraform waits for EKS
 * @param tags tags of the cluster beside {@code tags} of the environment, which they override; default none
 * @param securityGroupTags tags of the cluster security group, which EKS creates and {@code tags} do not reach; default none
 * @param kubeApiServerConfig settings of the Kubernetes API server. Needs AWS provider 6.64.0 or newer
 * @param kubeSchedulerConfig settings of the Kubernetes scheduler. Needs AWS provider 6.64.0 or newer
 * @param kubeControllerManagerConfig settings of the Kubernetes controller manager. Needs AWS provider 6.64.0 or newer
 * @param kmsKey the KMS key of Secrets and logs: settings of one that is created, or the ARN of one that exists. EKS does not
 *     change the key of a cluster: never name another
 * @param identityProviders OIDC identity providers whose users can log in to the cluster, by name; default none. Up to ten, one
 *     before Kubernetes 1.32
 * @param role the IAM role of the control plane: settings of one that is created, or the ARN of one that exists. EKS does not
 *     change the role: that replaces the cluster
 * @param securityGroupIds up to four further security groups of the control plane; default none
 * @param nodeSecurityGroupId a security group that exists for the nodes, with rules of its own; default one is created
 * @param securityGroupRules rules of the cluster security group and of that of the nodes, beside those that the platform needs
 * @param remoteNetwork the networks and the role of hybrid nodes; default none
 * @param outputs which Terraform outputs there are about the cluster: {@code basic} or {@code all}; default {@code basic}
 * @param autoMode EKS Auto Mode, in which EKS creates and removes nodes itself; default off
 * @param capabilities controllers that AWS runs for the cluster
 */
@RecordBuilder
public record ClusterSpec(
        @Example("\"1.36\"") KubernetesVersion version,

        @Example("shop") @Limit(pattern = ClusterSpec.NAME_PATTERN)
        Optional<String> name,

        @Example("{public: [203.0.113.0/24]}") EndpointSpec endpoint,

        @Example("{retentionDays: 90}") LogsSpec logs,

        @Example("true") boolean creatorAdmin,

        @Example("{'arn:aws:iam::111122223333:role/developers': {policies: [AmazonEKSViewPolicy]}}")
        Map<PrincipalArn, AccessEntrySpec> access,

        @Example("{thumbprint: omit}") Optional<OidcSpec> oidc,

        @Example("{aws-ebs-csi-driver: {}}") Map<EksAddonName, EksAddonSpec> addons,

        @Example("true") DeletionProtection deletionProtection,

        @Example("[eu-central-1a, eu-central-1b]") @Limit(unique = true)
        List<Zone> zones,

        @Example("[subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719]")
        @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("[{cidr: 0.0.0.0/0, port: 443}]") List<NodeEgress> nodeEgress,

        @Example("customer-routed") Optional<ControlPlaneEgressMode> controlPlaneEgressMode,

        @Example("ipv4") IpFamily ipFamily,

        @Example("standard") Optional<UpgradePolicy> upgradePolicy,

        @Example("true") Optional<Boolean> zonalShift,

        @Example("tier-xl") Optional<ControlPlaneTier> controlPlaneTier,

        @Example("172.20.0.0/16") Optional<Cidr> serviceCidr,

        @Example("true") boolean forceUpdateVersion,

        @Example("{createMinutes: 45}") ClusterTimeoutsSpec timeouts,

        @Example("{criticality: high}") Map<String, String> tags,

        @Example("{criticality: high}") Map<String, String> securityGroupTags,

        @Example("{eventTtlMinutes: 30}") KubeApiServerSpec kubeApiServerConfig,

        @Example("{scoringStrategy: most-allocated}") KubeSchedulerSpec kubeSchedulerConfig,

        @Example("{terminatedPodGcThreshold: 1000}") KubeControllerManagerSpec kubeControllerManagerConfig,

        @Example("{rotationPeriodDays: 180}") KmsKeySpec kmsKey,

        @Example("{company: {issuerUrl: 'https://login.example.com', clientId: kubernetes}}")
        @Limit(keys = IdentityProviders.NAME)
        Map<String, IdentityProviderSpec> identityProviders,

        @Example("{name: shop-control-plane}") ClusterRoleSpec role,

        @Example("[sg-0a1b2c3d4e5f60718]")
        @Limit(pattern = SecurityGroupIds.PATTERN, maxItems = ClusterSpec.MOST_SECURITY_GROUPS, unique = true)
        List<String> securityGroupIds,

        @Example("sg-0a1b2c3d4e5f60719") @Limit(pattern = SecurityGroupIds.PATTERN)
        Optional<String> nodeSecurityGroupId,

        @Example("{node: {metrics: {direction: ingress, fromPort: 9100, group: self, reason: Metrics of nodes}}}")
        SecurityGroupRulesSpec securityGroupRules,

        @Example("{nodeNetworks: [10.80.0.0/16]}") Optional<RemoteNetworkSpec> remoteNetwork,

        @Example("all") OutputSet outputs,

        @Example("{builtInNodePools: [system]}") Optional<AutoModeSpec> autoMode,

        @Example("{kro: {}}") CapabilitiesSpec capabilities)
        implements ClusterSource, ClusterSpecBuilder.With {

    /** The form of an EKS cluster's name. */
    public static final String NAME_PATTERN = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$";

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    /**
     * The most security groups of a control plane. Source: <a
     * href="https://docs.aws.amazon.com/general/latest/gr/eks.html#limits_eks">EKS quotas</a>.
     */
    private static final int MOST_SECURITY_GROUPS = 4;

    /**
     * Checks the name, that each access entry gives something, the zones, and the versions of add-ons. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">EKS networking requirements</a> (two zones).
     */
    public ClusterSpec {
        Components.required("version", version);
        access = Components.map("access", access);
        addons = Components.map("addons", addons);
        zones = Components.list("zones", zones);
        subnetIds = Components.list("subnetIds", subnetIds);
        nodeEgress = Components.list("nodeEgress", nodeEgress);
        tags = Components.map("tags", tags);
        securityGroupTags = Components.map("securityGroupTags", securityGroupTags);
        identityProviders = Components.map("identityProviders", identityProviders);
        securityGroupIds = Components.list("securityGroupIds", securityGroupIds);
        Problems problems = new Problems();
        for (int i = 0; i < nodeEgress.size(); i++) {
            if (nodeEgress.indexOf(nodeEgress.get(i)) < i) {
                problems.add(PropertyPath.of("nodeEgress").index(i), "duplicate rule", "remove it");
            }
        }
        new Placement(zones, subnetIds).check(problems);
        if (zones.size() == 1 || subnetIds.size() == 1) {
            problems.add(
                    zones.size() == 1 ? "zones" : "subnetIds",
                    "1 given",
                    "at least two: EKS places a control plane in two zones or more",
                    zones.size() == 1 ? "add another zone of network.zones" : "add a private subnet of another zone");
        }
        name.ifPresent(given -> checkName(PropertyPath.of("name"), given, problems));
        checkAccess(access, problems);
        ControlPlaneChecks.serviceCidr(serviceCidr, ipFamily, problems);
        ControlPlaneChecks.tier(controlPlaneTier, kubeControllerManagerConfig, problems);
        ControlPlaneChecks.securityGroups(
                securityGroupIds, MOST_SECURITY_GROUPS, nodeSecurityGroupId, nodeEgress, problems);
        IdentityProviders.check(identityProviders, version, controlPlaneEgressMode, problems);
        checkAddons(addons, Optional.of(version), problems);
        problems.throwIfAny();
    }

    static void checkAccess(Map<PrincipalArn, AccessEntrySpec> access, Problems problems) {
        access.forEach((principal, entry) ->
                entry.checkFor(principal, PropertyPath.of("access", principal.toString()), problems));
    }

    static void checkAddons(
            Map<EksAddonName, EksAddonSpec> addons, Optional<KubernetesVersion> version, Problems problems) {
        addons.forEach((addon, spec) -> {
            EksAddonChecks.check(addon, spec, problems);
            version.ifPresent(known -> checkVersion(addon, spec.version(), known, problems));
        });
    }

    private static void checkVersion(
            EksAddonName addon, EksAddonVersion pinned, KubernetesVersion cluster, Problems problems) {
        if (pinned.isPinned()
                && EksAddonReleases.get().supports(addon.id(), pinned.text(), cluster.minor()) == Truth.FALSE) {
            problems.add(
                    PropertyPath.of("addons", addon.id(), "version"),
                    addon + " " + pinned + " does not support Kubernetes " + cluster,
                    "default, latest, or a version that supports " + cluster,
                    "use default, or one of `aws eks describe-addon-versions --addon-name " + addon
                            + " --kubernetes-version " + cluster + "`");
        }
    }

    /**
     * A cluster with the defaults.
     *
     * @param version the Kubernetes version
     * @return the spec
     */
    @Defaults
    public static ClusterSpec of(KubernetesVersion version) {
        return new ClusterSpec(
                version,
                Optional.empty(),
                EndpointSpec.closed(),
                LogsSpec.all(),
                true,
                Map.of(),
                Optional.empty(),
                Map.of(),
                DeletionProtection.FALSE,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                IpFamily.IPV4,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                ClusterTimeoutsSpec.standard(),
                Map.of(),
                Map.of(),
                KubeApiServerSpec.standard(),
                KubeSchedulerSpec.standard(),
                KubeControllerManagerSpec.standard(),
                CreatedKmsKeySpec.standard(),
                Map.of(),
                CreatedRoleSpec.standard(),
                List.of(),
                Optional.empty(),
                SecurityGroupRulesSpec.none(),
                Optional.empty(),
                OutputSet.BASIC,
                Optional.empty(),
                CapabilitiesSpec.none());
    }

    /**
     * A cluster with the defaults.
     *
     * @param name the cluster's name
     * @param version the Kubernetes version, such as {@code 1.36}
     * @return the spec
     * @throws InvalidInputException when one of them is not valid
     */
    public static ClusterSpec of(String name, String version) {
        Problems problems = new Problems();
        KubernetesVersion parsed = problems.collect(PropertyPath.of("version"), () -> KubernetesVersion.parse(version));
        checkName(PropertyPath.of("name"), name, problems);
        problems.throwIfAny();
        return of(Objects.requireNonNull(parsed)).withName(Optional.of(name));
    }

    @Override
    public String clusterName(String environment) {
        return name.orElse(environment);
    }

    @Override
    public Optional<KubernetesVersion> kubernetesVersion() {
        return Optional.of(version);
    }

    @Override
    public Optional<ClusterSpec> created() {
        return Optional.of(this);
    }

    /**
     * Where the control plane is placed.
     *
     * @return its zones or subnets
     */
    public Placement placement() {
        return new Placement(zones, subnetIds);
    }

    /** EKS: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit. */
    @API(status = API.Status.INTERNAL)
    public static void checkName(PropertyPath property, String name, Problems problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    property,
                    "\"" + name + "\" is not a cluster name",
                    "1 to 100 letters, digits, - and _, beginning with a letter or digit",
                    "choose another name");
        }
    }

    /** The name, for a cluster that is created. */
    String requiredName() {
        Problems problems = new Problems();
        if (name.isEmpty()) {
            problems.add(PropertyPath.of("name"), "the cluster has no name", "use ClusterSpec.of(name, version)");
        }
        problems.throwIfAny();
        return name.orElseThrow();
    }
}

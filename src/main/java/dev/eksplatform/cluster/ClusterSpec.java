package dev.eksplatform.cluster;

import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
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
 * @param name the name of the cluster; default the name of the environment
 * @param endpoint from where the API server can be reached
 * @param logs which control plane logs are kept, and for how long
 * @param creatorAdmin whether the principal that creates the cluster becomes its administrator, which it needs to
 *     install Helm releases; default true. EKS fixes this at creation: changing it replaces the cluster
 * @param access what other IAM principals may do in the cluster, by their ARN; default none. Nodes and the creator
 *     need no entry: EKS creates theirs
 * @param oidc the IAM OIDC provider of the cluster's issuer; default created when an identity needs it
 * @param addons EKS add-ons beside {@code vpc-cni}, {@code kube-proxy} and {@code coredns}, which every cluster gets,
 *     or other settings for those, by name; default none
 * @param deletionProtection whether Terraform refuses to destroy the cluster; default false
 * @param zones at least two zones of {@code network.zones} for the control plane; default the first two. EKS fixes
 *     them at creation: never change them. Node groups and Fargate profiles use them too unless they name other zones
 * @param subnetIds subnets of the control plane in an existing network; default all its private subnets. EKS fixes the
 *     zones of these subnets at creation: never change them
 * @param nodeEgress the traffic that nodes and their pods may send out of the cluster; default everything. Traffic
 *     between nodes and to the control plane is always allowed
 * @param controlPlaneEgressMode through what the control plane reaches webhooks and OIDC issuers; default {@code
 *     aws-managed}. EKS does not change {@code customer-routed} back: that replaces the cluster. Needs AWS provider 6.52.0
 *     or newer
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

        @Example("true") boolean deletionProtection,

        @Example("[eu-central-1a, eu-central-1b]") @Limit(unique = true)
        List<Zone> zones,

        @Example("[subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719]")
        @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("[{cidr: 0.0.0.0/0, port: 443}]") List<NodeEgress> nodeEgress,

        @Example("customer-routed") Optional<ControlPlaneEgressMode> controlPlaneEgressMode,

        @Example("{builtInNodePools: [system]}") Optional<AutoModeSpec> autoMode,

        @Example("{kro: {}}") CapabilitiesSpec capabilities)
        implements ClusterSource, ClusterSpecBuilder.With {

    /** The form of an EKS cluster's name. */
    public static final String NAME_PATTERN = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$";

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

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
        checkAddons(addons, Optional.of(version), problems);
        problems.throwIfAny();
    }

    static void checkAccess(Map<PrincipalArn, AccessEntrySpec> access, Problems problems) {
        access.forEach((principal, entry) -> {
            if (entry.policies().isEmpty() && entry.groups().isEmpty()) {
                problems.add(
                        PropertyPath.of("access", principal.toString()),
                        "an access entry that gives no permission",
                        "add policies: [AmazonEKSViewPolicy], or groups");
            }
        });
    }

    static void checkAddons(
            Map<EksAddonName, EksAddonSpec> addons, Optional<KubernetesVersion> version, Problems problems) {
        addons.forEach((addon, spec) -> {
            EksAddonConfiguration.check(addon, spec.configuration(), problems);
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
                false,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
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

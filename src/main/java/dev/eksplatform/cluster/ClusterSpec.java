package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
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

/**
 * An EKS cluster to make.
 *
 * @param version the Kubernetes version
 * @param name the cluster's name; in an environment file default: the environment's name
 * @param endpoint from where the API server is reached; default: from inside the VPC alone
 * @param logs control plane logs; default all, for a year
 * @param creatorAdmin whether the principal that makes the cluster becomes its administrator; default true, because
 *     Helm releases are installed as that principal. EKS fixes this at creation: changing it replaces the cluster
 * @param access what other IAM principals may do, by their ARN; default nobody. Nodes and the creator need no entry:
 *     EKS makes theirs, and a second one conflicts
 * @param oidc the IAM OIDC provider of the cluster's issuer; default: made when an identity needs it
 * @param addons EKS add-ons beside {@code vpc-cni}, {@code kube-proxy} and {@code coredns}, which every cluster gets, or
 *     other settings for those, by name
 * @param deletionProtection whether Terraform refuses to destroy the cluster; default false
 * @param zones the zones of the control plane, at least two, in a network that is created; default the first two of the
 *     network. EKS fixes them when the cluster is created: never change them. Node groups and Fargate profiles are placed
 *     there too unless they name other zones
 * @param subnetIds the same by subnet id, in an existing network; default all its private subnets. The zones of these
 *     subnets must not change
 * @param nodeEgress what nodes and their pods may send out of the cluster; default (empty): everything. Traffic between
 *     nodes and to the control plane is always let through
 */
@RecordBuilder
public record ClusterSpec(
        @Doc(value = "Kubernetes version", example = "\"1.33\"")
        KubernetesVersion version,

        @Doc(value = "The cluster's name (default: the environment's name)", example = "shop")
        @Limit(pattern = ClusterSpec.NAME_PATTERN)
        Optional<String> name,

        @Doc(
                value = "From where the API server is reached (default: only from inside the VPC)",
                example = "{public: [203.0.113.0/24]}")
        EndpointSpec endpoint,

        @Doc(value = "Control plane logs (default all, kept for a year)", example = "{retentionDays: 90}")
        LogsSpec logs,

        @Doc(value = "The principal that makes the cluster becomes its administrator (default true)", example = "true")
        boolean creatorAdmin,

        @Doc(
                value = "What other IAM principals may do, by their ARN",
                example = "{'arn:aws:iam::111122223333:role/developers': {policies: [AmazonEKSViewPolicy]}}")
        Map<PrincipalArn, AccessEntrySpec> access,

        @Doc(
                value = "The IAM OIDC provider of the cluster's issuer (default: made when an identity needs it)",
                example = "{thumbprint: omit}")
        Optional<OidcSpec> oidc,

        @Doc(
                value = "EKS add-ons beside vpc-cni, kube-proxy and coredns, or other settings for those",
                example = "{aws-ebs-csi-driver: {}}")
        Map<EksAddonName, EksAddonSpec> addons,

        @Doc(value = "Terraform refuses to destroy the cluster (default false)", example = "true")
        boolean deletionProtection,

        @Doc(
                value =
                        "Zones of the control plane, at least two of network.zones (default the first two). EKS fixes them at"
                                + " creation: never change them",
                example = "[eu-central-1a, eu-central-1b]")
        @Limit(unique = true)
        List<Zone> zones,

        @Doc(
                value =
                        "Subnets of the control plane in an existing network (default all its private subnets). EKS fixes"
                                + " their zones at creation",
                example = "[subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719]")
        @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Doc(
                value = "What nodes and their pods may send out of the cluster (default everything)",
                example = "[{cidr: 0.0.0.0/0, port: 443}]")
        List<NodeEgress> nodeEgress)
        implements ClusterSource, ClusterSpecBuilder.With {

    /** The form of an EKS cluster's name. */
    public static final String NAME_PATTERN = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$";

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    /**
     * Checks the name, that each access entry gives something, and the zones. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html">EKS networking requirements</a> (two zones).
     */
    public ClusterSpec {
        zones = List.copyOf(zones);
        subnetIds = List.copyOf(subnetIds);
        nodeEgress = List.copyOf(nodeEgress);
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
        access.forEach((principal, entry) -> {
            if (entry.policies().isEmpty() && entry.groups().isEmpty()) {
                problems.add(
                        "access[\"" + principal + "\"]",
                        "an access entry that gives no permission",
                        "EKS access policies, or Kubernetes groups of your own",
                        "add policies: [AmazonEKSViewPolicy], or groups");
            }
        });
        addons.forEach((addon, spec) -> EksAddonConfiguration.check(addon, spec.configuration(), problems));
        problems.throwIfAny();
    }

    /**
     * A cluster with safe defaults.
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
                List.of());
    }

    /**
     * A cluster with safe defaults.
     *
     * @param name the cluster's name
     * @param version the Kubernetes version, such as {@code 1.33}
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
    public static void checkName(PropertyPath property, String name, Problems problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    property,
                    "\"" + name + "\" is not a cluster name",
                    "1 to 100 letters, digits, - and _, beginning with a letter or digit",
                    "choose another name");
        }
    }

    /** The name, for a cluster that is to be made. */
    String requiredName() {
        Problems problems = new Problems();
        if (name.isEmpty()) {
            problems.add("name", "the cluster has no name", "a name", "use ClusterSpec.of(name, version)");
        }
        problems.throwIfAny();
        return name.orElseThrow();
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import dev.eksplatform.spec.Limit;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
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
        boolean deletionProtection)
        implements ClusterSource, ClusterSpecBuilder.With {

    static final String NAME_PATTERN = "^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$";

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);

    /** Checks the name, and that each access entry gives something. */
    public ClusterSpec {
        Problems problems = new Problems();
        name.ifPresent(given -> checkName("name", given, problems));
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
                false);
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
        return of(KubernetesVersion.parse(version)).withName(Optional.of(name));
    }

    /** EKS: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit. */
    static void checkName(String property, String name, Problems problems) {
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

package dev.eksplatform.environment;

import dev.eksplatform.cluster.AccessEntryType;
import dev.eksplatform.cluster.AutoModeSpec;
import dev.eksplatform.cluster.Cluster;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.DeletionProtection;
import dev.eksplatform.cluster.HybridNodeRoleSpec;
import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.cluster.PrincipalArn;
import dev.eksplatform.cluster.RoleArn;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.TagCheck;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the settings of a control plane go together with the rest of an environment: account, region, network and nodes. */
final class ClusterChecks {

    /**
     * What EKS uses for Services unless it is given one: the one that does not overlap the VPC. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html">
     * KubernetesNetworkConfigRequest</a>.
     */
    private static final List<Cidr> USUAL_SERVICES = List.of(Cidr.parse("10.100.0.0/16"), Cidr.parse("172.20.0.0/16"));

    private static final PropertyPath CLUSTER = PropertyPath.of("cluster");

    private final EnvironmentSpec spec;
    private final ClusterSpec cluster;

    private ClusterChecks(EnvironmentSpec spec, ClusterSpec cluster) {
        this.spec = spec;
        this.cluster = cluster;
    }

    static void check(EnvironmentSpec spec, CrossChecks checks) {
        spec.cluster()
                .created()
                .map(cluster -> new ClusterChecks(spec, cluster))
                .ifPresent(cluster -> {
                    cluster.addresses(
                            checks.reading(CLUSTER, PropertyPath.of("network"), PropertyPath.of("network", "cidr")));
                    cluster.entries(checks.readingAll("nodeGroups")
                            .readingAll("fargate")
                            .reading(CLUSTER, CLUSTER.key("access"), PropertyPath.of("account")));
                    cluster.arns(checks.reading(CLUSTER, PropertyPath.of("account"), PropertyPath.of("region")));
                    cluster.tags(checks.reading(CLUSTER, PropertyPath.of("tags")));
                });
    }

    /** Services, hybrid nodes and the VPC need different addresses. */
    private void addresses(Problems problems) {
        Map<PropertyPath, Cidr> remote = new LinkedHashMap<>();
        cluster.remoteNetwork().ifPresent(network -> network.blocks()
                .forEach((where, block) ->
                        remote.put(CLUSTER.key("remoteNetwork").plus(where), block)));
        Map<PropertyPath, Cidr> vpc = new LinkedHashMap<>();
        spec.network().filter(NetworkSpec.class::isInstance).ifPresent(network -> ((NetworkSpec) network)
                .ipv4Blocks()
                .forEach((where, block) -> vpc.put(PropertyPath.of("network").plus(where), block)));
        cluster.serviceCidr().ifPresent(services -> overlap(CLUSTER.key("serviceCidr"), services, vpc, problems));
        remote.forEach((where, block) -> {
            overlap(where, block, vpc, problems);
            cluster.serviceCidr()
                    .ifPresent(other -> overlap(where, block, Map.of(CLUSTER.key("serviceCidr"), other), problems));
            if (cluster.serviceCidr().isEmpty()) {
                USUAL_SERVICES.stream()
                        .filter(block::overlaps)
                        .filter(other -> vpc.values().stream().noneMatch(other::overlaps))
                        .findFirst()
                        .ifPresent(other -> problems.add(
                                where,
                                block + " overlaps " + other + ", which EKS may choose for Services",
                                "use another block, or set cluster.serviceCidr, for a cluster that exists to the block"
                                        + " that it has"));
            }
        });
    }

    private static void overlap(PropertyPath where, Cidr block, Map<PropertyPath, Cidr> others, Problems problems) {
        others.forEach((owner, other) -> {
            if (block.overlaps(other)) {
                problems.add(where, block + " overlaps " + other + " of " + owner, "use another block");
            }
        });
    }

    /** Entries that EKS creates itself, and entries of nodes, whose roles must be of the account. */
    private void entries(Problems problems) {
        Map<String, String> created = new LinkedHashMap<>();
        String name = cluster.clusterName(spec.environment());
        NodeGroups.all(spec)
                .keySet()
                .forEach(group -> created.put(role(name + "-" + group + "-node"), "the node group " + group));
        spec.fargate()
                .keySet()
                .forEach(profile ->
                        created.put(role(name + "-" + profile + "-fargate"), "the Fargate profile " + profile));
        cluster.remoteNetwork()
                .filter(network -> !(network.nodeRole() instanceof RoleArn))
                .ifPresent(network -> created.put(Cluster.hybridNodeRole(name), "hybrid nodes"));
        Map<String, String> given = givenRoles();
        cluster.access().forEach((principal, entry) -> {
            PropertyPath where = CLUSTER.plus(PropertyPath.of("access", principal.value()));
            boolean own = principal.value().contains("::" + spec.account().digits() + ":");
            if (!own && entry.type() != AccessEntryType.STANDARD) {
                problems.add(
                        where,
                        principal + " is of another account than " + spec.account() + ", and the type is "
                                + entry.type(),
                        "roles of " + spec.account() + " for every type but standard",
                        "create the role of the nodes in this account");
            }
            existing(principal, own, created, given)
                    .ifPresent(of -> problems.add(
                            where,
                            "the role of " + of + " has an access entry already: EKS refuses a second one",
                            "remove it"));
        });
    }

    /** Roles that exist and get an entry of EKS or the platform, and whose they are. */
    private Map<String, String> givenRoles() {
        Map<String, String> given = new LinkedHashMap<>();
        spec.nodeGroups()
                .forEach((name, group) -> group.roleArn().ifPresent(arn -> given.put(arn, "the node group " + name)));
        spec.fargate().forEach((name, profile) -> profile.roleArn()
                .ifPresent(arn -> given.put(arn, "the Fargate profile " + name)));
        cluster.autoMode().filter(AutoModeSpec::enabled).ifPresent(autoMode -> {
            autoMode.nodeRole().ifPresent(arn -> given.put(arn, "nodes of Auto Mode"));
            autoMode.nodeClasses()
                    .forEach((name, nodeClass) ->
                            nodeClass.role().ifPresent(arn -> given.put(arn, "the node class " + name)));
        });
        cluster.remoteNetwork()
                .map(network -> network.nodeRole())
                .filter(RoleArn.class::isInstance)
                .ifPresent(role -> given.put(role.toString(), "hybrid nodes"));
        return given;
    }

    private static Optional<String> existing(
            PrincipalArn principal, boolean own, Map<String, String> created, Map<String, String> given) {
        return Optional.ofNullable(given.get(principal.value()))
                .or(() -> own && principal.value().contains(":role/")
                        ? Optional.ofNullable(created.get(principal.name()))
                        : Optional.empty());
    }

    private static String role(String name) {
        return RoleName.fitting(name).toString();
    }

    /** Keys belong to the region, roles to the account. */
    private void arns(Problems problems) {
        if (cluster.kmsKey() instanceof KmsKeyArn key) {
            key(CLUSTER.key("kmsKey"), key, problems);
        }
        cluster.logs().kmsKeyArn().ifPresent(key -> key(CLUSTER.key("logs").key("kmsKeyArn"), key, problems));
        if (cluster.role() instanceof RoleArn role) {
            role(CLUSTER.key("role"), role, problems);
        }
        cluster.remoteNetwork().map(network -> network.nodeRole()).ifPresent(role -> {
            PropertyPath where = CLUSTER.plus(PropertyPath.of("remoteNetwork", "nodeRole"));
            if (role instanceof RoleArn given) {
                role(where, given, problems);
            } else if (role instanceof HybridNodeRoleSpec.RolesAnywhere anywhere) {
                anywhere.privateCaArn()
                        .ifPresent(arn ->
                                region(where.plus(PropertyPath.of("rolesAnywhere", "privateCaArn")), arn, problems));
            }
        });
    }

    private void key(PropertyPath where, KmsKeyArn key, Problems problems) {
        region(where, key.value(), problems);
    }

    private void region(PropertyPath where, String arn, Problems problems) {
        if (!TerraformTemplate.isOpen(arn) && !arn.split(":", 5)[3].equals(spec.region())) {
            problems.add(
                    where,
                    arn + " is in " + arn.split(":", 5)[3],
                    "one of the region of the cluster, " + spec.region(),
                    "use one of " + spec.region());
        }
    }

    private void role(PropertyPath where, RoleArn role, Problems problems) {
        if (TerraformTemplate.isOpen(role.value())) {
            return;
        }
        Optional<Problem> foreign = Partition.ofRegion(spec.region()).problemWith(role.value());
        if (foreign.isPresent()) {
            problems.add(foreign.get().at(Place.of(where)));
        } else if (!role.value().contains("::" + spec.account().digits() + ":")) {
            problems.add(
                    where,
                    role + " is of another account than " + spec.account(),
                    "a role of " + spec.account(),
                    "create the role in this account");
        }
    }

    private void tags(Problems problems) {
        TagCheck.check(CLUSTER.key("tags"), cluster.tags(), problems);
        TagCheck.check(CLUSTER.key("securityGroupTags"), cluster.securityGroupTags(), problems);
    }

    /** Whether EKS gets deletion protection, too, for an environment that says {@code true}. */
    static DeletionProtection deletionProtection(EnvironmentSpec spec, ClusterSpec cluster) {
        return cluster.deletionProtection()
                .withProvider(spec.providers().alwaysHave("aws", "aws_eks_cluster", "deletion_protection"));
    }

    /** What is likely not meant. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        ClusterSpec cluster = spec.cluster().created().orElse(null);
        List<Problem> warnings = new ArrayList<>();
        if (cluster == null) {
            return warnings;
        }
        if (cluster.deletionProtection() == DeletionProtection.TRUE
                && deletionProtection(spec, cluster) == DeletionProtection.TERRAFORM) {
            warnings.add(new Problem(
                    Place.of(CLUSTER.key("deletionProtection")),
                    "only Terraform refuses to delete the cluster: versions of the AWS provider before 6.9.0, which"
                            + " providers.aws allows, cannot set the protection of EKS",
                    "write eks, or terraform to keep it so"));
        }
        boolean bothEndpoints = cluster.endpoint().privateAccess()
                && !cluster.endpoint().publicCidrs().isEmpty();
        if (cluster.remoteNetwork().isPresent() && bothEndpoints) {
            warnings.add(new Problem(
                    Place.of(CLUSTER.plus(PropertyPath.of("endpoint", "public"))),
                    "hybrid nodes resolve an endpoint that is public and private to its public addresses, which must let"
                            + " them in",
                    "remove public, or include the addresses of the hybrid nodes on the internet"));
        }
        boolean windows = spec.nodeGroups().values().stream()
                .anyMatch(group -> group.image().isWindows());
        if (cluster.role() instanceof RoleArn && windows) {
            warnings.add(new Problem(
                    Place.of(CLUSTER.key("role")),
                    "Windows nodes need AmazonEKSVPCResourceController on the role of the control plane, and the policies of"
                            + " a role that exists are not managed here",
                    "attach it to the role, if it is not"));
        }
        return warnings;
    }
}

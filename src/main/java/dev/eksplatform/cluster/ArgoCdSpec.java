package dev.eksplatform.cluster;

import dev.eksplatform.iam.Region;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Argo CD as an EKS capability. People log in through IAM Identity Center. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/argocd.html">continuous deployment with Argo CD</a>.
 *
 * @param identityCenterInstance the ARN of the IAM Identity Center instance. Changing it replaces the capability
 * @param identityCenterRegion the region of the instance; default that of the environment. Changing it replaces the capability
 * @param namespace the namespace of its objects; default {@code argocd}. Changing it replaces the capability
 * @param roles who has which role in Argo CD; default nobody
 * @param vpcEndpointIds VPC endpoints through which its API and user interface can be reached only; default none: both are public
 * @param role what it may do in AWS and in the cluster. To deploy to the cluster it needs access policies
 */
@RecordBuilder
public record ArgoCdSpec(
        @Example("arn:aws:sso:::instance/ssoins-0a1b2c3d4e5f6071") @Limit(pattern = ArgoCdSpec.INSTANCE)
        String identityCenterInstance,

        @Example("eu-west-1") @Limit(pattern = Region.PATTERN)
        Optional<String> identityCenterRegion,

        @Example("argocd") @Limit(pattern = DnsName.LABEL_PATTERN)
        String namespace,

        @Example("{admin: {groups: [93e4c8f2-7061-7041-9fd1-52e53a7ad0ab]}}")
        Map<ArgoCdRole, Identities> roles,

        @Example("[vpce-0a1b2c3d4e5f60718]") @Limit(pattern = ArgoCdSpec.ENDPOINT, unique = true)
        List<String> vpcEndpointIds,

        @Example("{accessPolicies: [AmazonEKSClusterAdminPolicy]}")
        CapabilityRoleSpec role)
        implements ArgoCdSpecBuilder.With {

    private static final String INSTANCE = "^arn:aws[a-z-]*:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}$";
    private static final String ENDPOINT = "^vpce-[0-9a-f]{8,17}$";
    private static final Pattern INSTANCE_FORM = Pattern.compile(INSTANCE);
    private static final Pattern ENDPOINT_FORM = Pattern.compile(ENDPOINT);

    /** A role of Argo CD. */
    public enum ArgoCdRole {
        /** Everything. */
        ADMIN,
        /** Applications and projects. */
        EDITOR,
        /** Reading. */
        VIEWER
    }

    /**
     * People of IAM Identity Center.
     *
     * @param users ids of users; default none
     * @param groups ids of groups; default none
     */
    @RecordBuilder
    public record Identities(
            @Example("[38414300-1041-708a-01af-5422d6091e34]") @Limit(pattern = Identities.ID, unique = true)
            List<String> users,

            @Example("[93e4c8f2-7061-7041-9fd1-52e53a7ad0ab]") @Limit(pattern = Identities.ID, unique = true)
            List<String> groups)
            implements ArgoCdSpecIdentitiesBuilder.With {

        private static final String ID =
                "^([0-9a-f]{10}-)?[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$";
        private static final Pattern ID_FORM = Pattern.compile(ID);

        /** Checks that there is somebody, and the form of ids. */
        public Identities {
            users = Components.list("users", users);
            groups = Components.list("groups", groups);
            Problems problems = new Problems();
            check("users", users, "user", problems);
            check("groups", groups, "group", problems);
            problems.throwIfAny();
        }

        private static void check(String property, List<String> ids, String what, Problems problems) {
            for (int i = 0; i < ids.size(); i++) {
                if (!TerraformTemplate.isOpen(ids.get(i))) {
                    problems.match(
                            PropertyPath.of(property).index(i),
                            ids.get(i),
                            ID_FORM,
                            "the id of a " + what + " of IAM Identity Center",
                            "a UUID, with the id of the identity store and a hyphen in front of older ones",
                            "copy it from `aws identitystore list-" + property + "`");
                }
            }
            problems.once(PropertyPath.of(property), ids, what);
        }

        /**
         * Nobody: the start for users and groups.
         *
         * @return the defaults
         */
        @Defaults
        public static Identities nobody() {
            return new Identities(List.of(), List.of());
        }
    }

    /** Checks the ARN of the instance, the region, the endpoints, and that nobody has two roles. */
    public ArgoCdSpec {
        Components.required("identityCenterInstance", identityCenterInstance, "namespace", namespace);
        roles = Components.map("roles", roles);
        vpcEndpointIds = Components.list("vpcEndpointIds", vpcEndpointIds);
        Problems problems = new Problems();
        if (!TerraformTemplate.isOpen(identityCenterInstance)) {
            problems.match(
                    "identityCenterInstance",
                    identityCenterInstance,
                    INSTANCE_FORM,
                    "the ARN of an IAM Identity Center instance",
                    "arn:aws:sso:::instance/ssoins-ID",
                    "copy it from `aws sso-admin list-instances`");
        }
        identityCenterRegion.ifPresent(region -> problems.collect(PropertyPath.of("identityCenterRegion"), () -> {
            Region.check(region);
            return region;
        }));
        DnsName.checkNamespace(PropertyPath.of("namespace"), namespace, problems);
        for (int i = 0; i < vpcEndpointIds.size(); i++) {
            if (!TerraformTemplate.isOpen(vpcEndpointIds.get(i))) {
                problems.match(
                        PropertyPath.of("vpcEndpointIds").index(i),
                        vpcEndpointIds.get(i),
                        ENDPOINT_FORM,
                        "the id of a VPC endpoint",
                        "vpce- and 8 to 17 hex digits",
                        "copy it from `aws ec2 describe-vpc-endpoints`");
            }
        }
        problems.once(PropertyPath.of("vpcEndpointIds"), vpcEndpointIds, "endpoint");
        Map<String, ArgoCdRole> seen = new HashMap<>();
        roles.forEach((argoRole, people) -> {
            PropertyPath where = PropertyPath.of("roles", word(argoRole));
            List<String> ids = new ArrayList<>(people.users());
            ids.addAll(people.groups());
            if (ids.isEmpty()) {
                problems.add(where, "a role that nobody has", "add groups or users, or remove it");
            }
            for (String id : ids) {
                ArgoCdRole other = seen.putIfAbsent(id, argoRole);
                if (other != null) {
                    problems.add(where, id + " has the role " + word(other) + " already", "remove one of them");
                }
            }
        });
        problems.throwIfAny();
    }

    private static String word(ArgoCdRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Argo CD that nobody can log in to yet.
     *
     * @param identityCenterInstance the ARN of the IAM Identity Center instance
     * @return the spec
     */
    @Defaults
    public static ArgoCdSpec of(String identityCenterInstance) {
        return new ArgoCdSpec(
                identityCenterInstance, Optional.empty(), "argocd", Map.of(), List.of(), CapabilityRoleSpec.created());
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An EKS cluster that exists already.
 *
 * @param name the name of the cluster
 * @param oidc the IAM OIDC provider of the cluster's issuer, for identities in IRSA mode
 * @param installPodIdentityAgent whether to install the {@code eks-pod-identity-agent} add-on, which the cluster must
 *     not have yet; default false
 * @param version the Kubernetes version of the cluster, for which manifests are checked; default not known: what any
 *     version has is accepted. Node groups need it
 * @param access what IAM principals may do in the cluster, by their ARN; default none. The cluster must have access entries (authentication
 *     mode {@code API} or {@code API_AND_CONFIG_MAP}), and none for these principals
 * @param addons EKS add-ons that are installed here, which the cluster must not have yet; default none
 * @param subnetIds private subnets of node groups and Fargate profiles that name none; default none
 * @param nodeSecurityGroupIds security groups of node groups, which let the control plane and the other nodes in; default the cluster
 *     security group
 * @param capabilities EKS capabilities that are added to the cluster
 */
@YamlForm(key = "existing")
@RecordBuilder
public record ExistingClusterSpec(
        @Example("shop") @Limit(pattern = ClusterSpec.NAME_PATTERN)
        String name,

        @Example("{existing: true}") OidcSpec oidc,

        @Example("true") boolean installPodIdentityAgent,

        @Example("\"1.36\"") Optional<KubernetesVersion> version,

        @Example("{'arn:aws:iam::111122223333:role/developers': {policies: [AmazonEKSViewPolicy]}}")
        Map<PrincipalArn, AccessEntrySpec> access,

        @Example("{aws-ebs-csi-driver: {}}") Map<EksAddonName, EksAddonSpec> addons,

        @Example("[subnet-0a1b2c3d4e5f60718, subnet-0a1b2c3d4e5f60719]")
        @Limit(pattern = SubnetIds.PATTERN, unique = true)
        List<String> subnetIds,

        @Example("[sg-0a1b2c3d4e5f60718]") @Limit(pattern = ExistingClusterSpec.SECURITY_GROUP, unique = true)
        List<String> nodeSecurityGroupIds,

        @Example("{kro: {}}") CapabilitiesSpec capabilities)
        implements ClusterSource, ExistingClusterSpecBuilder.With {

    private static final String SECURITY_GROUP = "^sg-[0-9a-f]{8,17}$";
    private static final Pattern SECURITY_GROUP_FORM = Pattern.compile(SECURITY_GROUP);

    /** Checks the name, that each access entry gives something, add-ons, subnets and security groups. */
    public ExistingClusterSpec {
        Components.required("name", name);
        access = Components.map("access", access);
        addons = Components.map("addons", addons);
        subnetIds = Components.list("subnetIds", subnetIds);
        nodeSecurityGroupIds = Components.list("nodeSecurityGroupIds", nodeSecurityGroupIds);
        Problems problems = new Problems();
        ClusterSpec.checkName(PropertyPath.of("name"), name, problems);
        ClusterSpec.checkAccess(access, problems);
        ClusterSpec.checkAddons(addons, version, problems);
        new SubnetIds(problems).check(PropertyPath.of("subnetIds"), subnetIds);
        for (int i = 0; i < nodeSecurityGroupIds.size(); i++) {
            problems.match(
                    PropertyPath.of("nodeSecurityGroupIds").index(i),
                    nodeSecurityGroupIds.get(i),
                    SECURITY_GROUP_FORM,
                    "the id of a security group",
                    "sg- and 8 to 17 hex digits",
                    "copy it from `aws ec2 describe-security-groups`");
        }
        problems.once(PropertyPath.of("nodeSecurityGroupIds"), nodeSecurityGroupIds, "security group");
        if (installPodIdentityAgent && addons.containsKey(EksAddonName.EKS_POD_IDENTITY_AGENT)) {
            problems.add(
                    PropertyPath.of("installPodIdentityAgent"), "the agent is in addons already", "remove one of them");
        }
        problems.throwIfAny();
    }

    @Override
    public String clusterName(String environment) {
        return name;
    }

    @Override
    public Optional<KubernetesVersion> kubernetesVersion() {
        return version;
    }

    /**
     * An existing cluster with the defaults.
     *
     * @param name the cluster's name
     * @return the spec
     */
    @Defaults
    public static ExistingClusterSpec of(String name) {
        return new ExistingClusterSpec(
                name,
                OidcSpec.standard(),
                false,
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                CapabilitiesSpec.none());
    }
}

package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociation;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociationAccessScope;
import com.hashicorp.cdktf.providers.aws.eks_access_policy_association.EksAccessPolicyAssociationConfig;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapability;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapabilityConfig;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapabilityConfiguration;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapabilityConfigurationArgoCd;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapabilityConfigurationArgoCdAwsIdc;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapabilityConfigurationArgoCdNetworkAccess;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapabilityConfigurationArgoCdRbacRoleMapping;
import com.hashicorp.cdktf.providers.aws.eks_capability.EksCapabilityConfigurationArgoCdRbacRoleMappingIdentity;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * An EKS capability with its role. EKS itself creates the access entry of the role when it creates the capability.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html">EKS capabilities</a>
 */
public final class Capability extends PlatformConstruct {

    private static final String SERVICE = "capabilities.eks.amazonaws.com";

    private final String roleArn;
    private final EksCapability capability;

    private Capability(
            Construct scope,
            String id,
            ComputeCluster cluster,
            CapabilityRoleSpec spec,
            List<String> assumes,
            Optional<EksCapabilityConfiguration> configuration) {
        super(scope, id);
        List<ITerraformDependable> before = new ArrayList<>();
        roleArn = spec.arn().orElseGet(() -> createRole(cluster, id, spec, assumes, before));
        EksCapabilityConfig.Builder config = EksCapabilityConfig.builder()
                .clusterName(cluster.nameReference())
                .capabilityName(id)
                .type(id.toUpperCase(Locale.ROOT))
                .roleArn(roleArn)
                // The only value that EKS has.
                .deletePropagationPolicy("RETAIN")
                .dependsOn(before);
        configuration.ifPresent(one -> config.configuration(List.of(one)));
        capability = new EksCapability(this, "capability", config.build());
        spec.accessPolicies().forEach(policy -> grant(cluster, policy, spec.namespaces()));
    }

    private String createRole(
            ComputeCluster cluster,
            String id,
            CapabilityRoleSpec spec,
            List<String> assumes,
            List<ITerraformDependable> before) {
        ServiceRole role = new ServiceRole(
                this,
                "role",
                cluster.name() + "-" + id + "-capability",
                TrustPolicy.taggingService(SERVICE),
                spec.policies());
        spec.policy().map(InlinePolicy::policy).ifPresent(policy -> role.permit("policy", policy));
        if (!assumes.isEmpty()) {
            role.permit(
                    "assume-roles",
                    PolicyDocument.of(
                            Statement.allow("sts:AssumeRole", "sts:TagSession").on(assumes.toArray(String[]::new))));
        }
        before.addAll(role.attachments());
        return role.arn();
    }

    private void grant(ComputeCluster cluster, String policy, List<String> namespaces) {
        EksAccessPolicyAssociationAccessScope.Builder accessScope =
                EksAccessPolicyAssociationAccessScope.builder().type(namespaces.isEmpty() ? "cluster" : "namespace");
        if (!namespaces.isEmpty()) {
            accessScope.namespaces(namespaces);
        }
        List<ITerraformDependable> afterCapability = List.of(capability);
        new EksAccessPolicyAssociation(
                this,
                policy,
                EksAccessPolicyAssociationConfig.builder()
                        .clusterName(cluster.nameReference())
                        .principalArn(roleArn)
                        .policyArn(Arn.text(
                                Account.of(this).partition(), "eks", "", "aws", "cluster-access-policy/" + policy))
                        .accessScope(accessScope.build())
                        .dependsOn(afterCapability)
                        .build());
    }

    /**
     * Creates the capability Argo CD.
     *
     * @param scope the construct it belongs to
     * @param cluster the cluster
     * @param spec what to create
     * @return the capability
     */
    public static Capability argoCd(Construct scope, ComputeCluster cluster, ArgoCdSpec spec) {
        EksCapabilityConfigurationArgoCdAwsIdc.Builder identityCenter =
                EksCapabilityConfigurationArgoCdAwsIdc.builder().idcInstanceArn(spec.identityCenterInstance());
        spec.identityCenterRegion().ifPresent(identityCenter::idcRegion);
        EksCapabilityConfigurationArgoCd.Builder argoCd = EksCapabilityConfigurationArgoCd.builder()
                .namespace(spec.namespace())
                .awsIdc(List.of(identityCenter.build()));
        if (!spec.vpcEndpointIds().isEmpty()) {
            argoCd.networkAccess(List.of(EksCapabilityConfigurationArgoCdNetworkAccess.builder()
                    .vpceIds(spec.vpcEndpointIds())
                    .build()));
        }
        if (!spec.roles().isEmpty()) {
            argoCd.rbacRoleMapping(new TreeMap<>(spec.roles())
                    .entrySet().stream()
                            .map(role -> mapping(role.getKey(), role.getValue()))
                            .toList());
        }
        return new Capability(
                scope,
                "argocd",
                cluster,
                spec.role(),
                List.of(),
                Optional.of(EksCapabilityConfiguration.builder()
                        .argoCd(List.of(argoCd.build()))
                        .build()));
    }

    private static EksCapabilityConfigurationArgoCdRbacRoleMapping mapping(
            ArgoCdSpec.ArgoCdRole role, ArgoCdSpec.Identities people) {
        return EksCapabilityConfigurationArgoCdRbacRoleMapping.builder()
                .role(role.name())
                .identity(Stream.concat(
                                people.groups().stream().map(id -> identity("SSO_GROUP", id)),
                                people.users().stream().map(id -> identity("SSO_USER", id)))
                        .toList())
                .build();
    }

    private static EksCapabilityConfigurationArgoCdRbacRoleMappingIdentity identity(String type, String id) {
        return EksCapabilityConfigurationArgoCdRbacRoleMappingIdentity.builder()
                .type(type)
                .id(TerraformText.escape(id))
                .build();
    }

    /**
     * Creates the capability ACK.
     *
     * @param scope the construct it belongs to
     * @param cluster the cluster
     * @param spec what to create
     * @return the capability
     */
    public static Capability ack(Construct scope, ComputeCluster cluster, AckSpec spec) {
        List<String> assumes = spec.roleSelectors().values().stream()
                .map(AckSpec.RoleSelector::arn)
                .distinct()
                .sorted()
                .toList();
        return new Capability(scope, "ack", cluster, spec.role(), assumes, Optional.empty());
    }

    /**
     * Creates the capability kro.
     *
     * @param scope the construct it belongs to
     * @param cluster the cluster
     * @param spec what to create
     * @return the capability
     */
    public static Capability kro(Construct scope, ComputeCluster cluster, CapabilitiesSpec.KroSpec spec) {
        return new Capability(scope, "kro", cluster, spec.role(), List.of(), Optional.empty());
    }

    /**
     * The capability's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public EksCapability capability() {
        return capability;
    }

    /**
     * The ARN of its role.
     *
     * @return an ARN, may be a Terraform reference
     */
    public String roleArn() {
        return roleArn;
    }
}

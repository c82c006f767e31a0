package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntry;
import com.hashicorp.cdktf.providers.aws.eks_access_entry.EksAccessEntryConfig;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicyConfig;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachmentConfig;
import com.hashicorp.cdktf.providers.aws.rolesanywhere_profile.RolesanywhereProfile;
import com.hashicorp.cdktf.providers.aws.rolesanywhere_profile.RolesanywhereProfileConfig;
import com.hashicorp.cdktf.providers.aws.rolesanywhere_trust_anchor.RolesanywhereTrustAnchor;
import com.hashicorp.cdktf.providers.aws.rolesanywhere_trust_anchor.RolesanywhereTrustAnchorConfig;
import com.hashicorp.cdktf.providers.aws.rolesanywhere_trust_anchor.RolesanywhereTrustAnchorSource;
import com.hashicorp.cdktf.providers.aws.rolesanywhere_trust_anchor.RolesanywhereTrustAnchorSourceSourceData;
import dev.eksplatform.construct.Account;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.construct.Roles;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.ManagedPolicy;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.List;
import software.constructs.Construct;

/**
 * What hybrid nodes need to join a cluster: their role, its access entry, and with IAM Roles Anywhere a trust anchor and a
 * profile. Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html">credentials for hybrid
 * nodes</a>.
 */
final class HybridNodes extends PlatformConstruct {

    /** The id of hybrid nodes in their cluster. */
    static final String ID = "hybrid-nodes";

    /** The tag that a hybrid activation must have, so that nodes can only remove themselves. */
    private static final String ACTIVATION_TAG = "EKSClusterARN";

    private static final String ANYWHERE = "rolesanywhere.amazonaws.com";

    private final Account account;
    private final String clusterName;
    private final String clusterArn;
    private final List<ClusterOutput> outputs = new ArrayList<>();

    HybridNodes(Construct scope, String id, String clusterName, String clusterReference, HybridNodeRoleSpec role) {
        super(scope, id);
        account = Account.of(this);
        this.clusterName = clusterName;
        clusterArn = Arn.text(account.partition(), "eks", account.region(), account.id(), "cluster/" + clusterName);
        String roleArn = role instanceof RoleArn given
                ? given.value()
                : role instanceof HybridNodeRoleSpec.RolesAnywhere anywhere ? anywhere(anywhere) : ssm();
        new EksAccessEntry(
                this,
                "entry",
                EksAccessEntryConfig.builder()
                        .clusterName(clusterReference)
                        .principalArn(roleArn)
                        .type(AccessEntryType.HYBRID_LINUX.name())
                        .build());
        outputs.add(new ClusterOutput("hybrid_node_role_arn", "ARN of the IAM role of hybrid nodes", roleArn));
    }

    /** The name of the role that is created for the hybrid nodes of a cluster. */
    static String roleName(String cluster) {
        return RoleName.fitting(cluster + "-hybrid-node").toString();
    }

    List<ClusterOutput> outputs() {
        return outputs;
    }

    private String ssm() {
        PolicyDocument trust = PolicyDocument.of(Statement.allow("sts:AssumeRole")
                .by(Principals.services("ssm.amazonaws.com"))
                .when("StringEquals", "aws:SourceAccount", account.id())
                .when(
                        "ArnEquals",
                        "aws:SourceArn",
                        Arn.text(account.partition(), "ssm", account.region(), account.id(), "*")));
        IamRole role = Roles.create(this, "role", roleName(clusterName), trust);
        attach(role, "AmazonSSMManagedInstanceCore");
        permit(
                role,
                Statement.allow("ssm:DescribeInstanceInformation")
                        .withSid("FindItself")
                        .on("*"),
                Statement.allow("ssm:DeregisterManagedInstance")
                        .withSid("RemoveItself")
                        .on(Arn.text(account.partition(), "ssm", account.region(), account.id(), "managed-instance/*"))
                        .when("StringEquals", "ssm:resourceTag/" + ACTIVATION_TAG, clusterArn));
        outputs.add(new ClusterOutput(
                "hybrid_activation_command",
                "Command that creates an activation for hybrid nodes; its output is for the configuration of nodeadm",
                "aws ssm create-activation --region " + account.region() + " --iam-role "
                        + Roles.settings(this).path().orElse("/").substring(1) + roleName(clusterName)
                        + " --registration-limit 10 --tags Key=" + ACTIVATION_TAG + ",Value=" + clusterArn));
        return role.getArn();
    }

    private String anywhere(HybridNodeRoleSpec.RolesAnywhere spec) {
        RolesanywhereTrustAnchorSourceSourceData.Builder data = RolesanywhereTrustAnchorSourceSourceData.builder();
        spec.certificate().map(TerraformText::escape).ifPresent(data::x509CertificateData);
        spec.privateCaArn().ifPresent(data::acmPcaArn);
        String name = clusterName + "-hybrid-node";
        String anchor = new RolesanywhereTrustAnchor(
                        this,
                        "trust-anchor",
                        RolesanywhereTrustAnchorConfig.builder()
                                .name(name)
                                .enabled(true)
                                .source(RolesanywhereTrustAnchorSource.builder()
                                        .sourceType(
                                                spec.certificate().isPresent() ? "CERTIFICATE_BUNDLE" : "AWS_ACM_PCA")
                                        .sourceData(data.build())
                                        .build())
                                .build())
                .getArn();
        PolicyDocument trust = PolicyDocument.of(
                Statement.allow("sts:TagSession", "sts:SetSourceIdentity")
                        .by(Principals.services(ANYWHERE))
                        .when("ArnEquals", "aws:SourceArn", anchor),
                Statement.allow("sts:AssumeRole")
                        .by(Principals.services(ANYWHERE))
                        .when("StringEquals", "sts:RoleSessionName", "${aws:PrincipalTag/x509Subject/CN}")
                        .when("ArnEquals", "aws:SourceArn", anchor));
        boolean isLong = spec.sessionDurationSeconds() > HybridNodeRoleSpec.RolesAnywhere.USUAL_DURATION;
        IamRole role = Roles.create(
                this,
                "role",
                roleName(clusterName),
                trust,
                config -> isLong ? config.maxSessionDuration(HybridNodeRoleSpec.RolesAnywhere.MOST_DURATION) : config);
        permit(role);
        String profile = new RolesanywhereProfile(
                        this,
                        "profile",
                        RolesanywhereProfileConfig.builder()
                                .name(name)
                                .enabled(true)
                                .acceptRoleSessionName(true)
                                .durationSeconds(spec.sessionDurationSeconds())
                                .roleArns(List.of(role.getArn()))
                                .build())
                .getArn();
        outputs.add(new ClusterOutput(
                "hybrid_trust_anchor_arn", "ARN of the trust anchor of IAM Roles Anywhere for hybrid nodes", anchor));
        outputs.add(new ClusterOutput(
                "hybrid_profile_arn", "ARN of the profile of IAM Roles Anywhere for hybrid nodes", profile));
        return role.getArn();
    }

    /** What all hybrid nodes may do: pull images, find the cluster, and get credentials for pods with Pod Identity. */
    private void permit(IamRole role, Statement... more) {
        attach(role, "AmazonEC2ContainerRegistryPullOnly");
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.allow("eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity")
                .withSid("JoinCluster")
                .on(clusterArn));
        statements.addAll(List.of(more));
        new IamRolePolicy(
                this,
                "policy",
                IamRolePolicyConfig.builder()
                        .name("hybrid-node")
                        .role(role.getName())
                        .policy(PolicyDocument.of(statements.toArray(Statement[]::new))
                                .toTerraformJson())
                        .build());
    }

    private void attach(IamRole role, String managedPolicy) {
        new IamRolePolicyAttachment(
                this,
                managedPolicy,
                IamRolePolicyAttachmentConfig.builder()
                        .role(role.getName())
                        .policyArn(ManagedPolicy.arn(account.partition(), managedPolicy))
                        .build());
    }
}

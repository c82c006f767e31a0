package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessEntrySpecTest {

    private static final String KNOWN = "AIDevOpsAgentAccessPolicy, AWSBackupFullAccessPolicyForBackup, "
            + "AWSBackupFullAccessPolicyForRestore, AmazonAIOpsAssistantPolicy, AmazonARCRegionSwitchScalingPolicy, "
            + "AmazonEKSACKPolicy, AmazonEKSAdminPolicy, AmazonEKSAdminViewPolicy, AmazonEKSArgoCDClusterPolicy, "
            + "AmazonEKSArgoCDPolicy, AmazonEKSAutoNodePolicy, AmazonEKSClusterAdminPolicy, AmazonEKSEditPolicy, "
            + "AmazonEKSKROPolicy, AmazonEKSSecretAdminPolicy, AmazonEKSSecretReaderPolicy, AmazonEKSViewPolicy, "
            + "AmazonEMRJobPolicy";

    @ParameterizedTest
    @ValueSource(strings = {"AmazonEKSKROPolicy", "AWSBackupFullAccessPolicyForBackup", "AmazonEKSNetworkingPolicy"})
    void everyPolicyOfEksIsAccepted(String policy) {
        assertThat(AccessEntrySpec.of(policy).policies())
                .extracting(one -> one.policy().name())
                .containsExactly(policy);
    }

    @Test
    void aSlipIsRecognized() {
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.of("AmazonEKSVeiwPolicy")))
                .containsExactly(
                        "policies[0]: \"AmazonEKSVeiwPolicy\" is not an EKS access policy (2026-10-09); allowed: "
                                + KNOWN + "; fix: did you mean AmazonEKSViewPolicy?");
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.of("cluster-admin")))
                .containsExactly("policies[0]: \"cluster-admin\" is not an EKS access policy (2026-10-09); allowed: "
                        + KNOWN + "; fix: choose one of them");
    }

    @Test
    void aPolicyStandsOnce() {
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.of("AmazonEKSViewPolicy", "AmazonEKSViewPolicy")))
                .containsExactly("policies[1]: duplicate policy AmazonEKSViewPolicy; fix: remove " + "one of them");
    }

    @Test
    void anEntryGivesSomething() {
        PrincipalArn ops = PrincipalArn.parse("arn:aws:iam::111122223333:role/ops");
        ClusterSpec cluster = ClusterSpec.of(KubernetesVersion.parse("1.36"));
        assertThat(ProblemsOf.making(() -> cluster.withAccess(Map.of(ops, AccessEntrySpec.none()))))
                .containsExactly("access[\"" + ops + "\"]: an access entry that gives no permission"
                        + "; fix: add policies: [AmazonEKSViewPolicy], or groups");
    }

    @Test
    void groupsOfKubernetesItselfAreRefused() {
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.none().withGroups(List.of("ops", "system:masters"))))
                .containsExactly("groups[1]: \"system:masters\" begins with system:; allowed: groups of your own: EKS "
                        + "refuses system: groups in access entries; fix: use an access policy such as "
                        + "AmazonEKSClusterAdminPolicy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111122223333:root",
                "arn:aws:iam::111122223333:group/ops",
                "arn:aws:iam::111122223333:role/*",
                "arn:aws:sts::111122223333:assumed-role/ops/dora",
                "arn:aws:iam::1111:role/ops"
            })
    void aPrincipalIsARoleOrAUser(String arn) {
        assertThat(ProblemsOf.making(() -> PrincipalArn.parse(arn)))
                .containsExactly("\"" + arn + "\" is not the ARN of an IAM role or user; allowed: "
                        + "arn:aws:iam::ACCOUNT:role/NAME or …:user/NAME; fix: for an assumed role, use the role's ARN "
                        + "instead of the session's");
    }

    @Test
    void aPrincipalHasANameWithoutItsPath() {
        assertThat(PrincipalArn.parse("arn:aws-us-gov:iam::111122223333:role/team/ops")
                        .name())
                .isEqualTo("ops");
    }

    private static final PrincipalArn NODES = PrincipalArn.parse("arn:aws:iam::111122223333:role/nodes");
    private static final PrincipalArn DORA = PrincipalArn.parse("arn:aws:iam::111122223333:user/dora");

    private static List<String> problems(PrincipalArn principal, AccessEntrySpec entry) {
        return ProblemsOf.making(() -> ClusterSpec.of("shop", "1.36").withAccess(Map.of(principal, entry)));
    }

    @Test
    void eachPolicyHasNamespacesOfItsOwn() {
        TerraformStack stack = TestStack.make();
        TestCluster.in(
                stack,
                ClusterSpec.of("shop", "1.36")
                        .withAccess(Map.of(
                                NODES,
                                AccessEntrySpec.none()
                                        .withPolicies(List.of(
                                                AccessPolicyName.parse("AmazonEKSViewPolicy"),
                                                ScopedAccessPolicySpec.of(AccessPolicyName.parse("AmazonEKSEditPolicy"))
                                                        .withNamespaces(List.of("shop")),
                                                ScopedAccessPolicySpec.of(
                                                        AccessPolicyName.parse("AmazonEKSAdminViewPolicy"))))
                                        .withNamespaces(List.of("tools"))
                                        .withUsername(Optional.of("ops:{{SessionName}}")))));
        assertThat(stack)
                .hasResource("aws_eks_access_entry")
                .withAttribute("user_name", "ops:{{SessionName}}")
                .withoutAttribute("type")
                .and()
                .hasResource("aws_eks_access_policy_association")
                .withAttribute("policy_arn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy")
                .withAttribute("access_scope.namespaces", List.of("tools"))
                .and()
                .hasResource("aws_eks_access_policy_association")
                .withAttribute("policy_arn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy")
                .withAttribute("access_scope.type", "namespace")
                .withAttribute("access_scope.namespaces", List.of("shop"))
                .and()
                .hasResource("aws_eks_access_policy_association")
                .withAttribute("policy_arn", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy")
                .withAttribute("access_scope.type", "cluster")
                .withoutAttribute("access_scope.namespaces");
    }

    @ParameterizedTest
    @EnumSource(value = AccessEntryType.class, mode = EnumSource.Mode.EXCLUDE, names = "STANDARD")
    void anEntryOfNodesHasItsTypeOnly(AccessEntryType type) {
        AccessEntrySpec entry = type == AccessEntryType.EC2
                ? AccessEntrySpec.of("AmazonEKSAutoNodePolicy").withType(type)
                : AccessEntrySpec.none().withType(type);
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, ClusterSpec.of("shop", "1.36").withAccess(Map.of(NODES, entry)));
        assertThat(stack)
                .hasResources("aws_eks_access_policy_association", type == AccessEntryType.EC2 ? 1 : 0)
                .hasResource("aws_eks_access_entry")
                .withAttribute("type", type.name())
                .withAttribute("principal_arn", NODES.value())
                .withoutAttribute("kubernetes_groups")
                .withoutAttribute("user_name");
    }

    @Test
    void anEntryOfNodesAcceptsNothingElse() {
        AccessEntrySpec full = AccessEntrySpec.of("AmazonEKSViewPolicy")
                .withNamespaces(List.of("shop"))
                .withGroups(List.of("ops"))
                .withUsername(Optional.of("ops"));
        assertThat(ProblemsOf.making(() -> full.withType(AccessEntryType.EC2_LINUX)))
                .containsExactly(
                        "policies: EKS accepts no policies for an entry of type ec2-linux; fix: remove policies",
                        "namespaces: EKS accepts no namespaces for an entry of type ec2-linux; fix: remove namespaces",
                        "groups: EKS accepts no groups for an entry of type ec2-linux; fix: remove groups",
                        "username: EKS accepts no username for an entry of type ec2-linux; fix: remove username");
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.none().withType(AccessEntryType.EC2)))
                .containsExactly(
                        "policies: an entry of type ec2 without a policy; allowed: [AmazonEKSAutoNodePolicy]: without it"
                                + " nodes do not join the cluster; fix: write policies: [AmazonEKSAutoNodePolicy]");
        assertThat(problems(DORA, AccessEntrySpec.none().withType(AccessEntryType.HYBRID_LINUX)))
                .containsExactly(
                        "access[\"" + DORA + "\"].type: " + DORA + " is a user: an entry of type hybrid-linux is for"
                                + " the role of nodes; fix: name the role of the nodes");
    }

    @Test
    void aUsernameIsOneThatEksAccepts() {
        AccessEntrySpec view = AccessEntrySpec.of("AmazonEKSViewPolicy");
        assertThat(ProblemsOf.making(() -> view.withUsername(Optional.of("system:admin"))))
                .containsExactly(
                        "username: \"system:admin\" is not a username that EKS accepts; allowed: text without spaces"
                                + " that does not begin with system:, eks:, aws:, amazon: or iam:; fix: write it like"
                                + " developers:{{SessionName}}, or leave it out: EKS uses the ARN");
        assertThat(ProblemsOf.making(() -> view.withUsername(Optional.of("ops{{SessionNameRaw}}"))))
                .containsExactly(
                        "username: \"ops{{SessionNameRaw}}\" has no colon before the name of the session; fix: write it"
                                + " like developers:{{SessionName}}");
        assertThat(problems(DORA, view.withUsername(Optional.of("dora:{{SessionName}}"))))
                .containsExactly("access[\"" + DORA + "\"].username: " + DORA
                        + " is a user, who has no session; fix: remove" + " {{SessionName}}");
    }

    @Test
    void serviceLinkedRolesHaveNoEntry() {
        PrincipalArn linked = PrincipalArn.parse(
                "arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS");
        assertThat(problems(linked, AccessEntrySpec.of("AmazonEKSViewPolicy")))
                .containsExactly(
                        "access[\"" + linked + "\"]: " + linked + " is a service-linked role, which EKS does not accept"
                                + " in access entries; fix: remove it");
    }
}

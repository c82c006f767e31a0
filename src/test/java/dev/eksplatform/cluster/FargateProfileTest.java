package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FargateProfileTest {

    private static final FargateProfileSpec SHOP =
            FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("shop")));

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        new FargateProfile(stack, "shop", TestCluster.in(stack), SHOP);

        TestStack.checkGolden("fargate-profile-minimal", stack);
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        new FargateProfile(
                stack,
                "system",
                TestCluster.in(stack),
                FargateProfileSpec.of(List.of(
                        FargateProfileSpec.Selector.of("kube-system").withLabels(Map.of("k8s-app", "kube-dns")),
                        FargateProfileSpec.Selector.of("shop"))));

        TestStack.checkGolden("fargate-profile-full", stack);
    }

    @Test
    void coreDnsRunsOnFargateWithoutNodesWhenAProfileTakesItsPods() {
        FargateProfileSpec dns = FargateProfileSpec.of(
                List.of(FargateProfileSpec.Selector.of("kube-*").withLabels(Map.of("k8s-app", "kube-dns"))));
        TerraformStack stack = TestStack.make();
        new FargateProfile(stack, "dns", TestCluster.in(stack), dns);
        assertThat(stack)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "coredns")
                .withAttribute("configuration_values", "{\"computeType\":\"Fargate\"}");

        TerraformStack withNodes = TestStack.make();
        Cluster cluster = TestCluster.in(withNodes);
        new NodeGroup(withNodes, "general", cluster, NodeGroupSpec.of("m7g.large"));
        new FargateProfile(withNodes, "dns", cluster, dns);
        assertThat(withNodes)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "coredns")
                .withoutAttribute("configuration_values");

        TerraformStack others = TestStack.make();
        new FargateProfile(
                others,
                "apps",
                TestCluster.in(others),
                FargateProfileSpec.of(
                        List.of(FargateProfileSpec.Selector.of("kube-system").withLabels(Map.of("app", "web")))));
        assertThat(others)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "coredns")
                .withoutAttribute("configuration_values");
    }

    @Test
    void ownConfigurationOfCoreDnsWins() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(
                stack,
                ClusterSpec.of("shop", "1.36")
                        .withAddons(Map.of(
                                EksAddonName.COREDNS,
                                EksAddonSpec.standard().withConfiguration(Map.of("computeType", "ec2")))));
        new FargateProfile(
                stack, "dns", cluster, FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("kube-system"))));
        assertThat(stack)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "coredns")
                .withAttribute("configuration_values", "{\"computeType\":\"ec2\"}");
    }

    @Test
    void theRoleHasMorePoliciesOrExists() {
        TerraformStack stack = TestStack.make();
        new FargateProfile(
                stack,
                "shop",
                TestCluster.in(stack),
                SHOP.withPolicies(List.of("arn:aws:iam::111122223333:policy/logs"))
                        .withTags(Map.of("team", "web"))
                        .withTimeouts(Optional.of(FargateTimeouts.standard()
                                .withCreateMinutes(Optional.of(20))
                                .withDeleteMinutes(Optional.of(30)))));
        assertThat(stack)
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws:iam::111122223333:policy/logs")
                .and()
                .hasResource("aws_eks_fargate_profile")
                .withAttribute("tags", Map.of("team", "web"))
                .withAttribute("timeouts", Map.of("create", "20m", "delete", "30m"));

        String role = "arn:aws:iam::111122223333:role/shop-fargate";
        TerraformStack given = TestStack.make();
        new FargateProfile(given, "shop", TestCluster.in(given), SHOP.withRoleArn(Optional.of(role)));
        assertThat(given)
                .hasResource("aws_eks_fargate_profile")
                .withAttribute("pod_execution_role_arn", role)
                .and()
                .hasResources("aws_iam_role", 1);
    }

    @Test
    void aRoleThatExistsIsNotChanged() {
        org.assertj.core.api.Assertions.assertThat(ProblemsOf.making(() -> SHOP.withRoleArn(Optional.of("fargate"))
                        .withPolicies(List.of("AmazonEKSFargatePodExecutionRolePolicy"))))
                .containsExactly("roleArn: \"fargate\" is not the ARN of an IAM role; allowed:"
                        + " arn:aws:iam::ACCOUNT:role/NAME; fix: copy it from `aws iam get-role`");
        org.assertj.core.api.Assertions.assertThat(
                        ProblemsOf.making(() -> SHOP.withPolicies(List.of("AmazonEKSFargatePodExecutionRolePolicy"))))
                .containsExactly(
                        "policies[0]: the role has AmazonEKSFargatePodExecutionRolePolicy anyway; fix: remove it");
        org.assertj.core.api.Assertions.assertThat(
                        ProblemsOf.making(() -> FargateTimeouts.standard().withDeleteMinutes(Optional.of(0))))
                .containsExactly("deleteMinutes: 0 minutes; allowed: 1 or more; fix: remove it: the default is 10");
    }

    @Test
    void podsOnFargateAndOnNodesReachEachOtherByTwoRulesHoweverManyProfiles() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);
        new FargateProfile(stack, "one", cluster, SHOP);
        new FargateProfile(stack, "two", cluster, SHOP);

        assertThat(stack)
                .hasResources("aws_eks_fargate_profile", 2)
                .hasResources("aws_vpc_security_group_ingress_rule", 6)
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("description", "Pods on Fargate to pods on nodes")
                .withAttribute("ip_protocol", "-1")
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("description", "Pods on nodes to pods on Fargate");
    }
}

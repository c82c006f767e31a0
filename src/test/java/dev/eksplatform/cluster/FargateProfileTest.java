package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
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

package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private static final ClusterSpec SHOP = ClusterSpec.of("shop", "1.36");

    private static TerraformStack stackWith(ClusterSpec spec) {
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, spec);
        return stack;
    }

    @Test
    void minimal() {
        TestStack.checkGolden("cluster-minimal", stackWith(SHOP));
    }

    @Test
    void full() {
        Map<PrincipalArn, AccessEntrySpec> access = new LinkedHashMap<>();
        access.put(
                PrincipalArn.parse("arn:aws:iam::111122223333:role/platform/admin"),
                AccessEntrySpec.of("AmazonEKSClusterAdminPolicy"));
        access.put(
                PrincipalArn.parse("arn:aws:iam::111122223333:user/dora"),
                AccessEntrySpec.of("AmazonEKSEditPolicy", "AmazonEKSViewPolicy")
                        .withNamespaces(List.of("shop"))
                        .withGroups(List.of("developers")));
        Map<EksAddonName, EksAddonSpec> addons = new LinkedHashMap<>();
        addons.put(
                EksAddonName.VPC_CNI,
                EksAddonSpec.standard()
                        .withVersion(EksAddonVersion.parse("v1.20.1-eksbuild.1"))
                        .withConfiguration(Map.of("env", Map.of("ENABLE_PREFIX_DELEGATION", "true"))));
        addons.put(EksAddonName.METRICS_SERVER, EksAddonSpec.standard());
        ClusterSpec spec = SHOP.withEndpoint(
                        EndpointSpec.closed().withPublicCidrs(List.of(Cidr.parse("203.0.113.0/24"))))
                .withLogs(LogsSpec.all()
                        .withTypes(Set.of(LogType.AUDIT, LogType.CONTROLLER_MANAGER))
                        .withRetentionDays(90))
                .withCreatorAdmin(false)
                .withAccess(access)
                .withAddons(addons)
                .withDeletionProtection(DeletionProtection.TERRAFORM);

        TestStack.checkGolden("cluster-full", stackWith(spec));
    }

    @Test
    void withAutoMode() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack, SHOP.withAutoMode(Optional.of(AutoModeSpec.standard())));
        Capability.kro(stack, cluster, CapabilitiesSpec.KroSpec.standard());
        PortRule.webhook(9443, "one").forEach(cluster::open);

        TestStack.checkGolden("cluster-auto-mode", stack);
    }

    @Test
    void portsThatWereOpenedBeforeAreOpenOnNodeGroupsBesideAutoMode() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack, SHOP.withAutoMode(Optional.of(AutoModeSpec.standard())));
        PortRule.webhook(9443, "one").forEach(cluster::open);
        cluster.requirePodIdentity();
        assertThat(stack).hasNoResource("aws_vpc_security_group_ingress_rule").hasNoResource("aws_eks_addon");

        TerraformStack other = TestStack.make();
        Cluster mixed = TestCluster.in(other, SHOP.withAutoMode(Optional.of(AutoModeSpec.standard())));
        PortRule.webhook(9443, "one").forEach(mixed::open);
        mixed.requirePodIdentity();
        new NodeGroup(other, "general", mixed, NodeGroupSpec.of("m7g.large"));
        assertThat(other)
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("from_port", 9443)
                .withAttribute("description", "API server to the webhook of one")
                .and()
                .hasResources("aws_eks_addon", 4);
    }

    @Test
    void withoutAPublicBlockThereIsNoPublicEndpoint() {
        assertThat(stackWith(SHOP))
                .hasResource("aws_eks_cluster")
                .withAttribute("vpc_config.endpoint_public_access", false)
                .withAttribute("vpc_config.endpoint_private_access", true)
                .withoutAttribute("vpc_config.public_access_cidrs");
    }

    @Test
    void secretsAndLogsAreEncryptedByARotatedKey() {
        assertThat(stackWith(SHOP))
                .hasResource("aws_kms_key")
                .withAttribute("enable_key_rotation", true)
                .and()
                .hasResource("aws_eks_cluster")
                .withAttribute("encryption_config.resources", List.of("secrets"))
                .withAttribute("encryption_config.provider.key_arn", "${aws_kms_key.cluster_key_330FAAD3.arn}")
                .and()
                .hasResource("aws_cloudwatch_log_group")
                .withAttribute("name", "/aws/eks/shop/cluster")
                .withAttribute("retention_in_days", 365)
                .withAttribute("kms_key_id", "${aws_kms_key.cluster_key_330FAAD3.arn}");
    }

    @Test
    void networkPoliciesAreEnforcedUnlessTheEnvironmentSaysOtherwise() {
        assertThat(stackWith(SHOP))
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "vpc-cni")
                .withAttribute("configuration_values", "{\"enableNetworkPolicy\":\"true\"}");
        EksAddonSpec without = EksAddonSpec.standard().withConfiguration(Map.of("enableNetworkPolicy", "false"));
        assertThat(stackWith(SHOP.withAddons(Map.of(EksAddonName.VPC_CNI, without))))
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "vpc-cni")
                .withAttribute("configuration_values", "{\"enableNetworkPolicy\":\"false\"}");
    }

    @Test
    void addonsHaveTheDefaultVersionForTheVersionOfTheCluster() {
        TerraformStack stack = stackWith(SHOP);
        assertThat(stack)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "coredns")
                .withAttribute(
                        "addon_version", "${data.aws_eks_addon_version.cluster_coredns_version_E59182FE.version}");
        assertThat(TestStack.configuration(stack).at("/data/aws_eks_addon_version/cluster_coredns_version_E59182FE"))
                .hasToString("{\"addon_name\":\"coredns\",\"kubernetes_version\":\"1.36\"}");
    }

    @Test
    void anAddonMayHaveTheNewestVersion_OrOne() {
        TerraformStack stack = stackWith(SHOP.withAddons(Map.of(
                EksAddonName.COREDNS,
                EksAddonSpec.standard().withVersion(EksAddonVersion.LATEST),
                EksAddonName.KUBE_PROXY,
                EksAddonSpec.standard().withVersion(EksAddonVersion.parse("v1.36.10-eksbuild.2")))));

        assertThat(stack)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "kube-proxy")
                .withAttribute("addon_version", "v1.36.10-eksbuild.2");
        JsonNode lookedUp = TestStack.configuration(stack).at("/data/aws_eks_addon_version");
        assertThat(lookedUp.at("/cluster_coredns_version_E59182FE/most_recent").asBoolean())
                .isTrue();
        assertThat(lookedUp.size()).isEqualTo(2);
    }

    @Test
    void anAddonSupportsTheVersionOfTheCluster() {
        assertThat(ProblemsOf.making(() -> SHOP.withAddons(Map.of(
                        EksAddonName.KUBE_PROXY,
                        EksAddonSpec.standard().withVersion(EksAddonVersion.parse("v1.37.1-eksbuild.2"))))))
                .containsExactly(
                        "addons.kube-proxy.version: kube-proxy v1.37.1-eksbuild.2 does not support Kubernetes 1.36;"
                                + " allowed: default, latest, or a version that supports 1.36; fix: use default, or one of"
                                + " `aws eks describe-addon-versions --addon-name kube-proxy --kubernetes-version 1.36`");
    }

    @Test
    void aVersionOfAnAddonIsOneOfEks() {
        assertThat(ProblemsOf.making(() -> EksAddonVersion.parse("newest")))
                .containsExactly(
                        "\"newest\" is not a version of an EKS add-on; allowed: default, latest, or v, three numbers"
                                + " and -eksbuild with a number, such as v1.20.1-eksbuild.1; fix: choose one of `aws eks"
                                + " describe-addon-versions`, or leave it out: EKS chooses");
    }

    @Test
    void whatNodesSendCanBeLimited() {
        assertThat(stackWith(SHOP.withNodeEgress(List.of(
                        NodeEgress.to(Cidr.parse("0.0.0.0/0")).withPort(Optional.of(443)),
                        NodeEgress.to(Cidr.parse("10.0.0.0/8"))))))
                .hasResources("aws_vpc_security_group_egress_rule", 4)
                .hasResource("aws_vpc_security_group_egress_rule")
                .withAttribute("cidr_ipv4", "0.0.0.0/0")
                .withAttribute("ip_protocol", "tcp")
                .withAttribute("from_port", 443)
                .withAttribute("to_port", 443)
                .and()
                .hasResource("aws_vpc_security_group_egress_rule")
                .withAttribute("cidr_ipv4", "10.0.0.0/8")
                .withAttribute("ip_protocol", "-1")
                .and()
                .hasResource("aws_vpc_security_group_egress_rule")
                .withAttribute("description", "Nodes and their pods among each other");
    }

    @Test
    void onlyTheNodeSecurityGroupCarriesTheClustersTag() {
        assertThat(stackWith(SHOP))
                .hasResources("aws_security_group", 1)
                .hasResource("aws_security_group")
                .withAttribute("tags[\"kubernetes.io/cluster/shop\"]", "owned");
    }

    @Test
    void aPortOpenedTwiceIsOneRule() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);
        PortRule.webhook(9443, "one").forEach(cluster::open);
        PortRule.webhook(9443, "two").forEach(cluster::open);

        assertThat(stack)
                .hasResources("aws_vpc_security_group_ingress_rule", 6)
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("from_port", 9443)
                .withAttribute("to_port", 9443)
                .withAttribute("description", "API server to the webhook of one")
                .and()
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("from_port", 9443)
                .withAttribute("description", "Nodes to the webhook of one");
    }

    @Test
    void theOidcProviderAndThePodIdentityAgentAreMadeOnceWhenAskedFor() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);

        assertThat(cluster.oidcProvider()).isSameAs(cluster.oidcProvider());
        assertThat(cluster.addon(EksAddonName.EKS_POD_IDENTITY_AGENT))
                .isSameAs(cluster.addon(EksAddonName.EKS_POD_IDENTITY_AGENT));
        cluster.requirePodIdentity();
        assertThat(stack).hasResources("aws_iam_openid_connect_provider", 1).hasResources("aws_eks_addon", 4);
    }

    @Test
    void anAddonsRoleIsBoundByTokenOrByPodIdentity() {
        TerraformStack stack = TestStack.make();
        Cluster cluster = TestCluster.in(stack);
        cluster.addon(EksAddonName.AWS_EBS_CSI_DRIVER).useRole("arn:aws:iam::111122223333:role/ebs");
        cluster.addon(EksAddonName.AWS_EFS_CSI_DRIVER)
                .usePodIdentity("efs-csi-controller-sa", "arn:aws:iam::111122223333:role/efs");

        assertThat(stack)
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "aws-ebs-csi-driver")
                .withAttribute("service_account_role_arn", "arn:aws:iam::111122223333:role/ebs")
                .and()
                .hasResource("aws_eks_addon")
                .withAttribute("addon_name", "aws-efs-csi-driver")
                .withoutAttribute("service_account_role_arn")
                .withAttribute("pod_identity_association[0].service_account", "efs-csi-controller-sa")
                .withAttribute("pod_identity_association[0].role_arn", "arn:aws:iam::111122223333:role/efs");
    }

    @Test
    void anAccountThatIsNotStatedIsLookedUp() {
        TerraformStack stack = TestStack.withoutAccount();
        TestCluster.in(stack);

        assertThat(stack)
                .hasDataSource("aws_caller_identity")
                .and()
                .hasDataSource("aws_partition")
                .and()
                .hasDataSource("aws_region")
                .and()
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute(
                        "policy_arn",
                        "arn:${data.aws_partition.partition.partition}:iam::aws:policy/AmazonEKSClusterPolicy");
    }

    @Test
    void itsArnsAreOfItsPartition() {
        TerraformStack stack = TestStack.make("cn-north-1");
        TestCluster.in(stack);

        assertThat(stack)
                .hasResource("aws_iam_role_policy_attachment")
                .withAttribute("policy_arn", "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy");
    }

    @Test
    void aRoleAndAUserOfOneNameBothGetAccess() {
        Map<PrincipalArn, AccessEntrySpec> access = new LinkedHashMap<>();
        AccessEntrySpec view = AccessEntrySpec.of("AmazonEKSViewPolicy");
        access.put(PrincipalArn.parse("arn:aws:iam::111122223333:role/admin"), view);
        access.put(PrincipalArn.parse("arn:aws:iam::111122223333:user/admin"), view);

        assertThat(stackWith(SHOP.withAccess(access)))
                .hasResources("aws_eks_access_entry", 2)
                .hasResources("aws_eks_access_policy_association", 2);
    }

    @Test
    void aClusterToMakeNeedsAName() {
        TerraformStack stack = TestStack.make();

        assertThat(ProblemsOf.making(() -> TestCluster.in(stack, ClusterSpec.of(KubernetesVersion.parse("1.36")))))
                .containsExactly("name: the cluster has no name; fix: use ClusterSpec.of(name, version)");
    }

    @Test
    void anAccountIsStatedBeforeItIsUsed() {
        TerraformStack stack = TestStack.make();

        assertThatThrownBy(() -> dev.eksplatform.construct.Account.declare(
                        stack, dev.eksplatform.iam.AccountId.parse("111122223333"), "eu-central-1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the account of this stack is in use already: declare it first");
    }

    @Test
    void theControlPlaneReachesMetricsServerWhereItIsChosen() {
        TerraformStack stack = TestStack.make();
        TestCluster.in(
                stack,
                ClusterSpec.of("shop", "1.36")
                        .withAddons(Map.of(EksAddonName.METRICS_SERVER, EksAddonSpec.standard())));
        assertThat(stack)
                .hasResource("aws_vpc_security_group_ingress_rule")
                .withAttribute("from_port", 10251)
                .withAttribute("to_port", 10251)
                .withAttribute("description", "API server to metrics-server");
    }
}

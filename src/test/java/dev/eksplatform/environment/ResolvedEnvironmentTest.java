package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.addon.AckControllerSpec;
import dev.eksplatform.addon.AckService;
import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.addon.CertManagerSpec;
import dev.eksplatform.addon.ChartVersion;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.addon.LoadBalancerControllerSpec;
import dev.eksplatform.cluster.ClusterAuthentication;
import dev.eksplatform.cluster.ClusterSource;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.NodeImage;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.cluster.TaintSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.workload.BucketSpec;
import dev.eksplatform.workload.WorkloadsSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolvedEnvironmentTest {

    private static final ServiceAccountName ORDERS = ServiceAccountName.parse("shop/orders");
    private static final IdentitySpec READ_S3 = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess");
    private static final EnvironmentSpec MADE = environment(ClusterSpec.of("shop", "1.36"))
            .withNetwork(Optional.of(NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b")))
            .withNodeGroups(Map.of("general", NodeGroupSpec.of("m7g.large")));
    private static final EnvironmentSpec EXISTING = environment(ExistingClusterSpec.of("shop"));
    private static final EnvironmentSpec ROSA = environment(
            RosaClusterSpec.of("shop", OidcIssuer.parse("rh-oidc.s3.us-east-1.amazonaws.com/2a1b"), "rosa"));

    private static EnvironmentSpec environment(ClusterSource cluster) {
        return EnvironmentSpec.of("shop", "eu-central-1", AccountId.parse("111122223333"), cluster);
    }

    private static List<String> problems(EnvironmentSpec spec) {
        return ProblemsOf.making(() -> ResolvedEnvironment.of(spec));
    }

    @Test
    void defaultsAreFine() {
        assertThat(problems(MADE)).isEmpty();
        assertThat(problems(EXISTING)).isEmpty();
        assertThat(problems(ROSA)).isEmpty();
    }

    @Test
    void windowsNodesWithoutATaintAreAWarning() {
        NodeGroupSpec windows = NodeGroupSpec.of("m7i.large").withImage(NodeImage.WINDOWS_2022);
        NodeGroupSpec tainted = windows.withTaints(List.of(TaintSpec.of("os", TaintSpec.Effect.NO_SCHEDULE)));
        NodeGroupSpec linux = NodeGroupSpec.of("m7g.large");
        assertThat(ResolvedEnvironment.of(MADE.withNodeGroups(Map.of("linux", linux, "windows", tainted)))
                        .warnings())
                .isEmpty();
        assertThat(ResolvedEnvironment.of(MADE.withNodeGroups(Map.of("linux", linux, "windows", windows)))
                        .warnings())
                .singleElement()
                .hasToString("nodeGroups.windows: Windows nodes without a taint: pods without nodeSelector "
                        + "kubernetes.io/os may be placed there, and charts for Linux often have none; fix: add "
                        + "taints: [{key: os, value: windows, effect: no-schedule}]");
    }

    @Test
    void windowsOnTypesWithGpusIsAWarning() {
        NodeGroupSpec windows = NodeGroupSpec.of("g5.xlarge")
                .withImage(NodeImage.WINDOWS_2022)
                .withTaints(List.of(TaintSpec.of("os", TaintSpec.Effect.NO_SCHEDULE)));
        assertThat(ResolvedEnvironment.of(
                                MADE.withNodeGroups(Map.of("linux", NodeGroupSpec.of("m7g.large"), "windows", windows)))
                        .warnings())
                .singleElement()
                .hasToString("nodeGroups.windows.image: the Windows image has no driver for the accelerators of "
                        + "g5.xlarge; fix: use image: al2023, or types without accelerators");
    }

    @Test
    void theClustersNameIsItsOwnOrTheEnvironments() {
        assertThat(ResolvedEnvironment.of(MADE.withCluster(ClusterSpec.of("main", "1.36")))
                        .clusterName())
                .isEqualTo("main");
        assertThat(ResolvedEnvironment.of(
                                MADE.withCluster(ClusterSpec.of("main", "1.36").withName(Optional.empty())))
                        .clusterName())
                .isEqualTo("shop");
    }

    @Test
    void anEnvironmentHasANameAndARegion() {
        assertThat(ProblemsOf.making(() -> EnvironmentSpec.of(
                        "Shop", "europe", AccountId.parse("111122223333"), ClusterSpec.of("shop", "1.36"))))
                .containsExactly(
                        "environment: \"Shop\" is not an environment's name; allowed: 2 to 24 lower case letters, digits "
                                + "and -, beginning with a letter; fix: did you mean \"shop\"?",
                        "region: \"europe\" is not the name of a region; allowed: area, direction and number, such as "
                                + "eu-central-1, cn-north-1 or us-gov-west-1; fix: write the region's code, not its "
                                + "display name or a zone");
    }

    @Test
    void zonesAreOfTheRegion() {
        assertThat(problems(MADE.withRegion("us-east-1")))
                .containsExactly(
                        "region: us-east-1, but network.zones are zones of eu-central-1; fix: use eu-central-1, "
                                + "or zones: [us-east-1a, us-east-1b]");
    }

    @Test
    void aClusterToMakeNeedsANetworkAndLinuxNodes() {
        assertThat(problems(environment(ClusterSpec.of("shop", "1.36"))))
                .containsExactly(
                        "cluster: network is missing: this file creates a cluster; fix: add network: {cidr: "
                                + "10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}",
                        "cluster: the cluster has no Linux nodes, which CoreDNS and every add-on need; allowed: "
                                + "a node group of another image than Windows, or a Fargate profile; fix: add "
                                + "nodeGroups: {general: {instanceTypes: [m7g.large]}}");
        assertThat(problems(MADE.withNodeGroups(
                        Map.of("win", NodeGroupSpec.of("m7i.large").withImage(NodeImage.WINDOWS_2022)))))
                .singleElement()
                .asString()
                .startsWith("nodeGroups: the cluster has no Linux nodes");
    }

    @Test
    void aNodeGroupsNameLeavesRoomForASuffix() {
        assertThat(ProblemsOf.making(() -> MADE.withNodeGroups(Map.of("batch jobs", NodeGroupSpec.of("m7g.large")))))
                .containsExactly(
                        "nodeGroups[\"batch jobs\"]: \"batch jobs\" is not a node group's name; allowed: 1 to 36 letters,"
                                + " digits, - and _, beginning with a letter or digit; fix: rename it, such as to general");
    }

    @Test
    void anExistingClusterHasItsOwnNetworkAndNodes() {
        assertThat(problems(MADE.withCluster(ExistingClusterSpec.of("shop"))
                        .withFargate(
                                Map.of("f", FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("shop")))))))
                .containsExactly(
                        "network: not used with an existing cluster, which brings its own VPC; fix: remove network",
                        "cluster.version: node groups need the Kubernetes version of the cluster, which chooses their"
                                + " image; fix: add version: the one of `aws eks describe-cluster --name shop`",
                        "nodeGroups.general: no subnets: those of the control plane of an existing cluster may be public"
                                + " ones; fix: add subnetIds: [subnet-…] here, or to cluster.existing for all",
                        "fargate.f: no subnets: those of the control plane of an existing cluster may be public ones; fix: add"
                                + " subnetIds: [subnet-…] here, or to cluster.existing for all");
    }

    @Test
    void rosaHasItsOwnOperators() {
        AddonsSpec addons = AddonsSpec.of(CertManagerSpec.standard(), LoadBalancerControllerSpec.standard());
        String rest = " is not supported on ROSA; fix: remove it, and install it from OperatorHub";

        assertThat(problems(ROSA.withAddons(addons)))
                .containsExactly(
                        "addons.cert-manager: cert-manager" + rest,
                        "addons.aws-load-balancer-controller: aws-load-balancer-controller" + rest);
    }

    @Test
    void aBucketNeedsTheControllerThatMakesIt() {
        WorkloadsSpec bucket = WorkloadsSpec.none().withBuckets(Map.of("shop", BucketSpec.standard()));

        assertThat(problems(EXISTING.withWorkloads(bucket)))
                .containsExactly(
                        "workloads.buckets.shop: the controller that creates buckets is not installed; fix: add "
                                + "addons: {ack: {s3: {}}}");
        assertThat(problems(EXISTING.withWorkloads(bucket)
                        .withAddons(AddonsSpec.none().withAck(Map.of(AckService.S3, AckControllerSpec.standard())))))
                .isEmpty();
    }

    @Test
    void authenticationOfEksDoesNotGoWithRosa() {
        assertThat(ProblemsOf.making(() -> ResolvedEnvironment.of(
                        ROSA.withClusterAuthentication(Optional.of(ClusterAuthentication.TOKEN)))))
                .containsExactly("clusterAuthentication: not used with ROSA, which is reached by "
                        + "cluster.rosa.kubeContext; fix: remove clusterAuthentication");
    }

    @Test
    void constraintsOfOpenShiftAreForRosa() {
        WorkloadsSpec constraints = WorkloadsSpec.none().withSecurityContextConstraints(Map.of(ORDERS, "restricted"));

        assertThat(problems(EXISTING.withWorkloads(constraints)))
                .containsExactly("workloads.securityContextConstraints: EKS has no SecurityContextConstraints; fix: "
                        + "remove it, or label the namespace with pod-security.kubernetes.io/enforce");
        assertThat(problems(ROSA.withWorkloads(constraints))).isEmpty();
    }

    @Test
    void podIdentityDoesNotGoWithRosa() {
        assertThat(problems(ROSA.withIdentity(IdentityMode.POD_IDENTITY).withIdentities(Map.of(ORDERS, READ_S3))))
                .containsExactly("identity: EKS Pod Identity for ServiceAccount shop/orders is not supported on ROSA; "
                        + "fix: set identity: irsa");
        assertThat(problems(
                        ROSA.withIdentities(Map.of(ORDERS, READ_S3.withMode(Optional.of(IdentityMode.POD_IDENTITY))))))
                .containsExactly(
                        "identities[\"shop/orders\"].mode: EKS Pod Identity for ServiceAccount shop/orders is not "
                                + "supported on ROSA; fix: set mode: irsa");
    }

    @Test
    void podIdentityDoesNotGoWithFargateOrWindowsAlone() {
        EnvironmentSpec bound = MADE.withIdentity(IdentityMode.POD_IDENTITY).withIdentities(Map.of(ORDERS, READ_S3));
        Map<String, FargateProfileSpec> fargate =
                Map.of("apps", FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("shop"))));
        String end = "; fix: set mode: irsa for this identity";

        assertThat(problems(bound)).isEmpty();
        assertThat(problems(bound.withFargate(fargate)))
                .containsExactly("identities[\"shop/orders\"]: EKS Pod Identity for ServiceAccount shop/orders is not "
                        + "supported on Fargate, where the profile apps runs its pods" + end);
        assertThat(problems(bound.withFargate(Map.of(
                        "apps",
                        FargateProfileSpec.of(List.of(
                                FargateProfileSpec.Selector.of("shop").withLabels(Map.of("run", "fargate"))))))))
                .isEmpty();
        assertThat(problems(bound.withFargate(Map.of(
                                "system",
                                FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("kube-system")))))
                        .withNodeGroups(
                                Map.of("win", NodeGroupSpec.of("m7i.large").withImage(NodeImage.WINDOWS_2022)))))
                .containsExactly("identities[\"shop/orders\"]: EKS Pod Identity for ServiceAccount shop/orders is not "
                        + "supported on Windows, and all node groups are Windows" + end
                        + ", or add a node group with Linux");
    }

    @Test
    void aServiceAccountHasOneIdentity() {
        ServiceAccountName ack = AckControllerSpec.serviceAccount(AckService.S3);

        assertThat(problems(EXISTING.withIdentities(Map.of(ack, READ_S3))
                        .withAddons(AddonsSpec.none().withAck(Map.of(AckService.S3, AckControllerSpec.standard())))))
                .containsExactly("identities[\"ack-system/ack-s3-controller\"]: duplicate identity: the ServiceAccount "
                        + "ack-system/ack-s3-controller has one already at addons.ack.s3; fix: remove one of them");
    }

    @Test
    void aRoleBelongsToOneIdentity() {
        IdentitySpec named = READ_S3.withRoleName(Optional.of(RoleName.parse("reader")));
        Map<ServiceAccountName, IdentitySpec> two = new java.util.LinkedHashMap<>();
        two.put(ORDERS, named);
        two.put(ServiceAccountName.parse("shop/reports"), named);

        assertThat(problems(EXISTING.withIdentities(two)))
                .containsExactly("identities[\"shop/reports\"]: role name reader is already used by "
                        + "identities[\"shop/orders\"]; fix: set roleName");
    }

    @Test
    void anIdentitysProblemsStandAtItsProperty() {
        assertThat(problems(EXISTING.withIdentities(Map.of(ORDERS, IdentitySpec.none()))))
                .containsExactly(
                        "identities[\"shop/orders\"]: the identity has no permission; fix: add policies, policy, "
                                + "buckets or role");
    }

    @Test
    void eksAddonsWithAControllerGetAnIdentityOfTheirOwn() {
        EnvironmentSpec spec = MADE.withCluster(ClusterSpec.of("shop", "1.36")
                .withAddons(Map.of(EksAddonName.AWS_EBS_CSI_DRIVER, EksAddonSpec.standard())));

        assertThat(ResolvedEnvironment.of(spec).identities()).singleElement().satisfies(resolved -> {
            assertThat(resolved.identity().serviceAccount()).hasToString("kube-system/ebs-csi-controller-sa");
            assertThat(resolved.eksAddon()).contains(EksAddonName.AWS_EBS_CSI_DRIVER);
            assertThat(resolved.createsServiceAccount()).isFalse();
        });
    }

    @Test
    void namespacesAreThoseThatAreNotThereAnyway() {
        EnvironmentSpec spec = EXISTING.withIdentities(Map.of(ORDERS, READ_S3))
                .withAddons(AddonsSpec.of(CertManagerSpec.standard(), LoadBalancerControllerSpec.standard()))
                .withNamespaces(Map.of(
                        "extra", NamespaceSpec.standard().withLabels(Map.of("team", "x")),
                        "shop", NamespaceSpec.standard().withExisting(true)));

        assertThat(ResolvedEnvironment.of(spec).namespaces())
                .isEqualTo(Map.of(
                        "cert-manager",
                        Map.of("pod-security.kubernetes.io/enforce", "restricted"),
                        "extra",
                        Map.of("team", "x")));
    }

    @Test
    void roleArnsArePlainTextOfThePartition() {
        ResolvedEnvironment china =
                ResolvedEnvironment.of(EXISTING.withRegion("cn-north-1").withIdentities(Map.of(ORDERS, READ_S3)));

        assertThat(china.roleArn(china.identities().get(0).identity()))
                .isEqualTo("arn:aws-cn:iam::111122223333:role/shop-shop-orders");
    }

    @Test
    void onFargateTheWebhookOfCertManagerHasAnotherPort() {
        EnvironmentSpec spec = MADE.withAddons(AddonsSpec.of(CertManagerSpec.standard()));
        Map<String, FargateProfileSpec> cert =
                Map.of("cert", FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("cert-*"))));
        Map<String, FargateProfileSpec> shop =
                Map.of("shop", FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("shop"))));

        assertThat(ResolvedEnvironment.of(spec).addons().get(0).webhookPorts()).containsExactly(10250);
        assertThat(ResolvedEnvironment.of(spec.withFargate(shop))
                        .addons()
                        .get(0)
                        .webhookPorts())
                .containsExactly(10250);
        assertThat(ResolvedEnvironment.of(spec.withFargate(cert))
                        .addons()
                        .get(0)
                        .webhookPorts())
                .containsExactly(10260);
        assertThat(values(spec.withFargate(cert)).get("webhook")).asString().contains("securePort=10260");
        assertThat(values(spec).get("webhook")).asString().doesNotContain("securePort");
    }

    @Test
    void theChartOfMetricsServerHasItsPort() {
        HelmReleaseSpec chart = HelmReleaseSpec.of(
                "metrics-server",
                "https://kubernetes-sigs.github.io/metrics-server",
                ChartVersion.parse("3.13.0"),
                "kube-system");
        EnvironmentSpec spec = MADE.withAddons(AddonsSpec.none().withHelm(Map.of("metrics", chart)));
        EnvironmentSpec older = MADE.withAddons(
                AddonsSpec.none().withHelm(Map.of("metrics", chart.withValues(Map.of("containerPort", 4443L)))));
        EnvironmentSpec fargate = spec.withFargate(
                Map.of("system", FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("kube-system")))));

        assertThat(ResolvedEnvironment.of(spec).addons().get(0).webhookPorts()).isEmpty();
        assertThat(ResolvedEnvironment.of(older).addons().get(0).webhookPorts()).containsExactly(4443);
        assertThat(ResolvedEnvironment.of(fargate).addons().get(0).webhookPorts())
                .containsExactly(10251);
        assertThat(values(fargate)).isEqualTo(Map.of("containerPort", 10251));
    }

    private static Map<String, Object> values(EnvironmentSpec spec) {
        return ResolvedEnvironment.of(spec)
                .addons()
                .get(0)
                .values()
                .apply(new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(), Map.of()));
    }
}

package dev.eksplatform.addon;

import static dev.eksplatform.testing.StackAssertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.kubernetes.namespace_v1.NamespaceV1;
import com.hashicorp.cdktf.providers.kubernetes.namespace_v1.NamespaceV1Config;
import com.hashicorp.cdktf.providers.kubernetes.namespace_v1.NamespaceV1Metadata;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HelmReleaseTest {

    /** The other values of cert-manager. */
    private static final String REPLICAS = "\"podDisruptionBudget\": {\"enabled\": true}, \"replicaCount\": 2, "
            + "\"cainjector\": {\"podDisruptionBudget\": {\"enabled\": true}, \"replicaCount\": 2}, "
            + "\"webhook\": {\"podDisruptionBudget\": {\"enabled\": true}, \"replicaCount\": 2}}";

    private static final HelmAddon.ReleaseContext ALONE = context("aws-load-balancer-controller");

    private static HelmAddon.ReleaseContext context(String... addons) {
        return new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(addons), Map.of());
    }

    private static TerraformStack stackWith(HelmAddon addon, HelmAddon.ReleaseContext context) {
        TerraformStack stack = TestStack.make();
        new HelmRelease(stack, addon.name(), addon, addon.values().apply(context), List.of());
        return stack;
    }

    private static TerraformStack certManager(CertManagerSpec spec) {
        return stackWith(spec.resolve(TestAddons.AWS), ALONE);
    }

    private static LoadBalancerControllerSpec controller(String version) {
        LoadBalancerControllerSpec standard = LoadBalancerControllerSpec.standard();
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)));
    }

    @Test
    void minimalIsWaitedForUndoneWhenItFailsAndBoundedInTime() {
        HelmReleaseSpec spec =
                HelmReleaseSpec.of("metrics", "https://charts.example.com", ChartVersion.parse("1.2.3"), "monitoring");

        TestStack.checkGolden("helm-release-minimal", stackWith(spec.resolve("metrics", false), ALONE));
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        NamespaceV1 namespace = new NamespaceV1(
                stack,
                "monitoring",
                NamespaceV1Config.builder()
                        .metadata(
                                NamespaceV1Metadata.builder().name("monitoring").build())
                        .build());
        HelmAddon addon = HelmReleaseSpec.of(
                        "metrics", "oci://registry.example.com/charts", ChartVersion.parse("v1.2.3"), "monitoring")
                .withValues(Map.of("b", List.of(1, 2), "a", Map.of("on", true, "name", "x")))
                .resolve("metrics", false);
        new HelmRelease(stack, "metrics", addon, addon.values().apply(ALONE), List.of(namespace));

        TestStack.checkGolden("helm-release-full", stack);
    }

    @Test
    void certManagerInstallsItsCrdsAndKeepsThem() {
        TestStack.checkGolden("cert-manager-1.21", certManager(CertManagerSpec.standard()));
    }

    @Test
    void certManager115HasTheNewFlagAnd114TheOldOne() {
        CertManagerSpec standard = CertManagerSpec.standard();

        assertThat(certManager(standard.withChart(standard.chart().withChartVersion(ChartVersion.parse("v1.15.0")))
                        .withKeepCrds(false)))
                .hasResource("helm_release")
                .withAttribute("version", "v1.15.0")
                .withJson("values[0]", "{\"crds\": {\"enabled\": true, \"keep\": false}, " + REPLICAS);
        assertThat(certManager(standard.withChart(standard.chart().withChartVersion(ChartVersion.parse("1.14.7")))))
                .hasResource("helm_release")
                .withAttribute("version", "v1.14.7")
                .withJson("values[0]", "{\"installCRDs\": true, " + REPLICAS);
    }

    @Test
    void theLoadBalancerControllerGetsRegionAndVpcByValue() {
        TestStack.checkGolden(
                "load-balancer-controller-3.5.0",
                stackWith(LoadBalancerControllerSpec.standard().resolve(TestAddons.AWS), ALONE));
    }

    @Test
    void theLoadBalancerControllerTakesItsCertificateFromCertManagerWhereThereIsOne() {
        TestStack.checkGolden(
                "load-balancer-controller-1.8.2",
                stackWith(controller("1.8.2").resolve(TestAddons.AWS), context("cert-manager", "x")));
    }

    @Test
    void anAckControllerUsesTheServiceAccountOfThePlatform() {
        HelmAddon addon = AckControllerSpec.standard()
                .withDeletionPolicy(AckControllerSpec.DeletionPolicy.RETAIN)
                .withRepository("oci://registry.example.com/ack")
                .withValues(Map.of("log", Map.of("level", "debug")))
                .resolve(AckService.S3, Partition.AWS);

        TestStack.checkGolden("ack-s3-controller", stackWith(addon, ALONE));
        org.assertj.core.api.Assertions.assertThat(
                        addon.controllers().stream().findFirst().map(AddonController::policy))
                .get()
                .isNotEqualTo(Optional.empty());
    }
}

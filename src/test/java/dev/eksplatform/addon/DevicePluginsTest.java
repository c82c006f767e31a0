package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Device plugins of GPUs, Neuron devices and Elastic Fabric Adapters: what their charts get. */
class DevicePluginsTest {

    private static final NvidiaDevicePluginSpec NVIDIA = NvidiaDevicePluginSpec.standard();
    private static final GpuOperatorSpec OPERATOR = GpuOperatorSpec.standard();

    private static JsonNode values(AddonSpec spec) {
        return TestJson.tree(spec.resolve(TestAddons.AWS)
                .values()
                .apply(new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-1", List.of(), Map.of())));
    }

    private static JsonNode json(String text) {
        return TestJson.parse(text.replace('\'', '"'));
    }

    @Test
    void minimal_ThePluginRunsOnNodesWithItsLabel() {
        assertThat(values(NVIDIA)).isEqualTo(json("""
                {'nodeSelector': {'kubernetes.io/os': 'linux'},
                 'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [
                   {'matchExpressions': [
                     {'key': 'nvidia.com/gpu.present', 'operator': 'In', 'values': ['true']},
                     {'key': 'nvidia.com/gpu.deploy.device-plugin', 'operator': 'NotIn', 'values': ['false']}]},
                   {'matchExpressions': [
                     {'key': 'karpenter.k8s.aws/instance-gpu-manufacturer', 'operator': 'In', 'values': ['nvidia']},
                     {'key': 'nvidia.com/gpu.deploy.device-plugin', 'operator': 'NotIn', 'values': ['false']}]}]}}}}
                """));
        HelmAddon addon = NVIDIA.resolve(TestAddons.AWS);
        assertThat(addon.namespace()).isEqualTo("nvidia-device-plugin");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.controllers()).isEmpty();
    }

    @Test
    void full_ThePluginSharesGpusAndLabelsNodes() {
        JsonNode values = values(NVIDIA.withTimeSlicing(Optional.of(4))
                .withMigStrategy(Optional.of(MigStrategy.MIXED))
                .withFeatureDiscovery(true));

        assertThat(values.path("migStrategy").asText()).isEqualTo("mixed");
        assertThat(values.path("gfd")).isEqualTo(json("{'enabled': true}"));
        assertThat(values.path("nfd")).isEqualTo(json("{'postDeleteCleanup': false}"));
        assertThat(values.at("/config/default").asText()).isEqualTo("default");
        assertThat(TestJson.parse(values.at("/config/map/default").asText()))
                .isEqualTo(json("{'version': 'v1', 'sharing': {'timeSlicing': {'resources': ["
                        + "{'name': 'nvidia.com/gpu', 'replicas': 4}]}}}"));
    }

    @Test
    void theOperatorUsesDriverAndToolkitOfTheImage() {
        assertThat(values(OPERATOR)).isEqualTo(json("""
                {'driver': {'enabled': false}, 'toolkit': {'enabled': false}, 'devicePlugin': {'enabled': true},
                 'mig': {'strategy': 'single'},
                 'node-feature-discovery': {'postDeleteCleanup': false, 'worker': {
                   'nodeSelector': {'kubernetes.io/os': 'linux'},
                   'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [
                     {'matchExpressions': [
                       {'key': 'eks.amazonaws.com/compute-type', 'operator': 'NotIn', 'values': ['auto']}]}]}}}}}}
                """));
        assertThat(OPERATOR.resolve(TestAddons.AWS).podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
    }

    @Test
    void theOperatorInstallsTheDriverAndSharesGpus() {
        JsonNode values =
                values(OPERATOR.withDriver(true).withTimeSlicing(Optional.of(2)).withMigStrategy(MigStrategy.NONE));

        assertThat(values.at("/driver/enabled").asBoolean()).isTrue();
        assertThat(values.at("/toolkit/enabled").asBoolean()).isTrue();
        assertThat(values.at("/mig/strategy").asText()).isEqualTo("none");
        JsonNode config = values.at("/devicePlugin/config");
        assertThat(config.path("create").asBoolean()).isTrue();
        assertThat(config.path("name").asText()).isEqualTo("time-slicing");
        assertThat(config.path("default").asText()).isEqualTo("default");
        assertThat(config.at("/data/default").asText()).contains("\"replicas\":2");
    }

    @Test
    void neuron() {
        assertThat(values(NeuronSpec.standard()))
                .isEqualTo(json("{'npd': {'enabled': false}, 'scheduler': {'enabled': false}}"));
        assertThat(values(NeuronSpec.standard().withScheduler(true)).path("scheduler"))
                .isEqualTo(json("{'enabled': true, 'nodeSelector': {'kubernetes.io/os': 'linux'}, 'customScheduler':"
                        + " {'nodeSelector': {'kubernetes.io/os': 'linux'}}}"));
        HelmAddon addon = NeuronSpec.standard().resolve(TestAddons.AWS);
        assertThat(addon.namespace()).isEqualTo("kube-system");
        assertThat(addon.repository()).isEqualTo("oci://public.ecr.aws/neuron");
    }

    @ParameterizedTest
    @CsvSource({
        "AWS, eu-central-1, 602401143452.dkr.ecr.eu-central-1.amazonaws.com",
        "AWS, il-central-1, 066635153087.dkr.ecr.il-central-1.amazonaws.com",
        "AWS_CN, cn-north-1, 918309763551.dkr.ecr.cn-north-1.amazonaws.com.cn",
        "AWS_US_GOV, us-gov-west-1, 013241004608.dkr.ecr.us-gov-west-1.amazonaws.com",
    })
    void theImageOfTheEfaPluginIsInTheRegionOfTheNodes(Partition partition, String region, String registry) {
        AddonContext context = TestAddons.in(partition);
        JsonNode values = TestJson.tree(EfaDevicePluginSpec.standard()
                .resolve(context.withRegion(region).withTags(Map.of()))
                .values()
                .apply(new HelmAddon.ReleaseContext("shop", region, "vpc-1", List.of(), Map.of())));

        assertThat(values.at("/image/repository").asText()).isEqualTo(registry + "/eks/aws-efa-k8s-device-plugin");
    }

    @Test
    void theEfaPluginToleratesTheTaintsOfAccelerators() {
        assertThat(values(EfaDevicePluginSpec.standard()).path("tolerations"))
                .isEqualTo(json("[{'key': 'nvidia.com/gpu', 'operator': 'Exists'},"
                        + " {'key': 'aws.amazon.com/neuron', 'operator': 'Exists'},"
                        + " {'key': 'vpc.amazonaws.com/efa', 'operator': 'Exists'}]"));
    }

    @Test
    void whatHasNoEffectIsRefused() {
        assertThat(ProblemsOf.making(() -> NVIDIA.withTimeSlicing(Optional.of(1))))
                .containsExactly(
                        "timeSlicing: 1 pods on each GPU; allowed: 2 or more; fix: remove it: each GPU is for one pod");
        assertThat(ProblemsOf.making(() -> OPERATOR.withDevicePlugin(false).withTimeSlicing(Optional.of(4))))
                .containsExactly(
                        "timeSlicing: not used: it is a setting of the device plugin, and devicePlugin is false; fix:"
                                + " remove it, or devicePlugin");
        ChartSettings driver = OPERATOR.chart().withValues(Map.of("driver", Map.of("enabled", true)));
        assertThat(ProblemsOf.making(() -> OPERATOR.withChart(driver)))
                .containsExactly(
                        "values.driver.enabled: an override of a value that the platform sets; allowed: values other than"
                                + " driver.enabled, devicePlugin.enabled, mig.strategy; fix: remove it: role, trust, ServiceAccount and"
                                + " chart must agree");
    }
}

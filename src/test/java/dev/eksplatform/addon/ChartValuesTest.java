package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.facts.ChartFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.ProblemsOf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartValuesTest {

    static Stream<Arguments> charts() {
        return Stream.of(
                Arguments.of("cert-manager", "v1.15.3", certManager("v1.15.3")),
                Arguments.of("cert-manager", "v1.21.1", certManager("v1.21.1")),
                Arguments.of("aws-load-balancer-controller", "1.8.2", controller("1.8.2")),
                Arguments.of("aws-load-balancer-controller", "1.13.4", controller("1.13.4")),
                Arguments.of("aws-load-balancer-controller", "3.5.0", controller("3.5.0")),
                Arguments.of(
                        "s3-chart",
                        "1.10.0",
                        AckControllerSpec.standard()
                                .withChartVersion(Optional.of(ChartVersion.parse("1.10.0")))
                                .resolve(AckService.S3, Partition.AWS)),
                Arguments.of(
                        "nvidia-device-plugin",
                        "0.20.0",
                        NvidiaDevicePluginSpec.standard()
                                .withTimeSlicing(Optional.of(4))
                                .withMigStrategy(Optional.of(MigStrategy.MIXED))
                                .withFeatureDiscovery(true)
                                .resolve(TestAddons.AWS)),
                Arguments.of(
                        "gpu-operator",
                        "v26.7.0",
                        GpuOperatorSpec.standard()
                                .withTimeSlicing(Optional.of(4))
                                .resolve(TestAddons.AWS)),
                Arguments.of(
                        "neuron-helm-chart",
                        "1.10.0",
                        NeuronSpec.standard().withScheduler(true).resolve(TestAddons.AWS)),
                Arguments.of(
                        "aws-efa-k8s-device-plugin",
                        "v0.5.30",
                        EfaDevicePluginSpec.standard().resolve(TestAddons.AWS)));
    }

    private static HelmAddon certManager(String version) {
        CertManagerSpec standard = CertManagerSpec.standard();
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .resolve(TestAddons.AWS);
    }

    private static HelmAddon controller(String version) {
        LoadBalancerControllerSpec standard = LoadBalancerControllerSpec.standard();
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .resolve(TestAddons.AWS);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyValueIsOneThatTheChartHas(String chart, String version, HelmAddon addon) {
        Map<String, Object> values = addon.values()
                .apply(new HelmAddon.ReleaseContext(
                        "shop", "eu-central-1", "vpc-0a1b2c3d", List.of("cert-manager"), Map.of("team", "shop")));

        assertThat(values).isNotEmpty();
        assertThat(wrong(values, ChartFacts.values(chart, version))).isEmpty();
        assertThat(addon.chart()).isEqualTo(chart);
        assertThat(addon.version()).isEqualTo(ChartVersion.parse(version));
    }

    @Test
    void anUnknownValueOrTypeIsFound() {
        Map<String, String> known =
                Map.of("replicaCount", "number", "rbac.create", "boolean", "podLabels", "object", "name", "null");

        assertThat(wrong(
                        Map.of("rbac", Map.of("create", true), "podLabels", Map.of("any", "thing"), "name", "x"),
                        known))
                .isEmpty();
        assertThat(wrong(Map.of("replicas", 2), known)).containsExactly("replicas: unknown");
        assertThat(wrong(Map.of("rbac", Map.of("made", true)), known)).containsExactly("rbac.made: unknown");
        assertThat(wrong(Map.of("replicaCount", Map.of("min", 2)), known)).containsExactly("replicaCount.min: unknown");
        assertThat(wrong(Map.of("replicaCount", "2"), known))
                .containsExactly("replicaCount: string, the chart has number");
    }

    private static List<String> wrong(Map<String, Object> values, Map<String, String> known) {
        List<String> wrong = new ArrayList<>();
        collect("", values, known, wrong);
        return wrong;
    }

    private static void collect(String path, Object value, Map<String, String> known, List<String> wrong) {
        String type = known.get(path);
        if (value instanceof Map<?, ?> map && !map.isEmpty() && !"object".equals(type)) {
            map.forEach((key, below) -> collect(path.isEmpty() ? "" + key : path + "." + key, below, known, wrong));
        } else if (type == null) {
            wrong.add(path + ": unknown");
        } else if (!type.equals("null") && !type.equals(ChartFacts.type(value))) {
            wrong.add(path + ": " + ChartFacts.type(value) + ", the chart has " + type);
        }
    }

    @Test
    void overridesGoOverValuesMapByMap() {
        Map<String, Object> values = Map.of("a", Map.of("b", 1, "c", 2), "list", List.of(1, 2), "d", Map.of("e", 1));

        assertThat(Json.merge(values, Map.of("a", Map.of("c", 3, "x", 4), "list", List.of(5), "d", 6, "new", 7)))
                .isEqualTo(Map.of("a", Map.of("b", 1, "c", 3, "x", 4), "list", List.of(5), "d", 6, "new", 7));
        assertThat(Json.merge(values, Map.of())).isEqualTo(values);
        assertThat(Json.merge(Map.of(), values)).isEqualTo(values);
    }

    @Test
    void aValueIsFoundByItsPath() {
        Map<String, Object> values = Map.of("webhook", Map.of("securePort", 10260, "host", "x"));

        assertThat(ChartValues.at(values, "webhook.securePort")).contains(10260);
        assertThat(ChartValues.at(values, "webhook.port")).isEmpty();
        assertThat(ChartValues.at(values, "webhook.securePort.deeper")).isEmpty();
        assertThat(ChartValues.portAt(values, "webhook.securePort", 1)).isEqualTo(10260);
        assertThat(ChartValues.portAt(values, "webhook.host", 1)).isEqualTo(1);
        assertThat(ChartValues.portAt(Map.of("port", "10260"), "port", 1)).isEqualTo(10260);
    }

    @Test
    void reservedValuesAreReported() {
        Problems problems = new Problems();
        ChartValues.checkReserved(
                Map.of("region", "x", "serviceAccount", Map.of("create", true)),
                List.of("region", "serviceAccount.create", "vpcId"),
                problems);

        assertThat(ProblemsOf.in(problems))
                .containsExactly(
                        "values.region: an override of a value that the platform sets; allowed: values other than "
                                + "region, serviceAccount.create, vpcId; fix: remove it: role, trust, ServiceAccount "
                                + "and chart must agree",
                        "values.serviceAccount.create: an override of a value that the platform sets; allowed: values "
                                + "other than region, serviceAccount.create, vpcId; fix: remove it: role, trust, "
                                + "ServiceAccount and chart must agree");
    }

    @Test
    void nullOverridesStaySoThatHelmRemovesADefault() {
        Map<String, @Nullable Object> overrides = new HashMap<>();
        overrides.put("nodeSelector", null);
        overrides.put("rbac", null);

        Map<String, @Nullable Object> merged =
                Json.merge(Map.of("rbac", Map.of("create", true), "replicaCount", 2), overrides);

        assertThat(ChartValues.text(merged)).isEqualTo("{\"nodeSelector\":null,\"rbac\":null,\"replicaCount\":2}");
    }

    @Test
    void nullOrTextInPlaceOfAReservedMapIsAnOverrideToo() {
        Map<String, @Nullable Object> overrides = new HashMap<>();
        overrides.put("serviceAccount", null);
        overrides.put("crds", "none");
        Problems problems = new Problems();

        ChartValues.checkReserved(
                overrides, List.of("serviceAccount.create", "serviceAccount.name", "crds.enabled"), problems);

        assertThat(ProblemsOf.in(problems))
                .extracting(problem -> problem.replaceFirst(":.*", ""))
                .containsExactly("values.serviceAccount", "values.crds");
    }

    @Test
    void charactersThatHelmsYamlReaderRefusesOrFoldsAreEscaped() {
        assertThat(ChartValues.text(Map.of("a", "\u0001\u007f\u0085\u2028\ufeff\u00e4\ud83d\ude00")))
                .isEqualTo("{\"a\":\"\\u0001\\u007f\\u0085\\u2028\\ufeff\u00e4\ud83d\ude00\"}");
    }
}

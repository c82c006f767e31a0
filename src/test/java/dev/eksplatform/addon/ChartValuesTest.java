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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChartValuesTest {

    /** What a chart hands on with any key: arguments of its program, and types of Kubernetes. */
    private static final Pattern ANY_KEY = Pattern.compile("(.*\\.)?(extraArgs|podSecurityContext|securityContext)");

    static Stream<Arguments> charts() {
        return Stream.of(
                Arguments.of("cert-manager", "v1.15.3", certManager("v1.15.3")),
                Arguments.of("cert-manager", "v1.21.1", certManager("v1.21.1")),
                Arguments.of("aws-load-balancer-controller", "1.8.2", controller("1.8.2")),
                Arguments.of("aws-load-balancer-controller", "1.13.4", controller("1.13.4")),
                Arguments.of("aws-load-balancer-controller", "3.5.0", controller("3.5.0")),
                Arguments.of("cluster-autoscaler", "9.59.0", standard(ClusterAutoscalerSpec.standard())),
                Arguments.of(
                        "cluster-proportional-autoscaler",
                        "1.1.0",
                        standard(ClusterProportionalAutoscalerSpec.standard())),
                Arguments.of("external-secrets", "2.9.0", externalSecrets("2.9.0")),
                Arguments.of("keda", "2.20.2", keda("2.20.2")),
                Arguments.of("metrics-server", "3.13.1", metricsServer("3.13.1")),
                Arguments.of(
                        "secrets-store-csi-driver-provider-aws",
                        "3.1.1",
                        standard(SecretsStoreCsiDriverSpec.standard()
                                .withSyncSecrets(true)
                                .withRotationInterval(Optional.of("5m")))),
                Arguments.of("vertical-pod-autoscaler", "0.13.0", standard(VerticalPodAutoscalerSpec.standard())),
                Arguments.of("karpenter", "1.15.1", KarpenterTest.withEveryValue()),
                Arguments.of("karpenter-crd", "1.15.1", KarpenterTest.crds()),
                Arguments.of(
                        "aws-node-termination-handler",
                        "0.27.6",
                        AwsNodeTerminationHandlerSpec.standard().resolve(TestAddons.AWS)),
                Arguments.of("aws-load-balancer-controller", "3.5.0", targetGroupsOnly()),
                Arguments.of("aws-gateway-controller-chart", "v2.1.3", lattice()),
                Arguments.of(
                        "aws-privateca-issuer",
                        "v1.12.0",
                        PrivateCaIssuerSpec.standard().resolve(TestAddons.AWS)),
                Arguments.of(
                        "cilium",
                        "1.20.2",
                        CiliumSpec.standard().withHubble(true).resolve(TestAddons.AWS)),
                // The repository of Istio has its next version under this name between two releases.
                Arguments.of("base", "1.32.0-alpha", istio(0)),
                Arguments.of("istiod", "1.32.0-alpha", istio(1)),
                Arguments.of("cni", "1.32.0-alpha", istio(2)),
                Arguments.of("ztunnel", "1.32.0-alpha", istio(3)),
                Arguments.of("argo-cd", "10.1.1", argoCd("10.1.1")),
                Arguments.of(
                        "argo-events",
                        "2.4.22",
                        ArgoEventsSpec.standard().withReplicas(1).resolve(TestAddons.AWS)),
                Arguments.of(
                        "argo-rollouts",
                        "2.41.0",
                        ArgoRolloutsSpec.standard()
                                .withReplicas(1)
                                .withVerifyTargetGroups(true)
                                .resolve(TestAddons.AWS)),
                Arguments.of(
                        "argo-workflows",
                        "1.0.18",
                        ArgoWorkflowsSpec.standard().withReplicas(1).resolve(TestAddons.AWS)),
                Arguments.of("falco", "9.1.0", FalcoSpec.standard().resolve(TestAddons.AWS)),
                Arguments.of(
                        "flux2",
                        "2.18.3",
                        FluxSpec.standard()
                                .withImageAutomation(true)
                                .withEcrRepositories(List.of("charts/*"))
                                .resolve(TestAddons.AWS)),
                Arguments.of("gatekeeper", "3.23.1", GatekeeperSpec.standard().resolve(TestAddons.AWS)),
                Arguments.of("kyverno", "3.9.1", KyvernoSpec.standard().resolve(TestAddons.AWS)),
                Arguments.of(
                        "velero",
                        "12.1.0",
                        VeleroSpec.standard()
                                .withSchedules(Map.of("daily", VeleroSchedule.of("@daily")))
                                .withFileSystemBackups(true)
                                .resolve(TestAddons.AWS)),
                Arguments.of(
                        "kube-prometheus-stack",
                        "88.5.3",
                        at("88.5.3", KubePrometheusStackTest.whole()).resolve(TestAddons.AWS)),
                Arguments.of(
                        "aws-for-fluent-bit",
                        "0.2.0",
                        AwsForFluentBitSpec.standard().resolve(TestAddons.AWS)),
                Arguments.of("opencost", "2.5.17", OpencostSpec.standard().resolve(TestAddons.AWS)),
                Arguments.of(
                        "opencost",
                        "2.5.17",
                        OpencostSpec.standard()
                                .withPrometheusUrl(Optional.of("http://prometheus.metrics.svc:9090"))
                                .resolve(TestAddons.AWS)),
                Arguments.of(
                        "kubecost",
                        "3.2.1",
                        KubecostSpec.standard()
                                .withStorageClass(Optional.of("gp3"))
                                .resolve(TestAddons.AWS)),
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

    private static HelmAddon targetGroupsOnly() {
        LoadBalancerControllerSpec standard = LoadBalancerControllerSpec.standard();
        return standard.withTargetGroupBindingOnly(true).resolve(TestAddons.AWS);
    }

    private static HelmAddon lattice() {
        return LatticeControllerSpec.standard()
                .withServiceNetwork(Optional.of("shop"))
                .resolve(TestAddons.AWS);
    }

    private static HelmAddon istio(int release) {
        IstioSpec standard = IstioSpec.standard();
        return standard.with(spec -> spec.chart(standard.chart().withChartVersion(ChartVersion.parse("1.32.0-alpha")))
                        .revision(Optional.of("stable")))
                .releases(TestAddons.AWS)
                .get(release);
    }

    private static KubePrometheusStackSpec at(String version, KubePrometheusStackSpec spec) {
        return spec.withChart(spec.chart().withChartVersion(ChartVersion.parse(version)));
    }

    private static HelmAddon certManager(String version) {
        CertManagerSpec standard = CertManagerSpec.standard();
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .resolve(TestAddons.AWS);
    }

    private static HelmAddon argoCd(String version) {
        ArgoCdAddonSpec standard = ArgoCdAddonSpec.standard();
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .withRepositories(Map.of(
                        "shop",
                        ArgoCdRepository.of("https://git.example.com/shop")
                                .withPassword(SensitiveValue.ofVariable("git_token"))))
                .resolve(TestAddons.AWS);
    }

    private static HelmAddon controller(String version) {
        LoadBalancerControllerSpec standard = LoadBalancerControllerSpec.standard();
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .resolve(TestAddons.AWS);
    }

    private static HelmAddon standard(AddonSpec spec) {
        return spec.resolve(TestAddons.AWS);
    }

    private static HelmAddon externalSecrets(String version) {
        ExternalSecretsSpec standard = ExternalSecretsSpec.standard().withSecrets(List.of("shop/*"));
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .resolve(TestAddons.FARGATE);
    }

    private static HelmAddon keda(String version) {
        KedaSpec standard = KedaSpec.standard().withQueues(List.of("orders"));
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .resolve(TestAddons.AWS);
    }

    private static HelmAddon metricsServer(String version) {
        MetricsServerSpec standard = MetricsServerSpec.standard();
        return standard.withChart(standard.chart().withChartVersion(ChartVersion.parse(version)))
                .resolve(TestAddons.FARGATE);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void everyValueIsOneThatTheChartHas(String chart, String version, HelmAddon addon) {
        Map<String, Object> values = addon.values()
                .apply(new HelmAddon.ReleaseContext(
                        "shop",
                        "eu-central-1",
                        "vpc-0a1b2c3d",
                        List.of("cert-manager", "gateway-api", "istio"),
                        Map.of("team", "shop")));

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
        assertThat(wrong(Map.of("extraArgs", Map.of("any", 1)), known)).containsExactly("extraArgs.any: unknown");
        assertThat(wrong(Map.of("extraArgs", Map.of("any", 1)), Map.of("extraArgs.v", "number")))
                .isEmpty();
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
        if (value instanceof Map<?, ?>
                && ANY_KEY.matcher(path).matches()
                && known.keySet().stream().anyMatch(key -> key.startsWith(path))) {
            return;
        }
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
        assertThat(ChartValues.portAt(Map.of("port", 70000), "port", 1)).isEqualTo(1);
    }

    @Test
    void reservedValuesAreReported() {
        Problems problems = new Problems();
        ChartValues.checkReserved(
                ReleaseOptions.standard().withValues(Map.of("region", "x", "serviceAccount", Map.of("create", true))),
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
    void sensitiveValuesDoNotOverrideReservedValuesEither() {
        SensitiveValue value = SensitiveValue.ofVariable("text");
        Problems problems = new Problems();
        ChartValues.checkReserved(
                ReleaseOptions.standard()
                        .withSensitiveValues(new TreeMap<>(Map.of(
                                "account.name", value,
                                "account.nameOfOther", value,
                                "containers[0].env", value,
                                "crds", value))),
                List.of("account.name", "containers", "crds.keep"),
                problems);

        assertThat(ProblemsOf.making(problems::throwIfAny))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly(
                        "sensitiveValues[\"account.name\"]",
                        "sensitiveValues[\"containers[0].env\"]",
                        "sensitiveValues.crds");
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
        Map<String, Object> overrides = new HashMap<>();
        overrides.put("serviceAccount", null);
        overrides.put("crds", "none");
        Problems problems = new Problems();

        ChartValues.checkReserved(
                ReleaseOptions.standard().withValues(overrides),
                List.of("serviceAccount.create", "serviceAccount.name", "crds.enabled"),
                problems);

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

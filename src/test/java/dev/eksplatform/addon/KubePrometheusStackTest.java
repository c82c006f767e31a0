package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubePrometheusStackTest {

    private static final KubePrometheusStackSpec STANDARD = KubePrometheusStackSpec.standard();
    private static final String WORKSPACE = "ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
    private static final String ROLE = "arn:aws:iam::444455556666:role/metrics";

    /** Every key of it. */
    static KubePrometheusStackSpec whole() {
        return STANDARD.withReplicas(2)
                .withRetentionDays(15)
                .withStorage(Optional.of(PrometheusStorage.of("50Gi").withStorageClass(Optional.of("gp3"))))
                .withGrafanaAdminSecret(Optional.of("grafana-admin"))
                .withCrdUpgradeJob(true)
                .withAmp(Optional.of(AmpSpec.created()));
    }

    private static HelmAddon.ReleaseContext release(String... addons) {
        return new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(addons), Map.of())
                .withPrometheusWorkspaceId("${local.workspace}");
    }

    private static JsonNode values(KubePrometheusStackSpec spec, String... addons) {
        return TestJson.parse(Json.compact(spec.resolve(TestAddons.AWS).values().apply(release(addons))));
    }

    private static String at(JsonNode values, String pointer) {
        return values.at(pointer).toString();
    }

    private static KubePrometheusStackSpec with(Map<String, Object> values) {
        return STANDARD.withChart(STANDARD.chart().withValues(values));
    }

    @Test
    void withoutSettingsItWatchesTheWholeCluster() {
        HelmAddon addon = STANDARD.resolve(TestAddons.AWS);
        JsonNode values = values(STANDARD);

        assertThat(addon.chart() + " " + addon.repository() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo(
                        "kube-prometheus-stack https://prometheus-community.github.io/helm-charts 92.1.0 monitoring");
        assertThat(at(values, "/prometheus"))
                .isEqualTo("{\"prometheusSpec\":{\"externalLabels\":{\"cluster\":\"shop\"},"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"podMonitorSelectorNilUsesHelmValues\":false,"
                        + "\"probeSelectorNilUsesHelmValues\":false,\"replicas\":1,\"retention\":\"10d\","
                        + "\"ruleSelectorNilUsesHelmValues\":false,\"scrapeConfigSelectorNilUsesHelmValues\":false,"
                        + "\"serviceMonitorSelectorNilUsesHelmValues\":false}}");
        assertThat(at(values, "/alertmanager"))
                .isEqualTo("{\"alertmanagerSpec\":{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"replicas\":1}}");
        assertThat(at(values, "/grafana")).isEqualTo("{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"}}");
        assertThat(at(values, "/crds")).isEqualTo("{\"upgradeJob\":{\"enabled\":false}}");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
        assertThat(addon.webhookPorts()).containsExactly(10250);
        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.resources()).isEmpty();
        assertThat(addon.outputs())
                .containsOnlyKeys("grafana_command", "grafana_password_command", "prometheus_command");
        assertThat(addon.outputs().get("grafana_password_command"))
                .extracting(HelmAddon.Output::value)
                .isEqualTo("kubectl --namespace monitoring get secret kube-prometheus-stack-grafana"
                        + " --output jsonpath='{.data.admin-password}' | base64 --decode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubeControllerManager", "kubeEtcd", "kubeProxy", "kubeScheduler"})
    void whatEksHidesHasNeitherMonitorsNorAlerts(String part) {
        JsonNode values = values(STANDARD);

        assertThat(at(values, "/" + part)).isEqualTo("{\"enabled\":false}");
        assertThat(at(values, "/defaultRules/rules"))
                .isEqualTo("{\"etcd\":false,\"kubeControllerManager\":false,\"kubeProxy\":false,"
                        + "\"kubeSchedulerAlerting\":false,\"kubeSchedulerRecording\":false}");
    }

    @Test
    void noHookOfTheChartCreatesTheCertificateOfItsWebhooks() {
        assertThat(at(values(STANDARD, "cert-manager", "kube-prometheus-stack"), "/prometheusOperator"))
                .isEqualTo(
                        "{\"admissionWebhooks\":{\"certManager\":{\"enabled\":true},\"enabled\":true,"
                                + "\"failurePolicy\":\"Ignore\",\"patch\":{\"enabled\":false}},"
                                + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"tls\":{\"enabled\":true,\"internalPort\":10250}}");
        assertThat(at(values(STANDARD, "kube-prometheus-stack"), "/prometheusOperator"))
                .isEqualTo(
                        "{\"admissionWebhooks\":{\"enabled\":false,\"patch\":{\"enabled\":false}},"
                                + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"tls\":{\"enabled\":false,\"internalPort\":10250}}");
        assertThat(STANDARD.resolve(TestAddons.AWS).after()).containsExactly("cert-manager");
    }

    @Test
    void itsWebhookListensWhereTheKubeletOfFargateDoesNot() {
        AddonContext fargate = TestAddons.AWS.withOnFargate(namespace -> namespace.equals("monitoring"));
        HelmAddon addon = STANDARD.resolve(fargate);

        assertThat(addon.webhookPorts()).containsExactly(10260);
        assertThat(Json.compact(addon.values().apply(release("cert-manager")))).contains("\"internalPort\":10260");
        assertThat(with(Map.of("prometheusOperator", Map.of("tls", Map.of("internalPort", 8443))))
                        .resolve(fargate)
                        .webhookPorts())
                .containsExactly(8443);
    }

    @Test
    void withVolumesNothingIsLostAndNoVolumeIsFull() {
        JsonNode values = values(whole());

        assertThat(at(values, "/prometheus/prometheusSpec/storageSpec"))
                .isEqualTo("{\"volumeClaimTemplate\":{\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
                        + "\"resources\":{\"requests\":{\"storage\":\"50Gi\"}},\"storageClassName\":\"gp3\"}}}");
        assertThat(at(values, "/prometheus/prometheusSpec/retentionSize")).isEqualTo("\"43520MB\"");
        assertThat(at(values, "/prometheus/prometheusSpec/retention")).isEqualTo("\"15d\"");
        assertThat(at(values, "/alertmanager/alertmanagerSpec/storage"))
                .isEqualTo("{\"volumeClaimTemplate\":{\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
                        + "\"resources\":{\"requests\":{\"storage\":\"2Gi\"}},\"storageClassName\":\"gp3\"}}}");
        assertThat(at(values, "/grafana"))
                .isEqualTo("{\"admin\":{\"existingSecret\":\"grafana-admin\"},"
                        + "\"deploymentStrategy\":{\"type\":\"Recreate\"},"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"persistence\":{\"enabled\":true,\"size\":\"10Gi\",\"storageClassName\":\"gp3\"}}");
        assertThat(at(values, "/crds"))
                .isEqualTo("{\"upgradeJob\":{\"enabled\":true,\"image\":{\"busybox\":{\"tag\":\"1.38.0\"}}}}");
        assertThat(at(values, "/prometheus/podDisruptionBudget")).isEqualTo("{\"enabled\":true}");
        assertThat(at(values, "/alertmanager/podDisruptionBudget")).isEqualTo("{\"enabled\":true}");
        assertThat(whole().resolve(TestAddons.AWS).outputs().get("grafana_password_command"))
                .extracting(HelmAddon.Output::value)
                .asString()
                .contains(" get secret grafana-admin ");
    }

    @Test
    void metricsGoToAWorkspaceThatIsCreated() {
        HelmAddon addon = whole().resolve(TestAddons.AWS);
        JsonNode values = values(whole());

        assertThat(at(values, "/prometheus/prometheusSpec/remoteWrite"))
                .isEqualTo(
                        "[{\"sigv4\":{\"region\":\"eu-central-1\"},"
                                + "\"url\":\"https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${local.workspace}/api/v1/remote_write\"}]");
        assertThat(at(values, "/prometheus/prometheusSpec/replicaExternalLabelName"))
                .isEqualTo("\"__replica__\"");
        assertThat(at(values, "/prometheus/serviceAccount"))
                .isEqualTo("{\"create\":false,\"name\":\"kube-prometheus-stack-prometheus\"}");
        assertThat(addon.controllers())
                .extracting(controller -> controller.serviceAccount().toString())
                .containsExactly("monitoring/kube-prometheus-stack-prometheus");
        assertThat(grants(addon))
                .containsExactly("[aps:RemoteWrite, arn:aws:aps:eu-central-1:111122223333:workspace/*,"
                        + " {\"StringEquals\":{\"aws:ResourceTag/eks-platform/metrics-of\":[\"shop\"]}}]");
        assertThat(addon.resources())
                .hasToString(
                        "{prometheus-workspace=PrometheusWorkspaceSpec[cluster=shop," + " kmsKeyArn=Optional.empty]}");
        assertThat(addon.outputs().get("prometheus_workspaces_command"))
                .extracting(HelmAddon.Output::value)
                .isEqualTo("aws amp list-workspaces --region eu-central-1 --alias shop");
        assertThat(whole().endpointServices()).hasToString("[aps-workspaces]");
        assertThat(STANDARD.endpointServices()).isEmpty();
    }

    @Test
    void orToOneThatExists() {
        AmpSpec existing = AmpSpec.created().withWorkspaceId(Optional.of(WORKSPACE));
        HelmAddon here = STANDARD.withAmp(Optional.of(existing)).resolve(TestAddons.AWS);
        HelmAddon elsewhere = STANDARD.withAmp(Optional.of(
                        existing.withRegion(Optional.of("eu-west-1")).withRoleArn(Optional.of(ROLE))))
                .resolve(TestAddons.AWS);

        assertThat(here.resources()).isEmpty();
        assertThat(grants(here))
                .containsExactly(
                        "[aps:RemoteWrite, arn:aws:aps:eu-central-1:111122223333:workspace/" + WORKSPACE + ", ]");
        assertThat(grants(elsewhere)).containsExactly("[sts:AssumeRole, " + ROLE + ", ]");
        assertThat(Json.compact(elsewhere.values().apply(release())))
                .contains("\"remoteWrite\":[{\"sigv4\":{\"region\":\"eu-west-1\",\"roleArn\":\"" + ROLE + "\"},"
                        + "\"url\":\"https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/" + WORKSPACE
                        + "/api/v1/remote_write\"}]")
                .doesNotContain("replicaExternalLabelName");
    }

    private static List<String> grants(HelmAddon addon) {
        return GrantFacts.of(addon.controllers().get(0).policy().orElseThrow().toJson()).stream()
                .map(List::toString)
                .toList();
    }

    @Test
    void itsPermissionIsThatOfTheManagedPolicyNarrowed() {
        assertThat(GrantFacts.documented("amp-remote-write", "AmazonPrometheusRemoteWriteAccess"))
                .containsExactly(List.of("aps:RemoteWrite", "*", ""));
    }

    @Test
    void thePasswordOfGrafanaIsInNoFile() {
        assertThat(ProblemsOf.making(() -> with(Map.of("grafana", Map.of("adminPassword", "x")))))
                .containsExactly("values.grafana.adminPassword: a password in the environment file; fix: add"
                        + " grafanaAdminSecret, or sensitiveValues: {grafana.adminPassword: {secretsManager: NAME}}");
        KubePrometheusStackSpec secret = STANDARD.withGrafanaAdminSecret(Optional.of("grafana-admin"));
        ChartSettings old = STANDARD.chart().withChartVersion(ChartVersion.parse("78.5.0"));
        assertThat(ProblemsOf.making(() -> STANDARD.withChart(old)))
                .containsExactly(
                        "chartVersion: charts before 79.0.0 give Grafana the password prom-operator; allowed: 79.0.0"
                                + " or newer without grafanaAdminSecret; fix: use 92.1.0, or add grafanaAdminSecret");
        assertThat(secret.withChart(old).chart().chartVersion()).hasToString("78.5.0");
        assertThat(STANDARD.withChart(old.withValues(Map.of("grafana", Map.of("enabled", false))))
                        .resolve(TestAddons.AWS)
                        .outputs())
                .containsOnlyKeys("prometheus_command");
    }

    @Test
    void settingsThatCannotBeMeantAreErrors() {
        assertThat(ProblemsOf.making(() -> STANDARD.withRetentionDays(0)))
                .containsExactly("retentionDays: 0 days; allowed: 1 or more; fix: use 10");
        assertThat(ProblemsOf.making(() -> STANDARD.withGrafanaAdminSecret(Optional.of("Admin"))))
                .containsExactly(
                        "grafanaAdminSecret: \"Admin\" is not the name of a Secret; allowed: lower case letters,"
                                + " digits, - and ., with a letter or digit at both ends; fix: write it like grafana-admin");
        assertThat(ProblemsOf.making(() -> STANDARD.withIdentity(STANDARD.identity()
                        .withPolicies(List.of(PolicyReference.parse("AmazonPrometheusRemoteWriteAccess"))))))
                .containsExactly("amp: missing, but mode, roleName, policyName or policies are given: without it"
                        + " Prometheus calls no AWS API; fix: add amp: {}, or remove them");
        assertThat(ProblemsOf.making(() -> PrometheusStorage.of("50")))
                .containsExactly("prometheus: \"50\"; allowed: 1Gi or more; fix: write it like 50Gi");
        assertThat(ProblemsOf.making(() -> AmpSpec.created().withRegion(Optional.of("eu-west-1"))))
                .containsExactly(
                        "region: not used with a workspace that is created; fix: remove it, or add workspaceId of"
                                + " the workspace that exists");
        assertThat(ProblemsOf.making(() -> AmpSpec.created().withWorkspaceId(Optional.of("shop"))))
                .containsExactly(
                        "workspaceId: \"shop\" is not the ID of a workspace; allowed: ws- and a UUID; fix: copy it"
                                + " from `aws amp list-workspaces`");
    }

    @Test
    void valuesThatOtherPartsDependOnAreNotOverridden() {
        Map<String, Object> account = Map.of("prometheus", Map.of("serviceAccount", Map.of("name", "other")));
        List<String> problems = new ArrayList<>(ProblemsOf.making(() -> with(Map.of("fullnameOverride", "x"))));
        problems.addAll(ProblemsOf.making(() -> with(account).withAmp(Optional.of(AmpSpec.created()))));

        assertThat(problems)
                .extracting(problem -> problem.replaceFirst(":.*", ""))
                .containsExactly("values.fullnameOverride", "values.prometheus.serviceAccount.name");
        assertThat(at(values(with(account)), "/prometheus/serviceAccount/name")).isEqualTo("\"other\"");
    }
}

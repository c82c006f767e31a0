package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdotTest {

    private static final AdotSpec STANDARD = AdotSpec.standard();
    private static final AmpSpec EXISTING =
            AmpSpec.created().withWorkspaceId(Optional.of("ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"));

    private static JsonNode object(AdotSpec spec) {
        return TestJson.parse(Json.compact(spec.resolve(TestAddons.AWS).object().body()));
    }

    private static List<String> grants(AdotSpec spec) {
        return GrantFacts.of(spec.resolve(TestAddons.AWS)
                        .controller()
                        .policy()
                        .orElseThrow()
                        .toJson())
                .stream()
                .map(List::toString)
                .sorted()
                .toList();
    }

    @Test
    void tracesGoToXRay() {
        AdotSpec.Collector collector = STANDARD.resolve(TestAddons.AWS);
        JsonNode object = object(STANDARD);

        assertThat(object.at("/kind").asText() + " " + object.at("/metadata"))
                .isEqualTo("OpenTelemetryCollector {\"name\":\"adot\",\"namespace\":\"adot\"}");
        assertThat(object.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(object.at("/spec/podDisruptionBudget")).hasToString("{\"maxUnavailable\":1}");
        assertThat(object.at("/spec/config/exporters")).hasToString("{\"awsxray\":{\"region\":\"eu-central-1\"}}");
        assertThat(object.at("/spec/config/service/pipelines"))
                .hasToString("{\"traces\":{\"exporters\":[\"awsxray\"],\"processors\":[\"memory_limiter\",\"batch\"],"
                        + "\"receivers\":[\"otlp\"]}}");
        assertThat(object.at("/spec/envFrom").isMissingNode()).isTrue();
        assertThat(collector.controller().serviceAccount()).hasToString("adot/adot");
        assertThat(collector.resources()).isEmpty();
        assertThat(collector.outputs().get("otlp_endpoint"))
                .extracting(HelmAddon.Output::value)
                .isEqualTo("http://adot-collector.adot.svc.cluster.local:4318");
        assertThat(grants(STANDARD)).containsExactly("[xray:PutTelemetryRecords, *, ]", "[xray:PutTraceSegments, *, ]");
        assertThat(GrantFacts.documented("xray-write", "aws-otel"))
                .extracting(grant -> grant.get(0))
                .contains("xray:PutTelemetryRecords", "xray:PutTraceSegments");
        assertThat(STANDARD.endpointServices()).hasToString("[xray]");
    }

    @Test
    void metricsGoToAWorkspaceThatIsCreatedOrExists() {
        AdotSpec created = STANDARD.withAmp(Optional.of(AmpSpec.created())).withXray(false);
        JsonNode object = object(created);

        assertThat(object.at("/spec/config/exporters"))
                .hasToString("{\"prometheusremotewrite\":{\"auth\":{\"authenticator\":\"sigv4auth\"},"
                        + "\"endpoint\":\"${env:REMOTE_WRITE_URL}\",\"external_labels\":{\"cluster\":\"shop\"},"
                        + "\"resource_to_telemetry_conversion\":{\"enabled\":true}}}");
        assertThat(object.at("/spec/config/extensions"))
                .hasToString("{\"sigv4auth\":{\"region\":\"eu-central-1\",\"service\":\"aps\"}}");
        assertThat(object.at("/spec/config/service/extensions")).hasToString("[\"sigv4auth\"]");
        assertThat(object.at("/spec/envFrom")).hasToString("[{\"configMapRef\":{\"name\":\"adot\"}}]");
        assertThat(created.variables(TestAddons.AWS, "${local.workspace}"))
                .isEqualTo(
                        Map.of(
                                "REMOTE_WRITE_URL",
                                "https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${local.workspace}/api/v1/remote_write"));
        assertThat(grants(created))
                .containsExactly("[aps:RemoteWrite, arn:aws:aps:eu-central-1:111122223333:workspace/*,"
                        + " {\"StringEquals\":{\"aws:ResourceTag/eks-platform/metrics-of\":[\"shop\"]}}]");
        assertThat(created.resolve(TestAddons.AWS).resources()).containsOnlyKeys("prometheus-workspace");

        AdotSpec existing = STANDARD.withAmp(Optional.of(EXISTING));
        assertThat(existing.variables(TestAddons.AWS, "")).isEmpty();
        assertThat(object(existing).at("/spec/config/exporters/prometheusremotewrite/endpoint"))
                .hasToString("\"https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/"
                        + "ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write\"");
        assertThat(grants(existing)).hasSize(3);
        assertThat(existing.endpointServices()).hasToString("[xray, aps-workspaces]");
    }

    @Test
    void aCollectorSendsSomething() {
        assertThat(ProblemsOf.making(() -> STANDARD.withXray(false)))
                .containsExactly(
                        "xray: false without amp: a collector that sends nothing; fix: remove it, or add amp: {}");
        assertThat(ProblemsOf.making(() -> STANDARD.withReplicas(0)))
                .containsExactly("replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on");
    }
}

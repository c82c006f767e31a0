package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Typed resources of the Kubernetes provider read like manifests. */
class ManifestFormTest {

    private static JsonNode json(String text) throws JsonProcessingException {
        return TestJson.quoted(text);
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes_deployment_v1, Deployment",
        "kubernetes_deployment, Deployment",
        "kubernetes_stateful_set_v1, StatefulSet",
        "kubernetes_daemonset, DaemonSet",
        "kubernetes_cron_job_v1, CronJob",
        "kubernetes_horizontal_pod_autoscaler_v2beta2, HorizontalPodAutoscaler",
        "aws_vpc, ''"
    })
    void theKindIsInTheType(String type, String kind) throws JsonProcessingException {
        assertThat(ManifestForm.kind(type, json("{}"))).isEqualTo(kind);
    }

    @Test
    void aManifestIsWhatItSays() throws JsonProcessingException {
        JsonNode values = json("{'manifest': {'kind': 'Bucket', 'spec': {'some_name': 'a'}}}");
        assertThat(ManifestForm.kind("kubernetes_manifest", values)).isEqualTo("Bucket");
        assertThat(ManifestForm.manifest("kubernetes_manifest", values)).isEqualTo(values.path("manifest"));
    }

    @Test
    void blocksAndFieldsGetTheirNamesOfTheApi() throws JsonProcessingException {
        JsonNode values =
                json("{'id': 'app/web', 'spec': [{'template': [{'spec': [{'host_pid': true, 'service_account_name': '',"
                        + " 'container': [{'name': 'web', 'port': [{'container_port': 80}],"
                        + " 'liveness_probe': [{'http_get': [{'path': '/', 'port': '80'}]}]}]}]}]}]}");
        assertThat(ManifestForm.manifest("kubernetes_deployment_v1", values))
                .isEqualTo(json(
                        "{'kind': 'Deployment', 'id': 'app/web', 'spec': [{'template': [{'spec': [{'hostPID': true,"
                                + " 'containers': [{'name': 'web', 'ports': [{'containerPort': 80}],"
                                + " 'livenessProbe': [{'httpGet': [{'path': '/', 'port': '80'}]}]}]}]}]}]}"));
    }

    @Test
    void namesOfTheUsersStay() throws JsonProcessingException {
        JsonNode values = json("{'metadata': [{'annotations': {'our_team': 'x'}, 'labels': {'app_name': 'web'}}]}");
        assertThat(ManifestForm.manifest("kubernetes_service_v1", values).path("metadata"))
                .isEqualTo(values.path("metadata"));
    }

    @Test
    void marksFollowTheirValues() throws JsonProcessingException {
        JsonNode values = json("{'spec': [{'container': [{'name': 'web', 'image': null}]}]}");
        ValueMarks unknown = ValueMarks.of(json("{'spec': [{'container': [{'image': true}], 'volume': true}]}"));
        ValueMarks marks = ManifestForm.marks("kubernetes_pod_v1", values, unknown);
        assertThat(marks.at("spec").at(0).at("containers").at(0).at("image").whole())
                .isTrue();
        assertThat(marks.at("spec").at(0).at("volumes").whole()).isTrue();
        assertThat(List.of(marks.at("kind").any(), marks.at("metadata").any())).containsOnly(false);
    }
}

package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodLinksTest {

    private static final String WEB =
            Read.deployment("containers: [{name: a, image: a, ports: [{name: http, containerPort: 8080}]}]");

    private static String service(String spec) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: " + spec + "\n";
    }

    private static List<String> warnings(String... texts) {
        return Read.all(texts).warnings().stream().map(Problem::toString).toList();
    }

    @Test
    void aServiceThatSelectsNoPodsIsAWarning() {
        assertThat(warnings(WEB, service("{selector: {app: wbe}, ports: [{port: 80, targetPort: http}]}")))
                .containsExactly(
                        "b.yaml:4:18 spec.selector: no pods of namespace default in these files have the labels app:"
                                + " wbe; allowed: labels of pods: app: web; fix: did you mean app: web?");
        assertThat(warnings(WEB, service("{selector: {app: web}, ports: [{port: 80, targetPort: http}]}")))
                .isEmpty();
        assertThat(warnings(service("{selector: {app: web}, ports: [{port: 80}]}")))
                .isEmpty();
    }

    @Test
    void aTargetPortThatNoContainerNamesIsAWarning() {
        assertThat(warnings(WEB, service("{selector: {app: web}, ports: [{port: 80, targetPort: htpp}]}")))
                .containsExactly(
                        "b.yaml:4:61 spec.ports[0].targetPort: no container of Deployment web has a port named htpp;"
                                + " allowed: http; fix: did you mean http?");
        assertThat(warnings(
                        WEB,
                        service("{selector: {app: web}, ports: [{port: 80, targetPort: 9090}, {port: 81}]}")
                                .replace("{port: 80", "{name: a, port: 80")
                                .replace("{port: 81", "{name: b, port: 81")))
                .isEmpty();
    }

    @Test
    void whatIsScaledAndProtectedIsThere() {
        String scaler = """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web}
                spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: %s, name: web}}
                """;
        assertThat(warnings(WEB, scaler.formatted("StatefulSet")))
                .containsExactly(
                        "b.yaml:4:87 spec.scaleTargetRef.name: no file has the StatefulSet default/web; allowed: "
                                + "Deployment web; fix: name one of them, if no chart creates it");
        assertThat(warnings(WEB, scaler.formatted("Deployment"))).isEmpty();
        String budget = """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: web}
                spec: {minAvailable: 1, selector: {matchLabels: {app: %s}}}
                """;
        assertThat(warnings(WEB, budget.formatted("wbe"))).hasSize(1);
        assertThat(warnings(WEB, budget.formatted("web"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            envFrom: [{configMapRef: {name: setings}}]                                   | the ConfigMap default/setings
            env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: hots}}}]  | the ConfigMap settings at b.yaml:1:1 has no key hots
            """)
    void aSlipInAReferenceIsAWarning(String field, String found) {
        assertThat(warnings(
                        Read.deployment("containers: [{name: a, image: a, " + field + "}]"),
                        Read.configMap("data: {host: b}\n").replace("name: a", "name: settings")))
                .singleElement()
                .asString()
                .contains(found)
                .contains("; fix: did you mean ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "envFrom: [{configMapRef: {name: settings}}]",
                "envFrom: [{configMapRef: {name: made-by-a-chart}}]",
                "envFrom: [{configMapRef: {name: setings, optional: true}}]",
                "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: host}}}]",
                "env: [{name: A, valueFrom: {secretKeyRef: {name: settings, key: host}}}]"
            })
    void whatMayComeFromElsewhereIsNoWarning(String field) {
        assertThat(warnings(
                        Read.deployment("containers: [{name: a, image: a, " + field + "}]"),
                        Read.configMap("data: {host: b}\n").replace("name: a", "name: settings")))
                .isEmpty();
    }
}

package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each verdict is that of the API server of Kubernetes 1.33. */
class ObjectRulesTest {

    private static String cronJob(String schedule) {
        return """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: a}
                spec:
                  schedule: "%s"
                  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}
                """.formatted(schedule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/5 * * * *", "0 9 * * MON-FRI", "30  4 1,15 * 5", "@daily", "@every 1h30m", "0 0 ? * *"})
    void schedulesOfACronJobAreTaken(String schedule) {
        assertThat(Read.problems(cronJob(schedule))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */5 * * *       | "*/5 * * *" has 4 fields       | write the missing field, such as * for every value
            0 */5 * * * *   | "0 */5 * * * *" has 6 fields   | remove one: Kubernetes has neither seconds nor years
            @dayly          | "@dayly" is not a schedule        | did you mean @daily?
            TZ=UTC 0 0 * * * | "TZ=UTC 0 0 * * *" has a time zone | move it to timeZone: UTC
            """)
    void othersAreRefused(String schedule, String found, String fix) {
        assertThat(Read.problems(cronJob(schedule)))
                .containsExactly("a.yaml:5:13 spec.schedule: " + found
                        + "; allowed: minute, hour, day of month, month and day of week, or a macro such as @daily; fix: "
                        + fix);
    }

    @Test
    void replicasAreNotNegative() {
        assertThat(Read.problems(Read.deployment("containers: []") + "  replicas: -2\n"))
                .containsExactly("a.yaml:11:13 spec.replicas: -2 is negative; allowed: 0 or more; fix: use 0");
    }

    @Test
    void anAutoscalerHasALeastNumberOfReplicasBelowItsGreatest() {
        String scaler = """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: a}
                spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, minReplicas: 5, maxReplicas: %s}
                """;
        assertThat(Read.problems(scaler.formatted("3")))
                .containsExactly(
                        "a.yaml:4:87 spec.minReplicas: minReplicas 5 is more than maxReplicas 3; fix: swap them, or "
                                + "raise maxReplicas");
        assertThat(Read.problems(scaler.formatted("5"))).isEmpty();
    }

    @Test
    void levelsOfPodSecurityAreChecked() {
        assertThat(Read.problems("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: basline}}
                """))
                .containsExactly(
                        "a.yaml:3:69 metadata.labels[\"pod-security.kubernetes.io/enforce\"]: \"basline\" is not a"
                                + " level of Pod Security Standards; allowed: privileged, baseline, restricted; fix: did you mean"
                                + " baseline?");
    }
}

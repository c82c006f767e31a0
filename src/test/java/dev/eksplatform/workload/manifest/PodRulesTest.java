package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each verdict is that of the API server of Kubernetes 1.33. */
class PodRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            volumeMounts: [{name: dat, mountPath: /a}]                          | .volumeMounts[0].name: the pod has no volume dat; allowed: data; fix: did you mean data?
            env: [{name: A, value: a, valueFrom: {fieldRef: {fieldPath: metadata.name}}}] | .env[0]: a variable with value and valueFrom; fix: remove one of them
            livenessProbe: {periodSeconds: 5}                                   | .livenessProbe: a probe that checks nothing; allowed: one of exec, httpGet, tcpSocket, grpc; fix: add one of them
            livenessProbe: {tcpSocket: {port: 1}, grpc: {port: 1}}              | .livenessProbe: a probe with tcpSocket and grpc; allowed: one of exec, httpGet, tcpSocket, grpc; fix: remove all but one
            ports: [{containerPort: 1, name: a}, {containerPort: 2, name: a}]   | .ports[1].name: duplicate name a in the ports of the container; fix: give one of them another name
            resources: {requests: {memory: 2Gi, cpu: 500m}, limits: {memory: 1024Mi, cpu: 1}} | .resources.requests.memory: the request 2Gi is more than the limit 1Gi; fix: use 1Gi, or raise limits.memory
            """)
    void containersAreChecked(String container, String problem) {
        assertThat(Read.problems(Read.deployment(
                        "volumes: [{name: data, emptyDir: {}}]\ncontainers: [{name: a, image: a, " + container + "}]")))
                .singleElement()
                .asString()
                .endsWith(" spec.template.spec.containers[0]" + problem);
    }

    @Test
    void anAmountThatIsNoneIsReportedOnce() {
        assertThat(Read.problems(Read.deployment("containers: [{name: a, image: a, resources: {requests: {memory: 1GB},"
                        + " limits: {memory: 1Gi}}}]")))
                .singleElement()
                .asString()
                .contains("\"1GB\" is not a quantity");
    }

    @Test
    void anInitContainerHasANameOfItsOwn() {
        assertThat(Read.problems(
                        Read.deployment("initContainers: [{name: a, image: a}]\ncontainers: [{name: a, image: a}]")))
                .containsExactly(
                        "a.yaml:11:27 spec.template.spec.containers[0].name: an init container has the name a as well; "
                                + "fix: give one of them another name");
    }

    @Test
    void aVolumeHasOneType() {
        assertThat(Read.problems(
                        Read.deployment("volumes: [{name: a, emptyDir: {}, hostPath: {path: /a}}]\ncontainers: []")))
                .containsExactly(
                        "a.yaml:10:17 spec.template.spec.volumes[0]: a volume with several types: emptyDir, hostPath; "
                                + "fix: write a volume for each type");
    }

    @Test
    void claimsOfAStatefulSetAreVolumes() {
        String set = Read.deployment("containers: [{name: a, image: a, volumeMounts: [{name: data, mountPath: /a}]}]")
                .replace("kind: Deployment", "kind: StatefulSet");

        assertThat(Read.problems(set + "  volumeClaimTemplates: [{metadata: {name: data}}]\n"))
                .isEmpty();
        assertThat(Read.problems(set)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Job        | '' | restartPolicy is missing, which means Always; allowed: Never or OnFailure for the pods of a Job; fix: add restartPolicy: Never
            Job        | 'restartPolicy: Always, ' | restartPolicy: Always; allowed: Never or OnFailure for the pods of a Job; fix: use Never
            """)
    void aJobDoesNotRestartForEver(String kind, String policy, String problem) {
        assertThat(Read.problems("apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {spec: {"
                        + policy + "containers: [{name: a, image: a}]}}}\n"))
                .singleElement()
                .asString()
                .endsWith(problem);
    }

    @Test
    void aDeploymentAlwaysRestarts() {
        assertThat(Read.problems(Read.deployment("restartPolicy: Never\ncontainers: []")))
                .containsExactly(
                        "a.yaml:10:22 spec.template.spec.restartPolicy: restartPolicy: Never; allowed: Always for the "
                                + "pods of a Deployment; fix: remove it, or write a Job");
    }

    @Test
    void customKindsAreLeftAlone() {
        assertThat(Read.problems("apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: a}\n"
                        + "spec: {template: {spec: {containers: [{name: a, volumeMounts: [{name: x}]}]}}}\n"))
                .isEmpty();
    }
}

package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    private static List<String> warnings(String text) {
        return Read.all(text).warnings().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metadata.annotations["alb.ingress.kubernetes.io/certificate-arn"] | metadata: {name: a, annotations: {alb.ingress.kubernetes.io/certificate-arn: '${CERT_ARN}'}}
            metadata.annotations["eks.amazonaws.com/role-arn"]                | metadata: {name: a, annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::${CERT_ARN}:role/a'}}
            metadata.name                                                     | metadata: {name: 'a-${CERT_ARN}'}
            metadata.namespace                                                | metadata: {name: a, namespace: '${CERT_ARN}'}
            metadata.labels.a                                                 | metadata: {name: a, labels: {a: '${CERT_ARN:-b}'}}
            """)
    void inMetadataOfAnyKindItIsAnError(String path, String metadata) {
        for (String kind :
                List.of("apiVersion: v1\nkind: ConfigMap\n", "apiVersion: a.example.org/v1\nkind: Thing\n")) {
            assertThat(Read.problems(kind + metadata + "\n"))
                    .singleElement()
                    .asString()
                    .contains(" " + path + ": ${CERT_ARN")
                    .endsWith(
                            " is a placeholder, and nothing replaces it; fix: write the value, or run envsubst on the file "
                                    + "first");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: [{name: a, image: '${REPOSITORY}/a:1'}]",
                "containers: [{name: a, image: a, resources: {limits: {memory: '${MEMORY}'}}}]",
                "containers: [{name: a, image: a, ports: [{containerPort: '${PORT}'}]}]",
                "containers: [{name: '${NAME}', image: a}]",
                "{serviceAccountName: '${NAME}', containers: [{name: a, image: a}]}",
                "{nodeSelector: {a: '${NAME}'}, containers: [{name: a, image: a}]}",
                "{hostNetwork: '${YES}', containers: [{name: a, image: a}]}",
                "containers: [{name: a, image: a, envFrom: [{secretRef: {name: '${NAME}'}}]}]"
            })
    void whereABuiltInKindCannotHoldItItIsOneError(String pods) {
        assertThat(Read.problems(Read.deployment(pods)))
                .singleElement()
                .asString()
                .contains(
                        " is a placeholder, and nothing replaces it; fix: write the value, or run envsubst on the file "
                                + "first");
    }

    @Test
    void aSingleWordIsAWarning() {
        assertThat(warnings(Read.deployment("""
                containers:
                  - name: a
                    image: a
                    args: ["--cluster-name=${CLUSTER_NAME}"]
                    env: [{name: HOST, value: "${HOST}.example.org"}]
                """)))
                .containsExactly(
                        "a.yaml:13:18 spec.template.spec.containers[0].args[0]: ${CLUSTER_NAME} is a placeholder, and "
                                + "nothing replaces it; fix: write the value, or run envsubst on the file first; keep it only "
                                + "where a program replaces it",
                        "a.yaml:14:37 spec.template.spec.containers[0].env[0].value: ${HOST} is a placeholder, and "
                                + "nothing replaces it; fix: write the value, or run envsubst on the file first; keep it only "
                                + "where a program replaces it");
        assertThat(warnings("""
                apiVersion: karpenter.k8s.aws/v1
                kind: EC2NodeClass
                metadata: {name: default}
                spec: {role: "KarpenterNodeRole-${CLUSTER_NAME}"}
                """)).hasSize(1);
        assertThat(warnings(Read.configMap("data: {host: \"${HOST}\"}\n"))).hasSize(1);
    }

    @Test
    void aFileInAFolderWithASpaceIsNoOtherFile() {
        String text = Read.configMap("immutable: ${FIXED}\n");
        assertThatThrownBy(() -> ManifestSet.of(Map.of("my app/a.yaml", text), "default"))
                .hasMessageStartingWith("my app/a.yaml:5:12 immutable: ${FIXED} is a placeholder")
                .hasMessageNotContaining("boolean");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "args: [-c, 'exec app --home ${HOME} ${X:-y}']",
                "args: ['--host=$(HOST)', '$HOME', '$${HOME}']",
                "env: [{name: A, value: 'echo ${HOME} done'}]"
            })
    void scriptsAndKubernetesOwnFormAreContent(String line) {
        assertThat(warnings(Read.deployment("containers:\n  - name: a\n    image: a\n    " + line + "\n")))
                .isEmpty();
        assertThat(warnings(Read.configMap("data:\n  a.sh: |\n    echo ${HOME}\n    cd ${DIR}\n")))
                .isEmpty();
        assertThat(warnings("""
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: a}
                provisioner: a.b
                parameters: {csi.storage.k8s.io/provisioner-secret-name: "${pvc.name}"}
                """)).isEmpty();
    }
}

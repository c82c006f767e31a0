package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputedFieldsTest {

    private static final String CERTIFICATE = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCg==";

    private static final String POD = "spec: {containers: [{name: a, image: a}]}";

    /** All but the provider's two defaults, which come first. */
    private static List<String> fields(KubernetesDocument manifest) {
        List<String> fields = new ArrayList<>(manifest.computedFields());
        if (!fields.isEmpty()) {
            assertThat(fields).startsWith("metadata.labels", "metadata.annotations");
            fields.subList(0, 2).clear();
        }
        return fields;
    }

    private static String object(String apiVersion, String kind, String content) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a, namespace: b}\n" + content
                + "\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apps/v1               | Deployment            | spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}, annotations: {c: d}}, %s}} | spec.template.metadata.annotations
            apps/v1               | StatefulSet           | spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}, annotations: {c: d}}, %s}} | spec.template.metadata.annotations
            apps/v1               | DaemonSet             | spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}, annotations: {c: d}}, %s}} | spec.template.metadata.annotations
            apps/v1               | ReplicaSet            | spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}, annotations: {c: d}}, %s}} | spec.template.metadata.annotations
            v1                    | ReplicationController | spec: {template: {metadata: {labels: {a: b}, annotations: {c: d}}, %s}}  | spec.template.metadata.annotations
            batch/v1              | CronJob               | spec: {schedule: '0 0 * * *', jobTemplate: {spec: {template: {metadata: {annotations: {c: d}}, spec: {restartPolicy: Never, containers: [{name: c, image: nginx}]}}}}} | spec.jobTemplate.spec.template.metadata.annotations
            argoproj.io/v1alpha1  | Rollout               | spec: {template: {metadata: {annotations: {c: d}}, %s}}                  | spec.template.metadata.annotations
            """)
    void aRolloutRestartIsKeptForEveryKindWithAPodTemplate(
            String apiVersion, String kind, String content, String field) {
        assertThat(fields(Read.one(object(apiVersion, kind, content.formatted(POD)))))
                .containsExactly(field);
        assertThat(fields(Read.one(
                        object(apiVersion, kind, content.formatted(POD).replaceAll("(, )?annotations: \\{c: d}", "")))))
                .isEmpty();
    }

    @Test
    void keysOfConfigMapsAndSecretsAreSharedUnlessImmutable() {
        assertThat(fields(Read.one(object("v1", "ConfigMap", "data: {a: b}\nbinaryData: {c: eA==}"))))
                .containsExactly("data", "binaryData");
        assertThat(fields(Read.one(object("v1", "Secret", "stringData: {a: b}"))))
                .containsExactly("data");
        assertThat(fields(Read.one(object("v1", "Secret", "stringData: {a: b}\nimmutable: true"))))
                .isEmpty();
        assertThat(fields(Read.one(object("v1", "ConfigMap", "")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cert-manager.io/inject-ca-from: b/c                 | %s   | true
            service.beta.openshift.io/inject-cabundle: 'true'   | %s   | true
            a: b                                                | Cg== | true
            a: b                                                | %s   | false
            """)
    void aBundleThatIsInjectedIsComputed(String annotation, String bundle, boolean computed) {
        String value = bundle.formatted(CERTIFICATE);
        String client = "clientConfig: {caBundle: " + value + ", service: {name: a, namespace: b}}";
        String metadata = "metadata: {name: %s, annotations: {" + annotation + "}}\n";
        String webhooks = "apiVersion: admissionregistration.k8s.io/v1\nkind: %sWebhookConfiguration\n"
                + metadata.formatted("a")
                + "webhooks:\n- {name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {url: 'https://a.b/c'}}\n"
                + "- {name: b.b.c, sideEffects: None, admissionReviewVersions: [v1], " + client + "}\n";
        for (String kind : List.of("Mutating", "Validating")) {
            assertThat(fields(Read.one(webhooks.formatted(kind))))
                    .isEqualTo(computed ? List.of("webhooks[1].clientConfig.caBundle") : List.of());
        }
        assertThat(fields(Read.one("apiVersion: apiregistration.k8s.io/v1\nkind: APIService\n"
                        + metadata.formatted("v1.a.b")
                        + "spec: {group: a.b, version: v1, groupPriorityMinimum: 1, versionPriority: 1, service: {name: a, namespace: b}, caBundle: "
                        + value + "}\n")))
                .isEqualTo(computed ? List.of("spec.caBundle") : List.of());
        assertThat(fields(Read.one("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
                        + metadata.formatted("as.a.b")
                        + "spec: {group: a.b, scope: Namespaced, names: {plural: as, kind: A}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}],"
                        + " conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], "
                        + client + "}}}\n")))
                .isEqualTo(computed ? List.of("spec.conversion.webhook.clientConfig.caBundle") : List.of());
    }

    @Test
    void whatAnAnnotationInvitesIsComputed() {
        String ingress = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: a, annotations: {acme.cert-manager.io/http01-edit-in-place: "%s"}}
                spec: {rules: [{host: a.b}]}
                """;
        assertThat(fields(Read.one(ingress.formatted("true")))).containsExactly("spec.rules");
        assertThat(fields(Read.one(ingress.formatted("false")))).isEmpty();

        String deployment =
                Read.deployment("containers: [{name: a, image: a}, {name: b, image: b, env: [{name: C, value: d}]}]");
        assertThat(fields(Read.one(deployment.replace(
                        "  name: web\n", "  name: web\n  annotations: {reloader.stakater.com/auto: \"true\"}\n"))))
                .containsExactly("spec.template.spec.containers[1].env");
        assertThat(fields(Read.one(deployment))).isEmpty();
    }

    @Test
    void whatOtherObjectsAskControllersToWriteIsComputed() {
        String deployment = Read.deployment("containers: [{name: a, image: a}]")
                .replace("spec:\n  sel", "spec:\n  replicas: 2\n  sel");
        String scaled = object("keda.sh/v1alpha1", "ScaledObject", "spec: {scaleTargetRef: {name: web}}")
                .replace("namespace: b", "namespace: default");
        assertThat(fields(Read.all(deployment, scaled).inOrder().stream()
                        .filter(manifest -> manifest.kind().equals("Deployment"))
                        .findFirst()
                        .orElseThrow()))
                .containsExactly("spec.replicas");

        String service = object("v1", "Service", "spec: {ports: [{port: 80}], selector: {a: b}}");
        String rollout = object(
                "argoproj.io/v1alpha1",
                "Rollout",
                "spec: {strategy: {blueGreen: {activeService: a}}, template: {" + POD + "}}");
        assertThat(fields(Read.all(service, rollout).inOrder().get(0))).containsExactly("spec.selector");
        assertThat(fields(Read.one(service))).isEmpty();
    }

    @Test
    void ownersAndFinalizersAreComputed() {
        assertThat(fields(Read.one(Read.configMap("  finalizers: [a.b/c]\n"
                        + "  ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: b}]\n"))))
                .containsExactly("metadata.finalizers", "metadata.ownerReferences");
    }
}

package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {

    private static final String POD =
            "containers: [{name: a, image: a, resources: {limits: {cpu: 1000m, memory: 1024Mi}}}]";

    /** Every kind that makes pods, at every place of a quantity. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            v1                             | Pod                     | spec: {%s}
            v1                             | PodTemplate             | template: {spec: {%s}}
            v1                             | ReplicationController   | spec: {template: {spec: {%s}}}
            apps/v1                        | Deployment              | spec: {selector: {matchLabels: {a: a}}, template: {metadata: {labels: {a: a}}, spec: {%s}}}
            apps/v1                        | StatefulSet             | spec: {selector: {matchLabels: {a: a}}, template: {metadata: {labels: {a: a}}, spec: {%s}}}
            apps/v1                        | DaemonSet               | spec: {selector: {matchLabels: {a: a}}, template: {metadata: {labels: {a: a}}, spec: {%s}}}
            apps/v1                        | ReplicaSet              | spec: {selector: {matchLabels: {a: a}}, template: {metadata: {labels: {a: a}}, spec: {%s}}}
            batch/v1                       | Job                     | spec: {template: {spec: {restartPolicy: Never, %s}}}
            batch/v1                       | CronJob                 | spec: {schedule: '@daily', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, %s}}}}}
            apps/v1                        | StatefulSet             | spec: {selector: {matchLabels: {a: a}}, template: {metadata: {labels: {a: a}}, spec: {%s}}, volumeClaimTemplates: [{spec: {resources: {requests: {a: 1000m, b: 1024Mi}}}}]}
            v1                             | PersistentVolumeClaim   | spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi, a: 1000m}}}
            v1                             | PersistentVolume        | spec: {capacity: {storage: 1024Mi, a: 1000m}}
            v1                             | ResourceQuota           | spec: {hard: {cpu: 1000m, memory: 1024Mi}}
            v1                             | LimitRange              | spec: {limits: [{type: Container, max: {cpu: 1000m}, min: {cpu: 1000m}, default: {memory: 1024Mi}, defaultRequest: {memory: 1024Mi}, maxLimitRequestRatio: {cpu: 1000m}}]}
            autoscaling/v2                 | HorizontalPodAutoscaler | spec: {maxReplicas: 2, scaleTargetRef: {kind: Deployment, name: a}, metrics: [{type: Pods, pods: {metric: {name: a}, target: {type: Value, averageValue: 1000m, value: 1024Mi}}}]}
            v1                             | Pod                     | spec: {overhead: {cpu: 1000m}, resources: {limits: {memory: 1024Mi}}, initContainers: [{name: b, image: b, resources: {requests: {cpu: 1000m}}}], %s}
            v1                             | Pod                     | spec: {ephemeralContainers: [{name: b, resources: {requests: {cpu: 1000m}}}], volumes: [{name: a, emptyDir: {sizeLimit: 1024Mi}}], %s}
            v1                             | Pod                     | spec: {volumes: [{name: a, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 1024Mi}}}}}}], containers: [{name: a, image: a, env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1000m}}}]}]}
            node.k8s.io/v1                 | RuntimeClass            | {handler: a; overhead: {podFixed: {cpu: 1000m, memory: 1024Mi}}}
            """)
    void aQuantityIsCanonicalWhereverItsTypeIsQuantity(String apiVersion, String kind, String content) {
        String fields = content.startsWith("{") ? content.substring(1, content.length() - 1) : content;
        String json = Read.one("apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a}\n"
                        + fields.formatted(POD).replace("; ", "\n") + "\n")
                .body()
                .toString();

        assertThat(json).doesNotContain("1000m", "1024Mi").containsAnyOf("=1Gi", "=1}", "=1,");
    }

    @Test
    void numbersBecomeQuantities() {
        String pod =
                "containers: [{name: a, image: a, resources: {limits: {cpu: 1, memory: 1000}, requests: {cpu: 0.5, memory: 1e3}}}]";

        FieldValue container = Read.one(Read.deployment(pod))
                .root()
                .items("spec", "template", "spec", "containers")
                .get(0);
        assertThat(container.map("resources"))
                .isEqualTo(Map.of(
                        "limits",
                        Map.of("cpu", "1", "memory", "1k"),
                        "requests",
                        Map.of("cpu", "500m", "memory", "1k")));
    }

    @Test
    void aQuantityElsewhereIsLeftAlone() {
        assertThat(Read.field(Read.configMap("data: {cpu: 1000m}\n"), "data")).isEqualTo(Map.of("cpu", "1000m"));
    }

    @Test
    void aBadQuantityHasItsPlace() {
        assertThat(Read.problems(Read.deployment(
                        "containers:\n  - name: a\n    resources: {limits: {memory: 1GB}}\n    image: a")))
                .containsExactly(
                        "a.yaml:12:40 spec.template.spec.containers[0].resources.limits.memory: \"1GB\" is not a"
                                + " quantity; allowed: a number, with a suffix n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei or"
                                + " an exponent such as e3; fix: write it like 500m, 0.5, 128Mi or 1Gi");
    }

    @Test
    void whatTheServerDoesNotAnswerIsLeftOut() {
        String pod = """
                hostNetwork: false
                nodeSelector: {}
                tolerations: []
                serviceAccountName: ""
                securityContext: {}
                automountServiceAccountToken: false
                volumes:
                  - name: tmp
                    emptyDir: {}
                containers:
                  - name: a
                    ports: []
                    resources: {}
                    env:
                      - name: EMPTY
                        value: ""
                    readinessProbe:
                      initialDelaySeconds: 0
                      exec: {command: [a]}
                    image: a
                """;

        assertThat(Read.field(Read.deployment(pod), "spec", "template", "spec"))
                .isEqualTo(Map.of(
                        "securityContext", Map.of(),
                        "automountServiceAccountToken", false,
                        "volumes", List.of(Map.of("name", "tmp", "emptyDir", Map.of())),
                        "containers",
                                List.of(Map.of(
                                        "name",
                                        "a",
                                        "image",
                                        "a",
                                        "resources",
                                        Map.of(),
                                        "env",
                                        List.of(Map.of("name", "EMPTY")),
                                        "readinessProbe",
                                        Map.of("exec", Map.of("command", List.of("a")))))));
    }

    @Test
    void whatMeansSomethingWhenEmptyStays() {
        String claim =
                "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\nspec: {storageClassName: \"\", accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n";
        String policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\n"
                + "spec: {podSelector: {}, ingress: [{}]}\n";

        assertThat(Read.field(claim, "spec", "storageClassName")).isEqualTo("");
        assertThat(Read.field(policy, "spec")).isEqualTo(Map.of("podSelector", Map.of(), "ingress", List.of(Map.of())));
        assertThat(Read.field(Read.configMap("data: {a: \"\"}\n"), "data")).isEqualTo(Map.of("a", ""));
    }

    @Test
    void nullsAndWhatTheServerOwnsAreRemoved() {
        String text = """
                apiVersion: v1
                kind: Service
                metadata:
                  name: a
                  creationTimestamp: null
                  uid: 5a1c
                  resourceVersion: "12"
                  generation: 1
                  managedFields: []
                  annotations:
                spec:
                  selector: {app: a}
                  clusterIP: ~
                  type: ExternalName
                status: {loadBalancer: {}}
                """;

        assertThat(Read.one(text).body())
                .isEqualTo(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Service",
                        "metadata",
                        Map.of("name", "a", "namespace", "default"),
                        "spec",
                        Map.of("selector", Map.of("app", "a"), "type", "ExternalName")));
    }

    @Test
    void stringDataWinsOverData() {
        String text = """
                apiVersion: v1
                kind: Secret
                metadata: {name: a}
                data: {user: b2xk, key: "YWJj\\nZGVm"}
                stringData: {user: new, pass: "${x}"}
                """;

        assertThat(Read.one(text).body())
                .doesNotContainKey("stringData")
                .containsEntry("data", Map.of("user", "bmV3", "key", "YWJjZGVm", "pass", "JHt4fQ=="));
    }

    @Test
    void whatIsNotBase64IsRefused() {
        assertThat(Read.problems("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  key: not base64\n"))
                .containsExactly(
                        "a.yaml:5:8 data.key: this is not base64; allowed: base64 with padding, on one line or with"
                                + " line breaks; fix: encode it, or move it to stringData");
    }

    @Test
    void aNumberOrABooleanWhereTextBelongsIsToBeQuoted() {
        String pod =
                "containers:\n  - name: a\n    env:\n      - {name: PORT, value: 8080}\n      - {name: DEBUG, value: yes}\n    image: a";
        String labels = Read.configMap("  labels: {version: 1.10, on-call: true}\ndata: {mode: 0644}\n");

        assertThat(Read.problems(Read.deployment(pod)))
                .containsExactly(
                        "a.yaml:13:35 spec.template.spec.containers[0].env[0].value: the number 8080; allowed: text; fix:"
                                + " quote it: \"8080\"",
                        "a.yaml:14:36 spec.template.spec.containers[0].env[1].value: the boolean true, which is how "
                                + "Kubernetes reads yes; allowed: text; fix: quote it: \"yes\"");
        assertThat(Read.problems(labels))
                .containsExactly(
                        "a.yaml:5:21 metadata.labels.version: the number 1.1, which is how Kubernetes reads 1.10; "
                                + "allowed: text; fix: quote it: \"1.10\"",
                        "a.yaml:5:36 metadata.labels.on-call: the boolean true; allowed: text; fix: quote it: \"true\"",
                        "a.yaml:6:14 data.mode: the number 420, which is how Kubernetes reads 0644; allowed: text; fix: "
                                + "quote it: \"0644\"");
    }

    @Test
    void textWhereANumberOrABooleanBelongsIsToBeUnquoted() {
        String text = Read.deployment("hostNetwork: \"true\"\ncontainers: [{name: a, stdin: maybe, image: a}]")
                .replace("spec:\n  selector", "spec:\n  replicas: \"2\"\n  selector");

        assertThat(Read.problems(text))
                .containsExactly(
                        "a.yaml:6:13 spec.replicas: the text \"2\"; allowed: a whole number; fix: remove the quotes: 2",
                        "a.yaml:11:20 spec.template.spec.hostNetwork: the text \"true\"; allowed: true or false; fix: remove"
                                + " the quotes: true",
                        "a.yaml:12:37 spec.template.spec.containers[0].stdin: the text \"maybe\"; allowed: true or false;"
                                + " fix: write true or false here");
    }

    @Test
    void aFieldThatDoesNotExistIsRefused() {
        String text = Read.deployment("containers: [{name: a, imagePullPolice: Always, image: a}]\nreplicas: 2");

        assertThat(Read.problems(text))
                .containsExactly(
                        "a.yaml:10:30 spec.template.spec.containers[0].imagePullPolice: there is no field imagePullPolice"
                                + "; fix: did you mean imagePullPolicy?",
                        "a.yaml:11:7 spec.template.spec.replicas: there is no field replicas"
                                + "; fix: remove it, or indent it where it belongs");
        assertThat(Read.problems(Read.configMap("dat: {}\n")))
                .containsExactly(
                        "a.yaml:5:1 dat: there is no field dat; allowed: apiVersion, binaryData, data, immutable,"
                                + " kind, metadata; fix: did you mean data?");
    }

    @Test
    void aListAndAMappingAreNotInterchangeable() {
        assertThat(Read.problems(Read.deployment("containers: {name: a}\nnodeSelector: [a]\nvolumes: [\n  , ]"
                        .replace("\nvolumes: [\n  , ]", "\nvolumes:\n  -"))))
                .containsExactly(
                        "a.yaml:10:19 spec.template.spec.containers: a mapping; allowed: a list; fix: write a list here",
                        "a.yaml:11:21 spec.template.spec.nodeSelector: a list; allowed: a mapping; fix: write a mapping here",
                        "a.yaml:13:10 spec.template.spec.volumes[0]: this item of the list is empty; fix: write the "
                                + "item, or remove its -");
    }

    @Test
    void numbersThatWouldChangeAreRefused() {
        assertThat(Read.problems(Read.deployment(
                        "terminationGracePeriodSeconds: 9007199254740993\npriority: 4294967296\ncontainers: []")))
                .containsExactly(
                        "a.yaml:10:38 spec.template.spec.terminationGracePeriodSeconds: 9007199254740993 is more than"
                                + " Terraform's JSON holds exactly; allowed: whole numbers up to 2^53; fix: use a smaller"
                                + " number, or quote it if the field takes text",
                        "a.yaml:11:17 spec.template.spec.priority: 4294967296 is too large; allowed: a whole number of 32"
                                + " bits; fix: use a smaller number");
    }

    @Test
    void aWholeNumberMayBeWrittenWithAPoint() {
        String text =
                Read.deployment("containers: []").replace("spec:\n  selector", "spec:\n  replicas: 2.0\n  selector");

        assertThat(Read.field(text, "spec", "replicas")).isEqualTo(2L);
    }

    @Test
    void portsMayBeNumbersOrNames() {
        String text =
                "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports: [{port: 80, targetPort: %s}]\n";

        assertThat(Read.field(text.formatted("8080"), "spec"))
                .isEqualTo(Map.of("ports", List.of(Map.of("port", 80L, "targetPort", 8080L))));
        assertThat(Read.field(text.formatted("http"), "spec"))
                .isEqualTo(Map.of("ports", List.of(Map.of("port", 80L, "targetPort", "http"))));
    }

    @Test
    void ofACustomKindOnlyTheMetadataIsTyped() {
        String text = """
                apiVersion: s3.services.k8s.aws/v1alpha1
                kind: Bucket
                metadata: {name: files, labels: {}}
                spec: {name: files, cpu: 1000m, tags: [], none: null, nested: {none: ~}}
                status: {x: 1}
                """;

        assertThat(Read.one(text).body())
                .isEqualTo(Map.of(
                        "apiVersion",
                        "s3.services.k8s.aws/v1alpha1",
                        "kind",
                        "Bucket",
                        "metadata",
                        Map.of("name", "files", "namespace", "default"),
                        "spec",
                        Map.of("name", "files", "cpu", "1000m", "tags", List.of(), "nested", Map.of())));
    }
}

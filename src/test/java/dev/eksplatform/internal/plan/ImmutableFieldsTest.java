package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImmutableFieldsTest {

    private static JsonNode values(String manifest) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        values.set("manifest", EmbeddedDocument.yaml(manifest).orElseThrow());
        return values;
    }

    private static List<String> changed(String header, String before, String after) {
        return ImmutableFields.changed(
                        "kubernetes_manifest",
                        values("{" + header + ", " + before + "}"),
                        values("{" + header + ", " + after + "}"),
                        ValueMarks.NONE)
                .stream()
                .map(ImmutableField::field)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "apps/v1 | Deployment | spec: {selector: {matchLabels: {a: b}}} | spec: {selector: {matchLabels: {a: c}}} | spec.selector",
                "apps/v1 | DaemonSet | spec: {selector: {matchLabels: {a: b}}} | spec: {selector: {matchLabels: {a: b, c: d}}} | spec.selector",
                "apps/v1 | Deployment | spec: {selector: {matchLabels: {a: b}}} | spec: {selector: {matchLabels: {a: b}, matchExpressions: []}} |",
                "apps/v1 | Deployment | spec: {replicas: 1} | spec: {replicas: 2} |",
                "apps/v1 | StatefulSet | spec: {serviceName: a} | spec: {serviceName: b} | spec.serviceName",
                "apps/v1 | StatefulSet | spec: {} | spec: {podManagementPolicy: Parallel} | spec.podManagementPolicy",
                "apps/v1 | StatefulSet | spec: {} | spec: {podManagementPolicy: OrderedReady} |",
                "apps/v1 | StatefulSet | spec: {volumeClaimTemplates: [{spec: {a: 1}}]} | spec: {volumeClaimTemplates: [{spec: {a: 2}}]} | spec.volumeClaimTemplates",
                "apps/v1 | StatefulSet | spec: {template: {a: 1}} | spec: {template: {a: 2}} |",
                "batch/v1 | Job | spec: {template: {spec: {containers: [{image: a}]}}} | spec: {template: {spec: {containers: [{image: b}]}}} | spec.template",
                "batch/v1 | Job | spec: {parallelism: 1, backoffLimit: 1} | spec: {parallelism: 2, backoffLimit: 2} |",
                "batch/v1 | Job | spec: {completions: 1} | spec: {completions: 2} | spec.completions",
                "batch/v1 | Job | spec: {completions: 1, completionMode: Indexed} | spec: {completions: 2, completionMode: Indexed} |",
                "batch/v1 | CronJob | spec: {jobTemplate: {a: 1}} | spec: {jobTemplate: {a: 2}} |",
                "rbac.authorization.k8s.io/v1 | RoleBinding | roleRef: {kind: Role, name: a} | roleRef: {kind: Role, name: b} | roleRef.name",
                "rbac.authorization.k8s.io/v1 | ClusterRoleBinding | roleRef: {kind: ClusterRole, name: a} | roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a} |",
                "rbac.authorization.k8s.io/v1 | RoleBinding | subjects: [{name: a}] | subjects: [{name: b}] |",
                "storage.k8s.io/v1 | StorageClass | parameters: {type: gp2} | parameters: {type: gp3} | parameters",
                "storage.k8s.io/v1 | StorageClass | provisioner: a | provisioner: b | provisioner",
                "storage.k8s.io/v1 | StorageClass | provisioner: a | {provisioner: a, reclaimPolicy: Delete, allowVolumeExpansion: true} |",
                "storage.k8s.io/v1 | CSIDriver | spec: {attachRequired: true} | spec: {attachRequired: false} | spec.attachRequired",
                "v1 | Secret | type: Opaque | type: kubernetes.io/tls | type",
                "v1 | Secret | data: {a: b} | data: {a: c} |",
                "v1 | Secret | {immutable: true, data: {a: b}} | {immutable: true, data: {a: c}} | data",
                "v1 | ConfigMap | {immutable: true, data: {a: b}} | {data: {a: b}} | immutable",
                "v1 | ConfigMap | data: {a: b} | {immutable: true, data: {a: c}} |",
                "v1 | PersistentVolumeClaim | spec: {resources: {requests: {storage: 1Gi}}} | spec: {resources: {requests: {storage: 2Gi}}} |",
                "v1 | PersistentVolumeClaim | spec: {resources: {requests: {storage: 2Gi}}} | spec: {resources: {requests: {storage: 2000M}}} | spec.resources.requests.storage",
                "v1 | PersistentVolumeClaim | spec: {storageClassName: a} | spec: {storageClassName: b} | spec",
                "v1 | PersistentVolumeClaim | spec: {accessModes: [a]} | spec: {accessModes: [a], volumeName: pv} |",
                "v1 | PersistentVolumeClaim | spec: {accessModes: [a], volumeName: p} | spec: {accessModes: [a], volumeName: q} | spec.volumeName",
                "v1 | Service | spec: {clusterIP: 10.0.0.1} | spec: {clusterIP: 10.0.0.2} | spec.clusterIP",
                "v1 | Service | spec: {ports: []} | spec: {clusterIP: None} | spec.clusterIP",
                "v1 | Service | spec: {clusterIP: None} | spec: {ports: []} |",
                "scheduling.k8s.io/v1 | PriorityClass | value: 1 | value: 2 | value",
                "node.k8s.io/v1 | RuntimeClass | handler: a | handler: b | handler",
                "v1 | Pod | spec: {containers: [{name: a, image: b}]} | spec: {containers: [{name: a, image: c}]} |",
                "v1 | Pod | spec: {containers: [{name: a, image: b}]} | spec: {containers: [{name: a, image: b, args: [x]}]} | spec",
                "apiextensions.k8s.io/v1 | CustomResourceDefinition | spec: {scope: Cluster} | spec: {scope: Namespaced} | spec.scope",
                "apiextensions.k8s.io/v1 | CustomResourceDefinition | spec: {names: {kind: A}} | spec: {names: {kind: B}} | spec.names.kind",
                "apiextensions.k8s.io/v1 | CustomResourceDefinition | spec: {versions: [{name: v1}]} | spec: {versions: [{name: v2}]} |",
                "example.com/v1 | Deployment | spec: {selector: a} | spec: {selector: b} |",
            })
    void whatKubernetesRefuses(String version, String kind, String before, String after, String field) {
        String header = "apiVersion: " + version + ", kind: " + kind;
        assertThat(changed(header, bare(before), bare(after))).isEqualTo(field == null ? List.of() : List.of(field));
    }

    private static String bare(String fields) {
        return fields.startsWith("{") ? fields.substring(1, fields.length() - 1) : fields;
    }

    @Test
    void anObjectThatIsMadeOrReplacedIsNotRefused() {
        String before = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {a: b}}}";
        String renamed = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: b}, spec: {selector: {a: c}}}";
        assertThat(ImmutableFields.changed("kubernetes_manifest", values(before), values(renamed), ValueMarks.NONE))
                .isEmpty();
        assertThat(ImmutableFields.changed(
                        "kubernetes_manifest", JsonNodeFactory.instance.nullNode(), values(before), ValueMarks.NONE))
                .isEmpty();
    }

    @Test
    void theFixKeepsTheData() {
        String claim = "{apiVersion: v1, kind: PersistentVolumeClaim, spec: {storageClassName: %s}}";
        assertThat(ImmutableFields.changed(
                        "kubernetes_manifest",
                        values(claim.formatted("a")),
                        values(claim.formatted("b")),
                        ValueMarks.NONE))
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.fix()).doesNotContain("-replace");
                    assertThat(field.source()).startsWith("https://kubernetes.io/docs/");
                });
    }
}

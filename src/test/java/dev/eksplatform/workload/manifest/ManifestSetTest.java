package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestSetTest {

    private static final String JOB_TEMPLATE = "{spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}";

    private static String object(String apiVersion, String kind, String name, String lines) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: " + name + "}\n" + lines;
    }

    @Test
    void anObjectNeedsApiVersionKindAndName() {
        assertThat(Read.problems("data: {}\n"))
                .containsExactly(
                        "a.yaml:1:1: this document has no apiVersion; allowed: a Kubernetes object: a mapping with"
                                + " apiVersion, kind and metadata; fix: add apiVersion, such as apps/v1",
                        "a.yaml:1:1: this document has no kind; allowed: a Kubernetes object: a mapping with apiVersion,"
                                + " kind and metadata; fix: add kind, such as Deployment",
                        "a.yaml:1:1: this document has no metadata.name; fix: add metadata.name");
        assertThat(Read.problems("apiVersion: 1\nkind: ConfigMap\nmetadata: {name: 1e3}\n"))
                .containsExactly(
                        "a.yaml:1:13 apiVersion: apiVersion is not text; allowed: a Kubernetes object: a mapping with"
                                + " apiVersion, kind and metadata; fix: add apiVersion, such as apps/v1",
                        "a.yaml:3:18 metadata.name: the name 1e3 is not text; fix: quote it: \"1e3\"");
    }

    @Test
    void aGeneratedNameIsRefused() {
        assertThat(Read.problems("apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\n"))
                .containsExactly(
                        "a.yaml:3:26 metadata.generateName: generateName, by which Terraform could not find the object "
                                + "again; fix: set metadata.name");
    }

    @Test
    void anObjectIsThereOnce() {
        assertThat(Read.problems(
                        Read.configMap(""),
                        object("v1", "Secret", "a", "") + "---\n" + Read.configMap("  namespace: default\n")))
                .containsExactly(
                        "b.yaml:5:1: duplicate object v1 ConfigMap default/a, also at a.yaml:1:1; fix: remove one of "
                                + "them, or give it another name or namespace");
    }

    @Test
    void everyProblemOfEveryFileIsReported() {
        assertThat(Read.problems("a: [\n", Read.configMap("dat: {}\n"), "kind: Service\n"))
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            extensions/v1beta1        | Ingress                 | 1.22 | use networking.k8s.io/v1; fields may differ
            networking.k8s.io/v1beta1 | Ingress                 | 1.22 | use networking.k8s.io/v1; fields may differ
            policy/v1beta1            | PodDisruptionBudget     | 1.25 | use policy/v1; fields may differ
            policy/v1beta1            | PodSecurityPolicy       | 1.25 | remove the document; see the Kubernetes deprecation guide
            batch/v1beta1             | CronJob                 | 1.25 | use batch/v1; fields may differ
            autoscaling/v2beta2       | HorizontalPodAutoscaler | 1.26 | use autoscaling/v2; fields may differ
            """)
    void aRemovedApiVersionIsRefusedWithItsSuccessor(String apiVersion, String kind, String release, String fix) {
        assertThat(Read.problems(object(apiVersion, kind, "a", "")))
                .containsExactly("a.yaml:1:13 apiVersion: Kubernetes " + release + " removed " + apiVersion + " " + kind
                        + "; fix: " + fix);
    }

    @Test
    void aKindThatKubernetesDoesNotHaveIsRefused() {
        assertThat(Read.problems(
                        object("batch/v1", "CronJbo", "a", ""),
                        object("v1", "Deployment", "a", ""),
                        object("apps/v2", "Gadget", "a", "")))
                .containsExactly(
                        "a.yaml:2:7 kind: Kubernetes has no CronJbo in batch/v1; allowed: CronJob, Job; fix: did you mean"
                                + " CronJob?",
                        "b.yaml:1:13 apiVersion: Kubernetes has no Deployment in v1; allowed: "
                                + "apps/v1; fix: use apiVersion apps/v1",
                        "c.yaml:2:7 kind: Kubernetes has no Gadget in apps/v2; allowed: ControllerRevision, DaemonSet,"
                                + " Deployment, ReplicaSet, StatefulSet; fix: correct apiVersion or kind; that of a custom"
                                + " resource has a group with a dot, such as example.com/v1");
    }

    @Test
    void aNamespacedObjectHasANamespaceAndAClusterScopedOneHasNone() {
        Map<String, String> texts = Map.of("a.yaml", Read.configMap(""));
        KubernetesDocument configMap = ManifestSet.of(texts, "shop").inOrder().get(0);
        KubernetesDocument role = Read.one(object("rbac.authorization.k8s.io/v1", "ClusterRole", "system:a", ""));
        KubernetesDocument issuer = Read.one(object("cert-manager.io/v1", "ClusterIssuer", "a", ""));
        KubernetesDocument bucket = Read.one(object("s3.services.k8s.aws/v1alpha1", "Bucket", "a", ""));

        assertThat(configMap.body()).containsEntry("metadata", Map.of("name", "a", "namespace", "shop"));
        assertThat(role.namespace()).isNull();
        assertThat(issuer.namespace()).isNull();
        assertThat(bucket.namespace()).isEqualTo("default");
        assertThat(Read.problems("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, namespace: b}\n"))
                .containsExactly(
                        "a.yaml:3:32 metadata.namespace: a namespace of a Namespace, which is cluster-scoped; fix: "
                                + "remove it");
    }

    @Test
    void aCustomKindMayStateItsScope() {
        KubernetesDocument widget = Read.one("apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: a\n"
                + "  annotations: {eksplatform.dev/scope: Cluster, other: x}\n");

        assertThat(widget.namespace()).isNull();
        assertThat(widget.body()).containsEntry("metadata", Map.of("name", "a", "annotations", Map.of("other", "x")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v1       | ConfigMap | Web_App | use web-app
            v1       | ConfigMap | -a      | use a
            v1       | Service   | a.b     | choose another name
            v1       | Namespace | a.b     | choose another name
            apps/v1  | StatefulSet | a.b | choose another name
            batch/v1 | CronJob   | a123456789012345678901234567890123456789012345678901x | choose another name
            """)
    void aNameThatKubernetesRefusesIsRefused(String apiVersion, String kind, String name, String fix) {
        assertThat(Read.problems(object(apiVersion, kind, "\"" + name + "\"", "")))
                .filteredOn(problem -> problem.contains("metadata.name"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:3:18 metadata.name: \"" + name + "\" is not a valid " + kind + " name; allowed: ")
                .endsWith("; fix: " + fix);
    }

    @Test
    void whatEveryClusterHasIsRefused() {
        assertThat(Read.problems(
                        object("v1", "Namespace", "kube-system", ""), object("v1", "ServiceAccount", "default", "")))
                .containsExactly(
                        "a.yaml:3:18 metadata.name: the Namespace kube-system exists in every cluster; fix: remove this "
                                + "document",
                        "b.yaml:3:18 metadata.name: the ServiceAccount default exists in every cluster; fix: give the "
                                + "pods a ServiceAccount of their own");
    }

    @Test
    void theSelectorMatchesTheTemplate() {
        String text = Read.deployment("containers: []");

        assertThat(Read.problems(text.replace("labels: {app: web}", "labels: {app: wbe}")))
                .containsExactly(
                        "a.yaml:6:33 spec.selector.matchLabels.app: the pods of the template have no label app: web"
                                + "; fix: use the same label in template.metadata.labels");
        assertThat(Read.problems(text.replace("  selector: {matchLabels: {app: web}}\n", "")))
                .containsExactly("a.yaml:6:3 spec: selector is missing"
                        + "; fix: add selector.matchLabels with labels of template.metadata.labels");
    }

    @Test
    void aServiceAccountSubjectNeedsItsNamespace() {
        String binding = object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "a", """
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a}
                subjects:
                  - {kind: ServiceAccount, name: a, apiGroup: ""}
                """);

        assertThat(Read.problems(binding))
                .containsExactly(
                        "a.yaml:6:5 subjects[0]: a ServiceAccount without a namespace; fix: add namespace, such as "
                                + "default");
        assertThat(Read.problems(binding.replace("ClusterRole", "Role"))).isEmpty();
        assertThat(Read.field(binding.replace("name: a, ", "name: a, namespace: x, "), "subjects"))
                .isEqualTo(List.of(Map.of("kind", "ServiceAccount", "name", "a", "namespace", "x")));
    }

    @Test
    void aJobThatDeletesItselfIsRefused() {
        assertThat(Read.problems(object(
                        "batch/v1",
                        "Job",
                        "a",
                        "spec: {ttlSecondsAfterFinished: 60, template: " + JOB_TEMPLATE + "}\n")))
                .containsExactly(
                        "a.yaml:4:33 spec.ttlSecondsAfterFinished: Kubernetes deletes this Job when it has finished, "
                                + "and every later plan recreates it; fix: remove ttlSecondsAfterFinished; cdktf destroy removes "
                                + "the Job");
    }

    @Test
    void aCustomResourceBesideItsDefinitionIsRefused() {
        String definition = object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "widgets.example.com", """
                spec:
                  group: example.com
                  names: {kind: Widget, plural: widgets}
                  scope: Namespaced
                  preserveUnknownFields: false
                  versions: [{name: v1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}]
                """);

        assertThat(Read.problems(definition, object("example.com/v1", "Widget", "a", "")))
                .containsExactly("b.yaml:2:7 kind: a Widget in the same environment as its CustomResourceDefinition at "
                        + "a.yaml:1:1: the plan asks the cluster for the definition before it is applied; allowed: "
                        + "definitions in one environment's files, their objects in those of a later one; fix: install "
                        + "the definition with an add-on, or move it to an environment that is deployed before");
        assertThat(Read.one(definition).root().has("spec", "preserveUnknownFields"))
                .isFalse();
    }

    @Test
    void whatTheClusterChangesIsComputed() {
        assertThat(Read.one(object("batch/v1", "Job", "a", "spec: {template: " + JOB_TEMPLATE + "}\n"))
                        .computedFields())
                .containsExactly(
                        "metadata.labels", "metadata.annotations", "spec.template.metadata.labels", "spec.selector");
        assertThat(Read.one(object("v1", "LimitRange", "a", "")).computedFields())
                .containsExactly("metadata.labels", "metadata.annotations", "spec.limits");
        assertThat(Read.one(object(
                                "v1", "Pod", "a", "spec: {containers: [{name: a, image: a}], volumes: [{name: a}]}\n"))
                        .computedFields())
                .containsExactly("metadata.labels", "metadata.annotations", "spec.containers", "spec.volumes");
        assertThat(Read.one(object("v1", "ServiceAccount", "a", "imagePullSecrets: [{name: a}]\n"))
                        .computedFields())
                .containsExactly("metadata.labels", "metadata.annotations", "imagePullSecrets");
        assertThat(Read.one(object(
                                "rbac.authorization.k8s.io/v1", "ClusterRole", "a", "aggregationRule: {}\nrules: []\n"))
                        .computedFields())
                .containsExactly("metadata.labels", "metadata.annotations", "rules");
        assertThat(Read.one(Read.configMap("  finalizers: [example.com/a]\n")).computedFields())
                .containsExactly("metadata.labels", "metadata.annotations", "metadata.finalizers");
        assertThat(Read.one(Read.configMap("")).computedFields()).isEmpty();
    }

    @Test
    void theReplicasOfAScaledWorkloadAreComputed() {
        String deployment = Read.deployment("containers: []").replace("spec:\n  sel", "spec:\n  replicas: 2\n  sel");
        String scaler = object(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                "web",
                "spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 9}\n");

        assertThat(Read.all(deployment, scaler).inOrder().get(0).computedFields())
                .containsExactly("metadata.labels", "metadata.annotations", "spec.replicas");
        assertThat(Read.one(deployment).computedFields()).isEmpty();
    }

    @Test
    void logicalIdsAreReadableAndDoNotDependOnTheOrder() {
        String configMap = Read.configMap("  namespace: x\n");
        String role = object("rbac.authorization.k8s.io/v1", "ClusterRole", "system:reader.v1", "");

        assertThat(Read.all(configMap, role).inOrder())
                .extracting(KubernetesDocument::logicalId)
                .containsExactlyElementsOf(Read.all(role + "---\n" + configMap).inOrder().stream()
                        .map(KubernetesDocument::logicalId)
                        .toList())
                .containsExactly("configmap-a-x", "clusterrole-system-reader-v1");
    }

    @Test
    void objectsThatWouldShareALogicalIdGetAHash() {
        assertThat(Read.all(
                                Read.configMap("  namespace: b-c\n"),
                                Read.configMap("  namespace: c\n").replace("name: a\n", "name: a-b\n"))
                        .inOrder())
                .extracting(KubernetesDocument::logicalId)
                .containsExactly("configmap-a-b-c-00d41876", "configmap-a-b-c-f97cec16");
    }

    @Test
    void namespacesOfDocumentsAreKnown() {
        assertThat(Read.all(object("v1", "Namespace", "b", ""), object("project.openshift.io/v1", "Project", "a", ""))
                        .declaredNamespaces())
                .containsExactly("a", "b");
    }
}

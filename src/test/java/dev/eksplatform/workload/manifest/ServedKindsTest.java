package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedKindsTest {

    private static String object(String apiVersion, String kind) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a}\n";
    }

    @ParameterizedTest
    @CsvSource({
        "networking.k8s.io/v1beta2, Ingress, networking.k8s.io/v1",
        "networking.k8s.io/v1betal, NetworkPolicy, networking.k8s.io/v1",
        "networking/v1, Ingress, networking.k8s.io/v1",
        "rbac.k8s.io/v1, ClusterRole, rbac.authorization.k8s.io/v1",
        "apps.k8s.io/v1, Deployment, apps/v1",
        "apps/v2, Deployment, apps/v1",
        "extensions/v1, Ingress, networking.k8s.io/v1",
        "autoscaling/v3, HorizontalPodAutoscaler, autoscaling/v2",
        "V1, ConfigMap, v1",
        "v2, Secret, v1",
        "v1, Deployment, apps/v1",
        "core/v1, Service, v1"
    })
    void anUnknownVersionOfABuiltInGroupIsRefusedWithTheRightOne(String apiVersion, String kind, String right) {
        assertThat(Read.problems(object(apiVersion, kind)))
                .singleElement()
                .asString()
                .startsWith("a.yaml:1:13 apiVersion: Kubernetes has no " + kind + " in " + apiVersion + "; allowed: ")
                .endsWith("; fix: use apiVersion " + right);
    }

    @ParameterizedTest
    @CsvSource({
        "v1, Configmap, did you mean ConfigMap?",
        "apps/v1, Deploymnet, did you mean Deployment?",
        "apps/v2, Deploymnt, did you mean Deployment of apps/v1?",
        "batch/v1, CronJbo, did you mean CronJob?"
    })
    void aMisspelledKindIsRefusedWithTheNearest(String apiVersion, String kind, String fix) {
        assertThat(Read.problems(object(apiVersion, kind)))
                .singleElement()
                .asString()
                .startsWith("a.yaml:2:7 kind: Kubernetes has no " + kind + " in " + apiVersion)
                .endsWith("; fix: " + fix);
    }

    @ParameterizedTest
    @CsvSource({
        "settings.k8s.io/v1alpha1, PodPreset, 1.20",
        "admissionregistration.k8s.io/v1alpha1, InitializerConfiguration, 1.14",
        "auditregistration.k8s.io/v1alpha1, AuditSink, 1.19"
    })
    void whatKubernetesHadOnceIsNamedAsThat(String apiVersion, String kind, String release) {
        assertThat(Read.problems(object(apiVersion, kind)))
                .singleElement()
                .asString()
                .contains("Kubernetes " + release + " removed " + apiVersion + " " + kind);
    }

    @Test
    void aRequestIsNoObject() {
        assertThat(Read.problems(object("authentication.k8s.io/v1", "TokenReview")))
                .containsExactly(
                        "a.yaml:2:7 kind: a TokenReview is a request, which the API server answers and does not store; "
                                + "fix: remove the document");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.networking.k8s.io/v1, HTTPRoute",
        "policy.networking.k8s.io/v1alpha1, AdminNetworkPolicy",
        "snapshot.storage.k8s.io/v1, VolumeSnapshot",
        "metrics.k8s.io/v1beta1, NodeMetrics",
        "cluster.x-k8s.io/v1beta1, Cluster",
        "autoscaling.k8s.io/v1, VerticalPodAutoscaler",
        "crd.projectcalico.org/v1, NetworkPolicy",
        "apps.kruise.io/v1alpha1, StatefulSet",
        "batch.volcano.sh/v1alpha1, Job",
        "authorization.openshift.io/v1, RoleBinding",
        "networking.gke.io/v1, Ingress",
        "serving.knative.dev/v1, Service",
        "argoproj.io/v1alpha1, Rollout"
    })
    void customKindsPass(String apiVersion, String kind) {
        assertThat(Read.problems(object(apiVersion, kind))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            apiVersion: kustomize.config.k8s.io/v1beta1\\nkind: Kustomization | a kustomization
            resources: [a.yaml]                                              | a kustomization
            apiVersion: kind.x-k8s.io/v1alpha4\\nkind: Cluster                | a configuration of kind
            apiVersion: eksctl.io/v1alpha5\\nkind: ClusterConfig              | a configuration of eksctl
            apiVersion: kubelet.config.k8s.io/v1beta1\\nkind: KubeletConfiguration | a configuration of the kubelet
            apiVersion: v2\\nname: a\\nversion: 1.0.0                          | the description of a Helm chart
            apiVersion: v1\\nkind: Config\\nclusters: []                       | a kubeconfig
            apiVersion: skaffold/v4beta11\\nkind: Config                       | a configuration of Skaffold
            services: {web: {image: nginx}}                                  | a Docker Compose file
            """)
    void documentsOfOtherToolsAreNamedAsThat(String text, String name) {
        assertThat(Read.problems(text.replace("\\n", "\n") + "\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:1:1")
                .contains("this is " + name + ", not a Kubernetes object; fix: ");
    }

    @Test
    void aFileOfChartValuesIsNamedAsThat() {
        Assertions.assertThatThrownBy(
                        () -> ManifestSet.of(Map.of("chart/values.yaml", "replicas: 2\nresources: {}\n"), "default"))
                .hasMessage(
                        "chart/values.yaml:1:1: this is a file of values for a Helm chart, not a Kubernetes object; "
                                + "fix: give them as values of one of addons.helm, and leave it out of workloads.manifests");
    }
}

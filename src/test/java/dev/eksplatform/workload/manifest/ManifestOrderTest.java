package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ManifestOrderTest {

    private static final String EVERYTHING = """
            {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: {tls: [{secretName: tls}], rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}}
            ---
            {apiVersion: route.openshift.io/v1, kind: Route, metadata: {name: web, namespace: shop}, spec: {to: {kind: Service, name: web}}}
            ---
            {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: shop}, spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: web}}}
            ---
            {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web, namespace: shop}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  serviceAccountName: web
                  containers:
                    - name: web
                      envFrom: [{configMapRef: {name: settings}}]
                      env: [{name: A, valueFrom: {secretKeyRef: {name: tls, key: a}}}]
                      image: web
                  volumes:
                    - {name: data, persistentVolumeClaim: {claimName: data}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}
            ---
            {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data, namespace: shop}, spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}
            ---
            {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: ebs.csi.aws.com}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: web, namespace: shop}, roleRef: {kind: Role, name: web, apiGroup: rbac.authorization.k8s.io}, subjects: [{kind: ServiceAccount, name: web, namespace: shop}]}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: web, namespace: shop}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: web, namespace: shop}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: tls, namespace: shop}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop}}
            ---
            {apiVersion: v1, kind: ResourceQuota, metadata: {name: quota, namespace: shop}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            """;

    private static Map<String, List<String>> dependencies(ManifestSet manifests) {
        return manifests.inOrder().stream()
                .collect(Collectors.toMap(
                        ManifestOrderTest::shortName, manifest -> manifests.dependencies(manifest).stream()
                                .map(ManifestOrderTest::shortName)
                                .toList()));
    }

    private static String shortName(KubernetesDocument manifest) {
        return manifest.kind() + " " + manifest.name();
    }

    @Test
    void anObjectComesAfterWhatItRefersTo() {
        Map<String, List<String>> dependencies = dependencies(Read.all(EVERYTHING));

        assertThat(dependencies)
                .containsEntry("Namespace shop", List.of())
                .containsEntry("StorageClass fast", List.of())
                .containsEntry("ResourceQuota quota", List.of("Namespace shop"))
                .containsEntry("PersistentVolumeClaim data", List.of("StorageClass fast", "ResourceQuota quota"))
                .containsEntry("RoleBinding web", List.of("ServiceAccount web", "Role web"))
                .containsEntry(
                        "Deployment web",
                        List.of(
                                "ConfigMap settings",
                                "Secret tls",
                                "RoleBinding web",
                                "PersistentVolumeClaim data",
                                "Service web"))
                .containsEntry("HorizontalPodAutoscaler web", List.of("Deployment web"))
                .containsEntry("PodDisruptionBudget web", List.of("Deployment web"))
                .containsEntry("Ingress web", List.of("Secret tls", "Service web"))
                .containsEntry("Route web", List.of("Service web"));
    }

    @Test
    void aNodePoolComesAfterItsNodeClass_AnIngressClassAfterItsParameters() {
        assertThat(dependencies(Read.all("""
                {apiVersion: karpenter.sh/v1, kind: NodePool, metadata: {name: arm}, spec: {template: {spec: {nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: own}}}}}
                ---
                {apiVersion: eks.amazonaws.com/v1, kind: NodeClass, metadata: {name: own}, spec: {}}
                ---
                {apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: alb}, spec: {controller: eks.amazonaws.com/alb, parameters: {apiGroup: eks.amazonaws.com, kind: IngressClassParams, name: alb}}}
                ---
                {apiVersion: eks.amazonaws.com/v1, kind: IngressClassParams, metadata: {name: alb}, spec: {}}
                """)))
                .containsEntry("NodePool arm", List.of("NodeClass own"))
                .containsEntry("IngressClass alb", List.of("IngressClassParams alb"));
    }

    @Test
    void theOrderDoesNotDependOnTheFiles() {
        String[] documents = EVERYTHING.split("---\n");
        List<String> reversed = new java.util.ArrayList<>(List.of(documents));
        java.util.Collections.reverse(reversed);
        ManifestSet one = Read.all(EVERYTHING);
        ManifestSet other = Read.all(reversed.toArray(String[]::new));

        assertThat(other.inOrder())
                .extracting(KubernetesDocument::identity)
                .containsExactlyElementsOf(
                        one.inOrder().stream().map(KubernetesDocument::identity).toList());
        assertThat(dependencies(other)).isEqualTo(dependencies(one));
    }

    @Test
    void everyObjectComesAfterItsDependencies() {
        ManifestSet manifests = Read.all(EVERYTHING);

        assertThat(manifests.inOrder()).allSatisfy(manifest -> assertThat(
                        manifests.inOrder().subList(0, manifests.inOrder().indexOf(manifest)))
                .containsAll(manifests.dependencies(manifest)));
    }

    @Test
    void aTokenComesAfterItsServiceAccountEvenWhenEachNamesTheOther() {
        ManifestSet manifests = Read.all("""
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: a}, secrets: [{name: token}]}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: token, annotations: {kubernetes.io/service-account.name: a}}
                type: kubernetes.io/service-account-token
                """);

        assertThat(dependencies(manifests))
                .isEqualTo(Map.of("ServiceAccount a", List.of(), "Secret token", List.of("ServiceAccount a")));
    }

    @Test
    void podsThatWantNoServiceVariablesDoNotWaitForServices() {
        String service = "{apiVersion: v1, kind: Service, metadata: {name: other}, spec: {ports: [{port: 80}]}}\n";

        assertThat(dependencies(Read.all(Read.deployment("containers: []"), service)))
                .containsEntry("Deployment web", List.of("Service other"));
        assertThat(dependencies(Read.all(Read.deployment("enableServiceLinks: false\ncontainers: []"), service)))
                .containsEntry("Deployment web", List.of());
    }
}

package dev.eksplatform.workload.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * API versions that Kubernetes no longer serves.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/deprecation-guide/">Deprecated API migration guide</a>
 */
final class RemovedApis {

    /**
     * A removed API version of some kinds.
     *
     * @param release the release that removed it
     * @param successor the version to use, empty when there is none
     */
    record Removed(String release, String successor) {}

    private static final Map<String, Removed> BY_KIND = new LinkedHashMap<>();

    static {
        put("1.16", "extensions/v1beta1", "apps/v1", "Deployment", "DaemonSet", "ReplicaSet");
        put("1.16", "extensions/v1beta1", "networking.k8s.io/v1", "NetworkPolicy");
        put("1.22", "extensions/v1beta1", "networking.k8s.io/v1", "Ingress");
        put("1.16", "extensions/v1beta1", "", "PodSecurityPolicy");
        for (String version : List.of("apps/v1beta1", "apps/v1beta2")) {
            put(
                    "1.16",
                    version,
                    "apps/v1",
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "ReplicaSet",
                    "ControllerRevision");
        }
        put("1.22", "networking.k8s.io/v1beta1", "networking.k8s.io/v1", "Ingress", "IngressClass");
        put("1.25", "policy/v1beta1", "policy/v1", "PodDisruptionBudget");
        put("1.25", "policy/v1beta1", "", "PodSecurityPolicy");
        put("1.25", "batch/v1beta1", "batch/v1", "CronJob");
        put("1.21", "batch/v2alpha1", "batch/v1", "CronJob");
        put("1.25", "autoscaling/v2beta1", "autoscaling/v2", "HorizontalPodAutoscaler");
        put("1.26", "autoscaling/v2beta2", "autoscaling/v2", "HorizontalPodAutoscaler");
        for (String version : List.of("rbac.authorization.k8s.io/v1alpha1", "rbac.authorization.k8s.io/v1beta1")) {
            put(
                    "1.22",
                    version,
                    "rbac.authorization.k8s.io/v1",
                    "Role",
                    "RoleBinding",
                    "ClusterRole",
                    "ClusterRoleBinding");
        }
        put("1.22", "apiextensions.k8s.io/v1beta1", "apiextensions.k8s.io/v1", "CustomResourceDefinition");
        put("1.22", "apiregistration.k8s.io/v1beta1", "apiregistration.k8s.io/v1", "APIService");
        put(
                "1.22",
                "admissionregistration.k8s.io/v1beta1",
                "admissionregistration.k8s.io/v1",
                "MutatingWebhookConfiguration",
                "ValidatingWebhookConfiguration");
        put(
                "1.22",
                "storage.k8s.io/v1beta1",
                "storage.k8s.io/v1",
                "CSIDriver",
                "CSINode",
                "StorageClass",
                "VolumeAttachment");
        put("1.27", "storage.k8s.io/v1beta1", "storage.k8s.io/v1", "CSIStorageCapacity");
        put("1.22", "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1", "PriorityClass");
        put("1.22", "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1", "Lease");
        put("1.22", "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1", "CertificateSigningRequest");
        put("1.25", "discovery.k8s.io/v1beta1", "discovery.k8s.io/v1", "EndpointSlice");
        put("1.25", "events.k8s.io/v1beta1", "events.k8s.io/v1", "Event");
        put("1.25", "node.k8s.io/v1beta1", "node.k8s.io/v1", "RuntimeClass");
        Map.of("v1beta1", "1.26", "v1beta2", "1.29", "v1beta3", "1.32")
                .forEach((version, release) -> put(
                        release,
                        "flowcontrol.apiserver.k8s.io/" + version,
                        "flowcontrol.apiserver.k8s.io/v1",
                        "FlowSchema",
                        "PriorityLevelConfiguration"));
    }

    private RemovedApis() {}

    /** The removed API, or null when it is not known to be removed. */
    static @Nullable Removed find(String apiVersion, String kind) {
        return BY_KIND.get(apiVersion + " " + kind);
    }

    private static void put(String release, String apiVersion, String successor, String... kinds) {
        for (String kind : kinds) {
            BY_KIND.put(apiVersion + " " + kind, new Removed(release, successor));
        }
    }
}

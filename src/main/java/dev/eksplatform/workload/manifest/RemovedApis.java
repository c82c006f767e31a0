package dev.eksplatform.workload.manifest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Kinds that Kubernetes has removed and whose types are in no current source of its API; {@link ApiTypes#gone} has the
 * others.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/deprecation-guide/">Deprecated API migration guide</a>
 */
final class RemovedApis {

    private static final Map<String, ApiTypes.Gone> BY_KIND = new HashMap<>();

    static {
        put("1.16", "extensions/v1beta1 PodSecurityPolicy", "");
        put("1.25", "policy/v1beta1 PodSecurityPolicy", "");
        put("1.21", "batch/v2alpha1 CronJob", "batch/v1");
        put("1.20", "settings.k8s.io/v1alpha1 PodPreset", "");
        put("1.14", "admissionregistration.k8s.io/v1alpha1 InitializerConfiguration", "");
        put("1.19", "auditregistration.k8s.io/v1alpha1 AuditSink", "");
        put("", "extensions/v1beta1 ThirdPartyResource", "apiextensions.k8s.io/v1");
    }

    private RemovedApis() {}

    /** The removed kind, or null when it is not known. */
    static ApiTypes.@Nullable Gone find(String apiVersion, String kind) {
        return BY_KIND.get(apiVersion + " " + kind);
    }

    private static void put(String release, String kind, String successor) {
        BY_KIND.put(kind, new ApiTypes.Gone(release, successor));
    }
}

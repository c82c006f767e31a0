package dev.eksplatform.workload.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields of an object that the cluster changes after it was applied, for {@code computed_fields} of
 * {@code kubernetes_manifest}. Naming any replaces the provider's two defaults, so these come first:
 *
 * <ul>
 *   <li>a Job: the labels of its template and its selector, which the server adds to;
 *   <li>a LimitRange: its limits, whose missing defaults the server fills in from the maximum;
 *   <li>a bare Pod: containers, volumes and tolerations, which admission adds to (service account token, IRSA and Pod
 *       Identity variables);
 *   <li>an aggregated ClusterRole: its rules, which a controller fills in;
 *   <li>a ServiceAccount: its Secrets for pulling images, to which OpenShift adds its own;
 *   <li>anything with finalizers: they are added and removed by controllers;
 *   <li>a workload that a HorizontalPodAutoscaler scales: {@code spec.replicas}.
 * </ul>
 */
final class ComputedFields {

    private static final List<String> DEFAULTS = List.of("metadata.labels", "metadata.annotations");

    private ComputedFields() {}

    static List<String> of(String apiVersion, String kind, Map<String, Object> body) {
        List<String> fields = new ArrayList<>();
        switch (apiVersion + " " + kind) {
            case "batch/v1 Job" -> {
                fields.add("spec.template.metadata.labels");
                fields.add("spec.selector");
            }
            case "v1 LimitRange" -> fields.add("spec.limits");
            case "v1 Pod" -> addPresent(body, fields, "spec", "containers", "initContainers", "volumes", "tolerations");
            case "v1 ServiceAccount" -> addPresent(body, fields, "", "secrets", "imagePullSecrets");
            case "rbac.authorization.k8s.io/v1 ClusterRole" -> {
                if (body.containsKey("aggregationRule")) {
                    fields.add("rules");
                }
            }
            default -> {}
        }
        addPresent(body, fields, "metadata", "finalizers");
        return withDefaults(fields);
    }

    /** The fields with one more. */
    static List<String> with(List<String> fields, String field) {
        List<String> more = new ArrayList<>(fields);
        if (!more.contains(field)) {
            more.add(field);
        }
        more.removeAll(DEFAULTS);
        return withDefaults(more);
    }

    private static void addPresent(Map<String, Object> body, List<String> fields, String owner, String... names) {
        Map<?, ?> map = owner.isEmpty() ? body : BodyField.map(body, owner);
        for (String name : names) {
            if (map.containsKey(name)) {
                fields.add(owner.isEmpty() ? name : owner + "." + name);
            }
        }
    }

    private static List<String> withDefaults(List<String> fields) {
        if (fields.isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(DEFAULTS);
        all.addAll(fields);
        return List.copyOf(all);
    }
}

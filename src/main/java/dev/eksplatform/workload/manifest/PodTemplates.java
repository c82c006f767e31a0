package dev.eksplatform.workload.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pods that an object makes: of a Pod, a PodTemplate, a CronJob, and of every kind whose {@code spec.template.spec}
 * has containers - Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, ReplicationController and custom ones such as a
 * Rollout.
 */
final class PodTemplates {

    private static final List<List<String>> PLACES = List.of(
            List.of("spec", "template"),
            List.of("spec", "jobTemplate", "spec", "template"),
            List.of("template"),
            List.of());

    /**
     * A template of pods.
     *
     * @param path the field path of its {@code spec}
     * @param spec the {@code spec}
     * @param labels the labels of the pods
     */
    record PodTemplate(String path, Map<?, ?> spec, Map<?, ?> labels) {}

    private PodTemplates() {}

    static Optional<PodTemplate> of(KubernetesDocument manifest) {
        return of(manifest.apiVersion(), manifest.kind(), manifest.body());
    }

    static Optional<PodTemplate> of(String apiVersion, String kind, Map<String, Object> body) {
        for (List<String> place : PLACES) {
            if (place.isEmpty() && !(kind.equals("Pod") && apiVersion.equals("v1"))) {
                continue;
            }
            Object template = BodyField.of(body, place.toArray(String[]::new));
            if (BodyField.of(template, "spec", "containers") instanceof List<?>) {
                String path = place.isEmpty() ? "spec" : String.join(".", place) + ".spec";
                return Optional.of(new PodTemplate(
                        path, BodyField.map(template, "spec"), BodyField.map(template, "metadata", "labels")));
            }
        }
        return Optional.empty();
    }
}

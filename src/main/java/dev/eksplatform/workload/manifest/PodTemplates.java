package dev.eksplatform.workload.manifest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pods that an object creates: those of a Pod, a PodTemplate, a CronJob, and of every kind whose
 * {@code spec.template.spec} has containers - Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, ReplicationController and
 * custom ones such as a Rollout.
 */
final class PodTemplates {

    private static final String[][] PLACES = {
        {"spec", "template"}, {"spec", "jobTemplate", "spec", "template"}, {"template"}, {}
    };

    /**
     * A template of pods.
     *
     * @param template what holds {@code metadata} and {@code spec} of the pods; the document itself for a Pod
     */
    record PodTemplate(FieldValue template) {

        FieldValue spec() {
            return template.get("spec");
        }

        FieldValue labels() {
            return template.get("metadata", "labels");
        }

        boolean hasLabels(FieldValue selector) {
            return labels().map().entrySet().containsAll(selector.map().entrySet());
        }

        /** The init containers, then the containers. */
        List<FieldValue> containers() {
            FieldValue spec = spec();
            return Stream.of("initContainers", "containers")
                    .flatMap(list -> spec.items(list).stream())
                    .toList();
        }

        /** {@code serviceAccountName}, or the deprecated {@code serviceAccount} that the API server takes in its place. */
        FieldValue serviceAccount() {
            FieldValue spec = spec();
            return spec.get(spec.text("serviceAccountName").isEmpty() ? "serviceAccount" : "serviceAccountName");
        }
    }

    private PodTemplates() {}

    static Optional<PodTemplate> of(KubernetesDocument document) {
        for (String[] place : PLACES) {
            FieldValue template = document.root().get(place);
            if ((place.length > 0 || document.type().equals("v1 Pod"))
                    && template.get("spec", "containers").value() instanceof List<?>) {
                return Optional.of(new PodTemplate(template));
            }
        }
        return Optional.empty();
    }
}

package dev.eksplatform.workload.manifest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that a controller writes because another object of the set asks it to, added to
 * {@link ComputedFields} where the object has them:
 *
 * <ul>
 *   <li>{@code spec.replicas} of what a HorizontalPodAutoscaler or a ScaledObject of KEDA scales;
 *   <li>{@code spec.selector} of the Services of a Rollout of Argo, which adds the hash of the pods to it.
 * </ul>
 *
 * @see <a href="https://keda.sh/docs/latest/reference/scaledobject-spec/">ScaledObject</a>
 * @see <a href="https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/">Argo Rollouts</a>
 */
final class ControlledFields {

    private final Map<String, String> fields = new HashMap<>();

    private ControlledFields() {}

    /** The same objects, with the fields that controllers write because of other objects among their computed fields. */
    static List<KubernetesDocument> in(List<KubernetesDocument> documents) {
        ControlledFields controlled = new ControlledFields();
        documents.forEach(controlled::collect);
        return documents.stream().map(controlled::applyTo).toList();
    }

    private void collect(KubernetesDocument document) {
        switch (document.group() + " " + document.kind()) {
            case "autoscaling HorizontalPodAutoscaler" -> scaled(document, "");
            case "keda.sh ScaledObject" -> scaled(document, "Deployment");
            case "argoproj.io Rollout" -> {
                for (String strategy : List.of("canary", "blueGreen")) {
                    for (String service :
                            List.of("stableService", "canaryService", "activeService", "previewService")) {
                        add(
                                "Service",
                                document,
                                document.root().text("spec", "strategy", strategy, service),
                                "selector");
                    }
                }
            }
            default -> {}
        }
    }

    private void scaled(KubernetesDocument scaler, String defaultKind) {
        FieldValue target = scaler.root().get("spec", "scaleTargetRef");
        String kind = target.text("kind");
        add(kind.isEmpty() ? defaultKind : kind, scaler, target.text("name"), "replicas");
    }

    private void add(String kind, KubernetesDocument beside, String name, String fieldOfSpec) {
        fields.put(key(kind, beside.namespace(), name), fieldOfSpec);
    }

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }

    private KubernetesDocument applyTo(KubernetesDocument document) {
        String field = fields.get(key(document.kind(), document.namespace(), document.name()));
        return field != null && document.root().has("spec", field)
                ? document.withComputedFields(ComputedFields.with(document.computedFields(), "spec." + field))
                : document;
    }
}

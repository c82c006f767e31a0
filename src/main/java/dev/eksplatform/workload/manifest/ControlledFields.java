package dev.eksplatform.workload.manifest;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final String DEPLOYMENT = "Deployment";

    private final Map<String, Set<String>> fields = new HashMap<>();

    private ControlledFields() {}

    /** The same objects, with what others of them have controllers write among their computed fields. */
    static List<KubernetesDocument> in(List<KubernetesDocument> manifests) {
        ControlledFields controlled = new ControlledFields();
        manifests.forEach(controlled::collect);
        return manifests.stream().map(controlled::applyTo).toList();
    }

    private void collect(KubernetesDocument manifest) {
        Map<?, ?> body = manifest.body();
        String group = KindScope.group(manifest.apiVersion());
        switch (group + " " + manifest.kind()) {
            case "autoscaling HorizontalPodAutoscaler" -> scaled(manifest, "");
            case "keda.sh ScaledObject" -> scaled(manifest, DEPLOYMENT);
            case "argoproj.io Rollout" -> {
                for (String strategy : List.of("canary", "blueGreen")) {
                    for (String service :
                            List.of("stableService", "canaryService", "activeService", "previewService")) {
                        add(
                                "Service",
                                manifest.namespace(),
                                BodyField.text(body, "spec", "strategy", strategy, service),
                                "spec.selector");
                    }
                }
            }
            default -> {}
        }
    }

    private void scaled(KubernetesDocument scaler, String defaultKind) {
        Object target = BodyField.of(scaler.body(), "spec", "scaleTargetRef");
        String kind = BodyField.text(target, "kind");
        add(kind.isEmpty() ? defaultKind : kind, scaler.namespace(), BodyField.text(target, "name"), "spec.replicas");
    }

    private void add(String kind, @Nullable String namespace, String name, String field) {
        fields.computeIfAbsent(key(kind, namespace, name), key -> new LinkedHashSet<>())
                .add(field);
    }

    private static String key(String kind, @Nullable String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }

    private KubernetesDocument applyTo(KubernetesDocument manifest) {
        List<String> computed = manifest.computedFields();
        for (String field :
                fields.getOrDefault(key(manifest.kind(), manifest.namespace(), manifest.name()), Set.of())) {
            if (BodyField.of(manifest.body(), field.split("\\.", -1)) != null) {
                computed = ComputedFields.with(computed, field);
            }
        }
        return manifest.withComputedFields(computed);
    }
}

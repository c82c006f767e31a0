package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The fields by which {@code kubernetes_manifest} identifies its object: another value is another object.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/manifest">
 *     kubernetes_manifest</a>
 */
final class KubernetesIdentity {

    private static final List<List<String>> FIELDS = List.of(
            List.of("manifest", "apiVersion"),
            List.of("manifest", "kind"),
            List.of("manifest", "metadata", "name"),
            List.of("manifest", "metadata", "namespace"));

    private KubernetesIdentity() {}

    /** The fields that differ, each as its steps. */
    static List<List<String>> changed(String type, JsonNode before, JsonNode after) {
        return type.equals("kubernetes_manifest")
                ? FIELDS.stream()
                        .filter(path -> !at(before, path).equals(at(after, path)))
                        .toList()
                : List.of();
    }

    private static JsonNode at(JsonNode node, List<String> path) {
        JsonNode value = node;
        for (String step : path) {
            value = value.path(step);
        }
        return value;
    }
}

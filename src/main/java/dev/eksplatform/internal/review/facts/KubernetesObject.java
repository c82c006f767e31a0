package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes object of a resource.
 *
 * @param kind such as {@code ClusterRole}
 * @param body the manifest; of a typed resource, with lists of one where the manifest has objects
 */
record KubernetesObject(String kind, JsonNode body) {

    /** The object of a resource on one side; empty when it has none, or when it cannot be read. */
    static Optional<KubernetesObject> of(AccessSide side) {
        if (!side.exists()) {
            return Optional.empty();
        }
        String type = side.type();
        JsonNode values = side.stack().plan().isPresent() ? side.values() : PlannedPolicy.evaluated(side.values());
        if (type.equals("kubectl_manifest")) {
            return EmbeddedDocument.yaml(values.path("yaml_body").asText(""))
                    .filter(JsonNode::isObject)
                    .map(body -> new KubernetesObject(body.path("kind").asText(""), body));
        }
        if (!type.startsWith("kubernetes_")) {
            return Optional.empty();
        }
        if (type.startsWith("kubernetes_config_map")) {
            return Optional.of(new KubernetesObject("ConfigMap", ManifestForm.manifest(type, values)));
        }
        if (type.startsWith("kubernetes_default_service_account")) {
            return Optional.of(new KubernetesObject("ServiceAccount", ManifestForm.manifest(type, values)));
        }
        return Optional.of(new KubernetesObject(ManifestForm.kind(type, values), ManifestForm.manifest(type, values)));
    }

    private JsonNode metadata() {
        return AccessSide.one(body.path("metadata"));
    }

    String name() {
        String name = metadata().path("name").asText("");
        return name.isEmpty() ? metadata().path("generateName").asText("") + "…" : name;
    }

    String namespace() {
        String namespace = metadata().path("namespace").asText("");
        return namespace.isEmpty() ? "default" : namespace;
    }

    Map<String, String> annotations() {
        return texts(metadata().path("annotations"));
    }

    Map<String, String> labels() {
        return texts(metadata().path("labels"));
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        if (map.isTextual()) {
            texts.put(Difference.UNKNOWN, Difference.UNKNOWN);
        }
        return texts;
    }

    /** The objects of a list, or of a block. */
    List<JsonNode> list(String field) {
        JsonNode value = body.path(field);
        List<JsonNode> all = new ArrayList<>();
        if (value.isObject()) {
            all.add(value);
        } else {
            value.forEach(all::add);
        }
        return all;
    }

    /** Whether a field is known after apply. */
    boolean isUnknown(String field) {
        return body.isTextual() || body.path(field).asText("").equals(Difference.UNKNOWN);
    }
}

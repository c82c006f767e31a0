package dev.eksplatform.addon;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of kinds that charts bring, as in a manifest. */
final class CustomResource {

    private CustomResource() {}

    static Map<String, Object> of(
            String apiVersion, String kind, Map<String, Object> metadata, Map<String, Object> spec) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", apiVersion);
        body.put("kind", kind);
        body.put("metadata", metadata);
        body.put("spec", spec);
        return body;
    }

    static Map<String, Object> of(
            String apiVersion, String kind, String namespace, String name, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", namespace);
        return of(apiVersion, kind, metadata, spec);
    }
}

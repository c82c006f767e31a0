package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Kubernetes object of a resource in one form, that of a manifest, however it is written: as {@code
 * kubernetes_manifest}, or as a typed resource such as {@code kubernetes_deployment_v1}, whose blocks carry the API's
 * fields in snake case and in the singular. Blocks stay lists of one, and what a typed resource leaves empty is left
 * out.
 */
public final class ManifestForm {

    private static final String PREFIX = "kubernetes_";
    private static final String MANIFEST = "kubernetes_manifest";

    /** A manifest as YAML, of a provider that is not HashiCorp's. */
    static final String KUBECTL = "kubectl_manifest";

    private static final Pattern VERSION = Pattern.compile("_v\\d+(?:(?:alpha|beta)\\d+)?$");

    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z0-9])");

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]+");

    /** Fields that hold names of the user's, not of the API. */
    private static final Set<String> FREE = Set.of(
            "annotations",
            "binary_data",
            "data",
            "labels",
            "limits",
            "match_labels",
            "node_selector",
            "requests",
            "string_data");

    /** Names that are not simply in camel case. */
    private static final Map<String, String> INITIALISMS = Map.of(
            "host_ipc", "hostIPC",
            "host_pid", "hostPID",
            "non_resource_urls", "nonResourceURLs",
            "storage_provisioner", "provisioner");

    /** Blocks that hold a list, which the API names in the plural. */
    private static final Map<String, String> PLURALS = Map.of(
            "container", "containers",
            "init_container", "initContainers",
            "path", "paths",
            "port", "ports",
            "rule", "rules",
            "subject", "subjects",
            "toleration", "tolerations",
            "volume", "volumes",
            "volume_claim_template", "volumeClaimTemplates",
            "volume_mount", "volumeMounts");

    private ManifestForm() {}

    /**
     * Whether a resource is a Kubernetes object.
     *
     * @param type the Terraform type
     * @return true for {@code kubernetes_manifest} and the typed resources
     */
    public static boolean isObject(String type) {
        return type.startsWith(PREFIX);
    }

    /**
     * The kind of a resource's object.
     *
     * @param type the Terraform type
     * @param values its values
     * @return such as {@code Deployment}; empty for a manifest that does not say it, and for what is not a Kubernetes object
     */
    public static String kind(String type, JsonNode values) {
        if (isManifest(type)) {
            return manifest(type, values).path("kind").asText("");
        }
        if (!isObject(type)) {
            return "";
        }
        String words = VERSION.matcher(type.substring(PREFIX.length())).replaceFirst("");
        return words.equals("daemonset") ? "DaemonSet" : camelCase("_" + words);
    }

    static boolean isManifest(String type) {
        return type.equals(MANIFEST) || type.equals(KUBECTL);
    }

    /**
     * The API group of a resource's object.
     *
     * @param type the Terraform type
     * @param values its values
     * @return such as {@code apps}; empty for the core group, and for a typed resource, which belongs to a group of the API's own
     */
    public static String group(String type, JsonNode values) {
        String version =
                isManifest(type) ? manifest(type, values).path("apiVersion").asText("") : "";
        int slash = version.indexOf('/');
        return slash < 0 ? "" : version.substring(0, slash);
    }

    /**
     * The object of a resource.
     *
     * @param type the Terraform type
     * @param values its values, as planned or as written
     * @return the manifest, or what a typed resource says in the form of one; a missing node for any other type
     */
    public static JsonNode manifest(String type, JsonNode values) {
        if (type.equals(MANIFEST)) {
            return values.path("manifest");
        }
        if (type.equals(KUBECTL)) {
            return EmbeddedDocument.yaml(values.path("yaml_body").asText("")).orElse(MissingNode.getInstance());
        }
        if (!isObject(type) || !values.isObject()) {
            return MissingNode.getInstance();
        }
        ObjectNode manifest = JsonNodeFactory.instance.objectNode().put("kind", kind(type, values));
        manifest.setAll((ObjectNode) renamed(values));
        return manifest;
    }

    /**
     * The marks of {@link #manifest}.
     *
     * @param type the Terraform type
     * @param values its values
     * @param marks marks of these values
     * @return marks of the manifest
     */
    public static ValueMarks marks(String type, JsonNode values, ValueMarks marks) {
        return type.equals(MANIFEST) ? marks.at("manifest") : renamed(values, marks);
    }

    /**
     * The names by which a typed resource calls a field of the manifest.
     *
     * @param field such as {@code spec.selector}
     * @return such as {@code spec, selector}
     */
    public static List<String> attributes(String field) {
        List<String> names = new ArrayList<>();
        for (String name : field.split("\\.")) {
            String plain = PLURALS.entrySet().stream()
                    .filter(plural -> plural.getValue().equals(name))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(name);
            names.add(CAPITAL.matcher(plain)
                    .replaceAll(found -> "_" + found.group().toLowerCase(Locale.ROOT)));
        }
        return names;
    }

    private static JsonNode renamed(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> list.add(renamed(element)));
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!isEmpty(value)) {
                object.set(name(field.getKey(), value), FREE.contains(field.getKey()) ? value : renamed(value));
            }
        });
        return object;
    }

    private static ValueMarks renamed(JsonNode node, ValueMarks marks) {
        if (marks.whole()) {
            return marks;
        }
        Map<String, ValueMarks> parts = new LinkedHashMap<>();
        marks.parts().forEach((key, part) -> {
            JsonNode value = node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key);
            String name = node.isArray() ? key : name(key, value);
            parts.put(name, FREE.contains(key) ? part : renamed(value, part));
        });
        return ValueMarks.of(parts);
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || value.isTextual() && value.textValue().isEmpty()
                || value.isContainerNode() && value.isEmpty();
    }

    /** A field's name in the API; in the plural only for a block, as a path or a port may also be a plain value. */
    private static String name(String snake, JsonNode value) {
        String plural = value.isValueNode() ? null : PLURALS.get(snake);
        return plural != null ? plural : INITIALISMS.getOrDefault(snake, camelCase(snake));
    }

    private static String camelCase(String snake) {
        return UNDERSCORE.matcher(snake).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}

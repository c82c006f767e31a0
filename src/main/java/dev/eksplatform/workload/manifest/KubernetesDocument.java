package dev.eksplatform.workload.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kubernetes object.
 *
 * @param apiVersion such as {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param namespace its namespace, null for a cluster-scoped kind
 * @param name {@code metadata.name}
 * @param body the whole object as maps, lists, strings, numbers and booleans, in the order of the file; not yet escaped
 *     for Terraform, see {@link dev.eksplatform.internal.json.TerraformText}
 * @param source where each field is in the file
 * @param computedFields the value of {@code computed_fields}; empty where the provider's own default
 *     ({@code metadata.labels} and {@code metadata.annotations}) is right
 * @param logicalId the construct id of the resource: {@code kind-name-namespace} in lower case, with a hash of the
 *     object's identity when two objects of one set would share it; independent of files and their order
 */
public record KubernetesDocument(
        String apiVersion,
        String kind,
        @Nullable String namespace,
        String name,
        Map<String, Object> body,
        DocumentSource source,
        List<String> computedFields,
        String logicalId) {

    /** Copies the computed fields. */
    public KubernetesDocument {
        computedFields = List.copyOf(computedFields);
    }

    /** Of the logical id only: a hash of the whole body would be computed each time the object is looked up. */
    @Override
    public int hashCode() {
        return logicalId.hashCode();
    }

    /**
     * What identifies the object in a cluster.
     *
     * @return such as {@code apps/v1 Deployment sample-app/web}, or {@code v1 Namespace sample-app}
     */
    public String identity() {
        return type() + " " + (namespace == null ? name : namespace + "/" + name);
    }

    /** Such as {@code apps/v1 Deployment}. */
    String type() {
        return apiVersion + " " + kind;
    }

    /** The group of the API version, empty for the core group. */
    String group() {
        return KindScope.group(apiVersion);
    }

    boolean isBuiltIn() {
        return ApiTypes.get().kind(apiVersion, kind) != null;
    }

    FieldValue root() {
        return FieldValue.of(source, body);
    }

    /** {@code kind-name-namespace}, only lower case letters, digits and hyphens. */
    static String plainId(String kind, @Nullable String namespace, String name) {
        String id = kind + "-" + name + (namespace == null ? "" : "-" + namespace);
        return id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
    }

    KubernetesDocument withBody(Map<String, Object> newBody, List<String> newComputedFields) {
        return new KubernetesDocument(apiVersion, kind, namespace, name, newBody, source, newComputedFields, logicalId);
    }

    KubernetesDocument withComputedFields(List<String> newComputedFields) {
        return withBody(body, newComputedFields);
    }

    KubernetesDocument withLogicalId(String newLogicalId) {
        return new KubernetesDocument(apiVersion, kind, namespace, name, body, source, computedFields, newLogicalId);
    }
}

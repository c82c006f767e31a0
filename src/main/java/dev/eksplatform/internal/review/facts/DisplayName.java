package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ResourceChange;

/** What a resource is called in the account or the cluster, where that says more than its address. */
final class DisplayName {

    private DisplayName() {}

    static String of(ResourceChange change) {
        boolean former = change.action().destroys() || !change.after().isObject();
        JsonNode values = former
                ? Side.redacted(change.before(), change.sensitiveBefore())
                : Side.redacted(change.after(), change.sensitiveAfter());
        String label =
                switch (change.type()) {
                    case "helm_release" ->
                        join(text(values, "chart"), text(values, "version")) + " in " + text(values, "namespace");
                    case "kubernetes_manifest" ->
                        values.path("manifest").path("kind").asText("") + " "
                                + named(values.path("manifest").path("metadata"));
                    case "aws_eks_addon" -> join(text(values, "addon_name"), text(values, "addon_version"));
                    case "aws_eks_node_group" -> String.join(", ", Json.texts(values.path("instance_types")));
                    case "aws_iam_role_policy_attachment", "aws_eks_pod_identity_association" -> "";
                    default ->
                        change.type().startsWith("kubernetes_")
                                ? named(values.path("metadata").path(0))
                                : plain(values);
                };
        return label.equals(change.name()) ? "" : label.strip();
    }

    private static String plain(JsonNode values) {
        for (String attribute : new String[] {"name", "cidr_block", "service_name", "role_name"}) {
            String text = text(values, attribute);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return text(values.path("tags"), "Name");
    }

    private static String named(JsonNode metadata) {
        String namespace = text(metadata, "namespace");
        return (namespace.isEmpty() ? "" : namespace + "/") + text(metadata, "name");
    }

    private static String join(String name, String version) {
        return version.isEmpty() ? name : name + " " + version;
    }

    private static String text(JsonNode values, String attribute) {
        return values.path(attribute).isValueNode() && !values.path(attribute).isNull()
                ? values.path(attribute).asText("")
                : "";
    }
}

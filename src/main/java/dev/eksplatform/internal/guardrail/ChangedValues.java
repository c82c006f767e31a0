package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.iam.Wildcards;
import dev.eksplatform.internal.plan.AttributePath;
import dev.eksplatform.internal.plan.HelmValues;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of a resource before and after a change, in the form in which the table of consequences names them: a Kubernetes
 * object as a manifest, and the values of a Helm release merged.
 */
record ChangedValues(JsonNode before, JsonNode after, ValueMarks unknown) {

    static ChangedValues of(String type, JsonNode before, JsonNode after, ValueMarks unknown) {
        if (type.equals("helm_release")) {
            // whose documents are marked as one text
            return new ChangedValues(HelmValues.withMerged(before), HelmValues.withMerged(after), unknown);
        }
        String kind = ManifestForm.kind(type, before.isObject() ? before : after);
        return kind.isEmpty()
                ? new ChangedValues(before, after, unknown)
                : new ChangedValues(
                        manifest(type, before),
                        manifest(type, after),
                        after.isObject() ? ManifestForm.marks(type, after, unknown) : ValueMarks.NONE);
    }

    private static JsonNode manifest(String type, JsonNode values) {
        return values.isObject() ? ManifestForm.manifest(type, values) : MissingNode.getInstance();
    }

    List<AttributePath> at(String attribute) {
        return AttributePath.of(attribute, before, after, unknown);
    }

    /** Whether some attributes have certain values; not those that are decided during apply. */
    boolean hold(Map<String, String> conditions, boolean earlier) {
        return conditions.entrySet().stream().allMatch(condition -> at(condition.getKey()).stream()
                .anyMatch(value -> (earlier || !value.unknown())
                        && isOneOf(
                                AttributePath.text(earlier ? value.before() : value.after(), ""),
                                condition.getValue())));
    }

    private static boolean isOneOf(String value, String texts) {
        boolean not = texts.startsWith("!");
        String known = value.toLowerCase(Locale.ROOT);
        String sought = (not ? texts.substring(1) : texts).toLowerCase(Locale.ROOT);
        boolean one = Arrays.stream(sought.split("\\|", -1))
                .anyMatch(text -> text.equals("unset") ? known.isEmpty() : Wildcards.match(text, known));
        return one != not;
    }

    /** The path of an attribute as the resource has it. */
    static String written(String type, String path) {
        return switch (type) {
            case "kubernetes_manifest" -> "manifest." + path;
            case "kubectl_manifest" -> "yaml_body";
            default -> type.startsWith("kubernetes_") ? String.join(".", ManifestForm.attributes(path)) : path;
        };
    }
}

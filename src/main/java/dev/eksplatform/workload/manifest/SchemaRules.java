package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the schema of the Kubernetes API says about a document beyond the types of its fields: fields that the cluster's
 * version has, required fields, enumerations, and lists whose items must differ. Values of the wrong type are left to
 * {@link CanonicalForm}.
 *
 * <p>The provider uses server-side apply, which merges the items of such a list by their keys: the API server then refuses
 * duplicates that it accepts from {@code kubectl apply}, which merges on the client's side.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy">Server-Side Apply: merge
 *     strategy</a>
 */
final class SchemaRules {

    /** Lists in which only server-side apply refuses duplicates; in the others the validation of the API server does too. */
    private static final Set<String> ACCEPTED_FROM_CLIENTS = Set.of(
            "addresses",
            "env",
            "finalizers",
            "hostAliases",
            "imagePullSecrets",
            "ownerReferences",
            "ports",
            "secrets",
            "variables",
            "volumeLifecycleModes");

    private static final int MOST_SHOWN = 12;

    private final TargetVersion target;
    private final Problems problems;
    private final GrammarRules grammar;
    private final ApiTypes types = ApiTypes.get();

    private SchemaRules(TargetVersion target, Problems problems) {
        this.target = target;
        this.problems = problems;
        this.grammar = new GrammarRules(problems);
    }

    /**
     * Checks a document.
     *
     * @param root the document as written
     * @param kind its kind, null for a custom one, of which only the metadata is checked
     * @param target the Kubernetes versions that it is checked for
     * @param problems collects what the API server would refuse
     */
    static void check(FieldValue root, ApiTypes.@Nullable Kind kind, TargetVersion target, Problems problems) {
        SchemaRules rules = new SchemaRules(target, problems);
        if (kind != null) {
            rules.struct(root, kind.type());
        } else {
            rules.struct(root.get("metadata"), ApiTypes.OBJECT_META);
        }
    }

    private void struct(FieldValue mapping, String type) {
        Map<String, ApiTypes.Field> fields = types.fields(type);
        if (fields == null || !(mapping.value() instanceof Map)) {
            return;
        }
        for (FieldValue inner : mapping.entries()) {
            ApiTypes.Field field = fields.get(inner.name());
            if (field != null && inner.value() != null) {
                if (target.has(field.releases())) {
                    value(inner, field);
                } else {
                    addVersion(inner, field.releases());
                }
            }
        }
        fields.forEach((name, field) -> {
            boolean reported = name.equals("selector") && type.startsWith("apps/v1.");
            if (field.required() && !reported && isAbsent(mapping.map().get(name))) {
                addRequired(name, fields, mapping);
            }
        });
        grammar.check(type, mapping);
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null
                || value.equals("")
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private void value(FieldValue value, ApiTypes.Field field) {
        if (field.type().startsWith("[]")) {
            List<FieldValue> items = value.items();
            if (!field.keys().isEmpty()) {
                differ(items, item -> keys(item, field.keys()));
            } else if (field.set()) {
                differ(items, item -> item.value() == null ? null : "\"" + item.value() + "\"");
            }
            items.forEach(item -> item(item, field.type().substring(2), field));
        } else if (field.type().startsWith("{}")) {
            value.entries().forEach(item -> item(item, field.type().substring(2), field));
        } else {
            item(value, field.type(), field);
        }
    }

    private void item(FieldValue value, String type, ApiTypes.Field field) {
        struct(value, type);
        if (!value.text().isEmpty() && !field.values().isEmpty()) {
            enumeration(value, field.values());
        }
    }

    private void enumeration(FieldValue value, String enumeration) {
        List<String> allowed = types.values(enumeration, target.releases());
        String text = value.text();
        if (!allowed.contains(text)) {
            boolean other = types.values(enumeration, Releases.ALL).contains(text);
            problems.add(
                    value.place(),
                    "\"" + text + "\" is not a value of " + value.name() + (other ? " in " + target : ""),
                    allowed.size() <= MOST_SHOWN
                            ? String.join(", ", allowed)
                            : "one of the " + allowed.size() + " values of the Kubernetes API",
                    Suggestion.fix(text, allowed, "use one of them"));
        }
    }

    private void addVersion(FieldValue field, Releases releases) {
        boolean later = releases.oldest() > target.releases().newest();
        problems.add(
                field.keyPlace(),
                target + " has no field " + field.name() + ", which exists in " + releases,
                "remove it" + (later ? ", or raise cluster.version" : ""));
    }

    private void addRequired(String name, Map<String, ApiTypes.Field> fields, FieldValue mapping) {
        List<String> required = fields.entrySet().stream()
                .filter(entry -> entry.getValue().required())
                .map(Map.Entry::getKey)
                .toList();
        problems.add(
                mapping.place(),
                name + " is missing",
                String.join(" and ", required) + ", which Kubernetes requires",
                "add " + name);
    }

    /** The keys of an item, null when one is missing, which is another problem. */
    private static @Nullable String keys(FieldValue item, Map<String, String> keys) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> key : keys.entrySet()) {
            Object value = item.get(key.getKey()).value();
            String text = value == null ? key.getValue() : String.valueOf(value);
            if (text.isEmpty()) {
                return null;
            }
            values.add(key.getKey() + " " + text);
        }
        return String.join(", ", values);
    }

    private void differ(List<FieldValue> items, Function<FieldValue, @Nullable String> identity) {
        Map<String, FieldValue> first = new HashMap<>();
        for (FieldValue item : items) {
            String found = identity.apply(item);
            FieldValue before = found == null ? null : first.putIfAbsent(found, item);
            if (before != null) {
                String list = item.name();
                boolean servicePorts =
                        list.equals("ports") && item.owner().owner().name().equals("spec");
                boolean accepted = ACCEPTED_FROM_CLIENTS.contains(list) && !servicePorts;
                problems.add(
                        item.place(),
                        "duplicate " + found + " in " + list + ", also at " + before.start()
                                + (accepted
                                        ? ": server-side apply, which Terraform uses, refuses what kubectl apply without"
                                                + " --server-side accepts"
                                        : ""),
                        "remove one of them"
                                + (list.equals("env") ? "; of two variables the last one takes effect" : ""));
            }
        }
    }
}

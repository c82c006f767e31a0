package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the schema of the Kubernetes API says about a document beyond the types of its fields: fields that the cluster's
 * version has, required fields, enumerations, and lists whose items must differ. Values of the wrong type are left to
 * {@link CanonicalForm}.
 *
 * <p>The provider applies objects on the server's side, where the items of such a list are merged by their keys: the API
 * server refuses duplicates then, also where it takes them from {@code kubectl apply}, which merges on the client's side.
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

    private final ManifestReader.Document document;
    private final TargetVersion target;
    private final Problems problems;
    private final GrammarRules grammar;
    private final ApiTypes types = ApiTypes.get();

    private SchemaRules(ManifestReader.Document document, TargetVersion target, Problems problems) {
        this.document = document;
        this.target = target;
        this.problems = problems;
        this.grammar = new GrammarRules(document.source(), problems);
    }

    /**
     * Checks a document.
     *
     * @param document the document
     * @param kind its kind, null for a custom one, of which only the metadata is checked
     * @param target the Kubernetes versions that it is checked for
     * @param problems collects what the API server would refuse
     */
    static void check(
            ManifestReader.Document document, ApiTypes.@Nullable Kind kind, TargetVersion target, Problems problems) {
        SchemaRules rules = new SchemaRules(document, target, problems);
        if (kind != null) {
            rules.struct(document.body(), kind.type(), "");
        } else if (document.body().get("metadata") instanceof Map<?, ?> metadata) {
            rules.struct(metadata, ApiTypes.OBJECT_META, "metadata");
        }
    }

    private void struct(Map<?, ?> written, String type, String path) {
        Map<String, ApiTypes.Field> fields = types.fields(type);
        if (fields == null) {
            return;
        }
        for (Map.Entry<?, ?> entry : written.entrySet()) {
            String name = String.valueOf(entry.getKey());
            ApiTypes.Field field = fields.get(name);
            Object value = entry.getValue();
            if (field != null && value != null) {
                String child = FieldPath.child(path, name);
                if (target.has(field.releases())) {
                    value(value, field, name, child);
                } else {
                    addVersion(name, field.releases(), child);
                }
            }
        }
        for (Map.Entry<String, ApiTypes.Field> entry : fields.entrySet()) {
            String name = entry.getKey();
            boolean reported = name.equals("selector") && type.startsWith("apps/v1.");
            if (entry.getValue().required() && !reported && isAbsent(written.get(name))) {
                addRequired(name, fields, path);
            }
        }
        grammar.check(type, written, path);
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null
                || value.equals("")
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private void value(Object value, ApiTypes.Field field, String name, String path) {
        String type = field.type();
        if (type.startsWith("[]")) {
            if (value instanceof List<?> list) {
                if (!field.keys().isEmpty()) {
                    differ(list, field.keys(), name, path);
                } else if (field.set()) {
                    differ(list, name, path);
                }
                for (int i = 0; i < list.size(); i++) {
                    item(list.get(i), type.substring(2), field, name, FieldPath.item(path, i));
                }
            }
        } else if (type.startsWith("{}")) {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, item) ->
                        item(item, type.substring(2), field, name, FieldPath.child(path, String.valueOf(key))));
            }
        } else {
            item(value, type, field, name, path);
        }
    }

    private void item(@Nullable Object value, String type, ApiTypes.Field field, String name, String path) {
        if (value instanceof Map<?, ?> map) {
            struct(map, type, path);
        } else if (value instanceof String text
                && !text.isEmpty()
                && !field.values().isEmpty()) {
            enumeration(text, field.values(), name, path);
        }
    }

    private void enumeration(String text, String enumeration, String name, String path) {
        List<String> allowed = types.values(enumeration, target.releases());
        if (allowed.contains(text)) {
            return;
        }
        boolean other = types.values(enumeration, Releases.ALL).contains(text);
        problems.add(
                document.source().where(path),
                "\"" + text + "\" is not a value of " + name + (other ? " in " + target : ""),
                allowed.size() <= MOST_SHOWN
                        ? String.join(", ", allowed)
                        : "one of the " + allowed.size() + " values of the Kubernetes API",
                Suggestion.nearest(text, allowed)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("use one of them"));
    }

    private void addVersion(String name, Releases releases, String path) {
        boolean later = releases.oldest() > target.releases().newest();
        problems.add(
                document.source().whereKey(path),
                target + " has no field " + name,
                "fields of " + target + "; " + name + " is one of " + releases,
                "remove it" + (later ? ", or raise cluster.version" : ""));
    }

    private void addRequired(String name, Map<String, ApiTypes.Field> fields, String path) {
        List<String> required = fields.entrySet().stream()
                .filter(entry -> entry.getValue().required())
                .map(Map.Entry::getKey)
                .toList();
        problems.add(
                document.source().where(path),
                name + " is missing",
                String.join(" and ", required) + ", which Kubernetes requires",
                "add " + name);
    }

    private void differ(List<?> list, Map<String, String> keys, String name, String path) {
        Map<List<String>, Integer> first = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            List<String> values = keyValues(list.get(i), keys);
            Integer before = values == null ? null : first.putIfAbsent(values, i);
            if (values != null && before != null) {
                StringBuilder text = new StringBuilder();
                int at = 0;
                for (String key : keys.keySet()) {
                    text.append(at == 0 ? "" : ", ").append(key).append(' ').append(values.get(at++));
                }
                addDuplicate(text.toString(), name, String.join(" and ", keys.keySet()), path, i, before);
            }
        }
    }

    /** The values of the keys of an item, null when it lacks one, which is another problem. */
    private static @Nullable List<String> keyValues(@Nullable Object item, Map<String, String> keys) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, String> key : keys.entrySet()) {
            Object value = BodyField.of(item, key.getKey());
            String text = value == null ? key.getValue() : String.valueOf(value);
            if (text.isEmpty()) {
                return null;
            }
            values.add(text);
        }
        return values;
    }

    private void differ(List<?> list, String name, String path) {
        Map<Object, Integer> first = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            Integer before = item == null ? null : first.putIfAbsent(item, i);
            if (before != null) {
                addDuplicate("\"" + item + "\"", name, "item", path, i, before);
            }
        }
    }

    private void addDuplicate(String found, String name, String keys, String path, int index, int before) {
        boolean accepted = ACCEPTED_FROM_CLIENTS.contains(name) && !path.equals("spec.ports");
        SourceMap source = document.source();
        problems.add(
                source.where(FieldPath.item(path, index)),
                found + " is there twice in " + name + ": also at " + source.at(FieldPath.item(path, before)),
                "each " + keys + " once"
                        + (accepted
                                ? ": Terraform uses server-side apply, which finds items by it and refuses duplicates;"
                                        + " kubectl apply without --server-side accepts them"
                                : ""),
                "remove one of them" + (name.equals("env") ? "; of two variables the last one takes effect" : ""));
    }
}

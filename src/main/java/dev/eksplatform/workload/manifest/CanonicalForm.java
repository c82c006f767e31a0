package dev.eksplatform.workload.manifest;

import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.internal.kubernetes.YamlScalar;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the API server answers an object, so that what Terraform planned is what it gets back. Where the two
 * differ, {@code kubernetes_manifest} 2.38.0 says {@code Provider produced inconsistent result after apply} and taints
 * the object, or plans the same change for ever. By the types of the fields of Kubernetes:
 *
 * <ul>
 *   <li>a quantity is written canonically, see {@link Quantity}; a number where a quantity belongs becomes one;
 *   <li>a field that is false, 0, "" or empty and that the API server leaves out of its answers is left out ({@code env:
 *       []}, {@code value: ""}, {@code hostNetwork: false}): it means the same
 *       (hashicorp/terraform-provider-kubernetes issues 1376 and 2783). What has a meaning when empty stays:
 *       {@code emptyDir: {}}, {@code podSelector: {}}, {@code storageClassName: ""};
 *   <li>so it is in the schema of a CustomResourceDefinition, see {@link DefinitionSchema};
 *   <li>base64 loses its line breaks;
 *   <li>a Secret's {@code stringData}, which comes back as null, is merged over {@code data};
 *   <li>nulls are removed, and with them {@code creationTimestamp: null};
 *   <li>what the server owns is removed: {@code status}, and of the metadata {@code creationTimestamp},
 *       {@code deletionTimestamp}, {@code deletionGracePeriodSeconds}, {@code generation}, {@code managedFields},
 *       {@code resourceVersion}, {@code selfLink} and {@code uid};
 *   <li>an object of a namespaced kind gets its {@code metadata.namespace}.
 * </ul>
 *
 * <p>A value of another type than its field's, an unknown field and a number beyond 2<sup>53</sup> (which JavaScript,
 * through which CDKTF writes it, would round) are problems: the API server, or Terraform, would refuse or change them. A
 * number or a name where either may stand ({@code targetPort}) is right in both forms. Of a custom kind only the
 * metadata is typed; from the rest only nulls and {@code status} are removed.
 */
final class CanonicalForm {

    private static final Set<String> SERVER_OWNED = Set.of(
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "managedFields",
            "resourceVersion",
            "selfLink",
            "uid");
    private static final BigInteger MOST_EXACT = BigInteger.ONE.shiftLeft(53);

    private final ManifestReader.Document document;
    private final Problems problems;
    private final ApiTypes types = ApiTypes.get();

    private CanonicalForm(ManifestReader.Document document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    /**
     * The canonical form of a document.
     *
     * @param document the document, with a known or a custom kind
     * @param apiVersion its API version
     * @param kind its kind
     * @param namespace its namespace, null for a cluster-scoped kind
     * @param problems collects what the API server would refuse
     * @return the body, unmodifiable, in the order of the document
     */
    static Map<String, Object> of(
            ManifestReader.Document document,
            String apiVersion,
            String kind,
            @Nullable String namespace,
            Problems problems) {
        return new CanonicalForm(document, problems).of(apiVersion, kind, namespace);
    }

    private Map<String, Object> of(String apiVersion, String kind, @Nullable String namespace) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(document.body());
        body.remove("status");
        if (apiVersion.equals("v1") && kind.equals("Secret")) {
            mergeStringData(body);
        }
        body.put("metadata", metadata(BodyField.map(body, "metadata"), namespace));
        ApiTypes.Kind known = types.kind(apiVersion, kind);
        if (known != null) {
            return struct(body, known.type(), "");
        }
        Map<String, Object> canonical = untyped(body, "");
        canonical.put("metadata", struct(BodyField.map(body, "metadata"), ApiTypes.OBJECT_META, "metadata"));
        return Collections.unmodifiableMap(canonical);
    }

    private static Map<String, @Nullable Object> metadata(Map<?, ?> written, @Nullable String namespace) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            metadata.put(String.valueOf(key), value);
            if (key.equals("name") && namespace != null) {
                metadata.put("namespace", namespace);
            }
        });
        if (metadata.get("annotations") instanceof Map<?, ?> annotations
                && annotations.containsKey(KindScope.ANNOTATION)) {
            Map<Object, @Nullable Object> sent = new LinkedHashMap<>(annotations);
            sent.remove(KindScope.ANNOTATION);
            metadata.put("annotations", sent.isEmpty() ? null : sent);
        }
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        return metadata;
    }

    /** {@code stringData} wins over {@code data}, as the API server has it. */
    private void mergeStringData(Map<String, @Nullable Object> body) {
        if (!(body.get("stringData") instanceof Map<?, ?> plain)) {
            return;
        }
        body.remove("stringData");
        Map<Object, @Nullable Object> data = new LinkedHashMap<>(BodyField.map(body, "data"));
        plain.forEach((key, value) -> {
            String path = FieldPath.child("stringData", String.valueOf(key));
            if (value instanceof String text) {
                data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            } else if (value != null) {
                mismatch(value, path, "text");
            }
        });
        body.put("data", data);
    }

    private Map<String, Object> struct(Map<?, ?> written, String type, String path) {
        Map<String, ApiTypes.Field> fields = type.startsWith("apiextensions/") && DefinitionSchema.has(type)
                ? DefinitionSchema.fields(type)
                : types.fields(type);
        if (fields == null) {
            throw new IllegalArgumentException(type);
        }
        boolean metadata = type.equals(ApiTypes.OBJECT_META);
        Map<String, Object> canonical = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : written.entrySet()) {
            String key = String.valueOf(entry.getKey());
            String child = FieldPath.child(path, key);
            ApiTypes.Field field = fields.get(key);
            if (metadata && SERVER_OWNED.contains(key)) {
                continue;
            }
            if (field == null) {
                unknown(key, fields.keySet(), child);
                continue;
            }
            if (entry.getValue() == null) {
                continue;
            }
            Object value = typed(entry.getValue(), field.type(), child);
            if (value != null && !(field.zeroOmitted() && isZero(value))) {
                canonical.put(key, value);
            }
        }
        if (type.equals("core/v1.PersistentVolumeClaim")) {
            canonical.remove("status");
        }
        return Collections.unmodifiableMap(canonical);
    }

    private static boolean isZero(Object value) {
        return value.equals(false)
                || value.equals(0L)
                || value.equals("")
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    private void unknown(String key, Set<String> fields, String path) {
        List<String> sorted = fields.stream().sorted().toList();
        problems.add(
                document.source().whereKey(path),
                "there is no field " + key,
                sorted.size() <= 12 ? String.join(", ", sorted) : "the fields of the Kubernetes API",
                Suggestion.nearest(key, sorted)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("remove it, or indent it where it belongs"));
    }

    private @Nullable Object typed(Object value, String type, String path) {
        if (type.startsWith("[]")) {
            return list(value, type.substring(2), path);
        }
        if (type.startsWith("{}")) {
            return map(value, type.substring(2), path);
        }
        return switch (type) {
            case "any" -> generic(value, path);
            case "string", "time", "duration" -> value instanceof String ? value : mismatch(value, path, "text");
            case "bool" -> value instanceof Boolean ? value : mismatch(value, path, "true or false");
            case "int32" -> integer(value, path, 31);
            case "int64" -> integer(value, path, 63);
            case "float" -> value instanceof Number ? value : mismatch(value, path, "a number");
            case "intOrString" -> value instanceof String ? value : integer(value, path, 31);
            case "bytes" -> base64(value, path);
            case DefinitionSchema.SCHEMA_OR_BOOL ->
                value instanceof Boolean ? value : typed(value, DefinitionSchema.SCHEMA, path);
            case "quantity" -> quantity(value, path);
            default -> value instanceof Map<?, ?> map ? struct(map, type, path) : mismatch(value, path, "a mapping");
        };
    }

    private @Nullable Object list(Object value, String type, String path) {
        if (!(value instanceof List<?> list)) {
            return mismatch(value, path, "a list");
        }
        List<Object> canonical = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String child = FieldPath.item(path, i);
            Object item = list.get(i);
            if (item == null && type.equals("any")) {
                addNull(child);
                continue;
            }
            if (item == null) {
                problems.add(
                        document.source().where(child),
                        "this item of the list is empty",
                        "items with a value",
                        "write the item, or remove its -");
                continue;
            }
            Object typed = typed(item, type, child);
            if (typed != null) {
                canonical.add(typed);
            }
        }
        return Collections.unmodifiableList(canonical);
    }

    private @Nullable Object map(Object value, String type, String path) {
        if (!(value instanceof Map<?, ?> map)) {
            return mismatch(value, path, "a mapping");
        }
        Map<String, Object> canonical = new LinkedHashMap<>();
        map.forEach((key, item) -> {
            String name = String.valueOf(key);
            Object typed = item == null ? null : typed(item, type, FieldPath.child(path, name));
            if (typed != null) {
                canonical.put(name, typed);
            }
        });
        return Collections.unmodifiableMap(canonical);
    }

    private @Nullable Object integer(Object value, String path, int bits) {
        if (!(value instanceof Number number) || !isWhole(number)) {
            return mismatch(value, path, "a whole number");
        }
        BigInteger whole = new BigDecimal(number.toString()).toBigIntegerExact();
        if (whole.bitLength() > bits) {
            problems.add(
                    document.source().where(path),
                    whole + " is too large",
                    "a whole number of " + (bits + 1) + " bits",
                    "use a smaller number");
            return null;
        }
        return exact(whole.longValue(), path);
    }

    private static boolean isWhole(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
    }

    private @Nullable Object exact(Number number, String path) {
        if (isWhole(number)
                && !(number instanceof Double)
                && new BigInteger(number.toString()).abs().compareTo(MOST_EXACT) > 0) {
            problems.add(
                    document.source().where(path),
                    number + " is more than Terraform's JSON holds exactly",
                    "whole numbers up to 2^53",
                    "use a smaller number, or quote it if the field takes text");
            return null;
        }
        return number;
    }

    private @Nullable Object base64(Object value, String path) {
        if (!(value instanceof String text)) {
            return mismatch(value, path, "base64 text");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace("\r", "").replace("\n", ""));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (IllegalArgumentException e) {
            problems.add(
                    document.source().where(path),
                    "this is not base64",
                    "base64 with padding, on one line or with line breaks",
                    "encode it, or move it to stringData");
            return null;
        }
    }

    private @Nullable Object quantity(Object value, String path) {
        String text = value instanceof Double number
                ? BigDecimal.valueOf(number).toPlainString()
                : value instanceof String || value instanceof Number ? value.toString() : null;
        if (text == null) {
            return mismatch(value, path, "a quantity such as 500m or 128Mi");
        }
        try {
            return Quantity.parse(text.strip()).text();
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                problems.add(problem.at(document.source().where(path)));
            }
            return null;
        }
    }

    /** Content whose type is not known: nulls are removed from mappings, all else stays. */
    private @Nullable Object generic(@Nullable Object value, String path) {
        if (value instanceof Map<?, ?> map) {
            return Collections.unmodifiableMap(untyped(map, path));
        }
        if (value instanceof List<?> list) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                Object item = generic(list.get(i), FieldPath.item(path, i));
                if (list.get(i) == null) {
                    addNull(FieldPath.item(path, i));
                } else if (item != null) {
                    items.add(item);
                }
            }
            return Collections.unmodifiableList(items);
        }
        return value instanceof Number number ? exact(number, path) : value;
    }

    private void addNull(String path) {
        problems.add(
                document.source().where(path),
                "null, which the Kubernetes provider of Terraform leaves out of a list",
                "values",
                "remove it, or install this object with a chart");
    }

    private Map<String, Object> untyped(Map<?, ?> map, String path) {
        Map<String, Object> canonical = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            Object item = generic(value, FieldPath.child(path, name));
            if (item != null) {
                canonical.put(name, item);
            }
        });
        return canonical;
    }

    /** Reports a value of the wrong type and stands for no value. */
    private @Nullable Object mismatch(Object value, String path, String allowed) {
        String written = document.source().written().get(path);
        boolean scalar = !(value instanceof Map) && !(value instanceof List);
        String fix;
        if (scalar && !(value instanceof String) && allowed.contains("text")) {
            fix = "quote it: \"" + (written == null ? value : written) + "\"";
        } else if (value instanceof String text && plainFix(text, allowed)) {
            fix = "remove the quotes: " + text;
        } else {
            fix = "write " + allowed + " here";
        }
        problems.add(document.source().where(path), found(value, written), allowed, fix);
        return null;
    }

    private static boolean plainFix(String text, String allowed) {
        Object plain = YamlScalar.resolve(text);
        return (allowed.equals("true or false") && plain instanceof Boolean)
                || (allowed.endsWith("number") && plain instanceof Number);
    }

    private static String found(Object value, @Nullable String written) {
        if (value instanceof Map) {
            return "a mapping";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof String text) {
            return "the text \"" + text + "\"";
        }
        String type = value instanceof Boolean ? "the boolean " : "the number ";
        boolean differs = written != null && !written.equals(value.toString());
        return type + (differs ? value + ", which is what Kubernetes' YAML makes of " + written : value);
    }
}

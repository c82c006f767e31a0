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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the API server returns an object, so that what Terraform planned is what it gets back. Where the two
 * differ, {@code kubernetes_manifest} 2.38.0 reports {@code Provider produced inconsistent result after apply} and taints
 * the object, or plans the same change at every plan. By the types of the fields of Kubernetes:
 *
 * <ul>
 *   <li>a quantity is written canonically, see {@link Quantity}; a number where a quantity belongs becomes one;
 *   <li>a field that is false, 0, "" or empty and that the API server leaves out of its answers is left out ({@code env:
 *       []}, {@code value: ""}, {@code hostNetwork: false}): it means the same
 *       (hashicorp/terraform-provider-kubernetes issues 1376 and 2783). What has a meaning when empty stays:
 *       {@code emptyDir: {}}, {@code podSelector: {}}, {@code storageClassName: ""};
 *   <li>the same goes for the schema of a CustomResourceDefinition, see {@link ApiTypes#answeredFields};
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
 * field that takes a number or a name ({@code targetPort}) keeps what is written. Of a custom kind only the metadata is
 * typed; from the rest only nulls and {@code status} are removed.
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

    private final Problems problems;
    private final ApiTypes types = ApiTypes.get();

    private CanonicalForm(Problems problems) {
        this.problems = problems;
    }

    /**
     * The canonical form of a document.
     *
     * @param root the document, with a known or a custom kind
     * @param apiVersion its API version
     * @param kind its kind
     * @param namespace its namespace, null for a cluster-scoped kind
     * @param problems collects what the API server would refuse
     * @return the body, unmodifiable, in the order of the document
     */
    static Map<String, Object> of(
            FieldValue root, String apiVersion, String kind, @Nullable String namespace, Problems problems) {
        return new CanonicalForm(problems).of(root, apiVersion, kind, namespace);
    }

    private Map<String, Object> of(FieldValue root, String apiVersion, String kind, @Nullable String namespace) {
        Map<Object, @Nullable Object> body = new LinkedHashMap<>(root.map());
        body.remove("status");
        if (apiVersion.equals("v1") && kind.equals("Secret")) {
            mergeStringData(root, body);
        }
        body.put("metadata", metadata(root.map("metadata"), namespace));
        FieldValue changed = root.with(body);
        ApiTypes.Kind known = types.kind(apiVersion, kind);
        if (known != null) {
            return struct(changed, known.type());
        }
        Map<String, Object> canonical = untyped(changed);
        canonical.put("metadata", struct(changed.get("metadata"), ApiTypes.OBJECT_META));
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

    /** {@code stringData} overrides {@code data}, as in the API server. */
    private void mergeStringData(FieldValue root, Map<Object, @Nullable Object> body) {
        if (!(body.get("stringData") instanceof Map)) {
            return;
        }
        body.remove("stringData");
        Map<Object, @Nullable Object> data = new LinkedHashMap<>(root.map("data"));
        for (FieldValue plain : root.entries("stringData")) {
            if (plain.value() instanceof String text) {
                data.put(plain.name(), Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            } else if (plain.value() != null) {
                mismatch(plain, "text");
            }
        }
        body.put("data", data);
    }

    private Map<String, Object> struct(FieldValue mapping, String type) {
        Map<String, ApiTypes.Field> fields = types.answeredFields(type);
        if (fields == null) {
            throw new IllegalArgumentException(type);
        }
        boolean metadata = type.equals(ApiTypes.OBJECT_META);
        Map<String, Object> canonical = new LinkedHashMap<>();
        for (FieldValue written : mapping.entries()) {
            String key = written.name();
            ApiTypes.Field field = fields.get(key);
            if (metadata && SERVER_OWNED.contains(key)) {
                continue;
            }
            if (field == null) {
                unknown(written, fields.keySet());
                continue;
            }
            Object value = typed(written, field.type());
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

    private void unknown(FieldValue field, Set<String> fields) {
        List<String> sorted = fields.stream().sorted().toList();
        problems.add(new Problem(
                field.keyPlace(),
                "there is no field " + field.name(),
                sorted.size() <= 12 ? Optional.of(String.join(", ", sorted)) : Optional.empty(),
                Suggestion.fix(field.name(), sorted, "remove it, or indent it where it belongs")));
    }

    /** The canonical value; null when there is none, or one of another type, which is reported. */
    private @Nullable Object typed(FieldValue field, String type) {
        Object value = field.value();
        if (value == null) {
            return null;
        }
        if (type.startsWith("[]")) {
            return list(field, type.substring(2));
        }
        if (type.startsWith("{}")) {
            return map(field, type.substring(2));
        }
        return switch (type) {
            case "any" -> generic(field);
            case "string", "time", "duration" -> value instanceof String ? value : mismatch(field, "text");
            case "bool" -> value instanceof Boolean ? value : mismatch(field, "true or false");
            case "int32" -> integer(field, 31);
            case "int64" -> integer(field, 63);
            case "float" -> value instanceof Number ? value : mismatch(field, "a number");
            case "intOrString" -> value instanceof String ? value : integer(field, 31);
            case "bytes" -> base64(field);
            case "schemaOrBool" -> value instanceof Boolean ? value : typed(field, "apiextensions/v1.JSONSchemaProps");
            case "quantity" -> quantity(field);
            default -> value instanceof Map ? struct(field, type) : mismatch(field, "a mapping");
        };
    }

    private @Nullable Object list(FieldValue field, String type) {
        if (!(field.value() instanceof List)) {
            return mismatch(field, "a list");
        }
        List<Object> canonical = new ArrayList<>();
        for (FieldValue item : field.items()) {
            Object typed = typed(item, type);
            if (typed != null) {
                canonical.add(typed);
            } else if (item.value() == null && type.equals("any")) {
                addNull(item);
            } else if (item.value() == null) {
                problems.add(item.place(), "this item of the list is empty", "write the item, or remove its -");
            }
        }
        return Collections.unmodifiableList(canonical);
    }

    private @Nullable Object map(FieldValue field, String type) {
        if (!(field.value() instanceof Map)) {
            return mismatch(field, "a mapping");
        }
        Map<String, Object> canonical = new LinkedHashMap<>();
        for (FieldValue item : field.entries()) {
            Object typed = typed(item, type);
            if (typed != null) {
                canonical.put(item.name(), typed);
            }
        }
        return Collections.unmodifiableMap(canonical);
    }

    private @Nullable Object integer(FieldValue field, int bits) {
        if (!(field.value() instanceof Number number) || !isWhole(number)) {
            return mismatch(field, "a whole number");
        }
        BigInteger whole = new BigDecimal(number.toString()).toBigIntegerExact();
        if (whole.bitLength() > bits) {
            problems.add(
                    field.place(),
                    whole + " is too large",
                    "a whole number of " + (bits + 1) + " bits",
                    "use a smaller number");
            return null;
        }
        return exact(whole.longValue(), field);
    }

    private static boolean isWhole(Number number) {
        return new BigDecimal(number.toString()).stripTrailingZeros().scale() <= 0;
    }

    private @Nullable Object exact(Number number, FieldValue field) {
        if (isWhole(number)
                && !(number instanceof Double)
                && new BigInteger(number.toString()).abs().compareTo(MOST_EXACT) > 0) {
            problems.add(
                    field.place(),
                    number + " is more than Terraform's JSON holds exactly",
                    "whole numbers up to 2^53",
                    "use a smaller number, or quote it if the field takes text");
            return null;
        }
        return number;
    }

    private @Nullable Object base64(FieldValue field) {
        if (!(field.value() instanceof String text)) {
            return mismatch(field, "base64 text");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace("\r", "").replace("\n", ""));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (IllegalArgumentException e) {
            problems.add(
                    field.place(),
                    "this is not base64",
                    "base64 with padding, on one line or with line breaks",
                    "encode it, or move it to stringData");
            return null;
        }
    }

    private @Nullable Object quantity(FieldValue field) {
        Object value = field.value();
        String text = value instanceof Double number
                ? BigDecimal.valueOf(number).toPlainString()
                : value instanceof String || value instanceof Number ? value.toString() : null;
        if (text == null) {
            return mismatch(field, "a quantity such as 500m or 128Mi");
        }
        try {
            return Quantity.parse(text.strip()).text();
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> problems.add(problem.at(field.place())));
            return null;
        }
    }

    /** Content whose type is not known: nulls are removed from mappings, all else stays. */
    private @Nullable Object generic(FieldValue field) {
        if (field.value() instanceof Map) {
            return Collections.unmodifiableMap(untyped(field));
        }
        if (field.value() instanceof List) {
            return list(field, "any");
        }
        return field.value() instanceof Number number ? exact(number, field) : field.value();
    }

    private void addNull(FieldValue field) {
        problems.add(
                field.place(),
                "null, which the Kubernetes provider of Terraform leaves out of a list",
                "remove it, or install this object with a chart");
    }

    private Map<String, Object> untyped(FieldValue mapping) {
        Map<String, Object> canonical = new LinkedHashMap<>();
        for (FieldValue field : mapping.entries()) {
            Object item = generic(field);
            if (item != null) {
                canonical.put(field.name(), item);
            }
        }
        return canonical;
    }

    /** Reports a type mismatch and returns null. */
    private @Nullable Object mismatch(FieldValue field, String allowed) {
        Object value = field.value();
        boolean scalar = !(value instanceof Map) && !(value instanceof List);
        String fix;
        if (scalar && !(value instanceof String) && allowed.contains("text")) {
            fix = "quote it: \"" + field.written() + "\"";
        } else if (value instanceof String text && plainFix(text, allowed)) {
            fix = "remove the quotes: " + text;
        } else {
            fix = "write " + allowed + " here";
        }
        problems.add(field.place(), found(field), allowed, fix);
        return null;
    }

    private static boolean plainFix(String text, String allowed) {
        Object plain = YamlScalar.resolve(text);
        return (allowed.equals("true or false") && plain instanceof Boolean)
                || (allowed.endsWith("number") && plain instanceof Number);
    }

    private static String found(FieldValue field) {
        Object value = field.value();
        if (value instanceof Map) {
            return "a mapping";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof String text) {
            return "the text \"" + text + "\"";
        }
        String written = field.written();
        return (value instanceof Boolean ? "the boolean " : "the number ")
                + value
                + (written.equals(String.valueOf(value)) ? "" : ", which is how Kubernetes reads " + written);
    }
}

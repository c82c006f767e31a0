package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what is secret although nothing flags it: by the kind of object that holds it, by its name, or by its shape. */
public final class SecretNature {

    private static final Set<String> DATA_OF_SECRET =
            Set.of("data", "data_wo", "binary_data", "binary_data_wo", "string_data", "stringData");

    /** Properties of an element of {@code secrets} that describe it. */
    private static final Set<String> DESCRIPTIONS = Set.of(
            "name", "type", "kind", "key", "namespace", "secretName", "secret_name", "mountPath", "path", "provider");

    private static final Pattern DOCUMENTS = Pattern.compile("(?m)^---.*$");

    /** The number of an element in the name of a Helm value. */
    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]$");

    private static final int SHORTEST_FILE = 16;

    /** What may be the base64 of a file, which MIME and YAML break into lines. */
    private static final Pattern BASE64 =
            Pattern.compile("[A-Za-z0-9+/]{16,}+(?:\\r?\\n[ \\t]*+[A-Za-z0-9+/]++)*+={0,2}");

    /** A value that Terraform evaluates, in synthesized JSON. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[A-Za-z_][^{}]*\\}");

    /** For marks: gathers nothing. */
    private static final SecretNature MARKS = new SecretNature(null);

    /** Plans have few names of properties, and those of labels and tags are not kept without end. */
    private static final int MOST_NAMES = 10_000;

    private final Secrets.@Nullable Collector into;
    private final Map<String, SecretName> names = new ConcurrentHashMap<>();
    private final Map<String, SecretName> elements = new ConcurrentHashMap<>();
    /** The fingerprints of the documents that were looked through. */
    private final Set<Long> documents = ConcurrentHashMap.newKeySet();

    SecretNature(Secrets.@Nullable Collector into) {
        this.into = into;
    }

    /**
     * Which parts of a value are secret.
     *
     * @param type the type of the resource; empty for a part of one
     * @param value its attributes, or any value
     * @return marks of texts and numbers; secrets inside of a text are found by {@link SecretShapes}
     */
    public static ValueMarks marks(String type, JsonNode value) {
        return MARKS.of(type, value);
    }

    /**
     * Which parts of a value are secret because of its name.
     *
     * @param name the name of an output or a property
     * @param value its value
     * @return marks of texts and numbers
     */
    public static ValueMarks marksOf(String name, JsonNode value) {
        return MARKS.property(name, value, SecretName.NONE);
    }

    ValueMarks of(String type, JsonNode values) {
        ValueMarks marks = named(values, SecretName.NONE);
        if (type.startsWith("kubernetes_secret")) {
            return marks.or(data(values));
        }
        if (type.equals("helm_release")) {
            return marks.or(parts(values, this::helm));
        }
        if (type.equals("aws_ssm_parameter")
                && "SecureString".equals(values.path("type").asText())) {
            return marks.or(parts(values, (name, part) -> name.equals("value") ? leaves(part) : ValueMarks.NONE));
        }
        return marks;
    }

    private ValueMarks helm(String name, JsonNode part) {
        return switch (name) {
            case "set_sensitive", "set_wo" ->
                elements(
                        part, set -> parts(set, (key, value) -> key.equals("value") ? leaves(value) : ValueMarks.NONE));
            case "values" -> {
                part.forEach(text -> document(text.asText("")));
                yield ValueMarks.NONE;
            }
            default -> ValueMarks.NONE;
        };
    }

    private ValueMarks data(JsonNode secret) {
        return parts(secret, (name, part) -> DATA_OF_SECRET.contains(name) ? leaves(part) : ValueMarks.NONE);
    }

    /** The marks of a part with a name. */
    private interface Part {

        ValueMarks marks(String name, JsonNode part);
    }

    /** The marks of an element. */
    private interface Element {

        ValueMarks marks(JsonNode element);
    }

    private static ValueMarks parts(JsonNode object, Part part) {
        Map<String, ValueMarks> parts = null;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            ValueMarks marks = part.marks(entry.getKey(), entry.getValue());
            if (marks.any()) {
                parts = parts == null ? new LinkedHashMap<>() : parts;
                parts.put(entry.getKey(), marks);
            }
        }
        return parts == null ? ValueMarks.NONE : ValueMarks.of(parts);
    }

    private static ValueMarks elements(JsonNode array, Element element) {
        Map<String, ValueMarks> parts = null;
        for (int i = 0; array.isArray() && i < array.size(); i++) {
            ValueMarks marks = element.marks(array.get(i));
            if (marks.any()) {
                parts = parts == null ? new LinkedHashMap<>() : parts;
                parts.put(Integer.toString(i), marks);
            }
        }
        return parts == null ? ValueMarks.NONE : ValueMarks.of(parts);
    }

    /** Every text and number, each marked by itself, so that the names around them are shown. */
    private ValueMarks leaves(JsonNode value) {
        if (value.isObject()) {
            return parts(value, (name, part) -> leaves(part));
        }
        if (value.isArray()) {
            return elements(value, this::leaves);
        }
        if (value.isNull() || value.isMissingNode()) {
            return ValueMarks.NONE;
        }
        if (EXPRESSION.matcher(value.asText()).matches()) {
            return ValueMarks.NONE;
        }
        if (into != null) {
            into.addText(value.asText());
        }
        return ValueMarks.WHOLE;
    }

    /** What names and shapes say; an element of {@code secrets} is one by the name of the list. */
    private ValueMarks named(JsonNode value, SecretName ofElements) {
        if (value.isObject()) {
            return (value.path("kind").asText("").equals("Secret") ? data(value) : ValueMarks.NONE)
                    .or(pair(value))
                    .or(parts(
                            value,
                            (name, part) ->
                                    property(name, part, DESCRIPTIONS.contains(name) ? SecretName.NONE : ofElements)));
        }
        if (value.isArray()) {
            return elements(value, element -> named(element, ofElements)).or(options(value));
        }
        if (value.isTextual()) {
            text(value.textValue());
        }
        return secret(ofElements, value);
    }

    private ValueMarks property(String name, JsonNode value, SecretName ofElements) {
        if (name.endsWith("_wo")) {
            return leaves(value);
        }
        if (value.isContainerNode()) {
            ValueMarks marks = named(value, elementsOf(name));
            return value.path("value").isValueNode() && nameOf(name) != SecretName.NONE
                    ? marks.or(parts(
                            value, (key, part) -> key.equals("value") ? secret(nameOf(name), part) : ValueMarks.NONE))
                    : marks;
        }
        ValueMarks marks = secret(nameOf(name), value);
        if (value.isTextual()) {
            text(value.textValue());
            if (into != null && UserDataText.isIn(name)) {
                UserDataText.decoded(value.textValue()).ifPresent(this::text);
            }
        }
        return marks.any() ? marks : secret(ofElements, value);
    }

    private SecretName nameOf(String name) {
        return known(names, name, SecretName::of);
    }

    private SecretName elementsOf(String name) {
        return name.endsWith("s") ? known(elements, name, SecretName::ofElements) : SecretName.NONE;
    }

    private static SecretName known(Map<String, SecretName> names, String name, Function<String, SecretName> reader) {
        SecretName known = names.get(name);
        if (known == null) {
            known = reader.apply(name);
            if (names.size() < MOST_NAMES) {
                names.put(name, known);
            }
        }
        return known;
    }

    /** An entry such as {@code {name: DB_PASSWORD, value: ...}}; the name of a Helm value has those around it. */
    private ValueMarks pair(JsonNode entry) {
        String name = "";
        for (String property : List.of("name", "key", "Name", "Key", "parameter_name")) {
            name = name.isEmpty() ? entry.path(property).asText("") : name;
        }
        if (name.isEmpty()) {
            return ValueMarks.NONE;
        }
        name = name.endsWith("]") ? INDEX.matcher(name).replaceFirst("") : name;
        SecretName kind = nameOf(name) == SecretName.NONE ? elementsOf(name) : nameOf(name);
        int dot = name.lastIndexOf('.');
        if (kind == SecretName.NONE && dot > 0) {
            kind = elementsOf(name.substring(name.lastIndexOf('.', dot - 1) + 1, dot));
        }
        SecretName found = kind;
        return found == SecretName.NONE
                ? ValueMarks.NONE
                : parts(
                        entry,
                        (property, value) -> property.equalsIgnoreCase("value") || property.equals("parameter_value")
                                ? value.isArray()
                                        ? elements(value, element -> secret(found, element))
                                        : secret(found, value)
                                : ValueMarks.NONE);
    }

    /** The argument behind an option, such as {@code --token}. */
    private ValueMarks options(JsonNode array) {
        Map<String, ValueMarks> parts = new HashMap<>();
        for (int i = 1; i < array.size(); i++) {
            String option = array.get(i - 1).asText("");
            if (option.startsWith("-")
                    && option.indexOf('=') < 0
                    && !array.get(i).asText("").startsWith("-")) {
                ValueMarks marks = secret(nameOf(option), array.get(i));
                if (marks.any()) {
                    parts.put(Integer.toString(i), marks);
                }
            }
        }
        return parts.isEmpty() ? ValueMarks.NONE : ValueMarks.of(parts);
    }

    private ValueMarks secret(SecretName name, JsonNode value) {
        boolean possible = value.isTextual() || value.isNumber() && name == SecretName.PASSWORD;
        if (!possible || !name.hides(value.asText())) {
            return ValueMarks.NONE;
        }
        if (into != null) {
            into.addGuess(value.asText());
        }
        return ValueMarks.WHOLE;
    }

    /** Gathers the secrets inside of a text. */
    private void text(String text) {
        if (into == null || text.length() < SecretSearch.SHORTEST) {
            return;
        }
        BitSet hidden = SecretShapes.in(text);
        for (int from = hidden.nextSetBit(0); from >= 0; from = hidden.nextSetBit(hidden.nextClearBit(from))) {
            into.addGuess(text.substring(from, hidden.nextClearBit(from)));
        }
        files(text);
        if (text.startsWith("{") || text.startsWith("[")) {
            if (isNew(text)) {
                EmbeddedDocument.json(text).ifPresent(inner -> named(inner, SecretName.NONE));
            }
        } else if (text.contains("kind:") && text.contains("Secret")) {
            document(text);
        }
    }

    private boolean isNew(String document) {
        return documents.add(Fingerprint.of(document));
    }

    /** Gathers the secrets of files in base64; of most texts only some characters are looked at. */
    private void files(String text) {
        int last = SHORTEST_FILE - 1;
        while (last < text.length()) {
            int from = last;
            while (from >= 0 && isBase64(text.charAt(from))) {
                from--;
            }
            int to = last;
            while (to - from <= SHORTEST_FILE && to < text.length() && isBase64(text.charAt(to))) {
                to++;
            }
            if (to - from > SHORTEST_FILE) {
                Matcher encoded = BASE64.matcher(text).region(from + 1, text.length());
                if (encoded.lookingAt()) {
                    String file = encoded.group();
                    UserDataText.decoded(file).filter(inner -> isNew(file)).ifPresent(this::text);
                    last = Math.max(last, encoded.end() - 1);
                }
            }
            last += SHORTEST_FILE;
        }
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    /** Gathers the secrets of YAML documents; a plan repeats its documents, and each is looked through once. */
    private void document(String text) {
        if (into == null || !isNew(text)) {
            return;
        }
        for (String document : DOCUMENTS.split(text)) {
            EmbeddedDocument.yaml(document).ifPresent(inner -> named(inner, SecretName.NONE));
        }
    }
}

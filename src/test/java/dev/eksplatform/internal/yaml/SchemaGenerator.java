package dev.eksplatform.internal.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.docs.AnnotatedExample;
import dev.eksplatform.docs.JavadocTexts;
import dev.eksplatform.internal.files.ProgramFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes the JSON schema of what {@link Binder} reads, for editors. It has draft 7, because that is what the YAML
 * language server supports (<a href="https://github.com/redhat-developer/yaml-language-server">its README</a>: "JSON
 * Schema 7 and below"). It accepts whatever the binder accepts; checks in the code of a record are not in it.
 */
public final class SchemaGenerator {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String FILE_NAME = "^[^/{].*\\.([jJ][sS][oO][nN]|[yY][aA]?[mM][lL])$";

    private final Map<String, Definition> definitions = new TreeMap<>();

    private final JavadocTexts texts;

    private SchemaGenerator(JavadocTexts texts) {
        this.texts = texts;
    }

    private record Definition(Class<?> type, ObjectNode schema) {}

    /**
     * Writes a schema.
     *
     * @param root the record of a whole file
     * @param title the schema's title
     * @param id the schema's {@code $id}, a URI
     * @param texts the Javadoc of the types
     * @return the schema as indented JSON that ends in a newline, the same for the same types
     * @throws IllegalArgumentException when a type cannot be read from YAML, two types have one name, an example is no
     *     YAML, or a default in the Javadoc is not that of the factory
     */
    public static String generate(Class<?> root, String title, String id, JavadocTexts texts) {
        SchemaGenerator generator = new SchemaGenerator(texts);
        RecordShape shape = RecordShape.of(root);
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("$id", id);
        schema.put("title", title);
        generator.describe(schema, root);
        generator.mapping(schema, shape).put("type", "object");
        ObjectNode all = schema.putObject("definitions");
        generator.definitions.forEach((name, definition) -> all.set(name, definition.schema()));
        return print(schema);
    }

    /** The schema of a record's mapping, put into a node. */
    private ObjectNode mapping(ObjectNode schema, RecordShape shape) {
        schema.set("type", shape.allOptional() ? strings("object", "null") : JSON.textNode("object"));
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        Optional<Object> defaults = defaults(shape);
        for (RecordShape.Component component : shape.components()) {
            properties.set(component.key(), property(shape, component, defaults));
            if (component.required()) {
                required.add(component.key());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    /** A record with its defaults, in which the examples are given for what is required. */
    private static Optional<Object> defaults(RecordShape shape) {
        List<RecordShape.Component> required = shape.components().stream()
                .filter(RecordShape.Component::required)
                .toList();
        if (required.size() == shape.components().size()) {
            return Optional.empty();
        }
        Map<String, Object> given = new HashMap<>();
        required.forEach(
                component -> Binder.example(component).ifPresent(example -> given.put(component.name(), example)));
        return given.size() == required.size() ? Optional.of(shape.create(given)) : Optional.empty();
    }

    private ObjectNode property(RecordShape shape, RecordShape.Component component, Optional<Object> defaults) {
        ObjectNode own = JSON.objectNode();
        Optional<JsonNode> filled = component.required()
                ? Optional.empty()
                : defaults.flatMap(record -> SchemaValue.in(component, record))
                        .flatMap(value -> SchemaValue.of(component.type(), value));
        boolean isThatOfItsKeys = filled.isPresent() && filled.equals(ownDefaults(component.type()));
        text(component)
                .ifPresent(
                        text -> own.put("description", description(shape, component, text, isThatOfItsKeys, filled)));
        if (!component.example().isEmpty()) {
            own.putArray("examples").add(SchemaValue.ofExample(component, component.example()));
        }
        filled.filter(value -> !isThatOfItsKeys).ifPresent(value -> own.set("default", value));
        ObjectNode schema = schema(component.type());
        Optional.ofNullable(SchemaValue.declared(component).getAnnotation(Limit.class))
                .ifPresent(limit -> SchemaLimits.put(limit, component.type().withoutOptional(), schema));
        if (!schema.has("$ref") || own.isEmpty()) {
            return own.setAll(schema);
        }
        // Draft 7 ignores what stands beside $ref.
        own.putArray("allOf").add(schema);
        return own;
    }

    /** An entry of an inline map is described by the Javadoc of its record. */
    private Optional<String> text(RecordShape.Component component) {
        return component.inline()
                ? texts.of(component.type().raw())
                : texts.of(SchemaValue.declared(component).getDeclaringClass(), component.name());
    }

    private ObjectNode schema(SpecType type) {
        return switch (type.kind()) {
            case ANYTHING, NODE -> JSON.objectNode();
            case TEXT -> JSON.objectNode().set("type", strings("string", "number"));
            case INTEGER -> JSON.objectNode().put("type", "integer");
            case DECIMAL -> JSON.objectNode().put("type", "number");
            case BOOLEAN -> JSON.objectNode().put("type", "boolean");
            case OPTIONAL -> schema(type.element());
            case LIST, SET -> array(type);
            case MAP -> map(type);
            case FROM_TEXT, TREE, FILE, ENUM, RECORD, SEALED -> reference(type);
        };
    }

    private ObjectNode array(SpecType type) {
        ObjectNode schema = JSON.objectNode().put("type", "array");
        schema.set("items", schema(type.element()));
        return type.kind() == SpecType.Kind.SET ? schema.put("uniqueItems", true) : schema;
    }

    private ObjectNode map(SpecType type) {
        ObjectNode schema = JSON.objectNode();
        schema.set("type", strings("object", "null"));
        if (type.argument(0).kind() != SpecType.Kind.TEXT) {
            schema.set("propertyNames", schema(type.argument(0)));
        }
        schema.set("additionalProperties", schema(type.element()));
        return schema;
    }

    private ObjectNode reference(SpecType type) {
        String name = type.raw().getName().replaceFirst(".*\\.", "").replace('$', '.');
        Definition known = definitions.get(name);
        if (known == null) {
            ObjectNode schema = JSON.objectNode();
            definitions.put(name, new Definition(type.raw(), schema));
            define(schema, type);
        } else if (known.type() != type.raw()) {
            throw new IllegalArgumentException(known.type().getName() + " and "
                    + type.raw().getName() + " would have the same name in the schema");
        }
        return JSON.objectNode().put("$ref", "#/definitions/" + name);
    }

    private void define(ObjectNode schema, SpecType type) {
        describe(schema, type.raw());
        switch (type.kind()) {
            case FROM_TEXT -> fromText(schema, type);
            case TREE -> tree(schema, type);
            case FILE -> schema.put("type", "string").put("pattern", FILE_NAME);
            case ENUM -> words(schema, type.raw());
            case RECORD -> mapping(schema, type.shape());
            default -> forms(schema, type.forms());
        }
    }

    /** Any scalar is read by its text; a pattern restricts strings only, so unquoted numbers pass it. */
    private static void fromText(ObjectNode described, SpecType type) {
        ObjectNode schema = type.isFile() ? JSON.objectNode() : described;
        if (type.isFile()) {
            ObjectNode file = JSON.objectNode().put("type", "object");
            file.putObject("properties").putObject(TextFile.KEY).put("type", "string");
            file.set("required", strings(TextFile.KEY));
            described.putArray("anyOf").add(schema).add(file.put("additionalProperties", false));
        }
        String pattern = type.textFactory().getAnnotation(ScalarFactory.class).pattern();
        boolean takesBooleans = pattern.isEmpty()
                || Pattern.compile(pattern).matcher("true").find()
                || Pattern.compile(pattern).matcher("false").find();
        schema.set("type", takesBooleans ? strings("string", "number", "boolean") : strings("string", "number"));
        if (!pattern.isEmpty()) {
            schema.put("pattern", pattern);
        }
    }

    private static void tree(ObjectNode schema, SpecType type) {
        ArrayNode forms = schema.putArray("anyOf");
        String resource = type.treeFactory().getAnnotation(MappingFactory.class).schema();
        try {
            forms.add(new ObjectMapper().readTree(ProgramFile.read(type.raw(), resource)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(resource, e);
        }
        if (type.isFile()) {
            forms.addObject().put("type", "string").put("pattern", FILE_NAME);
        }
    }

    private void words(ObjectNode schema, Class<?> type) {
        StringBuilder description = new StringBuilder(schema.path("description").asText());
        ArrayNode words = JSON.arrayNode();
        EnumWords.of(type).forEach((word, constant) -> {
            words.add(word);
            texts.of(type, constant.name()).ifPresent(text -> description
                    .append(description.isEmpty() ? "" : "\n\n")
                    .append(word)
                    .append(": ")
                    .append(text));
        });
        if (!description.isEmpty()) {
            schema.put("description", description.toString());
        }
        schema.set("enum", words);
    }

    private void forms(ObjectNode schema, SealedForms forms) {
        ArrayNode all = schema.putArray("anyOf");
        forms.words().forEach((word, shape) -> {
            ObjectNode form = all.addObject();
            describe(form, shape.type());
            form.set("const", SchemaValue.word(word));
        });
        forms.keys().forEach((key, type) -> {
            ObjectNode form = all.addObject().put("type", "object");
            form.putObject("properties").set(key, schema(type));
            form.set("required", strings(key));
            form.put("additionalProperties", false);
        });
        forms.text().ifPresent(type -> all.add(schema(type)));
        forms.sequence().ifPresent(shape -> {
            ObjectNode form = all.addObject();
            describe(form, shape.type());
            form.setAll(schema(shape.components().get(0).type()));
        });
        forms.plain().ifPresent(shape -> all.add(reference(SpecType.of(shape.type()))));
    }

    private void describe(ObjectNode schema, Class<?> type) {
        texts.of(type).ifPresent(text -> schema.put("description", text));
    }

    /** The description with the default, which keys of a mapping describe themselves. */
    private static String description(
            RecordShape shape,
            RecordShape.Component component,
            String javadoc,
            boolean isThatOfItsKeys,
            Optional<JsonNode> filled) {
        PropertyText text = PropertyText.of(javadoc);
        Optional<String> stated = text.defaultValue();
        boolean hasNone = component.required() || isThatOfItsKeys;
        Optional<String> value = filled.filter(each -> !each.isContainerNode() || !each.isEmpty())
                .map(AnnotatedExample::flow);
        if (stated.isPresent() && (hasNone || value.isPresent() && !stated.equals(value))) {
            throw new IllegalArgumentException("%s.%s: the Javadoc says \"default %s\", its factory %s"
                    .formatted(
                            shape.type().getSimpleName(),
                            component.name(),
                            stated.get(),
                            hasNone ? "none" : value.orElse("")));
        }
        return text.description()
                + (hasNone ? "" : "\n\nDefault: " + value.or(() -> stated).orElse("none"));
    }

    /** What a mapping is without a key. */
    private static Optional<JsonNode> ownDefaults(SpecType type) {
        return type.kind() == SpecType.Kind.RECORD
                ? defaults(type.shape()).flatMap(all -> SchemaValue.of(type, all))
                : Optional.empty();
    }

    private static ArrayNode strings(String... values) {
        ArrayNode array = JSON.arrayNode();
        for (String value : values) {
            array.add(value);
        }
        return array;
    }

    private static String print(ObjectNode schema) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                        .withObjectEmptySeparator("")
                        .withArrayEmptySeparator(""))
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

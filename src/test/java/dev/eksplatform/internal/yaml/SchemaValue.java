package dev.eksplatform.internal.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.problem.InvalidInputException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values as they are written in a file, for the defaults and examples of the JSON schema. */
final class SchemaValue {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SchemaValue() {}

    /**
     * An example.
     *
     * @throws IllegalArgumentException when it is not YAML
     */
    static JsonNode ofExample(RecordShape.Component component, String example) {
        try {
            YamlNode node = YamlDocument.parse(component.key(), example).root();
            SpecType.Kind kind = component.type().withoutOptional().kind();
            boolean isText = kind == SpecType.Kind.TEXT || kind == SpecType.Kind.FROM_TEXT;
            return isText && node instanceof YamlNode.Scalar scalar
                    ? JSON.textNode(scalar.text())
                    : MAPPER.valueToTree(PlainTree.of(node));
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException("the example of " + declared(component) + " is not YAML", e);
        }
    }

    /** A value, when it can be written: an empty Optional cannot, nor a value type whose text is not its toString. */
    static Optional<JsonNode> of(SpecType type, Object value) {
        return switch (type.kind()) {
            case ANYTHING, TEXT, INTEGER, DECIMAL, BOOLEAN -> Optional.of(MAPPER.valueToTree(value));
            case NODE, TREE, FILE -> Optional.empty();
            case FROM_TEXT -> text(type, value);
            case ENUM -> Optional.of(JSON.textNode(EnumWords.word((Enum<?>) value)));
            case OPTIONAL -> ((Optional<?>) value).flatMap(some -> of(type.element(), some));
            case LIST, SET -> list(type, (Collection<?>) value);
            case MAP -> map(type, (Map<?, ?>) value);
            case RECORD -> record(type.shape(), value);
            case SEALED -> form(type.forms(), value);
        };
    }

    private static Optional<JsonNode> text(SpecType type, Object value) {
        try {
            boolean same = value.equals(RecordReflection.call(type.textFactory(), null, value.toString()));
            return same ? Optional.of(JSON.textNode(value.toString())) : Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> list(SpecType type, Collection<?> values) {
        ArrayNode array = JSON.arrayNode();
        for (Object value : values) {
            Optional<JsonNode> written = of(type.element(), value);
            if (written.isEmpty()) {
                return Optional.empty();
            }
            array.add(written.get());
        }
        return Optional.of(array);
    }

    private static Optional<JsonNode> map(SpecType type, Map<?, ?> values) {
        if (type.element().kind() == SpecType.Kind.ANYTHING) {
            return Optional.of(MAPPER.valueToTree(values));
        }
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            Optional<JsonNode> key = of(type.argument(0), entry.getKey());
            Optional<JsonNode> value = of(type.element(), entry.getValue());
            if (key.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            object.set(key.get().asText(), value.get());
        }
        return Optional.of(object);
    }

    /** The value of a component in a record; empty for an entry that is not there. */
    static Optional<Object> in(RecordShape.Component component, Object record) {
        Object value = record;
        for (Method each : component.accessors()) {
            value = RecordReflection.call(each, value);
        }
        return component.inline() ? Optional.ofNullable(((Map<?, ?>) value).get(component.key())) : Optional.of(value);
    }

    /** Reads the component from the record that declares it. */
    static Method declared(RecordShape.Component component) {
        return component.accessors().get(component.accessors().size() - 1);
    }

    private static Optional<JsonNode> record(RecordShape shape, Object record) {
        ObjectNode object = JSON.objectNode();
        for (RecordShape.Component component : shape.components()) {
            Optional<Object> value = in(component, record);
            Optional<JsonNode> written = value.flatMap(one -> of(component.type(), one));
            if (written.isPresent()) {
                object.set(component.key(), written.get());
            } else if (value.isPresent() && !value.get().equals(Optional.empty())) {
                return Optional.empty();
            }
        }
        return Optional.of(object);
    }

    /** The word of a form, as YAML reads it: {@code true} and {@code false} are no text. */
    static JsonNode word(String word) {
        return List.of("true", "false").contains(word)
                ? JSON.booleanNode(Boolean.parseBoolean(word))
                : JSON.textNode(word);
    }

    private static Optional<JsonNode> form(SealedForms forms, Object value) {
        for (Map.Entry<String, RecordShape> word : forms.words().entrySet()) {
            if (word.getValue().type() == value.getClass()) {
                return Optional.of(word(word.getKey()));
            }
        }
        for (Map.Entry<String, SpecType> key : forms.keys().entrySet()) {
            if (key.getValue().raw() == value.getClass()) {
                return of(key.getValue(), value)
                        .map(content -> JSON.objectNode().set(key.getKey(), content));
            }
        }
        if (forms.sequence().filter(shape -> shape.type() == value.getClass()).isPresent()) {
            RecordShape.Component only = forms.sequence().get().components().get(0);
            return in(only, value).flatMap(list -> of(only.type(), list));
        }
        SpecType other = SpecType.of(value.getClass());
        return of(other, value);
    }
}

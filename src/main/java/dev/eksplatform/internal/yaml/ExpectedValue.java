package dev.eksplatform.internal.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The values that a type can have, for an error. */
final class ExpectedValue {

    private ExpectedValue() {}

    static String in(SpecType type) {
        return switch (type.kind()) {
            case ANYTHING, NODE -> "any value";
            case TEXT -> "text";
            case TREE -> "a mapping" + (type.isFile() ? ", or the name of a JSON or YAML file" : "");
            case FILE -> "the name of a YAML file";
            case FROM_TEXT -> {
                String example = RecordShape.exampleOf(type.raw());
                String text = example.isEmpty() ? "text" : "text such as " + example;
                yield text + (type.isFile() ? ", or {file: NAME}" : "");
            }
            case INTEGER -> "a whole number";
            case DECIMAL -> "a number";
            case BOOLEAN -> "true or false";
            case ENUM -> String.join(", ", EnumWords.of(type.raw()).keySet());
            case OPTIONAL -> in(type.element());
            case LIST, SET -> "a list";
            case MAP -> "a mapping";
            case RECORD -> mapping(type.shape());
            case SEALED -> forms(type.forms());
        };
    }

    static String keys(RecordShape shape) {
        return shape.components().isEmpty()
                ? "no keys"
                : shape.components().stream().map(RecordShape.Component::key).collect(Collectors.joining(", "));
    }

    static String requiredKeys(RecordShape shape) {
        return shape.components().stream()
                .filter(RecordShape.Component::required)
                .map(RecordShape.Component::key)
                .collect(Collectors.joining(", "));
    }

    static String forms(SealedForms forms) {
        List<String> all = new ArrayList<>(forms.words().keySet());
        forms.keys().keySet().forEach(key -> all.add("{" + key + ": …}"));
        forms.text().ifPresent(type -> all.add(in(type)));
        forms.sequence().ifPresent(shape -> all.add("a list"));
        forms.plain().ifPresent(shape -> all.add(mapping(shape)));
        return String.join(", or ", all);
    }

    private static String mapping(RecordShape shape) {
        return shape.components().isEmpty() ? "an empty mapping" : "a mapping with " + keys(shape);
    }
}

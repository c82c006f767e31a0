package dev.eksplatform.internal.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what may stand in a place, for an error. */
final class ExpectedValue {

    private ExpectedValue() {}

    static String in(SpecType type) {
        return switch (type.kind()) {
            case ANYTHING, NODE -> "any value";
            case TEXT -> "text";
            case TREE -> "a mapping" + (type.isFile() ? ", or the name of a JSON or YAML file" : "");
            case FROM_TEXT -> example(type).map(text -> "text such as " + text).orElse("text");
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

    private static Optional<String> example(SpecType type) {
        return Optional.ofNullable(type.raw().getAnnotation(Doc.class))
                .map(Doc::example)
                .filter(text -> !text.isEmpty());
    }
}

package dev.eksplatform.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forms in which the permitted records of a sealed interface are written, see {@link YamlForm}. Besides those, one
 * permitted type may be a value type with a {@link dev.eksplatform.internal.yaml.ScalarFactory} factory: it is any scalar that is not
 * one of the words.
 */
final class SealedForms {

    private static final ClassValue<SealedForms> FORMS = new ClassValue<>() {
        @Override
        protected SealedForms computeValue(Class<?> type) {
            return new SealedForms(type);
        }
    };

    private final Class<?> type;
    private final Map<String, RecordShape> words = new LinkedHashMap<>();
    private final Map<String, SpecType> keys = new LinkedHashMap<>();
    private final List<RecordShape> plain = new ArrayList<>();
    private final List<RecordShape> sequences = new ArrayList<>();
    private final List<SpecType> texts = new ArrayList<>();

    private SealedForms(Class<?> type) {
        this.type = type;
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            add(SpecType.of(permitted));
        }
        checkOne("plain forms", plain);
        checkOne("sequences", sequences);
        checkOne("text forms", texts);
        for (RecordShape shape : plain) {
            keys.keySet().stream()
                    .filter(key -> shape.byKey(key).isPresent())
                    .findFirst()
                    .ifPresent(key -> {
                        throw wrong("both a form and the plain form have the key " + key);
                    });
        }
    }

    static SealedForms of(Class<?> type) {
        return FORMS.get(type);
    }

    Map<String, RecordShape> words() {
        return Collections.unmodifiableMap(words);
    }

    Map<String, SpecType> keys() {
        return Collections.unmodifiableMap(keys);
    }

    Optional<RecordShape> plain() {
        return plain.stream().findFirst();
    }

    Optional<RecordShape> sequence() {
        return sequences.stream().findFirst();
    }

    Optional<SpecType> text() {
        return texts.stream().findFirst();
    }

    private void add(SpecType permitted) {
        if (permitted.kind() == SpecType.Kind.FROM_TEXT) {
            texts.add(permitted);
            return;
        }
        if (permitted.kind() != SpecType.Kind.RECORD) {
            throw wrong(permitted.raw().getSimpleName() + " is neither a record nor a value type");
        }
        RecordShape shape = permitted.shape();
        YamlForm form = permitted.raw().getAnnotation(YamlForm.class);
        if (form == null) {
            plain.add(shape);
        } else if (!form.word().isEmpty()) {
            if (!shape.components().isEmpty()) {
                throw wrong("the word " + form.word() + " has components");
            }
            if (words.put(form.word(), shape) != null) {
                throw wrong("two forms have the word " + form.word());
            }
        } else if (!form.key().isEmpty()) {
            if (keys.put(form.key(), permitted) != null) {
                throw wrong("two forms have the key " + form.key());
            }
        } else if (form.sequence()) {
            boolean isList = shape.components().size() == 1
                    && shape.components().get(0).type().kind() == SpecType.Kind.LIST;
            if (!isList) {
                throw wrong("the sequence " + shape.type().getSimpleName() + " needs one component, a List");
            }
            sequences.add(shape);
        } else {
            throw wrong("@YamlForm of " + shape.type().getSimpleName() + " has no word, key or sequence");
        }
    }

    private void checkOne(String what, List<?> found) {
        if (found.size() > 1) {
            throw wrong("it has " + found.size() + " " + what + ", which cannot be distinguished");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(type.getName() + ": " + what);
    }
}

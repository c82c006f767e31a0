package dev.eksplatform.internal.yaml;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of an enum in YAML: its constants in kebab-case, such as {@code per-zone} for {@code PER_ZONE}. */
final class EnumWords {

    private EnumWords() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Map<String, Enum<?>> of(Class<?> type) {
        Map<String, Enum<?>> words = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            words.put(word((Enum<?>) constant), (Enum<?>) constant);
        }
        return Collections.unmodifiableMap(words);
    }

    static Optional<Doc> doc(Enum<?> constant) {
        try {
            Field field = constant.getDeclaringClass().getField(constant.name());
            return Optional.ofNullable(field.getAnnotation(Doc.class));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}

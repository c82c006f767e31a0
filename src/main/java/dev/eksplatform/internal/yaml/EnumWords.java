package dev.eksplatform.internal.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The words of an enum in YAML: its constants in kebab-case, such as {@code per-zone} for {@code PER_ZONE}. */
public final class EnumWords {

    private EnumWords() {}

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Map<String, Enum<?>> of(Class<?> type) {
        Map<String, Enum<?>> words = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            words.put(word((Enum<?>) constant), (Enum<?>) constant);
        }
        return Collections.unmodifiableMap(words);
    }
}

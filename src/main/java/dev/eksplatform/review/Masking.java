package dev.eksplatform.review;

import dev.eksplatform.plan.Secrets;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Masks every text of a record and of the records in it, so that no field added later is forgotten. */
final class Masking {

    private final Secrets secrets;

    Masking(Secrets secrets) {
        this.secrets = secrets;
    }

    <T extends Record> T masked(T record) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) record.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                values[i] = value(components[i].getAccessor().invoke(record));
            }
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (IllegalAccessException
                | InvocationTargetException
                | InstantiationException
                | NoSuchMethodException e) {
            throw new IllegalStateException("cannot mask " + type.getName(), e);
        }
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return printable(secrets.masked(text));
        }
        if (value instanceof ReviewBinding) {
            return value;
        }
        if (value instanceof Record record) {
            return masked(record);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::value).toList();
        }
        return value;
    }

    /**
     * Shows what would otherwise work unseen: control characters, and those that turn the direction of text, which can
     * make a reader see something else than what is applied.
     */
    static String printable(String text) {
        if (text.chars().noneMatch(Masking::unseen)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> {
            if (unseen(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    private static boolean unseen(int c) {
        boolean control = c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
        boolean direction = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f;
        return control || direction || c == 0xfffe || c == 0xffff || c == 0x2028 || c == 0x2029;
    }
}

package dev.eksplatform.internal.plan;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Masks every text of a record and of the records in it that is not {@link Published}: no field added later is forgotten. */
public final class Masking {

    /** Fewer elements are masked by one thread. */
    private static final int FEW = 256;

    private final Secrets secrets;
    private final Map<Class<?>, Shape<?>> shapes = new ConcurrentHashMap<>();
    /** Addresses and sentences recur. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** How records of one type are read and created, kept because reflection is slow. */
    private record Shape<T>(List<Method> accessors, List<Boolean> published, Constructor<T> constructor) {

        static <T> Shape<T> of(Class<T> type) {
            RecordComponent[] components = type.getRecordComponents();
            try {
                return new Shape<>(
                        Arrays.stream(components)
                                .map(RecordComponent::getAccessor)
                                .toList(),
                        Arrays.stream(components)
                                .map(component -> component.isAnnotationPresent(Published.class))
                                .toList(),
                        type.getDeclaredConstructor(Arrays.stream(components)
                                .map(RecordComponent::getType)
                                .toArray(Class<?>[]::new)));
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("no record: " + type.getName(), e);
            }
        }
    }

    public Masking(Secrets secrets) {
        this.secrets = secrets;
    }

    public <T extends Record> T masked(T record) {
        @SuppressWarnings("unchecked")
        Shape<T> shape = (Shape<T>) shapes.computeIfAbsent(record.getClass(), Shape::of);
        Object[] values = new Object[shape.accessors().size()];
        try {
            for (int i = 0; i < values.length; i++) {
                Object value = shape.accessors().get(i).invoke(record);
                values[i] = value(value, shape.published().get(i));
            }
            return shape.constructor().newInstance(values);
        } catch (IllegalAccessException | InvocationTargetException | InstantiationException e) {
            throw new IllegalStateException("cannot mask " + record.getClass().getName(), e);
        }
    }

    private @Nullable Object value(@Nullable Object value, boolean published) {
        if (value instanceof String text) {
            return published ? printable(text) : known.computeIfAbsent(text, this::shown);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(one -> value(one, published));
        }
        if (value instanceof Record record) {
            return masked(record);
        }
        if (value instanceof List<?> list) {
            Stream<?> elements = list.size() < FEW ? list.stream() : list.parallelStream();
            return elements.map(one -> value(one, published)).toList();
        }
        return value;
    }

    private String shown(String text) {
        return printable(secrets.masked(text));
    }

    /**
     * Escapes characters that cannot be seen: control characters, halves of surrogate pairs, and those that change the
     * direction of text, so that a reader would see something else than what is applied.
     */
    public static String printable(String text) {
        if (isPlain(text) || text.codePoints().noneMatch(Masking::unseen)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (unseen(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** Most texts are in ASCII, and decided quickly. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7f || c < 0x20 && c != '\n' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean unseen(int c) {
        boolean control = c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0;
        boolean direction = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f;
        boolean halfOfAPair = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return control || direction || halfOfAPair || c == 0xfffe || c == 0xffff || c == 0x2028 || c == 0x2029;
    }
}

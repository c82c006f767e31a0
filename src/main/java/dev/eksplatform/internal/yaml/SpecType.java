package dev.eksplatform.internal.yaml;

import dev.eksplatform.internal.json.LocatedJson;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A type that can be read from YAML, and how. */
public record SpecType(Type type, Class<?> raw, Kind kind) {

    /** How a type is read. */
    public enum Kind {
        ANYTHING,
        NODE,
        TEXT,
        FROM_TEXT,
        TREE,
        FILE,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        ENUM,
        OPTIONAL,
        LIST,
        SET,
        MAP,
        RECORD,
        SEALED
    }

    private static final Map<Class<?>, Kind> KINDS = Map.ofEntries(
            Map.entry(Object.class, Kind.ANYTHING),
            Map.entry(YamlNode.class, Kind.NODE),
            Map.entry(String.class, Kind.TEXT),
            Map.entry(int.class, Kind.INTEGER),
            Map.entry(Integer.class, Kind.INTEGER),
            Map.entry(long.class, Kind.INTEGER),
            Map.entry(Long.class, Kind.INTEGER),
            Map.entry(double.class, Kind.DECIMAL),
            Map.entry(Double.class, Kind.DECIMAL),
            Map.entry(boolean.class, Kind.BOOLEAN),
            Map.entry(Boolean.class, Kind.BOOLEAN),
            Map.entry(Optional.class, Kind.OPTIONAL),
            Map.entry(List.class, Kind.LIST),
            Map.entry(Set.class, Kind.SET),
            Map.entry(Map.class, Kind.MAP));

    private static final Set<Kind> MAP_KEYS = EnumSet.of(Kind.TEXT, Kind.FROM_TEXT, Kind.ENUM);

    private static final ClassValue<Optional<Method>> FACTORIES = factories(ScalarFactory.class, String.class);
    private static final ClassValue<Optional<Method>> TREE_FACTORIES =
            factories(MappingFactory.class, LocatedJson.class);
    private static final ClassValue<Optional<Method>> FILE_FACTORIES =
            factories(FileFactory.class, YamlNode.Mapping.class);

    private static ClassValue<Optional<Method>> factories(Class<? extends Annotation> mark, Class<?> from) {
        return new ClassValue<>() {
            @Override
            protected Optional<Method> computeValue(Class<?> type) {
                return Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(mark))
                        .findFirst()
                        .map(method -> checkedFactory(type, method, from));
            }
        };
    }

    /**
     * Looks at a type.
     *
     * @throws IllegalArgumentException when it cannot be read from YAML, which is a defect of the spec
     */
    public static SpecType of(Type type) {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : null;
        if (type instanceof Class<?> plain) {
            raw = plain;
        }
        if (raw == null) {
            throw new IllegalArgumentException(type.getTypeName() + " cannot be read from YAML");
        }
        Kind kind = kind(raw);
        SpecType found = new SpecType(type, raw, kind);
        if (raw.getTypeParameters().length > 0) {
            found.checkArguments();
        }
        return found;
    }

    private void checkArguments() {
        if (kind == Kind.RECORD || kind == Kind.SEALED || type == raw) {
            throw new IllegalArgumentException(type.getTypeName() + " cannot be read from YAML");
        }
        element();
        if (kind == Kind.MAP && !MAP_KEYS.contains(argument(0).kind())) {
            throw new IllegalArgumentException(type.getTypeName() + " has keys that are not text");
        }
    }

    private static Kind kind(Class<?> raw) {
        Kind known = KINDS.get(raw);
        if (known != null) {
            return known;
        } else if (FACTORIES.get(raw).isPresent()) {
            return Kind.FROM_TEXT;
        } else if (TREE_FACTORIES.get(raw).isPresent()) {
            return Kind.TREE;
        } else if (FILE_FACTORIES.get(raw).isPresent()) {
            return Kind.FILE;
        } else if (raw.isEnum()) {
            return Kind.ENUM;
        } else if (raw.isRecord()) {
            return Kind.RECORD;
        } else if (raw.isSealed() && raw.isInterface()) {
            return Kind.SEALED;
        }
        throw new IllegalArgumentException(raw.getName() + " cannot be read from YAML");
    }

    private static Method checkedFactory(Class<?> type, Method method, Class<?> from) {
        boolean fits = Modifier.isStatic(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {from})
                && type.isAssignableFrom(method.getReturnType());
        if (!fits) {
            throw new IllegalArgumentException(method + " needs to be a static method from " + from.getSimpleName()
                    + " to " + type.getSimpleName());
        }
        return RecordReflection.accessible(method);
    }

    /** The type in angle brackets. */
    public SpecType argument(int index) {
        return of(((ParameterizedType) type).getActualTypeArguments()[index]);
    }

    /** The type of an element of an Optional, List or Set, or of a value of a Map. */
    public SpecType element() {
        return argument(kind == Kind.MAP ? 1 : 0);
    }

    SpecType withoutOptional() {
        return kind == Kind.OPTIONAL ? element() : this;
    }

    Method textFactory() {
        return FACTORIES.get(raw).orElseThrow();
    }

    Method treeFactory() {
        return TREE_FACTORIES.get(raw).orElseThrow();
    }

    Method fileFactory() {
        return FILE_FACTORIES.get(raw).orElseThrow();
    }

    /** Whether a tree, or a text, may be in a file of its own. */
    boolean isFile() {
        return kind == Kind.TREE
                ? treeFactory().getAnnotation(MappingFactory.class).file()
                : kind == Kind.FROM_TEXT
                        && textFactory().getAnnotation(ScalarFactory.class).file();
    }

    public RecordShape shape() {
        return RecordShape.of(raw);
    }

    SealedForms forms() {
        return SealedForms.of(raw);
    }

    /** Says whether a key with nothing after it means "with all defaults". */
    boolean acceptsNothing() {
        return switch (kind) {
            case MAP -> true;
            case OPTIONAL -> element().acceptsNothing();
            case RECORD -> shape().allOptional();
            case SEALED -> forms().plain().map(RecordShape::allOptional).orElse(false);
            default -> false;
        };
    }
}

package dev.eksplatform.internal.yaml;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The components of a record, which of them a file may leave out, and how the record is created. */
public final class RecordShape {

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final Constructor<?> constructor;
    private final Optional<Method> defaults;
    private final List<Component> components;
    private final List<RecordComponent> declared;

    /**
     * One key of the record's mapping: a component, or with {@link YamlInline} an entry of one.
     *
     * @param name its name in Java
     * @param key its key in YAML
     * @param type its type
     * @param required whether a file must give it
     * @param example an example of its value in YAML; empty for none
     * @param freeYaml how its free YAML is read; empty for the core schema of YAML 1.2
     * @param accessors read it, or the map that it is an entry of, from a record, each from what the one before it has read
     * @param inline whether it is an entry of a map
     */
    public record Component(
            String name,
            String key,
            SpecType type,
            boolean required,
            String example,
            Optional<FreeYaml.Reading> freeYaml,
            List<Method> accessors,
            boolean inline) {

        private Component below(Method outer) {
            List<Method> path = new ArrayList<>(List.of(outer));
            path.addAll(accessors);
            return new Component(name, key, type, false, example, freeYaml, List.copyOf(path), inline);
        }
    }

    private RecordShape(Class<?> type) {
        this.type = type;
        this.declared = List.of(type.getRecordComponents());
        this.constructor = canonicalConstructor(type, declared);
        this.defaults = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Defaults.class))
                .findFirst()
                .map(RecordReflection::accessible);
        Set<String> required = new HashSet<>();
        defaults.ifPresent(factory -> required.addAll(requiredBy(factory, declared)));
        List<Component> found = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (RecordComponent component : declared) {
            if (component.isAnnotationPresent(YamlInline.class)) {
                (component.getType().isRecord() ? keysOf(component) : entries(component))
                        .forEach(one -> add(one, found, keys));
                continue;
            }
            YamlKey key = component.getAnnotation(YamlKey.class);
            String written = key == null ? component.getName() : key.value();
            Component one = new Component(
                    component.getName(),
                    written,
                    typeOf(component),
                    defaults.isEmpty() || required.contains(component.getName()),
                    exampleOf(component),
                    Optional.ofNullable(component.getAnnotation(FreeYaml.class)).map(FreeYaml::value),
                    List.of(RecordReflection.accessible(component.getAccessor())),
                    false);
            add(one, found, keys);
        }
        this.components = List.copyOf(found);
    }

    /** The example of a component or a type; empty for none. */
    static String exampleOf(AnnotatedElement annotated) {
        Example example = annotated.getAnnotation(Example.class);
        return example == null ? "" : example.value();
    }

    private void add(Component component, List<Component> found, Set<String> keys) {
        if (!keys.add(component.key())) {
            throw new IllegalArgumentException(type.getName() + " has two components with the key " + component.key());
        }
        found.add(component);
    }

    private static Stream<Component> keysOf(RecordComponent record) {
        Method accessor = RecordReflection.accessible(record.getAccessor());
        return of(record.getType()).components.stream().map(component -> component.below(accessor));
    }

    /** The keys of a sealed interface's records, which the entries of a map have. */
    private static Stream<Component> entries(RecordComponent map) {
        Class<?> forms = (Class<?>) ((ParameterizedType) map.getGenericType()).getActualTypeArguments()[1];
        Method accessor = RecordReflection.accessible(map.getAccessor());
        return SealedForms.of(forms).keys().entrySet().stream()
                .map(form -> new Component(
                        form.getKey(),
                        form.getKey(),
                        form.getValue(),
                        false,
                        exampleOf(form.getValue().raw()),
                        Optional.empty(),
                        List.of(accessor),
                        true));
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Class<?> type() {
        return type;
    }

    public List<Component> components() {
        return components;
    }

    boolean allOptional() {
        return components.stream().noneMatch(Component::required);
    }

    Optional<Component> byKey(String key) {
        return components.stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /** The environment variable for the value of a key that is in no file, see {@link SecretKeys}; Terraform's spelling is one, too. */
    Optional<String> secretVariable(String key) {
        SecretKeys secrets = type.getAnnotation(SecretKeys.class);
        String plain = key.replace("_", "");
        return secrets == null
                ? Optional.empty()
                : Stream.of(secrets.value())
                        .map(secret -> secret.split("=", 2))
                        .filter(secret -> secret[0].equalsIgnoreCase(plain))
                        .map(secret -> secret[1])
                        .findFirst();
    }

    /** Why the record has no such key any more, and what to use instead. */
    Optional<GoneKey> gone(String key) {
        return Optional.ofNullable(type.getAnnotation(GoneKey.class))
                .filter(gone -> gone.key().equals(key));
    }

    /** The component that a spec means by a name in one of its problems: its key or its name in Java. */
    Optional<Component> byKeyOrName(String word) {
        return byKey(word).or(() -> components.stream()
                .filter(each -> each.name().equals(word))
                .findFirst());
    }

    /**
     * Makes the record.
     *
     * @param given the components that the file gives, by name, with every required one
     * @throws dev.eksplatform.problem.InvalidInputException when the record refuses them
     */
    Object create(Map<String, Object> given) {
        return create(
                given,
                given.size() == components.size() ? null : withDefaults(given).orElseThrow());
    }

    /** Makes the record of what is given, and of what another one has for the rest. */
    private Object create(Map<String, Object> given, @Nullable Object filled) {
        Object[] arguments = declared.stream()
                .map(component -> argument(component, given, filled))
                .toArray();
        return RecordReflection.construct(constructor, arguments);
    }

    private Optional<Object> withDefaults(Map<String, Object> given) {
        return defaults.map(factory -> RecordReflection.call(
                factory,
                null,
                Arrays.stream(factory.getParameters())
                        .map(parameter -> given.get(parameter.getName()))
                        .toArray()));
    }

    private Object argument(RecordComponent component, Map<String, Object> given, @Nullable Object filled) {
        boolean inline = component.isAnnotationPresent(YamlInline.class);
        if (inline && !component.getType().isRecord()) {
            return inlined(given);
        }
        Object value = given.get(component.getName());
        if (value != null) {
            return value;
        }
        Object before = filled == null
                ? null
                : RecordReflection.call(RecordReflection.accessible(component.getAccessor()), filled);
        return inline ? of(component.getType()).create(given, before) : Objects.requireNonNull(before);
    }

    private Map<String, Object> inlined(Map<String, Object> given) {
        Map<String, Object> entries = new LinkedHashMap<>();
        components.stream()
                .filter(component -> component.inline() && given.containsKey(component.name()))
                .forEach(component -> entries.put(component.key(), given.get(component.name())));
        return Collections.unmodifiableMap(entries);
    }

    private static Constructor<?> canonicalConstructor(Class<?> type, List<RecordComponent> components) {
        try {
            return RecordReflection.accessible(type.getDeclaredConstructor(
                    components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> requiredBy(Method factory, List<RecordComponent> components) {
        if (!Modifier.isStatic(factory.getModifiers())) {
            throw new IllegalArgumentException(factory + ": @Defaults needs a static method");
        }
        List<String> required = new ArrayList<>();
        for (Parameter parameter : factory.getParameters()) {
            boolean fits = components.stream()
                    .anyMatch(component -> component.getName().equals(parameter.getName())
                            && parameter.getType().isAssignableFrom(component.getType()));
            if (!fits) {
                throw new IllegalArgumentException(factory + ": no component has the name and type of its parameter "
                        + parameter.getName() + " (names need the compiler's -parameters)");
            }
            required.add(parameter.getName());
        }
        return required;
    }

    private static SpecType typeOf(RecordComponent component) {
        try {
            return SpecType.of(component.getGenericType());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    component.getDeclaringRecord().getName() + "." + component.getName() + ": " + e.getMessage(), e);
        }
    }
}

package dev.eksplatform.internal.yaml;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * One component.
     *
     * @param name its name in Java
     * @param key its key in YAML
     * @param type its type
     * @param required whether a file must give it
     * @param example an example of its value in YAML; empty for none
     * @param freeYaml how its free YAML is read; empty for the core schema of YAML 1.2
     * @param accessor reads it from a record
     */
    public record Component(
            String name,
            String key,
            SpecType type,
            boolean required,
            String example,
            Optional<FreeYaml.Reading> freeYaml,
            Method accessor) {}

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] declared = type.getRecordComponents();
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
            YamlKey key = component.getAnnotation(YamlKey.class);
            String written = key == null ? component.getName() : key.value();
            if (!keys.add(written)) {
                throw new IllegalArgumentException(type.getName() + " has two components with the key " + written);
            }
            found.add(new Component(
                    component.getName(),
                    written,
                    typeOf(component),
                    defaults.isEmpty() || required.contains(component.getName()),
                    exampleOf(component),
                    Optional.ofNullable(component.getAnnotation(FreeYaml.class)).map(FreeYaml::value),
                    RecordReflection.accessible(component.getAccessor())));
        }
        this.components = List.copyOf(found);
    }

    /** The example of a component or a type; empty for none. */
    static String exampleOf(AnnotatedElement annotated) {
        Example example = annotated.getAnnotation(Example.class);
        return example == null ? "" : example.value();
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
        Object filled =
                given.size() == components.size() ? null : withDefaults(given).orElseThrow();
        Object[] arguments = components.stream()
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

    private static Object argument(Component component, Map<String, Object> given, @Nullable Object filled) {
        Object value = given.get(component.name());
        return value != null ? value : RecordReflection.call(component.accessor(), filled);
    }

    private static Constructor<?> canonicalConstructor(Class<?> type, RecordComponent[] components) {
        try {
            return RecordReflection.accessible(type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> requiredBy(Method factory, RecordComponent[] components) {
        if (!Modifier.isStatic(factory.getModifiers())) {
            throw new IllegalArgumentException(factory + ": @Defaults needs a static method");
        }
        List<String> required = new ArrayList<>();
        for (Parameter parameter : factory.getParameters()) {
            boolean fits = Arrays.stream(components)
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

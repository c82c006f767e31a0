package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.NodeGroupSpecBuilder;
import dev.eksplatform.internal.yaml.Defaults;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What all specs have in common, on the specs of environments that have every key. */
class SpecsTest {

    private static final Set<Record> SPECS = new LinkedHashSet<>();

    @BeforeAll
    static void read() throws Exception {
        for (String name :
                List.of("eks", "nodes", "auto-mode", "existing-network", "existing-cluster", "rosa", "overlay")) {
            collect(Environment.read(Path.of("src/test/resources/environments", name + ".yaml"))
                    .resolved()
                    .spec());
        }
        assertThat(SPECS).hasSizeGreaterThan(40);
    }

    private static void collect(@Nullable Object value) throws Exception {
        if (value instanceof Optional<?> some) {
            collect(some.orElse(null));
        } else if (value instanceof Collection<?> values) {
            for (Object each : values) {
                collect(each);
            }
        } else if (value instanceof Map<?, ?> map) {
            collect(map.values());
        } else if (value instanceof Record spec && factory(spec.getClass()).isPresent() && SPECS.add(spec)) {
            for (RecordComponent component : spec.getClass().getRecordComponents()) {
                collect(get(spec, component));
            }
        }
    }

    private static Optional<Method> factory(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Defaults.class))
                .findFirst();
    }

    private static Object get(Record spec, RecordComponent component) throws Exception {
        component.getAccessor().setAccessible(true);
        return component.getAccessor().invoke(spec);
    }

    private static Object created(Record spec, RecordComponent component, Object value) throws Exception {
        RecordComponent[] components = spec.getClass().getRecordComponents();
        Constructor<?> constructor = spec.getClass()
                .getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        List<Object> values = new ArrayList<>();
        for (RecordComponent each : components) {
            values.add(each.getName().equals(component.getName()) ? value : get(spec, each));
        }
        return constructor.newInstance(values.toArray());
    }

    /** A copy that can be changed, with the mappings and lists in it. */
    private static Object mutable(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>(map);
            copy.replaceAll((key, each) -> mutable(each));
            return copy;
        }
        if (value instanceof Set<?> set) {
            return new LinkedHashSet<Object>(set);
        }
        return value instanceof List<?> list
                ? new ArrayList<Object>(list.stream().map(SpecsTest::mutable).toList())
                : value;
    }

    private static void clear(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(SpecsTest::clear);
            map.clear();
        } else if (value instanceof Collection<?> values) {
            values.forEach(SpecsTest::clear);
            values.clear();
        }
    }

    @Test
    void aSpecDoesNotChangeWithTheCollectionsItWasCreatedFrom() throws Exception {
        int maps = 0;
        for (Record spec : SPECS) {
            for (RecordComponent component : spec.getClass().getRecordComponents()) {
                Object value = get(spec, component);
                if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
                    Object given = mutable(value);
                    Object copy = created(spec, component, given);
                    clear(given);
                    assertThat(copy).as(component.toString()).isEqualTo(spec);
                    maps += value instanceof Map<?, ?> map && !map.isEmpty() ? 1 : 0;
                }
            }
        }
        assertThat(maps).isGreaterThan(20);
    }

    @Test
    void collectionsOfASpecCannotBeChanged() throws Exception {
        for (Record spec : SPECS) {
            for (RecordComponent component : spec.getClass().getRecordComponents()) {
                Object value = get(spec, component);
                if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                    assertThat(catchThrowable(map::clear))
                            .as(component.toString())
                            .isInstanceOf(UnsupportedOperationException.class);
                } else if (value instanceof Collection<?> values && !values.isEmpty()) {
                    assertThat(catchThrowable(values::clear))
                            .as(component.toString())
                            .isInstanceOf(UnsupportedOperationException.class);
                }
            }
        }
    }

    private static @Nullable Throwable thrownBy(
            Method method, @Nullable Object receiver, @Nullable Object... arguments) {
        method.setAccessible(true);
        Throwable thrown = catchThrowable(() -> method.invoke(receiver, arguments));
        return thrown instanceof InvocationTargetException invocation ? invocation.getCause() : thrown;
    }

    @Test
    void aNullIsReportedWithTheNameOfItsComponent() throws Exception {
        for (Record spec : SPECS) {
            for (RecordComponent component : spec.getClass().getRecordComponents()) {
                String name = component.getName();
                Method with = spec.getClass()
                        .getMethod(
                                "with" + name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1),
                                component.getType());
                if (!component.getType().isPrimitive()) {
                    assertThat(thrownBy(with, spec, new @Nullable Object[] {null}))
                            .as(component.toString())
                            .isInstanceOf(NullPointerException.class)
                            .hasMessage(name + " is required");
                }
            }
        }
    }

    @Test
    void aNullForWhatIsRequiredIsReportedWithItsName() throws Exception {
        List<String> unnamed = new ArrayList<>();
        for (Class<?> type : SPECS.stream().map(Object::getClass).distinct().toList()) {
            Method factory = factory(type).orElseThrow();
            Parameter[] parameters = factory.getParameters();
            Record example = SPECS.stream().filter(type::isInstance).findFirst().orElseThrow();
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i].getType().isPrimitive()) {
                    continue;
                }
                Object[] arguments = new Object[parameters.length];
                for (int j = 0; j < arguments.length; j++) {
                    String name = parameters[j].getName();
                    arguments[j] = i == j
                            ? null
                            : get(
                                    example,
                                    Stream.of(type.getRecordComponents())
                                            .filter(each -> each.getName().equals(name))
                                            .findFirst()
                                            .orElseThrow());
                }
                Throwable thrown = thrownBy(factory, null, arguments);
                if (!(thrown instanceof NullPointerException)
                        || !String.valueOf(thrown.getMessage()).contains(parameters[i].getName())) {
                    unnamed.add(type.getSimpleName() + "." + parameters[i].getName() + ": " + thrown);
                }
            }
        }
        assertThat(unnamed).isEmpty();
    }

    @Test
    void aBuilderReportsWhatIsMissing() {
        assertThat(catchThrowable(() -> NodeGroupSpecBuilder.builder()
                        .instanceTypes(List.of("m7g.large"))
                        .diskGib(50)
                        .build()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("size is required");
        assertThat(NodeGroupSpec.of("m7g.large")
                        .with(group -> group.diskGib(60))
                        .diskGib())
                .isEqualTo(60);
    }
}

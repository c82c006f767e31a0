package dev.eksplatform.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.testing.Golden;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user of the constructs may rely on (docs/library.md). */
class ApiTest {

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    private static JavaClasses production;
    private static JavaClasses everything;

    @BeforeAll
    static void read() {
        everything = new ClassFileImporter().importPaths("target/classes", "target/test-classes");
        production = everything.that(describe("are in main code", type -> type.getSource()
                .filter(source -> source.getUri().getPath().contains("/target/classes/"))
                .isPresent()));
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith("dev.eksplatform.internal")
                || type.getPackageName().startsWith("dev.eksplatform")
                        && (!isPublic(type)
                                || status(type)
                                        .filter(API.Status.INTERNAL::equals)
                                        .isPresent());
    }

    /** The mark of a type, or else that of its package. */
    private static Optional<API.Status> status(JavaClass type) {
        JavaClass marked = topLevel(type);
        return mark(marked).or(() -> mark(marked.getPackage())).map(API::status);
    }

    private static Optional<API> mark(HasAnnotations<?> marked) {
        return marked.tryGetAnnotationOfType(API.class);
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ApiTest::topLevel).orElse(type);
    }

    /** Made by RecordBuilder for the {@code with…} methods of a record. */
    private static boolean isGenerated(JavaClass type) {
        return everything.contain(topLevel(type).getName() + "$With");
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ApiTest::isPublic).orElse(true);
    }

    private static Stream<JavaClass> api() {
        return production.stream().filter(type -> !isInternal(type));
    }

    private static Stream<JavaCodeUnit> callable(JavaClass type) {
        return type.getCodeUnits().stream()
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED))
                .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(unit -> mark(unit).isEmpty());
    }

    private static Stream<JavaClass> exposed(JavaClass type) {
        Stream<JavaType> members = callable(type)
                .flatMap(unit -> Stream.concat(
                        Stream.of(unit.getReturnType()),
                        Stream.concat(unit.getParameterTypes().stream(), unit.getExceptionTypes().stream())));
        Stream<JavaType> fields = type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaField::getType);
        Stream<JavaType> parents = Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream());
        return Stream.of(members, fields, parents)
                .flatMap(Function.identity())
                .flatMap(each -> each.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType);
    }

    @Test
    void everyPublicTypeOutsideOfInternalPackagesIsMarked() {
        assertThat(production.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getPackageName().startsWith("dev.eksplatform.internal"))
                        .filter(type -> !isGenerated(type))
                        .filter(type -> status(type).isEmpty())
                        .map(JavaClass::getName))
                .isEmpty();
    }

    /** A change of this file is a change of the API; it belongs into the changelog. */
    @Test
    void theApiIsAsItIsRecorded() {
        Golden.check(
                "api.txt",
                api().filter(type -> type.getPackageName().startsWith("dev.eksplatform"))
                        .filter(type -> !isGenerated(type))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .map(type -> status(type).orElseThrow() + " " + type.getName() + "\n"
                                + callable(type)
                                        .filter(unit -> !OF_EVERY_OBJECT.contains(unit.getName()))
                                        .filter(unit -> !unit.isConstructor() || !isSpec(type))
                                        .map(unit -> "    "
                                                + unit.getFullName()
                                                        .substring(
                                                                type.getName().length() + 1) + " "
                                                + unit.getReturnType().getName() + "\n")
                                        .sorted()
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining()));
    }

    @Test
    void noInternalTypeIsExposed() {
        assertThat(api().flatMap(type -> exposed(type)
                                .filter(ApiTest::isInternal)
                                .map(internal -> type.getName() + " exposes " + internal.getName()))
                        .distinct())
                .isEmpty();
    }

    @Test
    void aNewComponentOfASpecBreaksNoCaller() {
        assertThat(everything.stream()
                        .filter(ApiTest::isSpec)
                        .flatMap(spec -> spec.getConstructorCallsToSelf().stream()
                                .filter(call -> isForeign(spec, call.getOriginOwner())))
                        .map(JavaConstructorCall::getDescription))
                .isEmpty();
    }

    private static boolean isSpec(JavaClass type) {
        return type.isRecord()
                && !isInternal(type)
                && (type.getSimpleName().endsWith("Spec")
                        || type.getMethods().stream().anyMatch(each -> each.isAnnotatedWith(Defaults.class)));
    }

    private static boolean isForeign(JavaClass spec, JavaClass caller) {
        return !topLevel(caller).equals(topLevel(spec)) && !isGenerated(caller);
    }
}

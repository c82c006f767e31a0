package dev.eksplatform.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.eksplatform.internal.yaml.ScalarFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package depends on which, and other decisions on the structure. */
class ArchitectureTest {

    private static final String ROOT = "dev.eksplatform.";
    private static final String[] CDKTF = {"com.hashicorp..", "software.constructs..", "software.amazon.jsii.."};

    private static JavaClasses production;

    @BeforeAll
    static void read() {
        production = new ClassFileImporter().importPath("target/classes");
    }

    /** The table of packages in docs/design.md is the decision: what is in it, and nothing else, is so. */
    @Test
    void everyPackageDependsOnThePackagesThatTheDesignNames() throws IOException {
        Map<String, Set<String>> actual = new TreeMap<>();
        for (JavaClass one : production) {
            Set<String> below = actual.computeIfAbsent(packageOf(one), name -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(other -> other.getPackageName().startsWith(ROOT))
                    .map(ArchitectureTest::packageOf)
                    .filter(other -> !other.equals(packageOf(one)))
                    .forEach(below::add);
        }
        Map<String, Set<String>> designed = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|.*\\| ([^|]*) \\|$")
                .matcher(Files.readString(Path.of("docs/design.md")));
        while (row.find()) {
            designed.put(
                    row.group(1),
                    Pattern.compile("`([a-z.]+)`")
                            .matcher(row.group(2))
                            .results()
                            .map(name -> name.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(designed).isEqualTo(actual);
    }

    @Test
    void theYamlReaderKnowsNoConcreteRecord() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "internal.yaml")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are above internal.yaml",
                        (JavaClass known) -> known.getPackageName().startsWith(ROOT)
                                && !packageOf(known).matches("problem|internal\\.(yaml|json|files|kubernetes)")))
                .check(production);
    }

    @Test
    void noPackagesDependOnEachOther() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(production);
    }

    private static String packageOf(JavaClass one) {
        return one.getPackageName().substring(ROOT.length());
    }

    @Test
    void onlyConstructsAndStacksDependOnCdktf() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "construct",
                        ROOT + "network",
                        ROOT + "cluster",
                        ROOT + "identity",
                        ROOT + "addon",
                        ROOT + "workload",
                        ROOT + "stack",
                        ROOT + "testing")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CDKTF)
                .check(production);
    }

    @Test
    void specsDoNotDependOnCdktf() {
        noClasses()
                .that()
                .areRecords()
                .or()
                .areEnums()
                .or()
                .haveSimpleNameEndingWith("Spec")
                .or()
                .haveSimpleNameEndingWith("Graph")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CDKTF)
                .check(production);
    }

    @Test
    void theCommandLineIsOnTop() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "internal.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "internal.cli..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(production);
    }

    @Test
    void checkDoesNotDependOnTheReview() {
        noClasses()
                .that()
                .haveSimpleName("CheckCommand")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "internal.review..")
                .check(production);
    }

    @Test
    void assertionsAreOnlyForTests() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "testing")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "testing", "org.assertj..")
                .check(production);
    }

    @Test
    void aNameIsTheFieldsOwnTerm() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Data|Info)")
                .check(production);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(production.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(one -> !one.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName))
                .isEmpty();
    }

    @Test
    void specsAreRecordsOrSealedChoicesOfThem() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Spec")
                .should()
                .beRecords()
                .orShould()
                .beInterfaces()
                .check(production);
    }

    @Test
    void aValueIsReadFromItsTextByParse() {
        methods()
                .that()
                .areAnnotatedWith(ScalarFactory.class)
                .should()
                .haveName("parse")
                .check(production);
    }

    /** Whether nothing calls it by reflection or through another type. */
    private static boolean isCalledByItsName(JavaMethod method) {
        JavaClass owner = method.getOwner();
        boolean isAccessor =
                owner.isRecord() && owner.tryGetField(method.getName()).isPresent();
        boolean isOfEnum = owner.isEnum() && List.of("values", "valueOf").contains(method.getName());
        boolean isInherited = Stream.concat(
                        owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .flatMap(type -> type.getMethods().stream())
                .anyMatch(above -> above.getName().equals(method.getName())
                        && above.getRawParameterTypes().size()
                                == method.getRawParameterTypes().size());
        return !isAccessor
                && !isOfEnum
                && !isInherited
                && method.getAnnotations().isEmpty()
                && !method.getName().equals("main");
    }

    /** Of internal packages, because users of the constructs call the others. */
    @Test
    void noMethodIsOnlyForTests() {
        assertThat(production.stream()
                        .filter(type -> type.getPackageName().startsWith(ROOT + "internal"))
                        .filter(type -> !type.isAnnotation())
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(ArchitectureTest::isCalledByItsName)
                        .filter(method -> method.getAccessesToSelf().isEmpty()
                                && method.getReferencesToSelf().isEmpty())
                        .map(JavaMethod::getFullName))
                .isEmpty();
    }
}

package dev.eksplatform.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.eksplatform.internal.yaml.ScalarFactory;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know which. */
class ArchitectureTest {

    private static final String ROOT = "dev.eksplatform.";
    private static final String[] CDKTF = {"com.hashicorp..", "software.constructs..", "software.amazon.jsii.."};

    /** From the bottom up; each knows only those before it. */
    private static final List<String> CHAIN = List.of(
            "construct", "network", "cluster", "identity", "addon", "workload", "environment", "stack", "internal.cli");

    private static JavaClasses production;

    @BeforeAll
    static void read() {
        production = new ClassFileImporter().importPath("target/classes");
    }

    @Test
    void noPackagesKnowEachOther() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(production);
    }

    @Test
    void theChainOfPackagesGoesOneWay() {
        for (int i = 0; i < CHAIN.size() - 1; i++) {
            String[] above = CHAIN.subList(i + 1, CHAIN.size()).stream()
                    .map(name -> ROOT + name)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + CHAIN.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .check(production);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"problem"})
    void theBottomKnowsNoOtherPackage(String bottom) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + bottom)
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are in another package of eks-platform",
                        (JavaClass known) -> known.getPackageName().startsWith(ROOT)
                                && !known.getPackageName().equals(ROOT + bottom)))
                .check(production);
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal.kubernetes", "internal.files", "internal.json", "internal.logic"})
    void theFloorAboveKnowsOnlyProblems(String bottom) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + bottom)
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are in another package of eks-platform than problem",
                        (JavaClass known) -> known.getPackageName().startsWith(ROOT)
                                && !List.of(ROOT + bottom, ROOT + "problem").contains(known.getPackageName())))
                .check(production);
    }

    @Test
    void theYamlReaderKnowsNoConcreteRecord() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "internal.yaml")
                .should()
                .dependOnClassesThat(
                        com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are above internal.yaml",
                                (JavaClass known) -> known.getPackageName().startsWith(ROOT)
                                        && !known.getPackageName()
                                                .matches(
                                                        "dev\\.eksplatform\\.(problem|internal\\.(yaml|json|files|kubernetes))")))
                .check(production);
    }

    @Test
    void iamKnowsOnlyTheBottom() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "iam..")
                .should()
                .dependOnClassesThat(
                        com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are in another package of eks-platform than iam, problem and yaml, json, kubernetes, logic and files",
                                (JavaClass known) -> known.getPackageName().startsWith(ROOT)
                                        && !known.getPackageName()
                                                .matches(
                                                        "dev\\.eksplatform\\.(iam|problem|internal\\.(yaml|json|kubernetes|files|logic))(\\..*)?")))
                .check(production);
    }

    @Test
    void onlyConstructsAndStacksKnowCdktf() {
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
    void specsKnowNoCdktf() {
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
    void factsAndRenderersKnowTheModelOfTheReviewButNotEachOther() {
        String review = ROOT + "internal.review";
        noClasses()
                .that()
                .resideInAPackage(review)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(review + ".facts", review + ".render")
                .check(production);
        noClasses()
                .that()
                .resideInAPackage(review + ".render")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(review + ".facts")
                .check(production);
        noClasses()
                .that()
                .resideInAPackage(review + ".facts")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(review + ".render")
                .check(production);
    }

    @Test
    void plansGuardrailsAndApplyDoNotKnowTheReview() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "internal.plan", ROOT + "internal.guardrail", ROOT + "internal.apply")
                .or()
                .haveSimpleName("CheckCommand")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "internal.review..")
                .check(production);
    }

    @Test
    void assertionsAreForTestsAlone() {
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
    void publicClassesStandInPackagesThatRefuseNull() {
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

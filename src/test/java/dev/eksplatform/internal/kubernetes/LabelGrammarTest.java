package dev.eksplatform.internal.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelGrammarTest {

    private static final String A63 = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "App",
                "a",
                "1",
                "app.kubernetes.io/name",
                "example.com/MyName",
                "a_b.c-d",
                "x--y",
                "7.2/1.0"
            })
    void keys(String key) {
        assertThat(LabelGrammar.key(key)).isEmpty();
        assertThat(LabelGrammar.annotationKey(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "MyValue", "1.2.3", "3.18.0-95f1806eb07f", "12345", "a_b"})
    void values(String value) {
        assertThat(LabelGrammar.value(value)).isEmpty();
    }

    @Test
    void theLongestOfEach() {
        assertThat(LabelGrammar.key(A63)).isEmpty();
        assertThat(LabelGrammar.key("b.".repeat(126) + "b/" + A63)).isEmpty();
        assertThat(LabelGrammar.value(A63)).isEmpty();
        assertThat(LabelGrammar.value(A63 + "a").map(Problem::found))
                .hasValueSatisfying(found -> assertThat(found).endsWith("is not a label value: it has 64 characters"));
        assertThat(LabelGrammar.key(A63 + "a")).isPresent();
        assertThat(LabelGrammar.key("b".repeat(254) + "/a")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-bad    | \"-bad\" is not a label key: it begins with \"-\" | use bad",
                "bad_    | \"bad_\" is not a label key: it ends with \"_\" | use bad",
                "a/b/c   | \"a/b/c\" is not a label key: it has more than one / | use a-b-c",
                "x/      | \"x/\" is not a label key: it has no name | use x/another text",
                "bad key!| \"bad key!\" is not a label key: it has a space | use bad-key",
                "a:b     | \"a:b\" is not a label key: it has \":\" | use a-b",
                "Ex.io/a | \"Ex.io/a\" is not a label key: \"Ex.io\" before the / is not a DNS name"
                        + " | write the prefix as a DNS name in lower case, such as example.com/a",
            })
    void whatIsWrongWithAKey(String key, String found, String fix) {
        Problem problem = LabelGrammar.key(key).orElseThrow();

        assertThat(problem.found()).isEqualTo(found);
        assertThat(problem.fix()).isEqualTo(fix);
        assertThat(problem.place()).isEqualTo(Place.InSpec.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Team Payments       | Team-Payments       | it has a space",
                "3.18.0+95f1806eb07f | 3.18.0-95f1806eb07f | it has \"+\"",
                "feature/login       | feature-login       | it has \"/\"",
                "ops@example.org     | ops-example.org     | it has \"@\"",
                "Überlingen          | berlingen           | it has \"Ü\"",
                "***                 | another text        | it has \"*\"",
            })
    void whatIsWrongWithAValue(String value, String likely, String reason) {
        Problem problem = LabelGrammar.value(value).orElseThrow();

        assertThat(problem.found()).isEqualTo("\"" + value + "\" is not a label value: " + reason);
        assertThat(problem.fix()).isEqualTo("use " + likely);
        assertThat(problem.allowed())
                .hasValue("at most 63 letters, digits, -, _ and ., with a letter or a digit at both ends,"
                        + " or an empty text");
    }

    @Test
    void anAnnotationsPrefixMayHaveUpperCaseLetters() {
        assertThat(LabelGrammar.annotationKey("Example.com/a")).isEmpty();
        assertThat(LabelGrammar.annotationKey("bad key!").map(Problem::found))
                .contains("\"bad key!\" is not an annotation key: it has a space");
    }

    @Test
    void labelsAreReportedByTheirProperty() {
        Problems problems = new Problems();

        LabelGrammar.check(PropertyPath.of("labels"), Map.of("a b", "c d"), problems);

        assertThat(problems.found())
                .extracting(problem -> problem.place().toString())
                .containsExactly("labels[\"a b\"]", "labels[\"a b\"]");
    }
}

package dev.eksplatform.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainScalarsTest {

    record Free(
            @FreeYaml(FreeYaml.Reading.AS_HELM) Map<String, @Nullable Object> values,
            @FreeYaml(FreeYaml.Reading.UNAMBIGUOUS) Map<String, @Nullable Object> configuration) {

        @Defaults
        static Free none() {
            return new Free(Map.of(), Map.of());
        }
    }

    /** What sigs.k8s.io/yaml, through which Helm reads YAML, makes of each text. */
    static Stream<List<String>> scalars() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/dev/eksplatform/workload/manifest/scalars.tsv")).stream()
                .map(line -> List.of(line.split("\t", 2)));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void valuesOfChartsAreReadAsHelmReadsThem(List<String> scalar) throws IOException {
        String text = "values: {v: [" + scalar.get(0) + " ]}";
        if (scalar.get(1).equals("ERR")) {
            assertThat(problems(text)).hasSize(1);
            return;
        }
        JsonNode read = TestJson.parse(Json.compact(bind(text).values())).path("v");
        JsonNode expected = TestJson.parse(scalar.get(1));

        assertThat(read.path(0).isNumber()).isEqualTo(expected.isNumber());
        if (expected.isNumber()) {
            assertThat(read.path(0).asDouble()).isEqualTo(expected.asDouble());
        } else if (!scalar.get(0).isEmpty()) {
            assertThat(read.path(0)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    on        | true
                    n         | false
                    0644      | 420
                    8_080     | 8080
                    8080      | 8080
                    1.1       | 1.1
                    22:30     | 22:30
                    "on"      | on
                    'null'    | null
                    !!str on  | on
                    &a !!str on | on
                    a.b       | a.b
                    """, quoteCharacter = '`')
    void keysAreReadAsHelmReadsThem(String key, String read) {
        assertThat(bind("values: {x: {" + key + " : 1}}").values()).isEqualTo(Map.of("x", Map.of(read, 1L)));
        assertThat(bind("values: {" + key + " : 1}").values()).containsOnlyKeys(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "1.10", "1e3", "12345678901234567890", "1234567.5"})
    void keysThatHelmRefusesOrWritesOtherwiseAreErrors(String key) {
        assertThat(problems("values: {x: {" + key + " : 1}}"))
                .singleElement()
                .asString()
                .startsWith("free.yaml:1:14 values.x")
                .contains("the key " + key + ", which YAML 1.1 reads as ")
                .endsWith("fix: quote it: \"" + key + "\"");
    }

    @Test
    void twoKeysThatHelmReadsAlikeAreAnError() {
        assertThat(problems("values: {on: 1, yes: 2}"))
                .containsExactly(
                        "free.yaml:1:17 values.yes: the key yes, which Helm reads like that of line 1; fix: quote it: \"yes\"");
    }

    @Test
    void numbersKeepTheirValue() {
        assertThat(Json.compact(
                        bind("values: {account: 111122223333, big: 12345678901234567890, float: 1.10, exp: 1e3, zero: 0.0}")
                                .values()))
                .isEqualTo(
                        "{\"account\":111122223333,\"big\":12345678901234567890,\"exp\":1000,\"float\":1.1,\"zero\":0}");
    }

    @Test
    void quotedTextBlocksAndAliasesAreWhatTheyAre() {
        Map<String, @Nullable Object> values =
                bind("values:\n  a: &no no\n  b: *no\n  c: 'no'\n  d: !!str no\n  e: |-\n    no\n  f: ~\n")
                        .values();

        assertThat(values)
                .containsEntry("a", false)
                .containsEntry("b", false)
                .containsEntry("c", "no")
                .containsEntry("d", "no")
                .containsEntry("e", "no")
                .containsEntry("f", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    !!bool "yes"  | true
                    !!bool 'no'   | false
                    &a !!bool "on" | true
                    !!int "0644"  | 420
                    !!int "1_000" | 1000
                    !!float "1"   | 1
                    !!float "1.5" | 1.5
                    !!null ""     | null
                    !!null "~"    | null
                    !!str 0644    | "0644"
                    ! no          | "no"
                    """, quoteCharacter = '`')
    void valuesWithATagAreReadAsHelmReadsThem(String value, String read) {
        assertThat(Json.compact(bind("values: {a: " + value + " }").values())).isEqualTo("{\"a\":" + read + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    !!bool maybe | !!bool  | maybe
                    !!bool 5     | !!bool  | 5
                    !!bool ""    | !!bool  |
                    !!int abc    | !!int   | abc
                    !!int 1.5    | !!int   | 1.5
                    !!int yes    | !!int   | yes
                    !!int ""     | !!int   |
                    !!float x    | !!float | x
                    !!null abc   | !!null  | abc
                    """, quoteCharacter = '`')
    void aTagThatDoesNotFitItsValueIsAnError(String value, String tag, @Nullable String text) {
        for (String property : List.of("values", "configuration")) {
            assertThat(problems(property + ": {a: " + value + " }"))
                    .singleElement()
                    .asString()
                    .endsWith(property + ".a: the tag " + tag + " on the text \"" + (text == null ? "" : text)
                            + "\"; fix: remove the tag");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no     | false | the text "no"       | false
                    On     | true  | the text "On"       | true
                    0644   | 420   | 644                 | 420
                    8_080  | 8080  | the text "8_080"    | 8080
                    0b11   | 3     | the text "0b11"     | 3
                    """, quoteCharacter = '`')
    void configurationThatCanBeReadInTwoWaysIsAnError(String scalar, String old, String core, String fix) {
        assertThat(problems("configuration: {a: {b: " + scalar + "}}"))
                .containsExactly("free.yaml:1:24 configuration.a.b: " + scalar + ", which YAML 1.1 reads as " + old
                        + " and YAML 1.2 as " + core + "; fix: write " + fix
                        + ", or \"" + scalar + "\" in quotes");
    }

    @Test
    void otherConfigurationIsReadByTheCoreSchema() {
        assertThat(bind("configuration: {y: [null, true, 0x1F, 1.5, 'no', 22:30], on: 1}")
                        .configuration())
                .containsOnlyKeys("y", "on")
                .containsEntry("on", 1L);
        assertThat(problems("configuration: {a: .inf}"))
                .containsExactly("free.yaml:1:20 configuration.a: the number .inf, which JSON does not have"
                        + "; fix: quote it: \".inf\"");
    }

    private static Free bind(String text) {
        return Binder.bind(YamlDocument.parse("free.yaml", text), Free.class).orThrow();
    }

    private static List<String> problems(String text) {
        InvalidInputException thrown = catchThrowableOfType(InvalidInputException.class, () -> bind(text));
        assertThat(thrown).as(text).isNotNull();
        return thrown.problems().stream().map(Problem::toString).toList();
    }
}

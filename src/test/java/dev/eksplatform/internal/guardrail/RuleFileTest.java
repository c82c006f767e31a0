package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.internal.guardrail.RuleTests.Outcome;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a rule file is said with its place, all of it at once. */
class RuleFileTest {

    private static final String RULE = """
            id: buckets-named
            title: Buckets have a name
            why: Names are found again.
            severity: low
            applies: {types: [aws_s3_bucket], when: configuration}
            expression: resource.sets('bucket')
            fix: Name it.
            tests:
              - {name: named, expect: pass, resource: {values: {bucket: a}}}
              - {name: not named, expect: fail, resource: {values: {tags: {a: b}}}}
            """;

    @Test
    void readsAMinimalRule() {
        Rule rule = read(Map.of("rules/s3/buckets-named.yaml", RULE)).rules().get(0);

        assertThat(rule.area()).isEqualTo("s3");
        assertThat(rule.severity()).isEqualTo(Severity.LOW);
        assertThat(rule.types()).containsExactly("aws_s3_bucket");
        assertThat(RuleTests.run(List.of(rule))).allMatch(Outcome::passed).hasSize(3);
    }

    @Test
    void aTypeThatDoesNotExistIsAnErrorAtItsPlace() {
        String text = RULE.replace("aws_s3_bucket]", "aws_s3_bucket, aws_s3_buckt]")
                .replace("resource: {values: {bucket", "resource: {type: aws_s3_bukket, values: {bucket");

        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .hasMessage(
                        "s3/buckets-named.yaml:5:34 applies.types: no resource type \"aws_s3_buckt\"; allowed: resource"
                                + " types of the aws provider; fix: did you mean \"aws_s3_bucket\"?\n"
                                + "s3/buckets-named.yaml:9:50 tests[0].resource.type: no resource type \"aws_s3_bukket\"; allowed:"
                                + " resource types of the aws provider; fix: did you mean \"aws_s3_bucket\"?");
    }

    @Test
    void saysAllThatIsWrong() {
        String text = """
                id: Buckets named
                titel: Buckets have a name
                why: Names are found again.
                severity: hihg
                applies: {types: [aws_s3_bucket], when: plan}
                expression: resource.bucket(
                fix: Name it.
                """;

        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "s3/buckets-named.yaml:2:1 titel: unknown key \"titel\"; allowed: id, title, why, severity, aliases,"
                                + " applies, expression, fix, tests; fix: did you mean \"title\"?")
                .hasMessageContaining(
                        "s3/buckets-named.yaml:1:5 id: \"Buckets named\"; allowed: lower-case words joined by"
                                + " hyphens; fix: such as public-endpoint")
                .hasMessageContaining(
                        "s3/buckets-named.yaml:5:41 applies.when: \"plan\"; allowed: configuration, change;"
                                + " fix: use one of them")
                .hasMessageContaining(
                        "s3/buckets-named.yaml:4:11 severity: \"hihg\"; allowed: critical, high, medium, low,"
                                + " info; fix: did you mean \"high\"?")
                .hasMessageContaining("s3/buckets-named.yaml:6:13 expression: not a CEL expression: ERROR")
                .hasMessageContaining(
                        "s3/buckets-named.yaml:1:1 title: no title; allowed: a text; fix: add \"title: …\"");
    }

    @Test
    void refusesWhatIsNotYaml() {
        assertThatThrownBy(() -> read(Map.of("a/b.yaml", "id: [")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("a/b.yaml:1:6: not YAML: ");
    }

    @Test
    void refusesAnIdUsedTwice() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("a/buckets-named.yaml", RULE);
        files.put("b/buckets-named.yaml", RULE);

        assertThatThrownBy(() -> read(files))
                .hasMessage("b/buckets-named.yaml: rule \"buckets-named\", which a/buckets-named.yaml defines too;"
                        + " allowed: each id once; fix: give it another id and file name");
    }

    @Test
    void refusesAnUnknownNameInAnExpression() {
        String text = RULE.replace("resource.sets('bucket')", "resorce.sets('bucket')");

        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .hasMessageContaining("undeclared reference to 'resorce'");
    }

    @Test
    void saysWhichTestDoesNotHoldAndWhichVerdictNoTestExpects() {
        String text = RULE.replace(
                "expect: fail, resource: {values: {tags: {a: b}}}", "expect: pass, resource: {values: {}}");

        assertThat(RuleTests.run(read(Map.of("s3/buckets-named.yaml", text)).rules()))
                .filteredOn(outcome -> !outcome.passed())
                .extracting(Outcome::toString)
                .containsExactly(
                        "FAIL buckets-named: not named: expected pass, got fail",
                        "FAIL buckets-named: tests cover the verdicts: no test expects fail");
    }

    @Test
    void readsAUsersFolderBesideTheShippedRules(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("s3"));
        Files.writeString(folder.resolve("s3/buckets-named.yaml"), RULE);

        assertThat(Guardrails.load(List.of(folder)).rules())
                .hasSize(Guardrails.shipped().rules().size() + 1)
                .extracting(Rule::id)
                .contains("buckets-named");
    }

    @Test
    void saysWhichFolderIsNotThere() {
        assertThatThrownBy(() -> Guardrails.load(List.of(Path.of("no-such-folder"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("no-such-folder: no such folder; allowed: a folder with rule files; fix: check the path");
    }

    private static Guardrails read(Map<String, String> files) {
        return Guardrails.read(files, new Problems());
    }
}

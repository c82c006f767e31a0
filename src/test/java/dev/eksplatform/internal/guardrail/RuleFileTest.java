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
                .hasMessage("s3/buckets-named.yaml:5:34 applies.types[1]: no resource type \"aws_s3_buckt\""
                        + "; fix: did you mean aws_s3_bucket?\n"
                        + "s3/buckets-named.yaml:9:50 tests[0].resource.type: no resource type \"aws_s3_bukket\""
                        + "; fix: did you mean aws_s3_bucket?");
    }

    @Test
    void aTypeThatDoesNotExistIsAnErrorInTheExpression() {
        String text = RULE.replace(
                "resource.sets('bucket')",
                "stack.resources('aws_s3_bucket_polcy').exists(p, p.is(\"aws_s3_bukket\")) || review.resources('google_*') == []");

        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .hasMessage("s3/buckets-named.yaml:6:13 expression: no resource type \"aws_s3_bucket_polcy\""
                        + "; fix: did you mean aws_s3_bucket_policy?\n"
                        + "s3/buckets-named.yaml:6:13 expression: no resource type \"aws_s3_bukket\""
                        + "; fix: did you mean aws_s3_bucket?");
    }

    @Test
    void anExpressionThatIsNeverTrueOrFalseIsAnError() {
        for (String expression :
                List.of("5", "\"'yes'\"", "size(resource.texts('bucket'))", "resource.permissions()")) {
            String text = RULE.replace("resource.sets('bucket')", expression);
            assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                    .as(expression)
                    .hasMessageContaining("s3/buckets-named.yaml:6:13 expression: ")
                    .hasMessageContaining("bool");
        }
    }

    @Test
    void valuesOfATestThatAreNoMappingAreAnError() {
        String text = RULE.replace(
                "{values: {bucket: a}}", "{values: bucket}, related: [{type: aws_s3_bucket, values: [a]}]");
        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .hasMessageContaining("s3/buckets-named.yaml:9:52 tests[0].resource.values: not a mapping;")
                .hasMessageContaining(" tests[0].related[0].values: not a mapping;");
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
                tests:
                  - {name: nothing, expect: pass}
                  - {name: soon, expect: passed, resource: {}, today: soon}
                  - {name: values, expect: pass, resource: {values: {bucket: !unknow ""}}}
                """;

        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "(?s)\\Qs3/buckets-named.yaml:10:62 tests[2].resource.values.bucket: the YAML tag !unknow;"
                                + " allowed: the tags of the YAML 1.2 core schema; fix: remove the tag\\E");
        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text.replace("!unknow \"\"", "!unknown \"\""))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "(?s)\\Qs3/buckets-named.yaml:1:1 fix: required key \"fix\" is missing; allowed: text; fix: add fix: Set"
                                + " endpoint_public_access to false.\n"
                                + "s3/buckets-named.yaml:1:5 id: \"Buckets named\" is not a rule id; allowed: lower-case words"
                                + " joined by hyphens; fix: write it like public-endpoint\n"
                                + "s3/buckets-named.yaml:2:1 titel: unknown key \"titel\"; allowed: id, title, why, severity,"
                                + " aliases, applies, expression, fix, tests; fix: did you mean title?\n"
                                + "s3/buckets-named.yaml:4:11 severity: the text \"hihg\"; allowed: critical, high, medium, low,"
                                + " info; fix: did you mean high?\n"
                                + "s3/buckets-named.yaml:5:41 applies.when: the text \"plan\"; allowed: configuration, change;"
                                + " fix: use one of these\n"
                                + "s3/buckets-named.yaml:6:13 expression: not a CEL expression: ERROR\\E.*\\Q\n"
                                + "s3/buckets-named.yaml:8:5 tests[0]: neither resource nor change; fix: add resource:"
                                + " {values: {…}}\n"
                                + "s3/buckets-named.yaml:9:26 tests[1].expect: the text \"passed\"; allowed: pass, fail, unknown;"
                                + " fix: did you mean pass?\n"
                                + "s3/buckets-named.yaml:9:55 tests[1].today: \"soon\"; allowed: a date, year-month-day;"
                                + " fix: write it as 2026-12-31\\E");
    }

    @Test
    void saysAllThatIsMissing() {
        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", "id: buckets-named\n")))
                .hasMessage("""
                        s3/buckets-named.yaml:1:1 title: required key "title" is missing; allowed: text; fix: add title: The cluster has no public endpoint
                        s3/buckets-named.yaml:1:1 severity: required key "severity" is missing; allowed: critical, high, medium, low, info; fix: add severity: medium
                        s3/buckets-named.yaml:1:1 applies: required key "applies" is missing; allowed: a mapping with types, when; fix: add applies: {types: [aws_eks_cluster], when: configuration}
                        s3/buckets-named.yaml:1:1 expression: required key "expression" is missing; allowed: text; fix: add expression: resource.sets('tags')
                        s3/buckets-named.yaml:1:1 why: required key "why" is missing; allowed: text; fix: add why: Anybody can reach it.
                        s3/buckets-named.yaml:1:1 fix: required key "fix" is missing; allowed: text; fix: add fix: Set endpoint_public_access to false.""");
    }

    @Test
    void aTypeIsNoNumberAndATextSaysSomething() {
        String text = RULE.replace("[aws_s3_bucket]", "[5]").replace("why: Names are found again.", "why: \" \"");

        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "s3/buckets-named.yaml:3:6 why: an empty text; allowed: text; fix: write why: Anybody can")
                .hasMessageContaining(
                        "applies.types[0]: \"5\" is not a resource type; allowed: the type of a resource");
    }

    @Test
    void aTestNeedsAResource() {
        String text = RULE.replace(", resource: {values: {bucket: a}}", "");

        assertThatThrownBy(() -> read(Map.of("s3/buckets-named.yaml", text)))
                .hasMessage("s3/buckets-named.yaml:9:5 tests[0]: neither resource nor change;"
                        + " fix: add resource: {values: {…}}");
    }

    @Test
    void theIdIsTheNameOfTheFile() {
        assertThatThrownBy(() -> read(Map.of("s3/buckets.yaml", RULE)))
                .hasMessage("s3/buckets.yaml:1:5 id: rule buckets-named in the file buckets.yaml;"
                        + " fix: give both the same name");
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
                .hasMessage("b/buckets-named.yaml: duplicate rule \"buckets-named\", also in a/buckets-named.yaml;"
                        + " fix: give it another id and file name");
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
                .hasSize(Guardrails.load(List.of()).rules().size() + 1)
                .extracting(Rule::id)
                .contains("buckets-named");
    }

    @Test
    void saysWhichFolderIsNotThere() {
        assertThatThrownBy(() -> Guardrails.load(List.of(Path.of("no-such-folder"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("no-such-folder: no such folder; fix: check the path");
    }

    private static Guardrails read(Map<String, String> files) {
        return Guardrails.of(files, new Problems());
    }
}

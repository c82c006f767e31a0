package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No output of a review has a secret in a form that a reader can decode, and no secret hides the review. */
class MaskedReviewTest {

    private static final String CASES = "/cases/review/";

    @TempDir
    Path folder;

    private static InputStream open(String name) {
        return Objects.requireNonNull(MaskedReviewTest.class.getResourceAsStream(CASES + name), name);
    }

    private static byte[] plan(String name) {
        try (InputStream in = new GZIPInputStream(open("sec-" + name + ".json.gz"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> theSecretOfACaseIsInNoOutput() throws Exception {
        try (InputStream in = open("secrets.json")) {
            JsonNode cases = TestJson.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(cases.size()).isEqualTo(38);
            return cases.properties().stream()
                    .map(entry -> DynamicTest.dynamicTest(
                            entry.getKey(),
                            () -> assertMasked(
                                    MaskedOutputs.of(folder, plan(entry.getKey())),
                                    List.of(entry.getValue().path("secret").asText()))));
        }
    }

    private static void assertMasked(Map<String, String> outputs, List<String> secrets) {
        outputs.forEach((format, text) -> {
            UndoneEncodings undone = new UndoneEncodings(text);
            assertThat(secrets).as(format).noneMatch(undone::reveal);
        });
        assertThat(outputs.get("json")).contains("(sensitive)");
    }

    @TestFactory
    Stream<DynamicTest> aGeneratedSecretIsInNoOutput() {
        return LongStream.range(0, 12)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    SecretPlan generated = new SecretPlan(seed);
                    assertMasked(MaskedOutputs.of(folder, generated.json()), generated.secrets());
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws_iam_role",
                "aws_s3_bucket",
                "helm_release",
                "update",
                "replaced",
                "true",
                "default",
                "1",
                "main",
                "name",
                "tags",
                "policy",
                "cluster",
                "high",
                "sensitive",
                "known after apply",
                "create before destroy",
                "cluster-kept",
                "aws_eks_cluster.c",
                "Changes",
                "Findings",
                "s"
            })
    void aSecretThatIsAWordHidesNothingElse(String word) throws Exception {
        Map<String, String> usual = MaskedOutputs.of(folder, withSecret("Xq7-not-in-the-review-9Zk"));
        Map<String, String> outputs = MaskedOutputs.of(folder, withSecret(word));
        outputs.forEach((format, text) ->
                assertThat(structure(text)).as(format).isEqualTo(structure(usual.getOrDefault(format, ""))));
        assertThat(outputs.get("markdown")).doesNotContain("value: " + word + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws_eks_cluster", "update", "true", "c", "aws_ssm_parameter", "value", "cluster-kept"})
    void aSecretThatIsAlsoANameIsReported(String word) throws Exception {
        assertThat(MaskedOutputs.of(folder, withSecret(word)).get("markdown"))
                .contains("A sensitive value is also a name or a word that this review shows");
    }

    /** The recorded replacement of a cluster, with a parameter whose value is a secret. */
    private static byte[] withSecret(String secret) throws Exception {
        ObjectNode plan = (ObjectNode)
                TestJson.parse(new String(PlanFiles.recordedBytes("a-replace-cluster"), StandardCharsets.UTF_8));
        ObjectNode change = (ObjectNode) TestJson.parse("""
                {"address": "aws_ssm_parameter.db", "mode": "managed", "type": "aws_ssm_parameter", "name": "db", "change": {
                  "actions": ["update"], "before": {"value": "old"}, "after": {},
                  "before_sensitive": {"value": true}, "after_sensitive": {"value": true}}}""");
        ((ObjectNode) change.path("change").path("after")).put("value", secret);
        plan.withArray("/resource_changes").add(change);
        return plan.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Without the values of differences, and without the warning. */
    private static String structure(String output) {
        return output.lines()
                .filter(line -> !line.contains("A sensitive value is also")
                        && !line.matches("\\s*(?:[-+>]|\"(?:before|after)\").*"))
                .collect(Collectors.joining("\n"));
    }
}

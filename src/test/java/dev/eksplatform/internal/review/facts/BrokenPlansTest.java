package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.FindingsSarif;
import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Waivers;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.render.JUnitReview;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.TestJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan of any form ends in a review, or in an error that names the place: never in an error of the program. */
class BrokenPlansTest {

    private static final Guardrails GUARDRAILS = Guardrails.load(List.of());

    /** How many plans are made of each; more for a thorough search: {@code -Dbroken.plans=5000}. */
    private static final int MOST = Integer.getInteger("broken.plans", 40);

    private static final List<JsonNode> SHAPES = Stream.of(
                    "null",
                    "true",
                    "7",
                    "1e999999999",
                    "\"text\"",
                    "\"\"",
                    "[]",
                    "[null]",
                    "[[1,{\"a\":[]}]]",
                    "{}",
                    "{\"99999999999\":true}",
                    "{\"a\":{\"b\":[true]}}")
            .map(TestJson::exact)
            .toList();

    /** The outputs for a plan, or the error that refuses it. */
    private static String outcome(byte[] plan) {
        StackEvidence stack;
        try {
            stack = StackEvidence.planned("s", PlanFiles.of(plan));
        } catch (InvalidInputException e) {
            return String.valueOf(e.getMessage());
        }
        List<Finding> findings = GUARDRAILS.evaluate(List.of(stack), Waivers.none(), LocalDate.of(2026, 1, 1));
        Review review = Reviewer.review(List.of(stack), findings);
        return MarkdownReview.render(review, "the page")
                + Rendered.html(review)
                + FindingsSarif.render(review.findings(), true)
                + JUnitReview.render(review, Gate.on(Severity.LOW))
                + Rendered.json(review);
    }

    private static String outcome(String plan) {
        return outcome(plan.getBytes(StandardCharsets.UTF_8));
    }

    /** The place of a value in a tree. */
    private record Spot(String path, JsonNode value, Consumer<JsonNode> replace) {

        static void collect(JsonNode node, String path, List<Spot> spots) {
            if (node instanceof ObjectNode object) {
                object.properties().forEach(part -> {
                    Spot spot = new Spot(path + "/" + part.getKey(), part.getValue(), part::setValue);
                    spots.add(spot);
                    collect(spot.value, spot.path, spots);
                });
            } else if (node instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    int index = i;
                    Spot spot = new Spot(path + "/" + i, array.get(i), value -> array.set(index, value));
                    spots.add(spot);
                    collect(spot.value, spot.path, spots);
                }
            }
        }
    }

    /** Replaces values by other shapes: all by all in a small plan, else a part of that, always the same. */
    private static void assertAnyShapeIsHandled(JsonNode plan, int most) {
        List<Spot> spots = new ArrayList<>();
        Spot.collect(plan, "", spots);
        int all = spots.size() * SHAPES.size();
        for (int i = 0; i < all; i += Math.max(1, all / most)) {
            Spot spot = spots.get(i / SHAPES.size());
            JsonNode shape = SHAPES.get(i % SHAPES.size());
            spot.replace.accept(shape);
            try {
                assertThat(outcome(plan.toString())).isNotEmpty();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(spot.path + " = " + shape, e);
            }
            spot.replace.accept(spot.value);
        }
    }

    static Stream<String> recorded() {
        return Stream.of(
                "a-replace-cluster",
                "b-update-charts",
                "c-bucket-replaced",
                "recorded/drift",
                "recorded/errored",
                "recorded/guardrails-changed",
                "recorded/import",
                "recorded/ingress-update",
                "recorded/kubernetes-changed",
                "recorded/kubernetes-refused",
                "recorded/replace-create-first",
                "recorded/sensitive",
                "recorded/unknown");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void aRecordedPlanWithAnotherValueAnywhere(String name) {
        assertAnyShapeIsHandled(
                TestJson.parse(new String(PlanFiles.recordedBytes(name), StandardCharsets.UTF_8)), MOST);
    }

    static Stream<String> fields() {
        return Stream.of(
                "action-invocations",
                "checks",
                "deferred-action-invocations",
                "deferred-changes",
                "drift-in-module",
                "importing",
                "refresh-only-changed",
                "refresh-only-explained",
                "sensitivity",
                "tofu");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aPlanOfNewerFieldsWithAnotherValueAnywhere(String name) {
        JsonNode plan = TestJson.read(Path.of("src/test/resources/plans/fields/" + name + ".json"));
        assertAnyShapeIsHandled(plan, MOST);
    }

    @Test
    void aFileThatIsCutOffAnywhere() {
        byte[] plan = PlanFiles.recordedBytes("recorded/update");
        for (int length = 0; length < plan.length; length += 7) {
            assertThat(outcome(Arrays.copyOf(plan, length))).startsWith("plan.json");
        }
    }

    private static String update(String before, String after) {
        return """
                {"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"aws_vpc.v","mode":"managed",
                 "type":"aws_vpc","name":"v","change":{"actions":["update"],"before":BEFORE,"after":AFTER}}]}""".replace("BEFORE", before).replace("AFTER", after);
    }

    private static String nested(int levels, String open, String close) {
        return open.repeat(levels) + "1" + close.repeat(levels);
    }

    @Test
    void deepNestingIsReviewedOrRefused() {
        for (int levels : List.of(100, 280)) {
            for (String text : List.of(nested(levels, "[", "]"), nested(levels, "{\"a\":", "}"))) {
                assertThat(outcome(update("{\"tags\":1}", "{\"tags\":" + text + "}")))
                        .contains("1 changed");
            }
        }
        for (int levels : List.of(301, 1_000, 100_000)) {
            for (String text : List.of(nested(levels, "[", "]"), nested(levels, "{\"a\":", "}"))) {
                assertThat(outcome(update("{\"tags\":1}", "{\"tags\":" + text + "}")))
                        .startsWith("plan.json:2:")
                        .contains("nested more than 300 levels");
            }
        }
    }

    @Test
    void deepNestingInATextIsAText() {
        for (int levels : List.of(40, 250, 1_000, 20_000)) {
            for (String text : List.of(
                    nested(levels, "[", "]"), nested(levels, "{\\\"a\\\":", "}"), nested(levels, "a:\\n - ", ""))) {
                String plan = update("{\"values\":[\"a: 1\"]}", "{\"values\":[\"" + text + "\"]}");
                assertThat(outcome(plan)).contains("1 changed");
                assertThat(outcome(plan.replace("aws_vpc", "helm_release"))).contains("1 changed");
                assertThat(outcome(plan.replace("aws_vpc", "aws_iam_role").replace("values", "assume_role_policy")))
                        .contains("1 changed");
            }
        }
    }

    @Test
    void everyDigitOfANumberCounts() {
        String digits = "1234567890".repeat(40);
        assertThat(outcome(update("{\"n\":" + digits + "1}", "{\"n\":" + digits + "2}")))
                .contains("1 changed", digits.substring(0, 300));
        assertThat(outcome(update("{\"n\":0." + digits + "1}", "{\"n\":0." + digits + "2}")))
                .contains("1 changed", "0." + digits.substring(0, 90));
        assertThat(outcome(update("{\"n\":1e999999999}", "{\"n\":2e999999999}")))
                .contains("n: 1E+999999999");
        assertThat(outcome(update("{\"n\":1}", "{\"n\":1e99999999999}"))).startsWith("plan.json:2:");
        assertThat(outcome(update("{\"n\":1}", "{\"n\":" + "9".repeat(2_000) + "}")))
                .startsWith("plan.json:2:")
                .contains("more than 1000 characters");
        assertThat(outcome(update("{\"n\":1.0}", "{\"n\":100.5}"))).contains("- n: 1.0", "+ n: 100.5");
    }

    @Test
    void halfOfASurrogatePairIsShownEscaped() {
        String outputs = outcome(update("{\"n\":\"a\"}", "{\"n\":\"a\\ud83d b \\udd11\\ud83d\\udd11\"}"));
        assertThat(outputs).contains("a\\ud83d b \\udd11\ud83d\udd11");
        assertThat(new String(outputs.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(outputs);
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
        byte[] plan = update("{\"n\":\"a\"}", "{\"n\":\"\u00e4\"}").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(outcome(plan)).startsWith("plan.json:2:").contains("not JSON");
    }

    @Test
    void aByteOrderMarkAndUtf16AreRead() {
        String plan = update("{\"n\":\"a\"}", "{\"n\":\"\u00e4\"}");
        assertThat(outcome("\ufeff" + plan)).contains("1 changed", "\u00e4");
        assertThat(outcome(("\ufeff" + plan).getBytes(StandardCharsets.UTF_16LE)))
                .contains("1 changed", "\u00e4");
        assertThat(outcome(("\ufeff" + plan).getBytes(StandardCharsets.UTF_16BE)))
                .contains("1 changed", "\u00e4");
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() {
        assertThat(outcome(update("{}", "{\"n\":\"S3cr3t\",\"n\":2}")))
                .startsWith("plan.json:2:")
                .contains("the same key twice in one object")
                .doesNotContain("S3cr3t");
        assertThat(outcome(update("{}", "{}")
                        .replace("{\"format_version\"", "{\"errored\":true,\"errored\":false,\"format_version\"")))
                .startsWith("plan.json errored: twice in the same plan");
    }
}

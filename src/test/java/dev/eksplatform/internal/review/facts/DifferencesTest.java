package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a review shows of two values. */
class DifferencesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static JsonNode json(String text) {
        return TestJson.parse(text);
    }

    /** An update of one resource, whose configuration sets the attribute as a constant when {@code configured}. */
    private static Review review(String type, String attribute, JsonNode before, JsonNode after, boolean configured) {
        String address = type + ".x";
        Plan plan = PlanBuilder.empty()
                .update(address, Map.of(attribute, before), Map.of(attribute, after))
                .configured(address, configured ? Map.of(attribute, after) : Map.of())
                .build();
        return Reviewer.review(List.of(StackEvidence.planned("s", plan)), List.of());
    }

    private static List<Difference> differences(Review review) {
        return review.groups().get(0).changes().get(0).differences();
    }

    private static List<Difference> manifest(String before, String after) {
        return differences(review("kubernetes_manifest", "manifest", json(before), json(after), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec': {'ingress': []}}          | {'spec': {'ingress': [{}]}}       | manifest.spec.ingress  |       | [{}]",
                "{'spec': {}}                       | {'spec': {'ingress': [{}]}}       | manifest.spec.ingress  |       | [{}]",
                "{'spec': {'podSelector': {'matchLabels': {'a': 'b'}}}} | {'spec': {'podSelector': {}}} | manifest.spec.podSelector.matchLabels.a | b |",
                "{'spec': {}}                       | {'spec': {'selector': {}}}        | manifest.spec.selector |       | {}",
                "{'spec': {'selector': null}}       | {'spec': {'selector': {}}}        | manifest.spec.selector | null  | {}",
                "{'a': false}                       | {'a': 'false'}                    | manifest.a             | false | \"false\"",
                "{'a': 1}                           | {'a': '1'}                        | manifest.a             | 1     | \"1\"",
                "{'a': null}                        | {}                                | manifest.a             | null  |",
                "{'a': ''}                          | {}                                | manifest.a             | \"\"  |",
                "{'a': 'null'}                      | {'a': null}                       | manifest.a             | null  |",
                "{'a': [null]}                      | {'a': []}                         | manifest.a             | [null] |",
                "{'a': ['x, y']}                    | {'a': ['x', 'y']}                 | manifest.a             | [\"x, y\"] | [\"x\",\"y\"]",
                "{'a': [1]}                         | {'a': ['1']}                      | manifest.a             | [1]   | [\"1\"]",
                "{'a': {'x': 1}}                    | {'a': [1]}                        | manifest.a             | {\"x\":1} | [1]",
                "{'c': [{'name': 'a'}, {'name': 'b'}]} | {'c': [{'name': 'b'}, {'name': 'a'}]} | manifest.c | in the order a, b | in the order b, a",
                "{'p': [{'x': 1}, {'x': 2}]}        | {'p': [{'x': 2}, {'x': 1}]}       | manifest.p | in the order 1, 2 | in the order 2, 1",
                "{'p': [{'path': '/a'}, {'path': '/'}]} | {'p': [{'path': '/'}, {'path': '/a'}]} | manifest.p | in the order /a, / | in the order /, /a",
            })
    void theSmallestChangeIsShown(String before, String after, String path, String was, String is) {
        assertThat(manifest(before.replace('\'', '"'), after.replace('\'', '"')))
                .extracting(Difference::path, Difference::before, Difference::after)
                .containsExactly(tuple(path, was, is));
    }

    @Test
    void anInitContainerThatMovesAndChangesItsImageIsTwoDifferences() {
        assertThat(manifest(
                        "{\"c\":[{\"name\":\"a\",\"image\":\"x\"},{\"name\":\"b\",\"image\":\"x\"}]}",
                        "{\"c\":[{\"name\":\"b\",\"image\":\"y\"},{\"name\":\"a\",\"image\":\"x\"}]}"))
                .extracting(Difference::path, Difference::after)
                .containsExactly(tuple("manifest.c[b].image", "y"), tuple("manifest.c", "in the order b, a"));
    }

    /** Whatever differs in a value that is known and configured is shown, in every output. */
    @Property(tries = 500)
    void anyTwoDifferentValuesDiffer(@ForAll("values") JsonNode before, @ForAll("values") JsonNode after) {
        Assume.that(!before.equals(after));
        for (String type : List.of("kubernetes_manifest", "kubernetes_config_map_v1", "aws_vpc", "helm_release")) {
            ObjectNode b = NODES.objectNode();
            b.set("v", before);
            ObjectNode a = NODES.objectNode();
            a.set("v", after);
            Review review = review(type, "some", b, a, true);
            assertThat(differences(review)).as(type).isNotEmpty().allSatisfy(one -> assertThat(one.before())
                    .isNotEqualTo(one.after()));
            assertThat(MarkdownReview.render(review, "the page"))
                    .doesNotContain("decided during apply", "no effect")
                    .contains("some.v");
            assertThat(Rendered.html(review))
                    .doesNotContain("decided during apply")
                    .contains("some.v");
            assertThat(Rendered.json(review)).contains("some.v");
        }
    }

    /** The same without a plan. */
    @Property(tries = 200)
    void anyTwoDifferentValuesDifferWithoutAPlan(@ForAll("values") JsonNode before, @ForAll("values") JsonNode after) {
        Assume.that(!before.equals(after));
        Review review = ReviewWithoutPlanTest.review(
                "{\"resource\":{\"aws_vpc\":{\"x\":{\"a\":{\"v\":" + before + "}}}}}",
                "{\"resource\":{\"aws_vpc\":{\"x\":{\"a\":{\"v\":" + after + "}}}}}");
        assertThat(differences(review)).isNotEmpty();
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return values(3);
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> scalars = Arbitraries.of(
                NODES.textNode(""),
                NODES.textNode("a"),
                NODES.textNode("b"),
                NODES.textNode("false"),
                NODES.textNode("null"),
                NODES.textNode("0"),
                NODES.textNode("{}"),
                NODES.textNode("{ }"),
                NODES.textNode("[]"),
                NODES.textNode("{\"Statement\":[]}"),
                NODES.textNode("a, b"),
                NODES.booleanNode(false),
                NODES.booleanNode(true),
                NODES.numberNode(0),
                NODES.numberNode(1),
                NullNode.getInstance(),
                NODES.objectNode(),
                NODES.arrayNode());
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<JsonNode> inner = values(depth - 1);
        return Arbitraries.oneOf(
                scalars,
                scalars,
                inner.list().ofMaxSize(3).map(elements -> {
                    ArrayNode list = NODES.arrayNode();
                    elements.forEach(list::add);
                    return list;
                }),
                Arbitraries.maps(Arbitraries.of("name", "path", "x", "Statement"), inner)
                        .ofMaxSize(3)
                        .map(fields -> {
                            ObjectNode object = NODES.objectNode();
                            fields.forEach(object::set);
                            return object;
                        }));
    }

    @Test
    void whatTheProviderDecidesIsNotShown() {
        assertThat(differences(review("aws_vpc", "ipv6", json("\"\""), NullNode.getInstance(), false)))
                .isEmpty();
        assertThat(differences(review("aws_vpc", "ipv6", json("false"), NullNode.getInstance(), false)))
                .isEmpty();
        assertThat(differences(review("aws_vpc", "ipv6", json("\"\""), NullNode.getInstance(), true)))
                .hasSize(1);
    }

    @Test
    void aPolicyInAnotherOrderHasNoEffect() {
        String one =
                "{\"Statement\":[{\"Sid\":\"A\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],\"Resource\":\"*\"}]}";
        String other =
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"s3:putobject\",\"s3:GetObject\"],\"Resource\":[\"*\"]}}";
        Review review = review("aws_iam_policy", "policy", NODES.textNode(one), NODES.textNode(other), true);
        assertThat(differences(review)).isEmpty();
        assertThat(MarkdownReview.render(review, "the page")).contains("no effect: the same, written another way");
        assertThat(Rendered.html(review)).contains("no effect: the same, written another way");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // two statements that each exclude one action allow everything
                "'Effect':'Allow','Action':[],'NotAction':['a:b','c:d'],'Resource':'*'}]}"
                        + "|'Effect':'Allow','NotAction':'a:b','Resource':'*'},{'Effect':'Allow','NotAction':'c:d','Resource':'*'}]}",
                "'Effect':'Allow','Action':'a:b','NotResource':['x','y']}]}"
                        + "|'Effect':'Allow','Action':'a:b','NotResource':'x'},{'Effect':'Allow','Action':'a:b','NotResource':'y'}]}",
                "'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'StringEquals':{'k':['a or b']}}}]}"
                        + "|'Effect':'Allow','Action':'a:b','Resource':'*','Condition':{'StringEquals':{'k':['a','b']}}}]}",
                "'Effect':'Allow','Action':'a:b','Resource':'${aws:username}'}],'Version':'2008-10-17'}"
                        + "|'Effect':'Allow','Action':'a:b','Resource':'${aws:username}'}],'Version':'2012-10-17'}",
            })
    void aPolicyThatMeansSomethingElseIsShown(String both) {
        String[] sides = both.replace('\'', '"').split("\\|");
        assertThat(differences(review(
                        "aws_iam_policy",
                        "policy",
                        NODES.textNode("{\"Statement\":[{" + sides[0]),
                        NODES.textNode("{\"Statement\":[{" + sides[1]),
                        true)))
                .isNotEmpty();
    }

    @Test
    void jsonThatSomebodyReadsAsTextIsShownWhenItIsOnlyFormatted() {
        assertThat(differences(review(
                        "aws_ssm_parameter",
                        "value",
                        NODES.textNode("{\"a\":1}"),
                        NODES.textNode("{ \"a\": 1 }"),
                        true)))
                .extracting(Difference::before, Difference::after)
                .containsExactly(tuple("(JSON)", "(the same JSON, formatted another way)"));
        assertThat(differences(review(
                        "aws_eks_addon",
                        "configuration_values",
                        NODES.textNode("{\"a\":1}"),
                        NODES.textNode("{ \"a\": 1 }"),
                        true)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: no           | a: \"no\"     | 1",
                "a: 0644         | a: 644        | 1",
                "a: yes          | a: true       | 0",
                "a: 0644         | a: 420        | 0",
                "a: null         | {}            | 1",
                "a: 1            | a: \"1\"      | 1",
                "a: {b: 1, c: 2} | {\"a\": {\"c\": 2, \"b\": 1}} | 0",
                "# note          | {}            | 0",
                "a: [x, y]       | a: [y, x]     | 1",
            })
    void helmValuesAreComparedAsHelmReadsThem(String before, String after, int differences) {
        assertThat(differences(review(
                        "helm_release",
                        "values",
                        NODES.arrayNode().add(before),
                        NODES.arrayNode().add(after),
                        true)))
                .hasSize(differences);
    }

    @Test
    void aDefaultTagThatChangesAlongWithATagIsShown() {
        ObjectNode b = (ObjectNode) json("{\"tags\":{\"a\":\"1\"},\"tags_all\":{\"a\":\"1\",\"Env\":\"dev\"}}");
        ObjectNode a = (ObjectNode) json("{\"tags\":{\"a\":\"2\"},\"tags_all\":{\"a\":\"2\",\"Env\":\"prod\"}}");
        Differences differences = Differences.ofDrift(Secrets.NONE);
        assertThat(differences.between("aws_vpc", side(b), side(a)))
                .extracting(Difference::path)
                .containsExactly("tags.a", "tags_all.Env");
    }

    private static Side side(JsonNode value) {
        return new Side(value, ValueMarks.NONE, ValueMarks.NONE);
    }

    @Test
    void theFirstDifferenceOfLongTextsStaysInSight() {
        String same = "0123456789".repeat(300);
        String markdown = MarkdownReview.render(
                review("aws_ssm_parameter", "value", NODES.textNode(same + "OLD"), NODES.textNode(same + "NEW"), true),
                "the page");
        assertThat(markdown).contains("OLD", "NEW");
        String lines = "line\n".repeat(400);
        assertThat(MarkdownReview.render(
                        review(
                                "aws_ssm_parameter",
                                "value",
                                NODES.textNode(lines + "OLD\n" + lines),
                                NODES.textNode(lines + "NEW\n" + lines),
                                true),
                        "the page"))
                .contains("OLD", "NEW");
    }
}

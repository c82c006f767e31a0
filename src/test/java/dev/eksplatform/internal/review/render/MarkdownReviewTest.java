package dev.eksplatform.internal.review.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Waivers;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Check;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.internal.review.About;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.ConstructName;
import dev.eksplatform.internal.review.Counts;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.LargePlan;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.PlatformPicture;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.StackReport;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.problem.SourcePosition;
import dev.eksplatform.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class MarkdownReviewTest {

    public static Review recorded(String name) {
        return Reviewer.review(
                List.of(StackEvidence.planned(name.substring(0, 1), PlanFiles.recorded(name))), List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-create",
                "a-drift",
                "a-noop",
                "a-replace-cluster",
                "a-update",
                "b-create",
                "b-update-charts",
                "c-bucket-replaced"
            })
    void readsLikeTheApprovedOne(String name) {
        Golden.check("reviews/" + name + ".md", MarkdownReview.render(recorded(name), "the page"));
    }

    @Test
    void severalStacksWithFindingsReadLikeTheApprovedOne() {
        Golden.check(
                "reviews/three-stacks.md", MarkdownReview.render(Example.replacedCluster(), "review.html of this run"));
    }

    /** What each plan shows is described in {@code plans/recorded/README.md}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "delete",
                "drift",
                "errored",
                "forget",
                "kubernetes-refused",
                "import",
                "move",
                "newer-minor",
                "read",
                "replace-create-first",
                "replace-delete-first",
                "sensitive",
                "unknown",
                "update"
            })
    void everyKindOfChangeReadsLikeTheApprovedOne(String plan) {
        StackEvidence input = StackEvidence.planned("shop", PlanFiles.recorded("recorded/" + plan));
        Golden.check(
                "reviews/recorded-" + plan + ".md",
                MarkdownReview.render(Reviewer.review(List.of(input), List.of()), "the page"));
    }

    @Test
    void aPlanThatIsNotCompleteReadsLikeTheApprovedOne() {
        Review review =
                Reviewer.review(List.of(StackEvidence.planned("shop", PlanFiles.small("incomplete"))), List.of());
        Golden.check("reviews/small-incomplete.md", MarkdownReview.render(review, "the page"));
    }

    /** The platform that {@code stacks/ingress.yaml} makes, with what the shipped guardrails find in it. */
    @ParameterizedTest
    @ValueSource(strings = {"ingress-create", "ingress-update"})
    void aPlatformOfOursReadsLikeTheApprovedOne(String plan) {
        String stack = "ingress-infrastructure";
        StackEvidence input = StackEvidence.planned(stack, PlanFiles.recorded("recorded/" + plan))
                .withHead(SynthesizedStack.read(Path.of("src/test/resources/golden/ingress", stack + ".json")));
        List<Finding> findings =
                Guardrails.load(List.of()).evaluate(List.of(input), Waivers.none(), LocalDate.of(2026, 1, 1));
        Golden.check(
                "reviews/" + plan + ".md",
                MarkdownReview.render(Reviewer.review(List.of(input), findings), "the page"));
    }

    /** Control plane, add-ons and nodes: what becomes of the pods. */
    @Test
    void anUpgradeOfAPlatformOfOursReadsLikeTheApprovedOne() {
        StackEvidence input = StackEvidence.planned("shop-infrastructure", PlanFiles.recorded("recorded/upgrade"));
        List<Finding> findings =
                Guardrails.load(List.of()).evaluate(List.of(input), Waivers.none(), LocalDate.of(2026, 11, 1));
        Golden.check(
                "reviews/upgrade.md", MarkdownReview.render(Reviewer.review(List.of(input), findings), "the page"));
    }

    @Test
    void saysOneLineWhenNothingChanges() {
        assertThat(MarkdownReview.render(recorded("a-noop"), "the page"))
                .isEqualTo("<!-- eks-platform review -->\n✅ **No changes.**\n");
    }

    @Test
    void saysThatNothingWasPlanned() {
        assertThat(MarkdownReview.render(Reviewer.review(List.of(), List.of()), "the page"))
                .isEqualTo(
                        "<!-- eks-platform review -->\n✅ **No changes of the configuration; nothing was planned.**\n");
    }

    @Test
    void aPlanOfFiveThousandChangesFitsAndSaysWhatIsLeftOut() throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        LargePlan.write(json, 5000);
        Plan plan = PlanFiles.of(json.toByteArray());
        Review review = Reviewer.review(List.of(StackEvidence.planned("large", plan)), List.of());
        String markdown = MarkdownReview.render(review, "review.html");
        assertThat(markdown).hasSizeBetween(40_000, MarkdownReview.LIMIT);
        assertThat(markdown).contains("left out for length: see review.html.");
        assertThat(markdown.split("<details>", -1)).hasSameSizeAs(markdown.split("</details>", -1));
        assertThat(shape(markdown)).doesNotContain("FencedCodeBlock open");
    }

    /** Whatever a plan holds, the comment has the same headings, tables, rows, cells, lists, fences and folds. */
    @Property(tries = 200)
    void noTextOfAPlanBreaksOut(@ForAll("hostile") String text) {
        String calm = MarkdownReview.render(withText("calm"), "the page");
        String hostile = MarkdownReview.render(withText(text), "the page");
        assertThat(shape(hostile)).isEqualTo(shape(calm));
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> piece = Arbitraries.of(
                "`",
                "``",
                "```",
                "|",
                "\\",
                "\\|",
                "\n",
                "\n\n",
                "\n```\n",
                "<!--",
                "-->",
                "</details>",
                "<script>x</script>",
                "<img src=x>",
                "@octocat",
                "[a](http://b)",
                "![i](http://b)",
                "http://evil.example",
                "https://evil.example",
                "www.evil.example",
                "a@b.example",
                "# h",
                "\n# h",
                "\n- x",
                "> q",
                "*",
                "**",
                "_",
                "__",
                "~~",
                "&lt;",
                "&#96;",
                "$x$",
                "#1",
                ":+1:",
                "word",
                " ",
                "\t",
                "\r",
                "\u202e",
                "é",
                "😀",
                "<summary>",
                "]]>",
                "'",
                "\"",
                "---",
                "\n---\n",
                "1. x");
        return piece.list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(pieces -> "x" + String.join("", pieces) + "x")
                // an address in a headline is code, and "calm" is none
                .filter(text -> !MarkdownReview.ADDRESS.matcher(text).find());
    }

    /** A review with the text in every place. */
    private static Review withText(String text) {
        Difference difference = new Difference(text, text, text, true);
        SourcePosition position = new SourcePosition(text, 3, 4);
        PlatformPicture.Box box =
                new PlatformPicture.Box(PlatformPicture.Kind.OTHER, text, text, Counts.of(Outcome.UPDATED), true);
        return new Review(
                text,
                Counts.of(Outcome.UPDATED),
                List.of(
                        new StackReport(
                                text,
                                true,
                                false,
                                true,
                                true,
                                List.of(new Check(text, "fail", List.of(text))),
                                Counts.NONE,
                                List.of(text),
                                new ReviewBinding(text, "a".repeat(64), "b", text, null, null, null)),
                        new StackReport("two", false, false, true, false, List.of(), Counts.NONE, List.of(), null)),
                List.of(
                        new Risk(
                                Severity.HIGH,
                                text,
                                text,
                                text,
                                Action.UPDATE,
                                Change.Effect.USUAL,
                                List.of(difference),
                                text,
                                text,
                                text,
                                List.of(text),
                                null,
                                position),
                        new Risk(
                                Severity.LOW,
                                text,
                                text,
                                text,
                                Action.UPDATE,
                                Change.Effect.USUAL,
                                List.of(),
                                text,
                                text,
                                text,
                                List.of(text),
                                text,
                                null)),
                List.of(
                        new PlacedFinding(Example.everywhere(text), position),
                        new PlacedFinding(Example.undecided(Example.everywhere(text), text), position),
                        new PlacedFinding(Example.waived(Example.everywhere(text), text, text), null)),
                List.of(new AccessChange(
                        text,
                        text,
                        AccessChange.Verdict.CHANGED,
                        text,
                        text,
                        text,
                        Severity.HIGH,
                        List.of(text),
                        List.of(text),
                        null)),
                List.of(new PortChange(text, text, true, true, text, text, text, true, List.of(text), null)),
                List.of(new Drift(text, text, false, List.of(difference), Drift.Fate.KEPT, position)),
                List.of(new ChangeGroup(
                        text,
                        text,
                        List.of(
                                new Change(
                                        text,
                                        text,
                                        text,
                                        Action.UPDATE,
                                        Change.Effect.USUAL,
                                        text,
                                        text,
                                        text,
                                        position,
                                        List.of(difference),
                                        0,
                                        text),
                                new Change(
                                        text,
                                        text,
                                        text,
                                        Action.CREATE,
                                        Change.Effect.USUAL,
                                        null,
                                        null,
                                        null,
                                        null,
                                        List.of(difference),
                                        0,
                                        text)))),
                new PlatformPicture(
                        List.of(new PlatformPicture.Platform(
                                text,
                                List.of(box),
                                List.of(),
                                List.of(new PlatformPicture.Cluster(box, box, List.of(), List.of())),
                                List.of(box))),
                        0),
                List.of(new ConstructName(text, text, text, "shop/" + text)),
                new About(text, text, text, "https://ci.example.com/1", Gate.on(Severity.HIGH), List.of(text)));
    }

    /** The kinds of nodes in order; code is code whether written with backticks or as an element. */
    private static List<String> shape(String markdown) {
        Node document = Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(markdown);
        List<String> shape = new ArrayList<>();
        shape(document, 0, shape);
        return shape;
    }

    private static void shape(Node node, int depth, List<String> into) {
        boolean inElement = false;
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof Text text) {
                assertThat(text.getLiteral()).doesNotContain("@octocat");
            }
            String tag = child instanceof HtmlInline html ? html.getLiteral() : "";
            if (tag.equals("<code>")) {
                inElement = true;
                into.add(depth + " code");
            } else if (tag.equals("</code>")) {
                inElement = false;
            } else if (inElement
                    || child instanceof Text
                    || child instanceof SoftLineBreak
                    || child instanceof HardLineBreak) {
                assertThat(child).isInstanceOfAny(Text.class, SoftLineBreak.class, HardLineBreak.class);
            } else if (child instanceof Code) {
                into.add(depth + " code");
            } else if (child instanceof HtmlBlock html) {
                into.add(depth + " html "
                        + html.getLiteral().replaceAll(">[^<]*<", "><").replaceAll(">[^<]*$", ">"));
            } else {
                into.add(depth + " " + child.getClass().getSimpleName() + tag);
                shape(child, depth + 1, into);
            }
        }
    }
}

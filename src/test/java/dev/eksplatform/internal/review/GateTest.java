package dev.eksplatform.internal.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.FindingsSarif;
import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Waivers;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.internal.review.render.JUnitReview;
import dev.eksplatform.internal.review.render.MarkdownReview;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

    /** An update of a cluster whose findings existed before, except for those of the change itself. */
    private static Review update() {
        StackEvidence input = StackEvidence.planned("shop", PlanFiles.recorded("recorded/ingress-update"));
        List<Finding> findings =
                Guardrails.load(List.of()).evaluate(List.of(input), Waivers.none(), LocalDate.of(2026, 1, 1));
        return Reviewer.review(List.of(input), findings);
    }

    @Test
    void whatExistedBeforeDoesNotFailAChange() {
        Review review = update();
        long before = review.open().stream()
                .filter(placed -> placed.finding().unchanged())
                .count();
        assertThat(before).isPositive();
        assertThat(new Gate(Severity.CRITICAL, null, null).reasons(review)).isEmpty();
        assertThat(new Gate(Severity.CRITICAL, Severity.INFO, null).reasons(review))
                .contains(before + " findings that existed before");
        assertThat(new Gate(Severity.INFO, null, null).reasons(review))
                .singleElement()
                .asString()
                .endsWith("of this change");
    }

    @Test
    void severeFindingsThatExistedBeforeAreMarked() {
        StackEvidence input = StackEvidence.planned("shop", PlanFiles.recorded("a-update"));
        Review review = Reviewer.review(
                List.of(input),
                Guardrails.load(List.of()).evaluate(List.of(input), Waivers.none(), LocalDate.of(2026, 1, 1)));
        assertThat(review.open()).anyMatch(Review::isExistingConcern);
        assertThat(MarkdownReview.render(review, "elsewhere"))
                .contains("| `aws_eks_cluster.c` existed before this change |");
        assertThat(Rendered.html(review)).contains("Existed before this change.");
    }

    @Test
    void risksFailItWhenTheyAreAskedTo() {
        Review review = update();
        assertThat(review.risks()).isNotEmpty();
        Gate gate = new Gate(Severity.CRITICAL, null, Severity.LOW);
        assertThat(gate.reasons(review))
                .containsExactly(
                        review.risks().size() + " risk" + (review.risks().size() == 1 ? "" : "s"));
        assertThat(JUnitReview.render(review, gate))
                .contains("failures=\"" + review.risks().size() + "\"");
        assertThat(JUnitReview.render(review, new Gate(Severity.CRITICAL, null, null)))
                .contains("failures=\"0\"");
    }

    @Test
    void junitFailsOnlyOnWhatFailsTheGate() {
        Review review = update();
        long all = review.open().size();
        assertThat(JUnitReview.render(review, new Gate(Severity.INFO, Severity.INFO, null)))
                .contains("failures=\"" + all + "\"");
        assertThat(JUnitReview.render(review, Gate.on(Severity.INFO)).split("<failure", -1))
                .hasSizeLessThan((int) all + 1);
    }

    @Test
    void sarifSaysWhatIsNew() {
        String sarif = FindingsSarif.render(update().findings(), true);
        assertThat(sarif).contains("\"baselineState\" : \"unchanged\"").contains("\"baselineState\" : \"new\"");
        assertThat(FindingsSarif.render(update().findings(), false)).doesNotContain("baselineState");
    }

    @Test
    void aPlanThatTerraformDidNotFinishFails() {
        Review review = Reviewer.review(
                List.of(StackEvidence.planned("shop", PlanFiles.recorded("recorded/errored"))), List.of());
        assertThat(Gate.on(Severity.CRITICAL).reasons(review))
                .containsExactly("Terraform did not finish the plan of shop", "1 failed check in shop");
    }

    @Test
    void theVerdictSaysWhyAndByWhichThreshold() {
        assertThat(verdict(new Gate(Severity.CRITICAL, null, Severity.LOW)))
                .startsWith("Fails: ")
                .endsWith("(fails on findings of this change: critical; risks: low or above).");
        assertThat(verdict(Gate.on(Severity.CRITICAL)))
                .isEqualTo("Passes (fails on findings of this change: critical).");
    }

    private static String verdict(Gate gate) {
        About about = update().concluded("1.2.3", "abc", null, null, gate).about();
        return about == null ? "" : about.verdict();
    }

    @Test
    void aChangeWithoutEffectSaysSo() {
        assertThat(update().hasEffect()).isTrue();
        Review nothing =
                Reviewer.review(List.of(StackEvidence.planned("shop", PlanFiles.recorded("a-noop"))), List.of());
        assertThat(nothing.hasEffect()).isFalse();
    }
}

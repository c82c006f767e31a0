package dev.eksplatform.internal.review.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Waivers;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.facts.Reviewer;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReviewTest {

    @Test
    void isOnePageThatNeedsNothingElse() {
        String page = Rendered.html(Example.replacedCluster());
        assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        Matcher links = Pattern.compile("(src|href)=\"([^\"]*)\"").matcher(page);
        while (links.find()) {
            assertThat(links.group(2)).matches("#review|#icon-[a-z-]+|data:,");
        }
        assertThat(page).contains("default-src &#39;none&#39;").doesNotContain("unsafe-inline");
    }

    @Test
    void noTextOfAPlanIsMarkup() {
        String hostile = "</code></pre></style><script>alert(1)</script><img src=x onerror=y>\"'&";
        Review review = Reviewer.review(
                List.of(StackEvidence.unplanned("s")),
                List.of(Example.finding(hostile, hostile, Severity.LOW, "s", hostile, hostile, hostile, hostile)));
        String page = Rendered.html(review);
        assertThat(page).doesNotContain("<script>alert").doesNotContain("<img");
        assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void aRuleThatSeveralBreakIsShownOnceAndUnchangedFindingsAreFolded() {
        StackEvidence input = StackEvidence.planned("shop", PlanFiles.recorded("recorded/ingress-update"));
        List<Finding> findings =
                Guardrails.load(List.of()).evaluate(List.of(input), Waivers.none(), LocalDate.of(2026, 1, 1));
        String page = Rendered.html(Reviewer.review(List.of(input), findings));
        String[] parts = page.split("4 that existed before this change", -1);
        assertThat(parts).hasSize(2);
        assertThat(parts[0]).contains("<code>node-group-kept</code>").doesNotContain("<code>egress-limited</code>");
        assertThat(parts[1]).contains("<code>egress-limited</code>");

        StackEvidence create = StackEvidence.planned("shop", PlanFiles.recorded("a-create"));
        List<Finding> several =
                Guardrails.load(List.of()).evaluate(List.of(create), Waivers.none(), LocalDate.of(2026, 1, 1));
        assertThat(Rendered.html(Reviewer.review(List.of(create), several)).split("<code>log-encrypted</code>", -1))
                .hasSize(2);
    }

    @Test
    void sayThatNothingChanges() {
        assertThat(Rendered.html(MarkdownReviewTest.recorded("a-noop")))
                .contains("<h1>No changes.</h1>")
                .contains("Nothing changes, nothing drifted, and there is no open finding.");
    }
}

package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.facts.Reviewer;
import dev.eksplatform.internal.review.render.MarkdownReview;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsequencesTest {

    private static final StackEvidence STACK =
            StackEvidence.planned("shop", PlanFiles.recorded("recorded/ingress-update"));
    private static final List<Finding> FINDINGS =
            Guardrails.load(List.of()).evaluate(List.of(STACK), Waivers.none(), LocalDate.of(2026, 1, 1));

    @Test
    void everyGuardrailOfTheTableExistsAndIsAboutChanges() {
        Map<String, Rule> shipped =
                Guardrails.load(List.of()).rules().stream().collect(Collectors.toMap(Rule::id, Function.identity()));
        Consequences table = Consequences.table();
        assertThat(Stream.of(
                                table.resources().stream()
                                        .flatMap(Consequences.Entry::all)
                                        .flatMap(consequence -> consequence.rules().stream()),
                                table.refused().rules().stream(),
                                table.access().stream(),
                                table.exposure().stream())
                        .flatMap(rules -> rules))
                .contains("node-group-kept", "immutable-field-kept", "trust-not-widened", "port-not-opened")
                .allSatisfy(id -> {
                    Rule rule = Objects.requireNonNull(shipped.get(id), id);
                    assertThat(rule.area()).isEqualTo("change");
                    assertThat(rule.why()).isNotBlank();
                    assertThat(rule.fix()).isNotBlank();
                });
    }

    @Test
    void aConsequenceIsShownOnceWithTheGuardrailThatReportsIt() {
        Review review = Reviewer.review(List.of(STACK), FINDINGS);
        Risk risk = review.risks().get(0);
        assertThat(risk.rules()).containsExactly("node-group-kept");
        assertThat(review.open())
                .extracting(PlacedFinding::finding)
                .filteredOn(finding -> finding.rule().equals("node-group-kept"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).isEqualTo(risk.meaning());
                    assertThat(finding.fix()).isEqualTo(risk.advice());
                });
        assertThat(review.unreported())
                .extracting(PlacedFinding::finding)
                .extracting(Finding::rule)
                .isNotEmpty()
                .doesNotContain("node-group-kept");
        assertThat(Gate.on(Severity.HIGH).reasons(review)).isNotEmpty();
        assertThat(FindingsSarif.render(review.findings(), true)).contains("\"node-group-kept\"");
        assertThat(MarkdownReview.render(review, "the page").split("node-group-kept", -1))
                .hasSize(2);
    }
}

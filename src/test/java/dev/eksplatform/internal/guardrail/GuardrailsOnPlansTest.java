package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.testing.Golden;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every guardrail passes on a plan that Terraform made, and fails on one. */
class GuardrailsOnPlansTest {

    private static final Guardrails GUARDRAILS = Guardrails.load(List.of());
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    /** Reviews of one stack or several. {@code plans/recorded/README.md} says what each plan shows. */
    private static final List<List<String>> REVIEWS = List.of(
            List.of("a-create"),
            List.of("a-update"),
            List.of("a-replace-cluster"),
            List.of("b-create"),
            List.of("b-update-charts"),
            List.of("c-bucket-replaced"),
            List.of("recorded/ingress-create"),
            List.of("recorded/ingress-update"),
            List.of("recorded/delete"),
            List.of("recorded/dynamic"),
            List.of("recorded/guardrails-changed"),
            List.of("recorded/guardrails-iam"),
            List.of("recorded/guardrails-boundary"),
            List.of("recorded/zones-changed"),
            List.of("recorded/upgrade"),
            List.of("recorded/versions"),
            List.of("recorded/kubernetes-changed"),
            List.of("recorded/kubernetes-refused"),
            List.of("recorded/kubernetes-loose"),
            List.of("recorded/kubernetes-tight"),
            List.of("recorded/guardrails-loose"),
            List.of("recorded/guardrails-broken", "recorded/kubernetes-broken"),
            List.of("recorded/guardrails-broken", "recorded/kubernetes-kept"));

    /** By rule and verdict: the plans and the addresses in them. */
    private final Map<String, Map<Verdict, Collection<String>>> verdicts = new TreeMap<>();

    GuardrailsOnPlansTest() {
        REVIEWS.forEach(review -> judge(review.stream()
                .map(plan -> stack(plan, Optional.empty(), Optional.empty()))
                .toList()));
        // which provider a plan was made with is not in the plan
        for (String before : List.of("4.67.0", "5.99.0")) {
            judge(List.of(stack("recorded/update", provider("5.100.0"), provider(before))));
        }
    }

    private static StackEvidence stack(
            String plan, Optional<SynthesizedStack> synthesized, Optional<SynthesizedStack> base) {
        StackEvidence evidence = StackEvidence.planned(plan, PlanFiles.recorded(plan));
        StackEvidence withHead = synthesized.map(evidence::withHead).orElse(evidence);
        return base.map(withHead::withBase).orElse(withHead);
    }

    private static Optional<SynthesizedStack> provider(String version) {
        String json = "{\"terraform\": {\"required_providers\": {\"aws\": {\"version\": \"" + version + "\"}}}}";
        return Optional.of(PlanFiles.synthesized("shop", json));
    }

    private void judge(List<StackEvidence> stacks) {
        List<GuardedResource> resources = stacks.stream()
                .flatMap(stack -> GuardedResources.of(stack).stream())
                .toList();
        GUARDRAILS.evaluate(
                resources, new Evaluation(resources, TODAY), (rule, subject, answer) -> verdicts.computeIfAbsent(
                                rule.id(), id -> new LinkedHashMap<>())
                        .computeIfAbsent(answer.verdict(), verdict -> new TreeSet<>())
                        .add(subject.stack().replace("recorded/", "") + " " + subject.address()));
    }

    @TestFactory
    List<DynamicTest> passesOnAPlanAndFailsOnOne() {
        return GUARDRAILS.rules().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule.id(), () -> assertThat(verdicts.getOrDefault(rule.id(), Map.of()))
                                .containsKeys(Verdict.PASS, Verdict.FAIL)))
                .toList();
    }

    @Test
    void failsAndCannotDecideWhereApproved() {
        List<String> lines = new ArrayList<>();
        verdicts.forEach((rule, places) -> {
            lines.add(rule);
            for (Verdict verdict : List.of(Verdict.FAIL, Verdict.UNKNOWN)) {
                places.getOrDefault(verdict, List.of())
                        .forEach(place -> lines.add("  " + verdict.word() + " " + place));
            }
        });
        Golden.check("guardrails-on-plans.txt", String.join("\n", lines) + "\n");
    }
}

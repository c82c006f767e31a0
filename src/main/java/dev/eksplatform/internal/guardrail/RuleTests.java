package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.guardrail.RuleExpression.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the tests of rules. */
public final class RuleTests {

    private RuleTests() {}

    /**
     * The outcome of one test.
     *
     * @param rule the rule's id
     * @param test the test's name
     * @param passed whether the rule gave the expected verdict
     * @param message what it gave instead; empty when passed
     */
    public record Outcome(String rule, String test, boolean passed, String message) {

        /** One line, such as {@code FAIL public-endpoint: private only: expected pass, got fail}. */
        @Override
        public String toString() {
            return passed ? "ok   " + rule + ": " + test : "FAIL " + rule + ": " + test + ": " + message;
        }
    }

    /**
     * Runs the tests of rules.
     *
     * @param rules the rules
     * @return an outcome for each of their tests, and one for whether the tests cover the verdicts the rule can give
     */
    public static List<Outcome> run(Collection<Rule> rules) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Rule rule : rules) {
            rule.cases().forEach(test -> outcomes.add(run(rule, test)));
            outcomes.add(coverage(rule));
        }
        return outcomes;
    }

    private static Outcome run(Rule rule, RuleCase test) {
        Answer answer = answer(rule, test, test.resource());
        boolean passed = answer.verdict() == test.expect();
        String message = "expected " + test.expect().word() + ", got "
                + answer.verdict().word() + (answer.reason().isEmpty() ? "" : " (" + answer.reason() + ")");
        return new Outcome(rule.id(), test.name(), passed, passed ? "" : message);
    }

    /** A rule needs a test for pass, one for fail and, if a value can be unknown, one for unknown. */
    private static Outcome coverage(Rule rule) {
        List<String> missing = Stream.of(Verdict.values())
                .filter(verdict -> rule.cases().stream().noneMatch(test -> test.expect() == verdict))
                .filter(verdict -> verdict != Verdict.UNKNOWN || canBeUndecided(rule))
                .map(Verdict::word)
                .collect(Collectors.toList());
        return new Outcome(
                rule.id(),
                "tests cover the verdicts",
                missing.isEmpty(),
                missing.isEmpty() ? "" : "no test expects " + String.join(", ", missing));
    }

    private static boolean canBeUndecided(Rule rule) {
        return rule.cases().stream().anyMatch(test -> withOneUnknown(test.resource()).stream()
                .anyMatch(subject -> answer(rule, test, subject).verdict() == Verdict.UNKNOWN));
    }

    /** A copy of a resource for each scalar in its values, with that scalar unknown. */
    static List<GuardedResource> withOneUnknown(GuardedResource subject) {
        return subject.values().withOneUnknown().stream()
                .map(values -> new GuardedResource(
                        subject.stack(),
                        subject.type(),
                        subject.address(),
                        values,
                        subject.before(),
                        subject.actions()))
                .toList();
    }

    static Answer answer(Rule rule, RuleCase test, GuardedResource subject) {
        List<GuardedResource> all = new ArrayList<>(test.related());
        all.add(subject);
        return new Evaluation(all, test.today()).answer(rule, subject);
    }
}

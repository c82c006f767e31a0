package dev.eksplatform.internal.guardrail;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule's compiled CEL expression. */
public final class RuleExpression {

    private final CelRuntime.Program program;

    /** How CEL quotes the arguments of a function, with all attributes of a resource, which may be secret. */
    private static final Pattern ARGUMENTS = Pattern.compile("(?s) failed with arg\\(s\\) .*");

    RuleExpression(CelRuntime.Program program) {
        this.program = program;
    }

    /**
     * The answer of a rule about a resource.
     *
     * @param verdict whether the rule holds
     * @param reason why it is {@link Verdict#UNKNOWN}; empty otherwise
     */
    record Answer(Verdict verdict, String reason) {}

    /** What expressions about a resource can name. */
    static Map<String, Object> variables(
            GuardedResource subject, ResourceIndex stack, ResourceIndex review, LocalDate today) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("resource", subject);
        variables.put("before", subject.before());
        variables.put("after", subject.values());
        variables.put("change", subject.change());
        variables.put("stack", stack);
        variables.put("review", review);
        variables.put("today", today.toString());
        variables.put("unknown", ConfigValue.UNKNOWN);
        return variables;
    }

    Answer evaluate(Map<String, Object> variables) {
        try {
            Object result = program.eval(variables);
            if (result instanceof Boolean holds) {
                return new Answer(holds ? Verdict.PASS : Verdict.FAIL, "");
            }
            if (result instanceof CelUnknownSet) {
                return new Answer(Verdict.UNKNOWN, "depends on a value that is known only after apply");
            }
            return new Answer(Verdict.UNKNOWN, "the rule's expression gave " + result + " instead of true or false");
        } catch (CelEvaluationException e) {
            return new Answer(Verdict.UNKNOWN, "the rule could not be evaluated: " + withoutArguments(e.getMessage()));
        }
    }

    private static String withoutArguments(@Nullable String message) {
        return ARGUMENTS.matcher(String.valueOf(message)).replaceFirst(" cannot read the resource's values");
    }
}

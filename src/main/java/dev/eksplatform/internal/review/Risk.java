package dev.eksplatform.internal.review;

import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.Published;
import dev.eksplatform.problem.SourcePosition;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change with a consequence for the running platform.
 *
 * @param severity the worst severity of the consequence and of the guardrails that report it
 * @param stack the stack
 * @param address the resource
 * @param label its name in the account or the cluster; empty when the address says as much
 * @param action what is done with it
 * @param effect the effect, where the action does not say it
 * @param because the attributes that cause it
 * @param summary the consequence in a few words
 * @param meaning the consequence
 * @param advice what to do about it; empty when there is nothing to do
 * @param rules the guardrails that report it
 * @param follows the resource whose replacement causes this one; {@code null} when it has a cause of its own
 * @param position the line it comes from; {@code null} when that is not known
 */
public record Risk(
        Severity severity,
        String stack,
        String address,
        String label,
        Action action,
        Change.Effect effect,
        List<Difference> because,
        @Published String summary,
        @Published String meaning,
        @Published String advice,
        @Published List<String> rules,
        @Nullable String follows,
        @Nullable SourcePosition position) {

    /**
     * A change with its consequence.
     *
     * @param stack the stack
     * @param change the change
     * @param consequence its consequence
     * @param follows the resource whose replacement causes this one; {@code null} when it has a cause of its own
     * @param findings the findings that report the consequence
     * @return the risk
     */
    public static Risk of(
            String stack, Change change, Consequence consequence, @Nullable String follows, List<Finding> findings) {
        return new Risk(
                Stream.concat(
                                Stream.of(consequence.severity()),
                                findings.stream().map(Finding::severity))
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                stack,
                change.address(),
                change.label(),
                change.action(),
                change.effect(),
                change.differences().stream()
                        .filter(difference -> difference.forcesReplacement()
                                || consequence.attributes().stream().anyMatch(difference::isWithin))
                        .toList(),
                consequence.summary(),
                consequence.meaning(),
                consequence.advice(),
                findings.stream().map(Finding::rule).toList(),
                follows,
                change.position());
    }

    /**
     * What is done, in words.
     *
     * @return such as {@code replaced (create before destroy)}
     */
    public String inWords() {
        return Change.inWords(action, effect);
    }
}

package dev.eksplatform.internal.review;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.plan.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reviewed stack.
 *
 * @param name its name
 * @param planned whether there is a plan; without one the configurations before and after are compared
 * @param errored whether planning failed part-way, so that this plan must not be applied
 * @param applyable whether Terraform would apply the plan, if there is anything to apply
 * @param complete whether the review shows all that is to be done: false when a change is left for a later plan, when there
 *     is no plan yet, and when the plan has fields that are not known
 * @param checks the failed checks of the configuration
 * @param counts the outcomes of its resources
 * @param warnings what makes this review or this plan incomplete
 * @param binding identifies the reviewed plan and configuration; {@code null} when the review is not bound
 */
public record StackReport(
        String name,
        boolean planned,
        boolean errored,
        boolean applyable,
        boolean complete,
        List<Check> checks,
        Counts counts,
        List<String> warnings,
        @Nullable ReviewBinding binding) {

    /**
     * Replaces the warnings.
     *
     * @param texts the warnings
     * @return a copy
     */
    public StackReport withWarnings(List<String> texts) {
        return new StackReport(name, planned, errored, applyable, complete, checks, counts, texts, binding);
    }

    StackReport boundTo(@Nullable ReviewBinding bound) {
        return new StackReport(name, planned, errored, applyable, complete, checks, counts, warnings, bound);
    }

    /**
     * Says whether the plan fails the gate, whatever the findings are.
     *
     * @return true when it must not be applied, and when a check of the configuration failed
     */
    public boolean fails() {
        return errored || !applyable || !checks.isEmpty();
    }
}

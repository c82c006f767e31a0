package dev.eksplatform.internal.review;

import dev.eksplatform.internal.apply.ReviewBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reviewed stack.
 *
 * @param name its name
 * @param planned whether there is a plan; without one the configurations before and after are compared
 * @param errored whether planning failed part-way, so that this plan must not be applied
 * @param counts the outcomes of its resources
 * @param warnings what makes this review or this plan incomplete
 * @param binding identifies the reviewed plan and configuration; {@code null} when the review is not bound
 */
public record StackReport(
        String name,
        boolean planned,
        boolean errored,
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
        return new StackReport(name, planned, errored, counts, texts, binding);
    }

    StackReport boundTo(@Nullable ReviewBinding bound) {
        return new StackReport(name, planned, errored, counts, warnings, bound);
    }
}

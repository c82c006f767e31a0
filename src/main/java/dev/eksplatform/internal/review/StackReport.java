package dev.eksplatform.internal.review;

import dev.eksplatform.internal.apply.ReviewBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reviewed stack.
 *
 * @param name its name
 * @param planned whether there is a plan; without one the synthesized JSON of before and after is compared
 * @param errored whether Terraform stopped planning half way, so that this plan must not be applied
 * @param counts what happens to its resources
 * @param warnings what makes this review or this plan less than whole
 * @param binding what the reviewed plan and configuration are recognized by; {@code null} when not bound
 */
public record StackReport(
        String name,
        boolean planned,
        boolean errored,
        Counts counts,
        List<String> warnings,
        @Nullable ReviewBinding binding) {}

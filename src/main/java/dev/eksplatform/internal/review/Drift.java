package dev.eksplatform.internal.review;

import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change outside of Terraform.
 *
 * @param stack the stack
 * @param address the resource
 * @param deleted whether the resource was deleted
 * @param differences from the state to what is there now
 * @param undone whether this plan changes it back
 * @param position the line it comes from; {@code null} when that is not known
 */
public record Drift(
        String stack,
        String address,
        boolean deleted,
        List<Difference> differences,
        boolean undone,
        @Nullable SourcePosition position) {}

package dev.eksplatform.internal.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changed outside of Terraform.
 *
 * @param stack the stack
 * @param address the resource
 * @param deleted whether the resource is gone
 * @param differences from what Terraform knew to what is there now
 * @param undone whether this plan changes it back
 * @param position where the resource comes from; {@code null} when that is not known
 */
public record Drift(
        String stack,
        String address,
        boolean deleted,
        List<Difference> differences,
        boolean undone,
        @Nullable Position position) {}

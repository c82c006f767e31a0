package dev.eksplatform.internal.review;

import dev.eksplatform.internal.guardrail.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that a running platform feels.
 *
 * @param severity how bad it is
 * @param stack the stack
 * @param address the resource
 * @param label what it is in the account or the cluster; empty when that says no more than the address
 * @param action what is done with it, such as {@code replaced: deleted first, then made anew}
 * @param because the attributes that cause it
 * @param summary in a few words
 * @param meaning what happens to a running platform
 * @param advice what to do about it; empty when there is nothing to say
 * @param follows the resource whose replacement causes this one; {@code null} when it has a cause of its own
 * @param position where it comes from; {@code null} when that is not known
 */
public record Risk(
        Severity severity,
        String stack,
        String address,
        String label,
        String action,
        List<Difference> because,
        String summary,
        String meaning,
        String advice,
        @Nullable String follows,
        @Nullable Position position) {}

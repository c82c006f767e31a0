package dev.eksplatform.internal.review;

import dev.eksplatform.internal.plan.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one resource.
 *
 * @param address the resource
 * @param type its type
 * @param label what it is in the account or the cluster, such as {@code cert-manager v1.18.2}; empty when that says no
 *     more than the address
 * @param action what is done
 * @param previousAddress its address before, when it moved; else {@code null}
 * @param importing the id under which it is taken over; else {@code null}
 * @param constructPath its construct; {@code null} when that is not known
 * @param position the line it comes from; {@code null} when that is not known
 * @param differences what differs, without what merely settles during apply
 * @param more how many differences were left out for length
 * @param note what else there is to know, such as why there are no differences; empty when they say it all
 */
public record Change(
        String address,
        String type,
        String label,
        Action action,
        @Nullable String previousAddress,
        @Nullable String importing,
        @Nullable String constructPath,
        @Nullable Position position,
        List<Difference> differences,
        int more,
        String note) {}

package dev.eksplatform.internal.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change outside of Terraform, as far as one thing becomes of it.
 *
 * @param stack the stack
 * @param address the resource; it has one drift for each fate of its attributes
 * @param deleted whether the resource was deleted
 * @param differences from the state to what is there now
 * @param fate what this plan does about it
 * @param position the line it comes from; {@code null} when that is not known
 */
public record Drift(
        String stack,
        String address,
        boolean deleted,
        List<Difference> differences,
        Fate fate,
        @Nullable SourcePosition position) {

    /** What a plan does about a change outside of Terraform. */
    public enum Fate {
        /** It is undone: changed back, or created again. */
        REVERTED,
        /** It stays as it is. */
        KEPT,
        /** It is overwritten by a value that was not there before either. */
        OVERWRITTEN
    }

    /**
     * What was done outside of Terraform, and what becomes of it.
     *
     * @return such as {@code was changed; this plan changes it back}
     */
    public String inWords() {
        String what = deleted ? "was deleted" : "was changed";
        return what
                + switch (fate) {
                    case REVERTED -> deleted ? "; this plan creates it again" : "; this plan changes it back";
                    case KEPT -> deleted ? "" : "; this plan leaves it so";
                    case OVERWRITTEN -> "; this plan changes it to something else";
                };
    }

    /**
     * Says whether this plan undoes it.
     *
     * @return true when it is changed back or created again
     */
    @JsonProperty
    public boolean undone() {
        return fate == Fate.REVERTED;
    }
}

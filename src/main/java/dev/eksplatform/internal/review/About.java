package dev.eksplatform.internal.review;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a review comes from, and its verdict.
 *
 * @param version the version of eks-platform
 * @param commit the reviewed commit; {@code null} when it is not given
 * @param planned when Terraform created the plan, the latest of several, in RFC 3339; {@code null} when it is not known
 * @param run the address of the run that created the review; {@code null} when it is not given
 * @param gate what fails the change
 * @param reasons why it fails; empty when it passes
 */
public record About(
        String version,
        @Nullable String commit,
        @Nullable String planned,
        @Nullable String run,
        Gate gate,
        List<String> reasons) {

    /**
     * The verdict in a sentence.
     *
     * @return such as {@code Fails: 2 findings of this change (fails on findings of this change: high or above).}
     */
    public String verdict() {
        return (reasons.isEmpty() ? "Passes" : "Fails: " + String.join(", ", reasons)) + " (fails on " + gate.inWords()
                + ").";
    }
}

package dev.eksplatform.internal.review;

import dev.eksplatform.internal.apply.ReviewBinding;
import dev.eksplatform.internal.guardrail.StackUnderReview;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.Sources;
import dev.eksplatform.internal.plan.SynthesizedStack;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one stack that is reviewed.
 *
 * @param name the stack's name
 * @param plan its plan; {@code null} when there cannot be one yet
 * @param head its synthesized JSON as proposed; {@code null} when not given
 * @param base its synthesized JSON before the change; {@code null} when not given or the stack is new
 * @param sources which line each resource comes from
 * @param binding what the plan and the configuration are recognized by; {@code null} when not given
 */
public record StackInput(
        String name,
        @Nullable Plan plan,
        @Nullable SynthesizedStack head,
        @Nullable SynthesizedStack base,
        Sources sources,
        @Nullable ReviewBinding binding) {

    /**
     * A stack with a plan.
     *
     * @param name the stack's name
     * @param plan its plan
     * @return an input to add more to
     */
    public static StackInput planned(String name, Plan plan) {
        return new StackInput(name, plan, null, null, Sources.NONE, null);
    }

    /**
     * A stack that cannot be planned yet, because what it reads does not exist.
     *
     * @param name the stack's name
     * @return an input to add the synthesized JSON to
     */
    public static StackInput unplanned(String name) {
        return new StackInput(name, null, null, null, Sources.NONE, null);
    }

    /**
     * Adds the synthesized JSON of the proposed change: construct paths come from it.
     *
     * @param stack {@code cdktf.out/stacks/<stack>/cdk.tf.json} of the head
     * @return a copy
     */
    public StackInput withHead(SynthesizedStack stack) {
        return new StackInput(name, plan, stack, base, sources, binding);
    }

    /**
     * Adds the synthesized JSON before the change: construct paths of what is deleted come from it.
     *
     * @param stack {@code cdktf.out/stacks/<stack>/cdk.tf.json} of the base
     * @return a copy
     */
    public StackInput withBase(SynthesizedStack stack) {
        return new StackInput(name, plan, head, stack, sources, binding);
    }

    /**
     * Adds the source map.
     *
     * @param map {@code cdktf.out/stacks/<stack>/sources.json}
     * @return a copy
     */
    public StackInput withSources(Sources map) {
        return new StackInput(name, plan, head, base, map, binding);
    }

    /**
     * The stack as guardrails see it.
     *
     * @return with all that is known; without head and plan there is nothing to judge
     */
    public StackUnderReview underReview() {
        return new StackUnderReview(
                name, Optional.ofNullable(head), Optional.ofNullable(plan), Optional.ofNullable(base));
    }

    /**
     * Binds the review to exactly this plan and configuration.
     *
     * @param bound see {@link ReviewBinding#of}
     * @return a copy
     */
    public StackInput withBinding(ReviewBinding bound) {
        return new StackInput(name, plan, head, base, sources, bound);
    }
}

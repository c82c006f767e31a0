package dev.eksplatform.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.plan.Mode;
import dev.eksplatform.plan.Plan;
import dev.eksplatform.plan.Resource;
import dev.eksplatform.plan.ResourceChange;
import dev.eksplatform.plan.SynthesizedStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stack to be judged: what was synthesized, what is planned, or both. Both together decide most: the plan knows
 * defaults and real values, the synthesized configuration knows what stands behind a value that is not known yet.
 *
 * @param name the stack's name
 * @param synthesized its synthesized configuration
 * @param plan its plan
 */
public record StackUnderReview(String name, Optional<SynthesizedStack> synthesized, Optional<Plan> plan) {

    /**
     * A stack without a plan.
     *
     * @param stack its synthesized configuration
     * @return the stack; rules about changes are silent about it
     */
    public static StackUnderReview of(SynthesizedStack stack) {
        return new StackUnderReview(stack.name(), Optional.of(stack), Optional.empty());
    }

    /**
     * A stack with its plan.
     *
     * @param stack its synthesized configuration
     * @param plan its plan
     * @return the stack
     */
    public static StackUnderReview of(SynthesizedStack stack, Plan plan) {
        return new StackUnderReview(stack.name(), Optional.of(stack), Optional.of(plan));
    }

    List<Subject> subjects() {
        Map<String, JsonNode> writtenByBlock = new HashMap<>();
        synthesized.ifPresent(stack ->
                stack.resources().forEach(resource -> writtenByBlock.put(resource.address(), resource.values())));
        return plan.map(known -> known.resourceChanges().stream()
                        .filter(change -> change.mode() == Mode.MANAGED
                                && change.deposed().isEmpty())
                        .map(change -> planned(change, writtenByBlock))
                        .toList())
                .orElseGet(() -> synthesized.stream()
                        .flatMap(stack -> stack.resources().stream())
                        .filter(resource -> resource.mode() == Mode.MANAGED)
                        .map(this::written)
                        .toList());
    }

    private Subject written(Resource resource) {
        return new Subject(
                name,
                resource.type(),
                resource.address(),
                Block.written(resource.values()),
                Block.nothing(),
                List.of());
    }

    private Subject planned(ResourceChange change, Map<String, JsonNode> writtenByBlock) {
        JsonNode written = writtenByBlock.getOrDefault(change.block(), MissingNode.getInstance());
        return new Subject(
                name,
                change.type(),
                change.address(),
                change.after().isNull() ? Block.nothing() : Block.planned(change.after(), change.unknown(), written),
                change.before().isNull() ? Block.nothing() : Block.of(change.before()),
                change.action().words());
    }
}

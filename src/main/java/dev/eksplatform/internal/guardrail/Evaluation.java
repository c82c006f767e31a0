package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.guardrail.RuleExpression.Answer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Evaluates rules with the resources that they can look up: those after a change, or those before it. */
final class Evaluation {

    private final ResourceIndex review;
    private final Map<String, ResourceIndex> stacks = new HashMap<>();
    private final LocalDate today;

    /**
     * Indexes resources.
     *
     * @param resources the resources of all stacks of a review
     * @param today the day by which versions are in support
     */
    Evaluation(List<GuardedResource> resources, LocalDate today) {
        this.today = today;
        review = new ResourceIndex(resources);
        resources.stream()
                .collect(Collectors.groupingBy(GuardedResource::stack))
                .forEach((stack, own) -> stacks.put(stack, new ResourceIndex(own)));
    }

    /** The answer of a rule about one of the resources. */
    Answer answer(Rule rule, GuardedResource resource) {
        ResourceIndex stack = Objects.requireNonNull(stacks.get(resource.stack()));
        return rule.expression().evaluate(resource, stack, review, today);
    }
}

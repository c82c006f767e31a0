package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.guardrail.RuleExpression.Answer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evaluates rules with the resources that they can look up: those after a change, or those before it. */
final class Evaluation {

    private final ResourceIndex review;
    private final Map<String, ResourceIndex> stacks = new HashMap<>();
    private final LocalDate today;

    /** Those of the resource that was asked about last: rules are asked one after the other. */
    private Map<String, Object> variables = Map.of();

    private @Nullable GuardedResource subject;

    /**
     * Indexes resources.
     *
     * @param resources the resources of all stacks of a review
     * @param today the day by which versions are in support
     */
    Evaluation(List<GuardedResource> resources, LocalDate today) {
        this.today = today;
        review = new ResourceIndex(resources);
        Map<String, List<GuardedResource>> byStack =
                resources.stream().collect(Collectors.groupingBy(GuardedResource::stack));
        byStack.forEach((stack, own) -> stacks.put(stack, byStack.size() == 1 ? review : new ResourceIndex(own)));
    }

    /** The answer of a rule about one of the resources. */
    @SuppressWarnings("ReferenceEquality")
    Answer answer(Rule rule, GuardedResource resource) {
        if (resource != subject) {
            ResourceIndex stack = Objects.requireNonNull(stacks.get(resource.stack()));
            variables = RuleExpression.variables(resource, stack, review, today);
            subject = resource;
        }
        return rule.expression().evaluate(variables);
    }
}

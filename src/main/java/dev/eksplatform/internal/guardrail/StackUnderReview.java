package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PredictedChanges;
import dev.eksplatform.internal.plan.Resource;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.RuleResources;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A stack that rules are evaluated for: what is synthesized, what is planned, or both. Most can be decided with both: the
 * plan has defaults and real values, the synthesized configuration has the expressions of values that are not known yet.
 *
 * @param name the stack's name
 * @param synthesized its synthesized configuration
 * @param plan its plan
 * @param base its synthesized configuration before the change: without a plan, changes are predicted from it; rules see
 *     the versions of its providers as resources of type {@code terraform_provider}
 */
public record StackUnderReview(
        String name, Optional<SynthesizedStack> synthesized, Optional<Plan> plan, Optional<SynthesizedStack> base) {

    /**
     * A stack without a plan.
     *
     * @param stack its synthesized configuration
     * @return the stack; rules about changes need {@link #withBase}
     */
    public static StackUnderReview of(SynthesizedStack stack) {
        return new StackUnderReview(stack.name(), Optional.of(stack), Optional.empty(), Optional.empty());
    }

    /**
     * A stack with its plan.
     *
     * @param stack its synthesized configuration
     * @param plan its plan
     * @return the stack
     */
    public static StackUnderReview of(SynthesizedStack stack, Plan plan) {
        return new StackUnderReview(stack.name(), Optional.of(stack), Optional.of(plan), Optional.empty());
    }

    /**
     * Adds the configuration before the change.
     *
     * @param before synthesized from the base branch
     * @return a copy
     */
    public StackUnderReview withBase(SynthesizedStack before) {
        return new StackUnderReview(name, synthesized, plan, Optional.of(before));
    }

    List<GuardedResource> subjects() {
        return Stream.concat(resources().stream(), providers().stream()).toList();
    }

    private List<GuardedResource> providers() {
        List<GuardedResource> providers = new ArrayList<>();
        base.ifPresent(before ->
                synthesized.ifPresent(after -> after.providerVersions().forEach((provider, version) -> {
                    String old = before.providerVersions().getOrDefault(provider, version);
                    providers.add(new GuardedResource(
                            name,
                            "terraform_provider",
                            "terraform_provider." + provider,
                            version(version),
                            version(old),
                            List.of(old.equals(version) ? "no-op" : "update")));
                })));
        return providers;
    }

    private static ConfigValue version(String version) {
        return ConfigValue.written(JsonNodeFactory.instance.objectNode().put("version", version));
    }

    private List<GuardedResource> resources() {
        Map<String, Resource> head = managed(synthesized);
        Map<String, Resource> before = managed(base);
        Set<String> repeating = plan.map(RuleResources::groups).orElse(Set.of());
        return plan.map(known -> known.resourceChanges().stream()
                        .filter(change -> change.mode() == ResourceMode.MANAGED
                                && change.deposed().isEmpty())
                        .map(change -> planned(
                                change,
                                Optional.ofNullable(head.get(change.block())),
                                Optional.ofNullable(before.get(change.block())),
                                repeating.contains(change.address())))
                        .toList())
                .orElseGet(this::written);
    }

    /** The resources of the configuration, and those that it no longer has. */
    private List<GuardedResource> written() {
        Map<String, Resource> before = managed(base);
        Map<String, Resource> after = managed(synthesized);
        List<GuardedResource> subjects = new ArrayList<>();
        Map<String, List<String>> actions = new HashMap<>();
        PredictedChanges.of(base.orElse(null), synthesized.orElse(null), (type, attribute) -> false)
                .forEach(change -> actions.put(change.address(), change.action().words()));
        after.forEach((address, resource) -> {
            Resource old = before.get(address);
            subjects.add(new GuardedResource(
                    name,
                    resource.type(),
                    address,
                    ConfigValue.written(resource.values()),
                    old == null ? ConfigValue.nothing() : ConfigValue.written(old.values()),
                    base.isPresent() ? actions.getOrDefault(address, List.of()) : List.of()));
        });
        before.forEach((address, old) -> {
            if (!after.containsKey(address)) {
                subjects.add(new GuardedResource(
                        name,
                        old.type(),
                        address,
                        ConfigValue.nothing(),
                        ConfigValue.written(old.values()),
                        List.of("delete")));
            }
        });
        return subjects;
    }

    private static Map<String, Resource> managed(Optional<SynthesizedStack> stack) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        stack.stream()
                .flatMap(known -> known.resources().stream())
                .filter(resource -> resource.mode() == ResourceMode.MANAGED)
                .forEach(resource -> resources.put(resource.address(), resource));
        return resources;
    }

    private GuardedResource planned(
            ResourceChange change, Optional<Resource> head, Optional<Resource> before, boolean repeatsRules) {
        JsonNode written = head.map(Resource::values).orElseGet(() -> plan.map(
                        known -> known.configuration().expressions().get(change.block()))
                .map(ConfiguredExpressions::written)
                .orElse(MissingNode.getInstance()));
        return new GuardedResource(
                name,
                change.type(),
                change.address(),
                change.after().isNull()
                        ? ConfigValue.nothing()
                        : ConfigValue.planned(own(change.after(), repeatsRules), change.unknown(), written),
                change.before().isNull()
                        ? ConfigValue.nothing()
                        : ConfigValue.planned(
                                own(change.before(), repeatsRules),
                                ValueMarks.NONE,
                                before.map(Resource::values).orElse(MissingNode.getInstance())),
                change.action().words());
    }

    private static JsonNode own(JsonNode values, boolean repeatsRules) {
        return repeatsRules && values instanceof ObjectNode group
                ? group.deepCopy().without(List.of("ingress", "egress"))
                : values;
    }
}

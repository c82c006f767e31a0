package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Drift.Fate;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Separates manual changes from values that AWS or Kubernetes filled in after the last apply, and says what the plan does
 * about them.
 *
 * <p>Terraform lists both as drift. A difference counts when the configuration sets the attribute, when the plan changes
 * it, or - for the few attributes that decide who may do or reach what - when no resource of the stack explains it: see
 * {@link Explanations}. Empty in one form and empty in another is never a difference.
 */
final class DriftDetector {

    /** Attributes worth telling although the configuration does not set them. */
    private static final Set<String> WATCHED = Set.of(
            "aws_security_group.ingress",
            "aws_security_group.egress",
            "aws_iam_role.inline_policy",
            "aws_iam_role.managed_policy_arns",
            "aws_route_table.route",
            "aws_eks_cluster.vpc_config",
            "aws_eks_cluster.access_config",
            "aws_eks_access_entry.kubernetes_groups");

    private final StackEvidence stack;
    private final Secrets secrets;
    private @Nullable Explanations explanations;
    private final Map<String, ResourceChange> drifted = new HashMap<>();

    DriftDetector(StackEvidence stack, Secrets secrets) {
        this.stack = stack;
        this.secrets = secrets;
    }

    private Explanations explanations() {
        if (explanations == null) {
            Explanations all = new Explanations();
            stack.changes().stream()
                    .filter(change -> change.mode() == ResourceMode.MANAGED && explains(change.type()))
                    .forEach(change -> all.add(change.before()));
            // a plan without changes may list no resource: then the state has them
            stack.plan().stream()
                    .flatMap(plan -> plan.priorState().stream())
                    .filter(resource -> explains(resource.type()))
                    .forEach(resource -> all.add(resource.values()));
            explanations = all;
        }
        return explanations;
    }

    private static boolean explains(String type) {
        return type.startsWith("aws_") && WATCHED.stream().noneMatch(watched -> watched.startsWith(type + "."));
    }

    List<Drift> drifts() {
        List<Drift> drifts = new ArrayList<>();
        stack.plan().stream()
                .flatMap(plan -> plan.resourceDrift().stream())
                .filter(drift -> drift.deposed().isEmpty())
                .forEach(drift -> {
                    drifted.put(drift.address(), drift);
                    add(drift, drifts);
                });
        return drifts;
    }

    private void add(ResourceChange drift, List<Drift> into) {
        Optional<ResourceChange> planned = stack.at(drift.address());
        Optional<Action> action = planned.map(ResourceChange::action);
        if (drift.action() == Action.DELETE) {
            boolean again = action.filter(what -> what == Action.CREATE || what.replaces())
                    .isPresent();
            into.add(drift(drift, true, List.of(), again ? Fate.REVERTED : Fate.KEPT));
            return;
        }
        if (action.filter(what -> what == Action.DELETE).isPresent()) {
            return;
        }
        Sorted sorted = new Sorted(planned.filter(
                change -> change.action().changes() && change.after().isObject()));
        for (String attribute : Json.names(drift.after(), drift.before())) {
            JsonNode before = drift.before().path(attribute);
            JsonNode after = NewerProvider.withoutNew(
                    drift.type(), attribute, before, drift.after().path(attribute));
            DriftedValue.counting(before, after, counted(drift, planned, attribute, before, after))
                    .ifPresent(value -> sorted.add(attribute, value));
        }
        sorted.byFate.forEach((fate, sides) -> {
            List<Difference> differences = Differences.ofDrift(secrets)
                    .between(
                            drift.type(),
                            new Side(sides.before, ValueMarks.NONE, drift.sensitiveBefore()),
                            new Side(sides.after, ValueMarks.NONE, drift.sensitiveAfter()));
            if (!differences.isEmpty()) {
                into.add(drift(drift, false, differences, fate));
            }
        });
    }

    private Drift drift(ResourceChange drift, boolean deleted, List<Difference> differences, Fate fate) {
        return new Drift(stack.name(), drift.address(), deleted, differences, fate, position(drift));
    }

    private @Nullable SourcePosition position(ResourceChange drift) {
        return stack.position(drift.address()).orElse(null);
    }

    /** How much of an attribute counts. */
    private DriftedValue.Scope counted(
            ResourceChange drift, Optional<ResourceChange> planned, String attribute, JsonNode before, JsonNode after) {
        if (DriftedValue.same(before, after)) {
            return DriftedValue.Scope.NOTHING;
        }
        JsonNode expressions = stack.expressions(drift.block());
        boolean changed = planned.filter(change -> change.action().changes())
                .filter(change -> change.after().has(attribute)
                        && !change.unknown().at(attribute).any()
                        && !DriftedValue.same(
                                change.before().path(attribute), change.after().path(attribute)))
                .isPresent();
        if (changed) {
            return DriftedValue.Scope.all(expressions.path(attribute));
        }
        if (WATCHED.contains(drift.type() + "." + attribute)) {
            return explanations().explain(before, after)
                    ? DriftedValue.Scope.NOTHING
                    : DriftedValue.Scope.all(expressions.path(attribute));
        }
        if (expressions.has(attribute)) {
            return DriftedValue.Scope.configured(expressions.path(attribute));
        }
        if (expressions.isMissingNode()) {
            return ComputedAttributes.ofResource(attribute) || Side.isUnset(before) && !attribute.equals("tags")
                    ? DriftedValue.Scope.NOTHING
                    : DriftedValue.Scope.all(expressions);
        }
        return isGenerated(before, after) || isRelevant(drift, attribute, before, after)
                ? DriftedValue.Scope.all(expressions.path(attribute))
                : DriftedValue.Scope.NOTHING;
    }

    /** Blocks that the configuration generates ({@code dynamic}) are not in what the plan repeats of it. */
    private static boolean isGenerated(JsonNode before, JsonNode after) {
        return before.isArray() && before.path(0).isObject() && after.isArray();
    }

    private boolean isRelevant(ResourceChange drift, String attribute, JsonNode before, JsonNode after) {
        return !Side.isUnset(before)
                && !Side.isUnset(after)
                && stack.plan()
                        .map(plan -> plan.relevantAttributes()
                                .getOrDefault(drift.address(), Set.of())
                                .contains(attribute))
                        .orElse(false);
    }

    /** What a plan does about the values, each with the names of its properties around it. */
    private static final class Sorted {

        private final Map<Fate, Sides> byFate = new EnumMap<>(Fate.class);
        private final Optional<ResourceChange> planned;

        Sorted(Optional<ResourceChange> planned) {
            this.planned = planned;
        }

        void add(String attribute, DriftedValue value) {
            JsonNode after =
                    planned.map(change -> change.after().path(attribute)).orElse(value.after());
            ValueMarks unknown =
                    planned.map(change -> change.unknown().at(attribute)).orElse(ValueMarks.NONE);
            add(List.of(attribute), value, after, unknown);
        }

        private void add(List<String> path, DriftedValue value, JsonNode planned, ValueMarks unknown) {
            if (value.before().isObject() && value.after().isObject() && planned.isObject()) {
                for (String name : Json.names(value.before(), value.after())) {
                    DriftedValue part = value.at(name);
                    if (!DriftedValue.same(part.before(), part.after())) {
                        List<String> longer = new ArrayList<>(path);
                        longer.add(name);
                        add(longer, part, planned.path(name), unknown.at(name));
                    }
                }
                return;
            }
            boolean known = !unknown.any();
            Fate fate = known && DriftedValue.within(value.before(), planned)
                    ? Fate.REVERTED
                    : known && DriftedValue.within(value.after(), planned) ? Fate.KEPT : Fate.OVERWRITTEN;
            byFate.computeIfAbsent(fate, key -> new Sides()).put(path, value);
        }
    }

    private static final class Sides {

        private final ObjectNode before = JsonNodeFactory.instance.objectNode();
        private final ObjectNode after = JsonNodeFactory.instance.objectNode();

        void put(List<String> path, DriftedValue value) {
            put(before, path, value.before());
            put(after, path, value.after());
        }

        private static void put(ObjectNode root, List<String> path, JsonNode value) {
            ObjectNode parent = root;
            for (String step : path.subList(0, path.size() - 1)) {
                parent = parent.get(step) instanceof ObjectNode object ? object : parent.putObject(step);
            }
            if (!value.isMissingNode()) {
                parent.set(path.get(path.size() - 1), value);
            }
        }
    }

    /** Says whether the plan does nothing with a resource but change it back, in place. */
    boolean onlyReverts(String address) {
        ResourceChange drift = drifted.get(address);
        return drift != null
                && drift.before().isObject()
                && stack.at(address)
                        .filter(planned -> planned.action() == Action.UPDATE)
                        .filter(planned -> planned.previousAddress().isEmpty()
                                && planned.importing().isEmpty())
                        .filter(planned -> planned.sensitiveBefore().equals(planned.sensitiveAfter()))
                        .filter(planned -> !becomesUnknown(planned))
                        .filter(planned -> DriftedValue.same(planned.after(), withBefore(planned, drift)))
                        .isPresent();
    }

    private boolean becomesUnknown(ResourceChange planned) {
        JsonNode expressions = stack.expressions(planned.block());
        return planned.unknown().whole()
                || planned.unknown().parts().keySet().stream().anyMatch(expressions::has);
    }

    private static JsonNode withBefore(ResourceChange planned, ResourceChange drift) {
        ObjectNode expected = JsonNodeFactory.instance.objectNode();
        planned.after().properties().forEach(entry -> {
            JsonNode current = planned.before().path(entry.getKey());
            boolean changes = !DriftedValue.same(current, entry.getValue());
            expected.set(entry.getKey(), changes ? drift.before().path(entry.getKey()) : entry.getValue());
        });
        return expected;
    }
}

package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.Secrets;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.problem.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Separates manual changes from values that AWS or Kubernetes filled in after the last apply.
 *
 * <p>Terraform lists both as drift. A difference counts when the configuration sets the attribute, when the plan changes
 * it back, or - for the few attributes that decide who may do or reach what - when no resource of the stack explains it:
 * a security group's rules and a role's policies are also listed in the group and the role, and appear there after the
 * rule or attachment was created. Empty in one form and empty in another is never a difference.
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

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StackEvidence stack;
    private final Secrets secrets;
    private final List<JsonNode> managed = new ArrayList<>();

    DriftDetector(StackEvidence stack, Secrets secrets) {
        this.stack = stack;
        this.secrets = secrets;
        stack.changes().stream()
                .filter(change ->
                        change.mode() == ResourceMode.MANAGED && change.before().isObject())
                .filter(change -> change.type().startsWith("aws_") && !isContainer(change.type()))
                .forEach(change -> managed.add(change.before()));
    }

    private static boolean isContainer(String type) {
        return WATCHED.stream().anyMatch(watched -> watched.startsWith(type + "."));
    }

    List<Drift> drifts() {
        List<Drift> drifts = new ArrayList<>();
        stack.plan().stream()
                .flatMap(plan -> plan.resourceDrift().stream())
                .filter(drift -> drift.deposed().isEmpty())
                .forEach(drift -> of(drift).ifPresent(drifts::add));
        return drifts;
    }

    private Optional<Drift> of(ResourceChange drift) {
        Optional<ResourceChange> planned = stack.at(drift.address());
        boolean deleted = drift.action() == Action.DELETE;
        if (deleted) {
            boolean undone =
                    planned.map(change -> change.action() == Action.CREATE).orElse(false);
            return Optional.of(new Drift(stack.name(), drift.address(), true, List.of(), undone, position(drift)));
        }
        ObjectNode before = JSON.createObjectNode();
        ObjectNode after = JSON.createObjectNode();
        drift.after().fieldNames().forEachRemaining(attribute -> {
            if (counts(drift, planned, attribute)) {
                before.set(attribute, drift.before().path(attribute));
                after.set(attribute, drift.after().path(attribute));
            }
        });
        List<Difference> differences = Differences.ofDrift(secrets)
                .between(
                        drift.type(),
                        new Side(before, ValueMarks.NONE, drift.sensitiveBefore()),
                        new Side(after, ValueMarks.NONE, drift.sensitiveAfter()));
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        boolean undone = planned.map(change -> undone(drift, change)).orElse(false);
        return Optional.of(new Drift(stack.name(), drift.address(), false, differences, undone, position(drift)));
    }

    private @Nullable SourcePosition position(ResourceChange drift) {
        return stack.position(drift.address()).orElse(null);
    }

    private boolean counts(ResourceChange drift, Optional<ResourceChange> planned, String attribute) {
        JsonNode before = drift.before().path(attribute);
        JsonNode after = drift.after().path(attribute);
        if (same(before, after)) {
            return false;
        }
        boolean changedBack = planned.filter(change -> change.action().changes())
                .map(change -> change.after().has(attribute)
                        && !change.unknown().at(attribute).any()
                        && !same(change.before().path(attribute), change.after().path(attribute)))
                .orElse(false);
        if (changedBack) {
            return true;
        }
        if (WATCHED.contains(drift.type() + "." + attribute)) {
            return !explained(before, after);
        }
        JsonNode expressions = stack.expressions(drift.block());
        return expressions.has(attribute) && configuredPartDiffers(expressions.path(attribute), before, after);
    }

    /** In a block that is set in part, only those parts count. */
    private static boolean configuredPartDiffers(JsonNode expression, JsonNode before, JsonNode after) {
        if (expression.has("constant_value") || expression.has("references")) {
            return !same(before, after);
        }
        if (expression.isArray()) {
            for (int i = 0; i < expression.size(); i++) {
                JsonNode b = before.isArray() ? before.path(i) : before;
                JsonNode a = after.isArray() ? after.path(i) : after;
                if (configuredPartDiffers(expression.path(i), b, a)) {
                    return true;
                }
            }
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : expression.properties()) {
            if (configuredPartDiffers(entry.getValue(), before.path(entry.getKey()), after.path(entry.getKey()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(JsonNode a, JsonNode b) {
        if (Side.isUnset(a) && Side.isUnset(b)) {
            return true;
        }
        if (a.isTextual() && b.isTextual() && !a.equals(b)) {
            Optional<JsonNode> one = EmbeddedDocument.json(a.textValue());
            Optional<JsonNode> other = EmbeddedDocument.json(b.textValue());
            return one.isPresent() && one.equals(other);
        }
        if (a.isObject() && b.isObject()) {
            return Json.names(a, b).stream().allMatch(name -> same(a.path(name), b.path(name)));
        }
        if (a.isArray() && b.isArray() && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return a.equals(b);
    }

    /** Whether a resource of this stack created every added element, and no element was removed. */
    private boolean explained(JsonNode before, JsonNode after) {
        if (!after.isArray() || !(before.isArray() || Side.isUnset(before))) {
            return false;
        }
        for (JsonNode element : before) {
            if (!contains(after, element)) {
                return false;
            }
        }
        for (JsonNode element : after) {
            boolean isNew = !contains((ArrayNode) (before.isArray() ? before : JSON.createArrayNode()), element);
            if (isNew && managed.stream().noneMatch(made -> explains(made, element))) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(JsonNode list, JsonNode element) {
        for (JsonNode other : list) {
            if (same(other, element)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a managed resource explains an element: it holds its ARN, or all of its texts. */
    private static boolean explains(JsonNode made, JsonNode element) {
        List<String> holds = new ArrayList<>();
        made.forEach(value -> {
            if (value.isValueNode() && !Side.isUnset(value)) {
                holds.add(value.asText());
            } else if (value.isArray()) {
                Json.texts(value).forEach(holds::add);
            }
        });
        List<String> texts = new ArrayList<>();
        leaves(element, texts);
        texts.removeIf(text -> text.equals("false")
                || text.equals("0")
                || EmbeddedDocument.json(text).isPresent());
        if (element.path("self").asBoolean()) {
            texts.remove("true");
        }
        return !texts.isEmpty() && holds.containsAll(texts);
    }

    private static void leaves(JsonNode node, List<String> into) {
        if (node.isContainerNode()) {
            node.forEach(part -> leaves(part, into));
        } else if (!Side.isUnset(node)) {
            into.add(node.asText());
        }
    }

    /** Says whether the plan does nothing with the resource but change it back. */
    private static boolean undone(ResourceChange drift, ResourceChange planned) {
        return planned.action().changes()
                && same(planned.after(), drift.before().isObject() ? withBefore(planned, drift) : planned.after());
    }

    private static JsonNode withBefore(ResourceChange planned, ResourceChange drift) {
        ObjectNode expected = JSON.createObjectNode();
        planned.after().properties().forEach(entry -> {
            JsonNode current = planned.before().path(entry.getKey());
            boolean changes = !same(current, entry.getValue());
            expected.set(entry.getKey(), changes ? drift.before().path(entry.getKey()) : entry.getValue());
        });
        return expected;
    }
}

package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.plan.ManifestForm;
import dev.eksplatform.internal.plan.ObjectChanges;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PodDisruptionBudgets of a stack that need as many pods as a workload has, so that none may be evicted.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/configure-pdb/">Specifying a disruption budget</a>
 */
final class DisruptionBudgets {

    private static final List<String> WORKLOADS = List.of("Deployment", "StatefulSet", "ReplicaSet");

    /** A budget with a workload that it selects. */
    private record Pair(String budget, String workload, int least, int replicas) {

        boolean blocks() {
            return replicas > 0 && least >= replicas;
        }
    }

    private final ResourceNames names;
    private final Map<String, Set<Pair>> blocked = new HashMap<>();

    DisruptionBudgets(StackEvidence stack, ResourceNames names) {
        this.names = names;
        Set<Pair> before = new HashSet<>(pairs(stack, false));
        pairs(stack, true).stream()
                .filter(pair -> pair.blocks() && !before.contains(pair))
                .forEach(pair -> List.of(pair.budget(), pair.workload())
                        .forEach(name -> blocked.computeIfAbsent(name, key -> new LinkedHashSet<>())
                                .add(pair)));
    }

    private List<Pair> pairs(StackEvidence stack, boolean later) {
        List<Pair> pairs = new ArrayList<>();
        List<ResourceChange> budgets = of(stack, List.of("PodDisruptionBudget"), later);
        if (budgets.isEmpty()) {
            return pairs;
        }
        // by namespace and each label, so that a budget is only compared with workloads that have its first label
        Map<List<String>, List<ResourceChange>> workloads = new HashMap<>();
        for (ResourceChange workload : of(stack, WORKLOADS, later)) {
            JsonNode object = manifest(workload, later);
            pods(object).properties().forEach(label -> workloads
                    .computeIfAbsent(key(object, label), key -> new ArrayList<>())
                    .add(workload));
        }
        for (ResourceChange budget : budgets) {
            JsonNode object = manifest(budget, later);
            JsonNode least = spec(object).path("minAvailable");
            JsonNode labels = only(spec(object).path("selector")).path("matchLabels");
            if (!least.asText("").matches("[0-9]{1,6}") || labels.isEmpty()) {
                continue;
            }
            List<String> first = key(object, labels.properties().iterator().next());
            for (ResourceChange workload : workloads.getOrDefault(first, List.of())) {
                JsonNode other = manifest(workload, later);
                Pair pair = new Pair(
                        names.shown(budget),
                        names.shown(workload),
                        least.asInt(),
                        spec(other).path("replicas").asInt(1));
                if (pair.blocks()
                        && labels.properties().stream().allMatch(label -> label.getValue()
                                .equals(pods(other).path(label.getKey())))) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private static JsonNode pods(JsonNode workload) {
        return only(only(spec(workload).path("template")).path("metadata")).path("labels");
    }

    private static List<String> key(JsonNode object, Map.Entry<String, JsonNode> label) {
        return List.of(namespace(object), label.getKey(), label.getValue().asText());
    }

    private static List<ResourceChange> of(StackEvidence stack, List<String> kinds, boolean later) {
        return stack.changes().stream()
                .filter(change -> change.type().startsWith("kube"))
                .flatMap(change -> ObjectChanges.of(change).stream())
                .filter(change -> values(change, later).isObject()
                        && kinds.contains(ManifestForm.kind(change.type(), values(change, later))))
                .toList();
    }

    private static JsonNode values(ResourceChange change, boolean later) {
        return later ? change.after() : change.before();
    }

    private static JsonNode manifest(ResourceChange change, boolean later) {
        return ManifestForm.manifest(change.type(), values(change, later));
    }

    private static JsonNode spec(JsonNode object) {
        return only(object.path("spec"));
    }

    private static String namespace(JsonNode object) {
        return only(object.path("metadata")).path("namespace").asText("default");
    }

    private static JsonNode only(JsonNode block) {
        return block.isArray() ? block.path(0) : block;
    }

    /** What it means that a change of a budget or a workload leaves no pod that may be evicted. */
    List<Consequence> consequences(ResourceChange change) {
        return blocked.getOrDefault(names.shown(change), Set.of()).stream()
                .map(pair -> Consequences.table()
                        .ofNetwork(
                                "drainBlocked",
                                Map.of(
                                        "budget", pair.budget(),
                                        "workload", pair.workload(),
                                        "least", Integer.toString(pair.least()),
                                        "replicas", Integer.toString(pair.replicas()))))
                .toList();
    }
}

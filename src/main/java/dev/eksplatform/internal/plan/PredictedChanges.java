package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.eksplatform.internal.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Terraform will plan, as far as two synthesized configurations say it: with {@code lifecycle} respected, and without
 * what is in the account.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle">lifecycle</a>
 */
public final class PredictedChanges {

    /** Terraform's name for a replacement by {@code replace_triggered_by}. */
    public static final String TRIGGERED = "replace_by_triggers";

    private static final Pattern REFERENCE = Pattern.compile("[a-z][a-z0-9]*_[a-z0-9_]+\\.[A-Za-z0-9_-]+");

    private final Map<String, Resource> before;
    private final Map<String, Resource> after;
    private final Map<String, Lifecycle> lifecycles = new LinkedHashMap<>();
    private final Map<String, Predicted> predicted = new LinkedHashMap<>();

    /** What becomes of one resource; both sides without what belongs to Terraform. */
    private record Predicted(
            Action action, JsonNode old, JsonNode young, List<List<String>> forcing, Optional<String> reason) {

        Predicted replaced() {
            return new Predicted(Action.REPLACE_DELETE_FIRST, old, young, forcing, Optional.of(TRIGGERED));
        }
    }

    private PredictedChanges(Map<String, Resource> base, Map<String, Resource> head) {
        this.before = base;
        this.after = head;
        after.forEach((address, resource) -> lifecycles.put(address, Lifecycle.of(resource)));
    }

    /**
     * Compares two configurations of a stack.
     *
     * @param base its resources as they were, by address
     * @param head its resources as they will be, by address
     * @return a change for each resource of either, unchanged ones included, in the order of {@code head}
     */
    static List<ResourceChange> of(Map<String, Resource> base, Map<String, Resource> head) {
        PredictedChanges changes = new PredictedChanges(base, head);
        Set<String> addresses = new LinkedHashSet<>(changes.after.keySet());
        addresses.addAll(changes.before.keySet());
        addresses.forEach(address -> changes.predicted.put(address, changes.predict(address)));
        changes.trigger();
        Set<String> createFirst = changes.createdFirst();
        return addresses.stream()
                .map(address -> changes.change(address, createFirst.contains(address)))
                .toList();
    }

    /**
     * The resources that Terraform will refuse to replace, because of {@code prevent_destroy}. A deletion is not among
     * them: with the block its {@code prevent_destroy} is gone.
     *
     * @param stack a stack without a plan
     * @return their addresses
     */
    public static List<String> prevented(StackEvidence stack) {
        return stack.changes().stream()
                .filter(change -> change.action().replaces())
                .map(ResourceChange::address)
                .filter(address -> stack.configured(address, true)
                        .map(resource -> Lifecycle.of(resource).preventDestroy())
                        .orElse(false))
                .toList();
    }

    private Predicted predict(String address) {
        Resource old = before.get(address);
        Resource young = after.get(address);
        JsonNode was = old == null ? NullNode.getInstance() : Lifecycle.attributes(old);
        if (young == null) {
            return new Predicted(Action.DELETE, was, NullNode.getInstance(), List.of(), Optional.empty());
        }
        JsonNode written = Lifecycle.attributes(young);
        if (old == null) {
            return new Predicted(Action.CREATE, was, written, List.of(), Optional.empty());
        }
        JsonNode is = Objects.requireNonNull(lifecycles.get(address)).planned(was, written);
        List<List<String>> forcing = forcing(young.type(), was, is);
        Action action = was.equals(is) ? Action.NO_OP : forcing.isEmpty() ? Action.UPDATE : Action.REPLACE_DELETE_FIRST;
        return new Predicted(action, was, is, forcing, Optional.empty());
    }

    private List<List<String>> forcing(String type, JsonNode old, JsonNode young) {
        List<List<String>> forcing = new ArrayList<>();
        Json.names(old, young).stream()
                .filter(name -> !old.path(name).equals(young.path(name)))
                .flatMap(name -> ReplacingAttributes.in(type, name).stream())
                .filter(path -> !value(old, path).equals(value(young, path)))
                .forEach(forcing::add);
        forcing.addAll(KubernetesIdentity.changed(type, old, young));
        // typed resources replace an object where Kubernetes refuses to change it; a manifest is changed in place
        if (!type.equals("kubernetes_manifest")) {
            ImmutableFields.changed(type, old, young, ValueMarks.NONE)
                    .forEach(field -> forcing.add(ManifestForm.attributes(field.field())));
        }
        return forcing;
    }

    private static JsonNode value(JsonNode attributes, List<String> path) {
        JsonNode value = attributes;
        for (String name : path) {
            value = (value.isArray() ? value.path(0) : value).path(name);
        }
        return value;
    }

    /** A replacement may trigger the next one. */
    private void trigger() {
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Predicted> entry : predicted.entrySet()) {
                Predicted of = entry.getValue();
                boolean stays = of.action() == Action.NO_OP || of.action() == Action.UPDATE;
                if (stays
                        && lifecycle(entry.getKey()).replaceTriggeredBy().stream()
                                .anyMatch(this::triggers)) {
                    entry.setValue(of.replaced());
                    more = true;
                }
            }
        }
    }

    private Lifecycle lifecycle(String address) {
        return Objects.requireNonNull(lifecycles.get(address), address);
    }

    /** A reference to a resource triggers with any change in it, one to an attribute with another value of that. */
    private boolean triggers(String reference) {
        List<String> steps = Lifecycle.steps(reference);
        if (steps.size() < 2) {
            return false;
        }
        Predicted of = predicted.get(steps.get(0) + "." + steps.get(1));
        if (of == null || !(of.action() == Action.UPDATE || of.action().replaces())) {
            return false;
        }
        if (steps.size() == 2) {
            return true;
        }
        JsonNode old = of.old();
        JsonNode young = of.young();
        for (String step : steps.subList(2, steps.size())) {
            old = Lifecycle.step(old, step);
            young = Lifecycle.step(young, step);
        }
        boolean decidedByProvider = old.isMissingNode() && young.isMissingNode();
        return decidedByProvider ? of.action().replaces() : !old.equals(young);
    }

    /** What a resource with {@code create_before_destroy} depends on is created first, too. */
    private Set<String> createdFirst() {
        Set<String> first = new HashSet<>();
        lifecycles.forEach((address, lifecycle) -> {
            if (lifecycle.createBeforeDestroy()) {
                addWithDependencies(address, first);
            }
        });
        return first;
    }

    private void addWithDependencies(String address, Set<String> into) {
        Resource resource = after.get(address);
        if (resource != null && into.add(address)) {
            references(resource.values()).forEach(reference -> addWithDependencies(reference, into));
        }
    }

    private static Set<String> references(JsonNode values) {
        Set<String> found = new LinkedHashSet<>();
        values.path("depends_on").forEach(address -> found.add(address.asText()));
        String text = values.toString();
        if (text.contains("${")) {
            Matcher matcher = REFERENCE.matcher(text);
            while (matcher.find()) {
                found.add(matcher.group());
            }
        }
        return found;
    }

    private ResourceChange change(String address, boolean createFirst) {
        Predicted of = Objects.requireNonNull(predicted.get(address), address);
        Resource resource = Objects.requireNonNull(after.getOrDefault(address, before.get(address)), address);
        Action action = resource.mode() == ResourceMode.DATA
                ? Action.NO_OP
                : of.action() == Action.REPLACE_DELETE_FIRST && createFirst ? Action.REPLACE_CREATE_FIRST : of.action();
        return new ResourceChange(
                address,
                Optional.empty(),
                "",
                resource.mode(),
                resource.type(),
                resource.name(),
                Optional.empty(),
                action,
                of.reason(),
                of.old(),
                of.young(),
                ValueMarks.NONE,
                ValueMarks.NONE,
                ValueMarks.NONE,
                of.forcing(),
                Optional.empty(),
                false,
                false);
    }
}

package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.ImmutableField;
import dev.eksplatform.internal.plan.ImmutableFields;
import dev.eksplatform.internal.plan.ValueMarks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resource as rules see it.
 *
 * @param stack the stack it belongs to
 * @param type the Terraform type
 * @param address the address in the stack, with the index if it has one
 * @param values its values after the change; absent when it is deleted
 * @param before its values before the change; absent when it is new or they are not known
 * @param actions its actions as in a plan's JSON; empty when they are not known
 */
record GuardedResource(
        String stack, String type, String address, ConfigValue values, ConfigValue before, List<String> actions) {

    GuardedResource {
        actions = List.copyOf(actions);
    }

    /** What a stack may hold besides what its plan shows: a resource of any type, with values that are not known. */
    static GuardedResource unseen(String stack) {
        return new GuardedResource(stack, "", "", ConfigValue.unseen(), ConfigValue.nothing(), List.of());
    }

    boolean isUnseen() {
        return type.isEmpty();
    }

    boolean isDeleted() {
        return actions.equals(List.of("delete")) || actions.equals(List.of("forget"));
    }

    boolean isChanged() {
        return !actions.isEmpty() && !isUnchanged() && !actions.equals(List.of("read"));
    }

    private boolean isUnchanged() {
        return actions.equals(List.of("no-op"));
    }

    /** The resource before the change; empty when it is new or its values are not known. */
    Optional<GuardedResource> former() {
        // the configuration before the change is only known to be the same when nothing changes
        ConfigValue former = isUnchanged() || isUnseen() ? values : before;
        return former.isAbsent() && !isUnseen()
                ? Optional.empty()
                : Optional.of(new GuardedResource(stack, type, address, former, former, List.of()));
    }

    /** The address without an index, as references are written. */
    String configAddress() {
        int index = address.indexOf('[');
        return index < 0 ? address : address.substring(0, index);
    }

    /** The value of {@code change} in expressions. */
    ConfigValue change() {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        ArrayNode names = change.putArray("actions");
        actions.forEach(names::add);
        boolean replaces = actions.size() == 2;
        change.put("create", actions.contains("create") && !replaces);
        change.put("update", actions.contains("update"));
        change.put("replace", replaces);
        change.put("delete", actions.contains("delete") && !replaces);
        change.put("forget", actions.contains("forget") && !replaces);
        ArrayNode refused = change.putArray("refused");
        List<ImmutableField> fields = actions.equals(List.of("update"))
                ? ImmutableFields.changed(type, before.node(), values.node(), values.marks())
                : List.of();
        fields.stream().filter(ImmutableField::known).forEach(field -> refused.add(field.field()));
        boolean undecided = refused.isEmpty() && !fields.isEmpty();
        return ConfigValue.planned(
                change,
                undecided ? ValueMarks.of(Map.of("refused", ValueMarks.WHOLE)) : ValueMarks.NONE,
                MissingNode.getInstance());
    }
}

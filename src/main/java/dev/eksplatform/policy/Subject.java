package dev.eksplatform.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A resource as rules see it.
 *
 * @param stack the stack it belongs to
 * @param type the Terraform type
 * @param address the address in the stack, with the index if it has one
 * @param values what it will be; nothing when it is to be deleted
 * @param before what it is now; nothing without a plan or when it is new
 * @param actions what a plan does to it, as in the plan's JSON; empty without a plan
 */
record Subject(String stack, String type, String address, Block values, Block before, List<String> actions) {

    Subject {
        actions = List.copyOf(actions);
    }

    boolean isDeleted() {
        return actions.equals(List.of("delete")) || actions.equals(List.of("forget"));
    }

    boolean isChanged() {
        return !actions.isEmpty() && !actions.equals(List.of("no-op")) && !actions.equals(List.of("read"));
    }

    /** The address without an index: what references are written with. */
    String configAddress() {
        int index = address.indexOf('[');
        return index < 0 ? address : address.substring(0, index);
    }

    /** What a plan does, for {@code change} in expressions. */
    Block change() {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        ArrayNode names = change.putArray("actions");
        actions.forEach(names::add);
        boolean replaces = actions.size() == 2;
        change.put("create", actions.contains("create") && !replaces);
        change.put("update", actions.contains("update"));
        change.put("replace", replaces);
        change.put("delete", actions.contains("delete") && !replaces);
        change.put("forget", actions.contains("forget") && !replaces);
        return Block.of(change);
    }
}

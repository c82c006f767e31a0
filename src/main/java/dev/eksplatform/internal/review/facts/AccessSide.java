package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.List;

/** A resource before or after a change, as readers of access see it: what is not known yet is {@link Difference#UNKNOWN}. */
final class AccessSide {

    private final StackEvidence stack;
    private final ResourceNames names;
    private final ResourceChange change;
    private final boolean after;
    private final JsonNode values;

    AccessSide(StackEvidence stack, ResourceNames names, ResourceChange change, boolean after) {
        this.stack = stack;
        this.names = names;
        this.change = change;
        this.after = after;
        JsonNode raw = after ? change.after() : change.before();
        this.values =
                raw.isObject() ? known(raw, after ? change.unknown() : ValueMarks.NONE) : MissingNode.getInstance();
    }

    StackEvidence stack() {
        return stack;
    }

    ResourceNames names() {
        return names;
    }

    ResourceChange change() {
        return change;
    }

    boolean after() {
        return after;
    }

    String type() {
        return change.type();
    }

    /** Whether there is such a resource on this side. */
    boolean exists() {
        return values.isObject();
    }

    JsonNode values() {
        return values;
    }

    /** The value at a path of attributes and blocks, whose lists of one are skipped; a missing node when there is none. */
    JsonNode at(String path) {
        return at(values, path);
    }

    static JsonNode at(JsonNode from, String path) {
        JsonNode value = from;
        for (String step : path.split("\\.")) {
            value = one(value).path(step);
        }
        return value;
    }

    /** The content of a block, whether it is written as a list of one or not. */
    static JsonNode one(JsonNode block) {
        return block.isArray() ? block.path(0) : block;
    }

    /** The text of an attribute: its value, the value that it refers to, or the name of the resource that it refers to. */
    String text(String attribute) {
        String value =
                (after ? change.after() : change.before()).path(attribute).asText("");
        boolean unknown = isUnknown(attribute);
        if (!unknown && !value.startsWith("${")) {
            return value;
        }
        String address = names.targetAddress(change, attribute, after);
        String resolved = unknown ? names.shown(address) : names.resolved(value, after);
        return stack.at(address)
                .filter(target -> resolved.equals(names.shown(address)))
                .map(target ->
                        (after ? target.after() : target.before()).path("name").asText(""))
                .filter(name -> !name.isEmpty() && !name.contains("${"))
                .orElse(resolved);
    }

    /** The name of what an attribute points to. */
    String target(String attribute) {
        return names.target(change, attribute, after);
    }

    boolean isUnknown(String attribute) {
        return after && change.unknown().at(attribute).any();
    }

    /** Whether an attribute is set, or will be; not by a provider that only reports what other resources set. */
    boolean sets(String attribute) {
        JsonNode written = stack.arguments(change.block());
        boolean configured = !written.isObject() || written.has(attribute);
        return isUnknown(attribute)
                ? configured
                : configured
                        || !change.before()
                                .path(attribute)
                                .equals(change.after().path(attribute));
    }

    /** The texts of an attribute with one value or several, as names of what they point to. */
    List<String> targets(String attribute) {
        JsonNode value = at(attribute);
        if (!value.isArray()) {
            return Side.isUnset(value) ? List.of() : List.of(target(attribute));
        }
        List<String> targets = new ArrayList<>();
        Json.texts(value).forEach(text -> targets.add(names.ofId(names.resolved(text, after))));
        return targets;
    }

    /** Whether the stack creates or replaces a resource of a type with a name, or at an address. */
    boolean isNew(String type, String nameOrAddress) {
        return names.created().contains(type + " " + nameOrAddress);
    }

    /** The resource's own name. */
    String name() {
        String name = values.path("name").asText("");
        String prefix = values.path("name_prefix").asText("");
        return !name.isEmpty() && !name.equals(Difference.UNKNOWN)
                ? names.resolved(name, after)
                : prefix.isEmpty() || prefix.equals(Difference.UNKNOWN) ? names.shown(change.address()) : prefix + "…";
    }

    PlannedPolicy.Read policy(String attribute) {
        return PlannedPolicy.read(stack, change, attribute, after);
    }

    /** A value with what is unknown in it. */
    static JsonNode known(JsonNode value, ValueMarks unknown) {
        if (!unknown.any()) {
            return value;
        }
        if (unknown.whole()) {
            return TextNode.valueOf(Difference.UNKNOWN);
        }
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < value.size(); i++) {
                list.add(known(value.get(i), unknown.at(i)));
            }
            return list;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties()
                .forEach(field -> object.set(field.getKey(), known(field.getValue(), unknown.at(field.getKey()))));
        unknown.parts().forEach((key, part) -> {
            if (!object.has(key)) {
                object.set(key, TextNode.valueOf(Difference.UNKNOWN));
            }
        });
        return object;
    }
}

package dev.eksplatform.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.environment.TerraformFile;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an environment adds to its synthesized stacks: the blocks of {@code terraform} and the {@code overrides}. Both are applied
 * to the JSON that CDKTF has written, so that they see the stack as a whole; overrides come last and apply to all of it.
 */
final class ConfigurationEdits {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, LocatedJson> overrides;
    private final List<TerraformFile> files;
    private final Origins origins;
    private final Map<String, Map<String, Place>> overridden = new HashMap<>();
    private final Problems problems = new Problems();

    /**
     * The edits of an environment.
     *
     * @param overrides arguments by construct path
     * @param files blocks of the user
     * @param origins gets the place of each block and override
     */
    ConfigurationEdits(Map<String, Map<String, Object>> overrides, List<TerraformFile> files, Origins origins) {
        this.overrides = new LinkedHashMap<>();
        members(LocatedJson.of(Map.of("overrides", overrides)))
                .values()
                .forEach(all -> this.overrides.putAll(members(all)));
        this.files = files;
        this.origins = origins;
    }

    /**
     * Edits a stack.
     *
     * @param kind {@code infrastructure}, {@code platform} or {@code workloads}
     * @param stack the name of the stack
     * @param configuration the content of its {@code cdk.tf.json}, which is changed
     * @return whether there was something to edit
     */
    boolean edit(String kind, String stack, ObjectNode configuration) {
        List<TerraformFile> added =
                files.stream().filter(file -> file.stack().equals(kind)).toList();
        Map<String, LocatedJson> given = new LinkedHashMap<>(overrides);
        given.keySet().removeIf(path -> !path.startsWith(kind + "/"));
        if (added.isEmpty() && given.isEmpty()) {
            return false;
        }
        ConstructIndex index = new ConstructIndex(kind, configuration);
        added.forEach(file -> merge(stack, file.content(), configuration, index));
        given.forEach((path, arguments) -> override(path, arguments, stack, index));
        return true;
    }

    /** Reports overrides of a stack that the environment does not have. */
    void checkStacks(Set<String> kinds) {
        overrides.forEach((path, given) -> {
            String kind = path.split("/", 2)[0];
            if (!kinds.contains(kind)) {
                problems.add(
                        given.place(),
                        "the environment has no stack " + kind,
                        String.join(", ", kinds),
                        "remove the override");
            }
        });
    }

    /** The places of the overrides of a stack, by address and argument. */
    Map<String, Place> overridden(String stack) {
        return overridden.getOrDefault(stack, Map.of());
    }

    /** What is wrong with the edits. */
    Problems problems() {
        return problems;
    }

    private void merge(String stack, LocatedJson.Obj content, ObjectNode configuration, ConstructIndex index) {
        content.members().forEach((block, value) -> {
            switch (block) {
                case "//" -> {}
                case "resource", "data", "ephemeral" -> {
                    ObjectNode types = object(configuration, block);
                    members(value).forEach((type, ofType) -> {
                        ObjectNode all = object(types, type);
                        members(ofType).forEach((name, one) -> {
                            add(all, block + "." + type + "." + name, name, one, index);
                            describe(stack, block.equals("resource") ? "" : block + ".", type, name, all, one);
                        });
                    });
                }
                case "provider" ->
                    members(value).forEach((name, one) -> {
                        ArrayNode all = list(object(configuration, block), name);
                        JsonNode written = node(one, index);
                        if (written instanceof ArrayNode many) {
                            all.addAll(many);
                        } else {
                            all.add(written);
                        }
                    });
                case "terraform" ->
                    members(value).forEach((setting, providers) -> {
                        ObjectNode required = object(object(configuration, block), setting);
                        members(providers)
                                .forEach((name, one) -> add(required, setting + "." + name, name, one, index));
                    });
                case "moved", "import", "removed" -> {
                    JsonNode written = node(value, index);
                    ArrayNode all = list(configuration, block);
                    if (written instanceof ArrayNode many) {
                        all.addAll(many);
                    } else {
                        all.add(written);
                    }
                }
                default ->
                    members(value)
                            .forEach((name, one) ->
                                    add(object(configuration, block), block + "." + name, name, one, index));
            }
        });
    }

    private static Map<String, LocatedJson> members(LocatedJson value) {
        Map<String, LocatedJson> members = new LinkedHashMap<>(((LocatedJson.Obj) value).members());
        members.remove("//");
        return members;
    }

    private static ObjectNode object(ObjectNode in, String name) {
        return in.get(name) instanceof ObjectNode there ? there : in.putObject(name);
    }

    private static ArrayNode list(ObjectNode in, String name) {
        return in.get(name) instanceof ArrayNode there ? there : in.putArray(name);
    }

    private void add(ObjectNode into, String what, String name, LocatedJson value, ConstructIndex index) {
        if (into.has(name)) {
            problems.add(value.place(), what + " is in the stack already: the platform has it", "choose another name");
        } else {
            into.set(name, node(value, index));
        }
    }

    /** Gives a block of the user a construct path, under which it is found as those of the platform are. */
    private void describe(String stack, String prefix, String type, String name, ObjectNode all, LocatedJson written) {
        if (all.get(name) instanceof ObjectNode block && !block.has("//")) {
            String path = stack + "/terraform/" + prefix + type + "." + name;
            block.putObject("//").putObject("metadata").put("path", path);
            origins.add(path, written.place());
        }
    }

    private JsonNode node(LocatedJson value, ConstructIndex index) {
        if (value instanceof LocatedJson.Obj object) {
            ObjectNode written = NODES.objectNode();
            object.members().forEach((key, member) -> written.set(key, node(member, index)));
            return written;
        }
        if (value instanceof LocatedJson.Arr array) {
            ArrayNode written = NODES.arrayNode();
            array.items().forEach(item -> written.add(node(item, index)));
            return written;
        }
        if (value instanceof LocatedJson.Text text) {
            return NODES.textNode(index.resolve(text.value(), text.place(), problems));
        }
        String literal = ((LocatedJson.Literal) value).value();
        return switch (literal) {
            case "null" -> NODES.nullNode();
            case "true", "false" -> NODES.booleanNode(Boolean.parseBoolean(literal));
            default -> NODES.numberNode(new BigDecimal(literal));
        };
    }

    private void override(String path, LocatedJson given, String stack, ConstructIndex index) {
        ConstructIndex.Element element = index.at(path, given.place(), problems);
        if (element == null) {
            return;
        }
        OverrideCheck check = new OverrideCheck(element.type(), problems);
        members(given).forEach((name, value) -> {
            origins.add(Origins.attribute(stack + path.substring(path.indexOf('/')), name), value.place());
            String address = element.address().isEmpty() ? element.type() : element.address();
            overridden.computeIfAbsent(stack, key -> new TreeMap<>()).put(address + "#" + name, value.place());
            if (check.isValid(name, value)) {
                set(element.arguments(), name, node(value, index), value.place());
            }
        });
    }

    /** Mappings are merged, {@code null} removes an argument, everything else replaces what is there. */
    private void set(ObjectNode into, String name, JsonNode value, Place place) {
        JsonNode there = into.path(name);
        if (value.isNull()) {
            into.remove(name);
        } else if (value.isObject() && there.isArray() && there.path(0).isObject()) {
            if (there.size() > 1) {
                problems.add(
                        place,
                        "there are " + there.size() + " blocks " + name + ", and this is one",
                        "write the list of all of them");
            } else {
                value.properties()
                        .forEach(part -> set((ObjectNode) there.get(0), part.getKey(), part.getValue(), place));
            }
        } else if (value.isObject() && there instanceof ObjectNode object) {
            value.properties().forEach(part -> set(object, part.getKey(), part.getValue(), place));
        } else {
            into.set(name, value);
        }
    }
}

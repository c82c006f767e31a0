package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.internal.kubernetes.Quantity;
import dev.eksplatform.problem.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value of a resource, before and after a change.
 *
 * @param path where it is, such as {@code scaling_config.desired_size}
 * @param before the value before; a missing node when there was none
 * @param after the value after; a missing node when there will be none
 * @param unknown whether it is decided during apply
 */
public record AttributePath(String path, JsonNode before, JsonNode after, boolean unknown) {

    /**
     * The values at a path.
     *
     * @param path steps with dots between them, {@code ["a.b"]} for a name with dots; {@code *} for any element or name, {@code
     *     **} for any depth. A block that occurs once may be written with the list around it
     * @param before the attributes before
     * @param after the attributes after
     * @param unknown which of them are decided during apply
     * @return for each place that one of them has; at least one when the path has no {@code *}
     */
    public static List<AttributePath> of(String path, JsonNode before, JsonNode after, ValueMarks unknown) {
        List<AttributePath> found = new ArrayList<>();
        find(Lifecycle.steps(path.replace("**", "-any-").replace("*", "-each-")), "", before, after, unknown, found);
        return found;
    }

    private static void find(
            List<String> steps,
            String path,
            JsonNode before,
            JsonNode after,
            ValueMarks unknown,
            List<AttributePath> found) {
        if (steps.isEmpty()) {
            found.add(new AttributePath(
                    path, before, after, unknown.any() || TerraformText.hasExpression(after.asText(""))));
            return;
        }
        String step = steps.get(0);
        List<String> rest = steps.subList(1, steps.size());
        if (step.equals("-any-")) {
            find(rest, path, before, after, unknown, found);
            for (String key : keys(before, after)) {
                if (child(before, key).isContainerNode() || child(after, key).isContainerNode()) {
                    find(steps, join(path, key), child(before, key), child(after, key), unknown.at(key), found);
                }
            }
        } else if (step.equals("-each-")) {
            for (String key : keys(before, after)) {
                find(rest, join(path, key), child(before, key), child(after, key), unknown.at(key), found);
            }
        } else {
            JsonNode old = only(before);
            JsonNode young = only(after);
            ValueMarks marks = after.isArray() || before.isArray() && !after.isObject() ? unknown.at(0) : unknown;
            find(rest, join(path, step), old.path(step), young.path(step), marks.at(step), found);
        }
    }

    private static String join(String path, String step) {
        return path.isEmpty() ? step : path + "." + step;
    }

    private static JsonNode only(JsonNode block) {
        return block.isArray() ? block.size() == 1 ? block.path(0) : MissingNode.getInstance() : block;
    }

    private static JsonNode child(JsonNode node, String key) {
        return node.isArray() ? node.path(Integer.parseInt(key)) : node.path(key);
    }

    private static Set<String> keys(JsonNode before, JsonNode after) {
        if (!before.isArray() && !after.isArray()) {
            return Json.names(before, after);
        }
        Set<String> keys = new LinkedHashSet<>();
        int most = Math.max(before.isArray() ? before.size() : 0, after.isArray() ? after.size() : 0);
        for (int i = 0; i < most; i++) {
            keys.add(Integer.toString(i));
        }
        return keys;
    }

    /**
     * A value as text.
     *
     * @param value a scalar, or a list of scalars
     * @param unset the text of a value that is not set
     * @return the scalar; the elements of a list with commas between them
     */
    public static String text(JsonNode value, String unset) {
        boolean nothing = value.isMissingNode()
                || value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
        if (nothing) {
            return unset;
        }
        return value.isArray() ? String.join(",", Json.texts(value)) : value.isObject() ? "{}" : value.asText();
    }

    /**
     * The number that a text says.
     *
     * @param text a number, a quantity of Kubernetes such as {@code 128Mi}, or a percentage
     * @return empty when it says none
     */
    public static Optional<BigDecimal> number(String text) {
        if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        try {
            String plain = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
            return Optional.of(Quantity.parse(plain).value());
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /**
     * The elements of the list before that the list after does not have.
     *
     * @return their texts; objects as JSON
     */
    public Set<String> lost() {
        Set<String> lost = elements(before);
        lost.removeAll(elements(after));
        return lost;
    }

    private static Set<String> elements(JsonNode list) {
        Set<String> elements = new LinkedHashSet<>();
        if (list.isArray()) {
            list.forEach(element -> elements.add(element.isValueNode() ? element.asText() : element.toString()));
        }
        return elements;
    }
}

package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One resource or data source as it will be, whether it comes from a plan or from synthesized JSON: what guardrails look
 * at.
 *
 * @param mode who owns it
 * @param type its type, such as {@code aws_eks_cluster}
 * @param name the block's name
 * @param address its address in Terraform, such as {@code aws_subnet.private[0]}
 * @param values its attributes; unknown ones are absent here and marked in {@code unknown}
 * @param unknown which attributes are decided only during apply
 * @param sensitive which attributes must not be shown
 * @param action what a plan does with it; empty for synthesized JSON
 * @param constructPath the path of its construct, such as {@code shop-infrastructure/cluster/logs}; empty when unknown
 */
public record Resource(
        ResourceMode mode,
        String type,
        String name,
        String address,
        JsonNode values,
        ValueMarks unknown,
        ValueMarks sensitive,
        Optional<Action> action,
        Optional<String> constructPath) {

    /**
     * One attribute, three-valued.
     *
     * @param path names and indices, such as {@code vpc_config[0].public_access_cidrs}; index 0 of an object is the
     *     object itself, because synthesized JSON may write a single block without the list that a plan puts around it
     * @return known, unknown or absent
     * @throws IllegalArgumentException when the path is not of this form
     */
    public Attribute attribute(String path) {
        JsonNode node = values;
        ValueMarks marks = unknown;
        for (String step : steps(path)) {
            if (marks.whole()) {
                return Attribute.UNKNOWN;
            }
            if (node.isArray()) {
                node = step.chars().allMatch(Character::isDigit) ? node.path(Integer.parseInt(step)) : node.path(-1);
                marks = marks.at(step);
            } else if (!node.isObject() || !"0".equals(step) || node.has("0")) {
                node = node.path(step);
                marks = marks.at(step);
            }
        }
        if (marks.any()) {
            return Attribute.UNKNOWN;
        }
        return node.isMissingNode() || node.isNull() ? Attribute.ABSENT : new Attribute(Attribute.State.KNOWN, node);
    }

    /** Splits {@code a[0].b} into {@code a, 0, b}. */
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        for (String part : path.split("[.\\[]", -1)) {
            String step = part.endsWith("]") ? part.substring(0, part.length() - 1) : part;
            if (step.isEmpty()) {
                throw new IllegalArgumentException("not an attribute path: \"" + path + "\"");
            }
            steps.add(step);
        }
        return steps;
    }
}

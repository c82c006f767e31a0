package dev.eksplatform.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.plan.Resource;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on the resources of one type: at least one of them must meet all assertions, or each of them, depending on
 * what {@link SynthesizedStackAssert} was asked for. Attributes are named by a path such as
 * {@code vpc_config.subnet_ids[0]} or {@code metadata.annotations["eks.amazonaws.com/role-arn"]}, and compared as they are
 * in the configuration: an expression as its text, such as {@code ${aws_vpc.network.id}}.
 */
public final class ResourceAssert extends AbstractAssert<ResourceAssert, Object> {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern STEP = Pattern.compile("\\G(?:\\.?([^.\\[\\]]+)|\\[(\\d+)]|\\[\"([^\"]+)\"])");

    private final SynthesizedStackAssert stack;
    private final String type;
    private final List<Resource> resources;
    private final boolean each;

    ResourceAssert(SynthesizedStackAssert stack, String type, List<Resource> resources, boolean each) {
        super(resources, ResourceAssert.class);
        this.stack = stack;
        this.type = type;
        this.resources = resources;
        this.each = each;
    }

    /**
     * The resource has an attribute with this value.
     *
     * @param path the attribute
     * @param value a text, a number, a boolean, or a list or map of such
     * @return assertions on those that have it
     */
    public ResourceAssert withAttribute(String path, Object value) {
        JsonNode expected = parsed(MAPPER.valueToTree(value).toString());
        return those(
                path + " = " + expected, path, resource -> at(resource, path).equals(expected));
    }

    /**
     * The resource has an attribute that holds this JSON document, such as a policy.
     *
     * @param path the attribute
     * @param json the document; white space and the order of keys do not matter
     * @return assertions on those that have it
     */
    public ResourceAssert withJson(String path, String json) {
        JsonNode expected = parsed(json);
        return those("the JSON document " + path + " = " + expected, path, resource -> {
            JsonNode attribute = at(resource, path);
            return attribute.isTextual() && isJson(attribute.textValue(), expected);
        });
    }

    /**
     * The resource does not have an attribute.
     *
     * @param path the attribute
     * @return assertions on those without it
     */
    public ResourceAssert withoutAttribute(String path) {
        return those("no " + path, path, resource -> at(resource, path).isMissingNode());
    }

    /**
     * The resource depends on another one by {@code depends_on}.
     *
     * @param address the other's address
     * @return assertions on those that do
     */
    public ResourceAssert dependingOn(String address) {
        return those("depends_on " + address, "depends_on", resource -> {
            for (JsonNode dependency : resource.values().path("depends_on")) {
                if (dependency.asText().equals(address)) {
                    return true;
                }
            }
            return false;
        });
    }

    /**
     * Back to the stack.
     *
     * @return assertions on the stack
     */
    public SynthesizedStackAssert and() {
        return stack;
    }

    private ResourceAssert those(String wanted, String path, Predicate<Resource> condition) {
        List<Resource> meeting = resources.stream().filter(condition).toList();
        if (each ? meeting.size() < resources.size() : meeting.isEmpty()) {
            failWithMessage(
                    "%s %s with %s, but%n%s",
                    each ? "not every" : "no",
                    type,
                    wanted,
                    resources.stream()
                            .map(resource -> "  " + resource.name() + ": " + found(resource, path))
                            .collect(Collectors.joining(System.lineSeparator())));
        }
        return new ResourceAssert(stack, type, meeting, each);
    }

    private static String found(Resource resource, String path) {
        JsonNode attribute = at(resource, path);
        return attribute.isMissingNode() ? "no " + path : path + " = " + attribute;
    }

    private static JsonNode at(Resource resource, String path) {
        JsonNode node = resource.values();
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (step.find()) {
            if (step.group(2) != null) {
                node = node.path(Integer.parseInt(step.group(2)));
            } else {
                node = node.path(step.group(1) != null ? step.group(1) : step.group(3));
            }
            end = step.end();
        }
        if (end != path.length() || path.isEmpty()) {
            throw new IllegalArgumentException("not a path of an attribute: \"" + path + "\"");
        }
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    private static boolean isJson(String text, JsonNode expected) {
        try {
            return MAPPER.readTree(text).equals(expected);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + json, e);
        }
    }
}

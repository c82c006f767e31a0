package dev.eksplatform.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The resources, data sources and providers of a synthesized stack by construct path, which unlike their names in Terraform does not
 * depend on how CDKTF composes names. A path begins with the kind of the stack, such as {@code infrastructure/cluster/cluster}, so
 * that it is the same in every environment.
 */
final class ConstructIndex {

    private static final Pattern REFERENCE = Pattern.compile("\\bconstruct\\(\\s*\"([^\"]*)\"\\s*\\)");

    private static final int MOST_SHOWN = 6;

    private final String kind;
    private final Map<String, Element> elements = new TreeMap<>();

    /**
     * What is at a path.
     *
     * @param type a resource type, {@code data.} and the type of a data source, or {@code provider.} and a provider's name
     * @param address its address in Terraform; empty for a provider
     * @param arguments its arguments, which may be changed
     */
    record Element(String type, String address, ObjectNode arguments) {}

    /**
     * Reads a stack.
     *
     * @param kind {@code infrastructure}, {@code platform} or {@code workloads}
     * @param configuration the content of its {@code cdk.tf.json}
     */
    ConstructIndex(String kind, JsonNode configuration) {
        this.kind = kind;
        for (String block : List.of("resource", "data")) {
            String prefix = block.equals("data") ? "data." : "";
            configuration.path(block).properties().forEach(type -> type.getValue()
                    .properties()
                    .forEach(one -> add(
                            one.getValue().at("/~1~1/metadata/path").asText(),
                            new Element(
                                    prefix + type.getKey(), prefix + type.getKey() + "." + one.getKey(), (ObjectNode)
                                            one.getValue()))));
        }
        configuration.path("provider").properties().forEach(provider -> {
            if (provider.getValue().path(0) instanceof ObjectNode arguments
                    && provider.getValue().size() == 1) {
                String name = provider.getKey();
                elements.put(
                        kind + (name.equals("aws") ? "/" : "/access/") + name,
                        new Element("provider." + name, "", arguments));
            }
        });
    }

    private void add(String path, Element element) {
        int end = path.indexOf('/');
        if (end > 0) {
            elements.put(kind + path.substring(end), element);
        }
    }

    /**
     * Finds what is at a path.
     *
     * @param problems collects that there is nothing, with the nearest path
     */
    @Nullable
    Element at(String path, Place place, Problems problems) {
        Element element = elements.get(path);
        if (element == null) {
            problems.add(missing(path, place));
        }
        return element;
    }

    private Problem missing(String path, Place place) {
        List<String> inside = elements.keySet().stream()
                .filter(other -> other.startsWith(path + "/"))
                .toList();
        if (!inside.isEmpty()) {
            int shown = Math.min(inside.size(), MOST_SHOWN);
            String namesake = path + path.substring(path.lastIndexOf('/'));
            return new Problem(
                    place,
                    path + " is a construct with "
                            + (inside.size() == 1 ? "one resource" : inside.size() + " resources"),
                    "the path of one resource, such as " + String.join(", ", inside.subList(0, shown)),
                    inside.contains(namesake) ? Suggestion.didYouMean(namesake) : "choose one of them");
        }
        if (path.startsWith(kind + "/terraform/")) {
            return new Problem(
                    place,
                    path + " is not a resource of the platform",
                    "change it in the file of terraform." + kind + " that it is in");
        }
        return new Problem(
                place,
                "there is no resource at the construct path " + path,
                Suggestion.fix(
                        path,
                        elements.keySet(),
                        "use a path of the configuration that synth writes (//.metadata.path of a resource in cdk.tf.json), with "
                                + kind + " instead of the name of the stack"));
    }

    /**
     * Replaces references to constructs in a text.
     *
     * @param text a text of Terraform's JSON syntax, such as <code>${construct("infrastructure/cluster/cluster").arn}</code>
     * @param place where it is
     * @param problems collects references that lead nowhere
     * @return the text with addresses, such as <code>${aws_eks_cluster.cluster_cluster.arn}</code>
     */
    String resolve(String text, Place place, Problems problems) {
        Matcher references = REFERENCE.matcher(text);
        // Whole texts are references in depends_on, ignore_changes and other lists of addresses.
        if (!TerraformText.hasExpression(text) && !references.lookingAt()) {
            return text;
        }
        references.reset();
        return references.replaceAll(match -> {
            Element element = target(match.group(1), place, problems);
            return Matcher.quoteReplacement(element == null ? match.group() : element.address());
        });
    }

    private @Nullable Element target(String path, Place place, Problems problems) {
        String stack = path.split("/", 2)[0];
        if (!stack.equals(kind)
                && List.of("infrastructure", "platform", "workloads").contains(stack)) {
            problems.add(
                    place,
                    path + " is in the stack " + stack + ", which another stack cannot refer to",
                    "move this to terraform." + stack + ", or read the resource with a data source");
            return null;
        }
        Element element = at(path, place, problems);
        if (element != null && element.address().isEmpty()) {
            problems.add(
                    place, path + " is a provider", "the path of a resource or data source", "refer to a resource");
            return null;
        }
        return element;
    }
}

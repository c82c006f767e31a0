package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.guardrail.Consequence;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PredictedChanges;
import dev.eksplatform.internal.plan.Resource;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Position;
import dev.eksplatform.internal.review.StackInput;
import java.util.HashMap;
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
import java.util.stream.Collectors;

/** One stack seen the same way whether there is a plan or only synthesized JSON of before and after. */
final class StackView {

    private static final Pattern REFERENCE = Pattern.compile("(?:data\\.)?[a-z][a-z0-9]*_[a-z0-9_]+\\.[A-Za-z0-9_-]+");

    /** An attribute of a resource, as a whole text. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\$\\{([a-z][a-z0-9]*_[a-z0-9_]+\\.[A-Za-z0-9_-]+)\\.(\\w+)\\}");

    private final StackInput input;
    private final List<ResourceChange> changes;
    private final List<ResourceChange> deposed;
    private final Map<String, String> constructPaths = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, PolicyDocument> deferredPolicies = new HashMap<>();
    private final Map<String, ResourceChange> byAddress = new LinkedHashMap<>();
    private final Set<String> blocks = new HashSet<>();

    StackView(StackInput input) {
        this.input = input;
        Plan plan = input.plan();
        List<ResourceChange> all = plan == null
                ? PredictedChanges.of(input.base(), input.head(), Consequence::forcesReplacement)
                : plan.resourceChanges();
        this.changes = all.stream().filter(change -> change.deposed().isEmpty()).toList();
        this.deposed =
                all.stream().filter(change -> change.deposed().isPresent()).toList();
        if (input.base() != null) {
            constructPaths.putAll(input.base().constructPaths());
        }
        if (input.head() != null) {
            constructPaths.putAll(input.head().constructPaths());
        }
        for (ResourceChange change : changes) {
            byAddress.put(change.address(), change);
            blocks.add(change.block());
            label(change);
            if (change.type().equals("aws_iam_policy_document") && change.action() == Action.READ) {
                deferredPolicies.put(change.block(), PlannedPolicy.ofDataSource(change.after(), change.unknown()));
            }
        }
    }

    String name() {
        return input.name();
    }

    boolean planned() {
        return input.plan() != null;
    }

    boolean errored() {
        Plan plan = input.plan();
        return plan != null && plan.errored().orElse(false);
    }

    StackInput input() {
        return input;
    }

    /** What happens to each object, without the deposed ones, whose addresses are those of the live objects. */
    List<ResourceChange> changes() {
        return changes;
    }

    /** What happens to objects left over from replacements that failed half way. */
    List<ResourceChange> deposed() {
        return deposed;
    }

    Optional<ResourceChange> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    Optional<String> constructPath(ResourceChange change) {
        return Optional.ofNullable(constructPaths.get(change.block()));
    }

    Optional<Position> position(String address) {
        return input.sources().ofResource(address);
    }

    /** What the configuration sets in a block; a missing node when that is not known. */
    JsonNode expressions(String block) {
        Plan plan = input.plan();
        return plan == null
                ? MissingNode.getInstance()
                : plan.configuration().expressions().getOrDefault(block, MissingNode.getInstance());
    }

    Set<String> references(String block, String attribute) {
        if (input.plan() != null) {
            return input.plan().configuration().references(block, attribute);
        }
        Set<String> found = new LinkedHashSet<>();
        resource(block).ifPresent(resource -> expressions(resource.values().path(attribute), found));
        return found;
    }

    Set<String> references(String block) {
        if (input.plan() != null) {
            return input.plan().configuration().references(block);
        }
        Set<String> found = new LinkedHashSet<>();
        resource(block).ifPresent(resource -> expressions(resource.values(), found));
        return found;
    }

    private Optional<Resource> resource(String block) {
        SynthesizedStack head = input.head();
        return head == null ? Optional.empty() : head.resource(block);
    }

    private static void expressions(JsonNode value, Set<String> into) {
        if (value.isContainerNode()) {
            value.forEach(part -> expressions(part, into));
        } else if (value.isTextual() && value.textValue().contains("${")) {
            Matcher matcher = REFERENCE.matcher(value.textValue());
            while (matcher.find()) {
                into.add(matcher.group());
            }
        }
    }

    /**
     * The policy that an attribute will hold after apply, unknown parts marked: of the data source that renders it, else as
     * the configuration writes it.
     */
    Optional<PolicyDocument> deferredPolicy(String block, String attribute) {
        return references(block, attribute).stream()
                .map(deferredPolicies::get)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> EmbeddedDocument.json(written(block, attribute))
                        .map(StackView::evaluated)
                        .flatMap(PlannedPolicy::of));
    }

    private String written(String block, String attribute) {
        return planned()
                ? expressions(block).path(attribute).path("constant_value").asText("")
                : resource(block)
                        .map(resource -> resource.values().path(attribute).asText(""))
                        .orElse("");
    }

    /** A document with the results of its expressions, which are not known yet, in their place. */
    static JsonNode evaluated(JsonNode node) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node.isTextual()) {
            return nodes.textNode(evaluated(node.textValue()));
        }
        if (node.isArray()) {
            ArrayNode list = nodes.arrayNode();
            node.forEach(element -> list.add(evaluated(element)));
            return list;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = nodes.objectNode();
        node.properties().forEach(field -> object.set(evaluated(field.getKey()), evaluated(field.getValue())));
        return object;
    }

    private static String evaluated(String text) {
        return TerraformTemplate.parts(text).stream()
                .map(part -> part.expression() ? Difference.UNKNOWN : part.text())
                .collect(Collectors.joining());
    }

    /** The name of a resource's construct; the text itself when that is not known, or when it is no address. */
    String shown(String address) {
        return constructName(address).orElse(address);
    }

    /** The path of the construct that makes a resource, without the stack, with the resource's index. */
    Optional<String> constructName(String address) {
        int index = address.indexOf('[');
        String block = index < 0 ? address : address.substring(0, index);
        return Optional.ofNullable(constructPaths.get(block))
                .map(path -> path.substring(path.indexOf('/') + 1) + address.substring(block.length()));
    }

    /** The value that an expression refers to where it is written down, else the name of the resource; other texts as they are. */
    String resolved(String text, boolean after) {
        Matcher matcher = ATTRIBUTE.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        String block = matcher.group(1);
        return at(block)
                .map(change -> after ? change.after() : change.before())
                .map(values -> values.path(matcher.group(2)).asText(""))
                .filter(value -> !value.isEmpty() && !value.contains("${"))
                .orElseGet(() -> shown(block));
    }

    /** What an id or ARN belongs to, such as {@code cluster/node-security-group}; the id itself when that is not known. */
    String label(String id) {
        return shown(labels.getOrDefault(id, id));
    }

    /** What an attribute points to: by its value when that is known, else by what the configuration refers to. */
    String target(ResourceChange change, String attribute, boolean after) {
        return shown(targetAddress(change, attribute, after));
    }

    /** The address that an attribute points to; its value where that is not known to belong to a resource. */
    String targetAddress(ResourceChange change, String attribute, boolean after) {
        if (after && change.unknown().at(attribute).any()) {
            Set<String> references = references(change.block(), attribute);
            if (references.stream().anyMatch(reference -> reference.contains("cluster_security_group_id"))) {
                return references.stream()
                        .filter(blocks::contains)
                        .findFirst()
                        .map(this::clusterSecurityGroup)
                        .orElse(Difference.UNKNOWN);
            }
            return references.stream().filter(blocks::contains).findFirst().orElse(Difference.UNKNOWN);
        }
        String id = (after ? change.after() : change.before()).path(attribute).asText("");
        Matcher reference = ATTRIBUTE.matcher(id);
        return reference.matches() ? reference.group(1) : labels.getOrDefault(id, id);
    }

    private String clusterSecurityGroup(String cluster) {
        return "cluster security group of " + shown(cluster);
    }

    private void label(ResourceChange change) {
        if (change.mode() != ResourceMode.MANAGED) {
            return;
        }
        for (JsonNode values : List.of(change.after(), change.before())) {
            for (String attribute : List.of("id", "arn")) {
                String id = values.path(attribute).asText("");
                boolean telling = id.startsWith("arn:") || id.matches("[a-z]+-[0-9a-z]{8,}");
                if (telling) {
                    labels.putIfAbsent(id, change.address());
                }
            }
            String group = values.path("vpc_config")
                    .path(0)
                    .path("cluster_security_group_id")
                    .asText("");
            if (change.type().equals("aws_eks_cluster") && !group.isEmpty()) {
                labels.putIfAbsent(group, clusterSecurityGroup(change.address()));
            }
        }
    }
}

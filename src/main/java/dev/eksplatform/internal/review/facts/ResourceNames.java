package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Difference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the resources of a stack, and of the resources that ids, ARNs and references point to. */
final class ResourceNames {

    /** An attribute of a resource, as a whole text. */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\$\\{([a-z][a-z0-9]*_[a-z0-9_]+\\.[A-Za-z0-9_-]+)\\.(\\w+)\\}");

    private final StackEvidence stack;
    private final Map<String, String> owners = new HashMap<>();
    private final Set<String> created = new HashSet<>();

    ResourceNames(StackEvidence stack) {
        this.stack = stack;
        stack.changes().stream()
                .filter(change -> change.mode() == ResourceMode.MANAGED)
                .forEach(this::addOwner);
    }

    private void addOwner(ResourceChange change) {
        if (change.action() == Action.CREATE || change.action().replaces()) {
            created.add(change.type() + " " + change.after().path("name").asText(""));
            created.add(change.type() + " " + change.address());
        }
        for (JsonNode values : List.of(change.after(), change.before())) {
            for (String attribute : List.of("id", "arn")) {
                String id = values.path(attribute).asText("");
                if (id.startsWith("arn:") || id.matches("[a-z]+-[0-9a-z]{8,}")) {
                    owners.putIfAbsent(id, change.address());
                }
            }
            String group = values.path("vpc_config")
                    .path(0)
                    .path("cluster_security_group_id")
                    .asText("");
            if (change.type().equals("aws_eks_cluster") && !group.isEmpty()) {
                owners.putIfAbsent(group, clusterSecurityGroup(change.address()));
            }
        }
    }

    /** The resources that the stack creates or replaces: type and name, and type and address. */
    Set<String> created() {
        return created;
    }

    /** The path of a resource's construct without the stack, with the resource's index. */
    Optional<String> construct(String address) {
        int index = address.indexOf('[');
        return stack.constructPath(address)
                .map(path -> path.substring(path.indexOf('/') + 1) + (index < 0 ? "" : address.substring(index)));
    }

    /** The name of a resource's construct; the text itself when that is not known, or when it is not an address. */
    String shown(String address) {
        return construct(address).orElse(address);
    }

    /** The same of a change; an object of a list has a name of its own. */
    String shown(ResourceChange change) {
        boolean part = stack.at(change.address())
                .filter(whole -> !whole.type().equals(change.type()) || whole.after() != change.after())
                .isPresent();
        String own = part ? DisplayName.of(change) : "";
        return own.isEmpty() ? shown(change.address()) : own;
    }

    /** The value that an expression refers to if it is configured, else the name of the resource; other texts unchanged. */
    String resolved(String text, boolean after) {
        Matcher matcher = ATTRIBUTE.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        String block = matcher.group(1);
        return stack.at(block)
                .map(change -> after ? change.after() : change.before())
                .map(values -> values.path(matcher.group(2)).asText(""))
                .filter(value -> !value.isEmpty() && !value.contains("${"))
                .orElseGet(() -> shown(block));
    }

    /** The resource with an id or ARN, such as {@code cluster/node-security-group}; the id itself when that is not known. */
    String ofId(String id) {
        return shown(owners.getOrDefault(id, id));
    }

    /** The name of what an attribute points to, see {@link #targetAddress}. */
    String target(ResourceChange change, String attribute, boolean after) {
        return shown(targetAddress(change, attribute, after));
    }

    /**
     * The address that an attribute points to: by its value, or by its reference when the value is not known. The value when
     * it is not that of a resource of the stack.
     */
    String targetAddress(ResourceChange change, String attribute, boolean after) {
        if (after && change.unknown().at(attribute).any()) {
            Set<String> references = stack.references(change.block(), attribute);
            Optional<String> block = references.stream()
                    .filter(reference -> !stack.instances(reference).isEmpty())
                    .findFirst();
            boolean ofCluster =
                    references.stream().anyMatch(reference -> reference.contains("cluster_security_group_id"));
            return (ofCluster ? block.map(this::clusterSecurityGroup) : block).orElse(Difference.UNKNOWN);
        }
        return addressOf(
                (after ? change.after() : change.before()).path(attribute).asText(""));
    }

    /** The address of the resource with an id or ARN, or of an expression that refers to one; else the text itself. */
    String addressOf(String id) {
        Matcher reference = ATTRIBUTE.matcher(id);
        return reference.matches() ? reference.group(1) : owners.getOrDefault(id, id);
    }

    private String clusterSecurityGroup(String cluster) {
        return "cluster security group of " + shown(cluster);
    }
}

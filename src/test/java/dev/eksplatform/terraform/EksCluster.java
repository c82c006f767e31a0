package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** One cluster and what belongs to it, each thing as the API describes it. */
final class EksCluster {

    /** The kinds of things that belong to a cluster. */
    enum Kind {
        NODE_GROUP("node-groups", "nodegroupName", "nodegroup", "nodegroups"),
        FARGATE_PROFILE("fargate-profiles", "fargateProfileName", "fargateProfile", "fargateProfileNames"),
        ADDON("addons", "addonName", "addon", "addons"),
        ACCESS_ENTRY("access-entries", "principalArn", "accessEntry", "accessEntries"),
        ASSOCIATION("pod-identity-associations", "associationId", "association", "associations"),
        CAPABILITY("capabilities", "capabilityName", "capability", "capabilities");

        /** The kind's segment of a path. */
        final String segment;
        /** The property that names one thing of the kind. */
        final String id;
        /** The answer's property for one. */
        final String one;
        /** The answer's property for all. */
        final String all;

        Kind(String segment, String id, String one, String all) {
            this.segment = segment;
            this.id = id;
            this.one = one;
            this.all = all;
        }
    }

    private final ObjectNode description;
    private final Map<Kind, Map<String, ObjectNode>> parts = new EnumMap<>(Kind.class);
    private final Map<String, Map<String, ObjectNode>> accessPolicies = new LinkedHashMap<>();

    EksCluster(ObjectNode description) {
        this.description = description;
    }

    ObjectNode description() {
        return description;
    }

    String name() {
        return description.path("name").asText();
    }

    String version() {
        return description.path("version").asText();
    }

    boolean hasAccessEntries() {
        return !description
                .path("accessConfig")
                .path("authenticationMode")
                .asText()
                .equals("CONFIG_MAP");
    }

    /** The cluster's things of a kind by their names. */
    Map<String, ObjectNode> all(Kind kind) {
        return parts.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    }

    /** @throws EksRefusal when there is none of this name */
    ObjectNode one(Kind kind, String id) {
        ObjectNode found = all(kind).get(id);
        if (found == null) {
            throw EksRefusal.notFound("No " + kind.one + " found for name: " + id + " in cluster " + name() + ".");
        }
        return found;
    }

    /** The access policies of a principal by their ARNs. */
    Map<String, ObjectNode> accessPolicies(String principal) {
        return accessPolicies.computeIfAbsent(principal, p -> new LinkedHashMap<>());
    }

    /** Everything that can carry tags. */
    Stream<ObjectNode> everything() {
        return Stream.concat(
                Stream.of(description), parts.values().stream().flatMap(byName -> byName.values().stream()));
    }
}

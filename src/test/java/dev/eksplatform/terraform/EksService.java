package dev.eksplatform.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.terraform.EksCluster.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The control API of EKS, in memory. moto has clusters, node groups and Fargate profiles of its own, but forgets half of what they were made
 * with, gives all clusters the same issuer and has no add-ons, access entries or pod identity associations; so the whole of EKS is
 * played here, by the <a href="https://docs.aws.amazon.com/eks/latest/APIReference/Welcome.html">API reference</a>, and only
 * its security groups and launch templates are moto's. Everything is {@code ACTIVE} at once.
 */
final class EksService {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final EksDescriptions describe;
    private final Map<String, Map<String, EksCluster>> clusters = new TreeMap<>();
    private final Map<String, JsonNode> answersByToken = new HashMap<>();
    private final List<String> updates = new ArrayList<>();

    EksService(String account, MotoQuery ec2) {
        this.describe = new EksDescriptions(account, ec2);
    }

    /** The names of a region's clusters. */
    synchronized List<String> clusters(String region) {
        return List.copyOf(in(region).keySet());
    }

    /**
     * The updates of versions so far, in order: the operation, what it updates and to which version, such as {@code
     * UpdateClusterVersion shop 1.36}.
     */
    synchronized List<String> updates() {
        return List.copyOf(updates);
    }

    /**
     * Answers a request. One that comes again, because its first answer was lost on the way, gets the same answer: it carries the same
     * {@code clientRequestToken}.
     *
     * @param path the decoded segments of the path
     * @param query the decoded values of each query parameter
     * @throws EksRefusal when EKS would refuse it
     */
    synchronized JsonNode answer(
            String region, String method, List<String> path, Map<String, List<String>> query, JsonNode body) {
        String token = body.path("clientRequestToken").asText();
        JsonNode known = answersByToken.get(token);
        if (known != null) {
            return known;
        }
        JsonNode answer = answerNew(region, method, path, query, body);
        if (!token.isEmpty()) {
            answersByToken.put(token, answer);
        }
        return answer;
    }

    private JsonNode answerNew(
            String region, String method, List<String> path, Map<String, List<String>> query, JsonNode body) {
        String route = method + " " + path.get(0);
        return switch (route) {
            case "POST tags", "DELETE tags", "GET tags" ->
                tags(region, method, path.get(1), query.getOrDefault("tagKeys", List.of()), body);
            case "GET addons" ->
                EksAddonVersions.describe(first(query, "addonName"), first(query, "kubernetesVersion"));
            case "GET clusters", "POST clusters", "DELETE clusters" -> clusters(region, method, path, body);
            default -> throw unknown(method, path);
        };
    }

    private JsonNode clusters(String region, String method, List<String> path, JsonNode body) {
        if (path.size() == 1) {
            if (method.equals("POST")) {
                return one("cluster", create(region, (ObjectNode) body).description());
            }
            ArrayNode names = JSON.arrayNode();
            in(region).keySet().forEach(names::add);
            return JSON.objectNode().set("clusters", names);
        }
        EksCluster cluster = in(region).get(path.get(1));
        if (cluster == null) {
            throw EksRefusal.notFound("No cluster found for name: " + path.get(1) + ".");
        }
        if (path.size() == 2) {
            if (method.equals("DELETE")) {
                delete(region, cluster);
            }
            return one("cluster", cluster.description());
        }
        String segment = path.get(2);
        return switch (segment) {
            case "update-config" -> update(describe.updateCluster(cluster.description(), body));
            case "updates" -> {
                if (method.equals("POST")) {
                    describe.updateVersion(cluster, body.path("version").asText());
                    updates.add("UpdateClusterVersion " + cluster.name() + " " + cluster.version());
                }
                yield update(path.size() == 4 ? path.get(3) : "VersionUpdate");
            }
            default ->
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.segment.equals(segment))
                        .findFirst()
                        .map(kind -> parts(region, cluster, kind, method, path, body))
                        .orElseThrow(() -> unknown(method, path));
        };
    }

    private EksCluster create(String region, ObjectNode request) {
        String name = request.path("name").asText();
        if (in(region).containsKey(name)) {
            throw EksRefusal.inUse("Cluster already exists with name: " + name);
        }
        EksCluster cluster = new EksCluster(describe.cluster(region, request));
        if (cluster.hasAccessEntries()
                && request.path("accessConfig")
                        .path("bootstrapClusterCreatorAdminPermissions")
                        .asBoolean(true)) {
            describe.creatorEntry(region, cluster);
        }
        describe.autoModeEntry(region, cluster);
        in(region).put(name, cluster);
        return cluster;
    }

    private void delete(String region, EksCluster cluster) {
        Stream.of(Kind.NODE_GROUP, Kind.FARGATE_PROFILE)
                .filter(kind -> !cluster.all(kind).isEmpty())
                .forEach(kind -> {
                    throw EksRefusal.inUse("Cluster has " + kind.all + " attached");
                });
        in(region).remove(cluster.name());
        describe.deleteSecurityGroup(region, cluster.description());
    }

    private JsonNode parts(
            String region, EksCluster cluster, Kind kind, String method, List<String> path, JsonNode body) {
        if (kind == Kind.ACCESS_ENTRY && !cluster.hasAccessEntries()) {
            throw EksRefusal.invalidRequest("The cluster's authentication mode must be set to one of [API,"
                    + " API_AND_CONFIG_MAP] to perform this operation.");
        }
        if (path.size() == 3) {
            return method.equals("POST")
                    ? one(kind.one, describe.part(region, cluster, kind, (ObjectNode) body))
                    : list(cluster, kind);
        }
        String id = path.get(3);
        ObjectNode part = cluster.one(kind, id);
        if (path.size() == 4) {
            if (method.equals("DELETE")) {
                cluster.all(kind).remove(id);
            } else if (method.equals("POST")) {
                EksDescriptions.merge(part, body);
            }
            return one(kind.one, part);
        }
        return switch (path.get(4)) {
            case "access-policies" -> accessPolicies(cluster, id, method, path, body);
            case "update-version", "update" -> {
                describe.checkVersion(cluster, kind, part, (ObjectNode) body);
                JsonNode answer = update(describe.updatePart(region, part, body));
                updates.add((kind == Kind.ADDON ? "UpdateAddon " + id : "UpdateNodegroupVersion " + id) + " "
                        + part.path(kind == Kind.ADDON ? "addonVersion" : "releaseVersion")
                                .asText());
                yield answer;
            }
            case "update-config" -> update(describe.updatePart(region, part, body));
            default -> throw unknown(method, path);
        };
    }

    private static JsonNode list(EksCluster cluster, Kind kind) {
        ArrayNode all = JSON.arrayNode();
        cluster.all(kind).forEach((id, part) -> {
            if (kind == Kind.ASSOCIATION) {
                all.add(part);
            } else {
                all.add(id);
            }
        });
        return JSON.objectNode().set(kind.all, all);
    }

    private static JsonNode accessPolicies(
            EksCluster cluster, String principal, String method, List<String> path, JsonNode body) {
        Map<String, ObjectNode> policies = cluster.accessPolicies(principal);
        ObjectNode answer = JSON.objectNode().put("clusterName", cluster.name()).put("principalArn", principal);
        if (method.equals("POST")) {
            String policy = body.path("policyArn").asText();
            policies.put(policy, EksDescriptions.accessPolicy(body));
            return answer.set("associatedAccessPolicy", policies.get(policy));
        }
        if (method.equals("DELETE") && policies.remove(path.get(5)) == null) {
            throw EksRefusal.notFound("The specified policyArn is not associated: " + path.get(5));
        }
        ArrayNode all = JSON.arrayNode();
        policies.values().forEach(all::add);
        return answer.set("associatedAccessPolicies", all);
    }

    private JsonNode tags(String region, String method, String arn, List<String> tagKeys, JsonNode body) {
        ObjectNode tagged = in(region).values().stream()
                .flatMap(EksCluster::everything)
                .filter(thing -> EksDescriptions.arn(thing).equals(arn))
                .findFirst()
                .orElseThrow(() -> EksRefusal.notFound("Resource was not found: " + arn));
        ObjectNode tags = tagged.withObject("/tags");
        if (method.equals("POST")) {
            body.path("tags").properties().forEach(tag -> tags.set(tag.getKey(), tag.getValue()));
        }
        tags.remove(tagKeys);
        return method.equals("GET") ? one("tags", tags) : JSON.objectNode();
    }

    private static String first(Map<String, List<String>> query, String parameter) {
        return query.getOrDefault(parameter, List.of("")).get(0);
    }

    private Map<String, EksCluster> in(String region) {
        return clusters.computeIfAbsent(region, r -> new TreeMap<>());
    }

    private static ObjectNode one(String property, JsonNode value) {
        ObjectNode answer = JSON.objectNode();
        answer.set(property, value.deepCopy());
        return answer;
    }

    private static JsonNode update(String id) {
        return one(
                "update",
                JSON.objectNode().put("id", id).put("status", "Successful").put("type", "ConfigUpdate"));
    }

    private static EksRefusal unknown(String method, List<String> path) {
        return EksRefusal.invalidRequest(
                "EksService does not know " + method + " /" + String.join("/", path) + ": add it there");
    }
}

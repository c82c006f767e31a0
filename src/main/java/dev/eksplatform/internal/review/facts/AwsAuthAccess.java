package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who may enter a cluster by its ConfigMap {@code aws-auth}.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html">Grant IAM users access with a
 *     ConfigMap</a>
 */
final class AwsAuthAccess implements AccessReader {

    /** The name of the principal in a mapping, by key of the data. */
    private static final Map<String, List<String>> MAPPINGS =
            Map.of("mapRoles", List.of("rolearn", "roleArn"), "mapUsers", List.of("userarn", "userArn"));

    private static final String AREA = "aws-auth";

    @Override
    public void read(AccessSide side, AccessGrants into) {
        if (!side.type().startsWith("kube")) {
            return;
        }
        KubernetesObject.of(side)
                .filter(object -> object.kind().equals("ConfigMap")
                        && object.name().equals("aws-auth")
                        && object.namespace().equals("kube-system"))
                .ifPresent(object -> configMap(side, object, into));
    }

    private static void configMap(AccessSide side, KubernetesObject object, AccessGrants into) {
        JsonNode data = object.body().path("data");
        if (object.isUnknown("data")) {
            into.undecided(AREA, "principals in the ConfigMap aws-auth");
        }
        for (String key : new TreeSet<>(MAPPINGS.keySet())) {
            list(data, key, into).forEach(mapping -> mapping(side, key, mapping, into));
        }
        Json.texts(list(data, "mapAccounts", into))
                .forEach(account -> into.add(Grant.plain(
                        AREA,
                        new Party("AWS", account, "principals of account " + account, Party.Audience.SEVERAL, account),
                        "enter the cluster",
                        "as themselves",
                        "aws-auth",
                        Reach.SOME)));
    }

    /** The YAML list in a key of the data; an empty one when it is anything else. */
    private static JsonNode list(JsonNode data, String key, AccessGrants into) {
        String text = data.path(key).asText("");
        Optional<JsonNode> list = EmbeddedDocument.yaml(text).filter(JsonNode::isArray);
        if (text.contains(Difference.UNKNOWN)) {
            into.undecided(AREA, "principals in " + key + " of the ConfigMap aws-auth");
        } else if (list.isEmpty() && !text.isBlank()) {
            into.unreadable(AREA, "principals in " + key + " of the ConfigMap aws-auth", key + " is not a YAML list");
        }
        return list.orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    private static void mapping(AccessSide side, String key, JsonNode mapping, AccessGrants into) {
        String arn = MAPPINGS.getOrDefault(key, List.of()).stream()
                .map(name -> mapping.path(name).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        List<String> groups = new ArrayList<>(new TreeSet<>(Json.texts(mapping.path("groups"))));
        Reach reach = groups.stream()
                .map(AccessTable.table().levels().clusterGroups()::of)
                .reduce(Reach.SOME, Reach::worst);
        String user = mapping.path("username").asText("");
        boolean usual = user.isEmpty() || user.equals("system:node:{{EC2PrivateDNSName}}");
        String how = (groups.isEmpty() ? "in no group" : "in groups " + String.join(", ", groups))
                + (usual ? "" : ", as user " + user);
        boolean node = groups.contains("system:nodes") && reach != Reach.ALL;
        into.add(Grant.plain(
                AREA,
                Party.principal("AWS", side.names().resolved(arn, side.after()), side.names()),
                "enter the cluster",
                how,
                "aws-auth",
                node ? Reach.SOME : reach));
    }
}

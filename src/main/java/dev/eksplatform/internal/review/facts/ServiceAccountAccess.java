package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.plan.HelmValues;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The roles that ServiceAccounts are annotated with: in objects, and in values of charts.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html">IAM roles for service
 *     accounts</a>
 */
final class ServiceAccountAccess implements AccessReader {

    private static final String ANNOTATION = "eks.amazonaws.com/role-arn";

    /** The path of the annotation in a {@code set} of a release: dots of a key have backslashes. */
    private static final Pattern SET =
            Pattern.compile("(.*?)\\.?[A-Za-z]*[aA]nnotations\\.\"?eks\\\\*\\.amazonaws\\\\*\\.com/role-arn\"?");

    @Override
    public void read(AccessSide side, AccessGrants into) {
        if (!side.exists()) {
            return;
        }
        if (side.type().equals("helm_release")) {
            release(side, into);
        } else if (side.type().startsWith("kubernetes_annotations")) {
            annotations(side, into);
        } else if (side.type().startsWith("kube")) {
            KubernetesObject.of(side)
                    .filter(object -> object.kind().equals("ServiceAccount"))
                    .ifPresent(object -> object(side, object, into));
        }
    }

    private static void object(AccessSide side, KubernetesObject object, AccessGrants into) {
        String account = "ServiceAccount " + object.namespace() + "/" + object.name();
        Map<String, String> annotations = object.annotations();
        if (annotations.containsKey(Difference.UNKNOWN)) {
            into.undecided("annotation " + account, account);
        }
        add(side, account, annotations.getOrDefault(ANNOTATION, ""), "annotation " + ANNOTATION, into);
    }

    /** Annotations of an object that another resource creates. */
    private static void annotations(AccessSide side, AccessGrants into) {
        if (side.at("kind").asText("").equals("ServiceAccount")) {
            JsonNode metadata = AccessSide.one(side.at("metadata"));
            String account = "ServiceAccount " + metadata.path("namespace").asText("default") + "/"
                    + metadata.path("name").asText("");
            add(
                    side,
                    account,
                    side.values().path("annotations").path(ANNOTATION).asText(""),
                    "annotation " + ANNOTATION,
                    into);
        }
    }

    private static void add(AccessSide side, String account, String written, String via, AccessGrants into) {
        if (written.isEmpty()) {
            return;
        }
        String resolved = side.names().resolved(written, side.after());
        boolean open = resolved.contains(Difference.UNKNOWN) || resolved.contains("${");
        String role = open ? Difference.UNKNOWN : side.names().ofId(resolved);
        into.add(Grant.plain(
                        "annotation " + account,
                        Party.named(account),
                        "assume role " + named(role),
                        "",
                        via,
                        Reach.SOME)
                .awayIn(Party.accountIn(role)));
    }

    /** The name of the role, with its account: an annotation may point anywhere. */
    private static String named(String role) {
        String account = Party.accountIn(role);
        return EksAccess.role(role) + (account.isEmpty() ? "" : " of account " + account);
    }

    private static void release(AccessSide side, AccessGrants into) {
        String release = side.text("name");
        String namespace = side.text("namespace");
        String chart = (namespace.isEmpty() ? "default" : namespace) + "/" + release;
        String area = "annotation ServiceAccount of release " + chart;
        JsonNode values = side.values().path("values");
        if (values.toString().contains(Difference.UNKNOWN)) {
            into.undecided(area, "ServiceAccount of release " + chart);
        }
        HelmValues.merged(values).ifPresent(merged -> find(side, merged, "", chart, into));
        for (String attribute : List.of("set", "set_sensitive")) {
            for (JsonNode one : side.values().path(attribute)) {
                Matcher path = SET.matcher(one.path("name").asText(""));
                if (path.matches()) {
                    release(side, chart, path.group(1), one.path("value").asText(""), into);
                }
            }
        }
    }

    private static void find(AccessSide side, JsonNode node, String path, String chart, AccessGrants into) {
        node.properties().forEach(entry -> {
            if (entry.getKey().equals(ANNOTATION)) {
                int dot = path.lastIndexOf('.');
                release(
                        side,
                        chart,
                        dot < 0 ? "" : path.substring(0, dot),
                        entry.getValue().asText(""),
                        into);
            } else {
                find(
                        side,
                        entry.getValue(),
                        path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                        chart,
                        into);
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            find(side, node.get(i), path + "[" + i + "]", chart, into);
        }
    }

    private static void release(AccessSide side, String chart, String path, String role, AccessGrants into) {
        String account = "ServiceAccount of release " + chart
                + (path.isEmpty() || path.equals("serviceAccount") ? "" : " (values " + path + ")");
        add(side, account, role, "annotation in values", into);
    }
}

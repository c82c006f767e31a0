package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Who may enter clusters of EKS, and the roles of their pods. */
final class EksAccess implements AccessReader {

    @Override
    public void read(AccessSide side, AccessGrants into) {
        if (!side.exists()) {
            return;
        }
        switch (side.type()) {
            case "aws_eks_access_entry" -> entry(side, into);
            case "aws_eks_access_policy_association" -> policy(side, into);
            case "aws_eks_pod_identity_association" -> podIdentity(side, into);
            case "aws_eks_addon" -> addOn(side, into);
            case "aws_eks_cluster" -> cluster(side, into);
            default -> {}
        }
    }

    private static String cluster(AccessSide side) {
        return "cluster " + side.text("cluster_name");
    }

    /** How much access to a cluster allows: to one that the same change creates, nothing that anybody had not intended. */
    private static Reach reach(AccessSide side, Reach reach) {
        return side.isNew("aws_eks_cluster", side.text("cluster_name")) ? Reach.NEW : reach;
    }

    private static Party principal(AccessSide side) {
        JsonNode value = side.at("principal_arn");
        String shown = entryOf(side)
                .map(entry -> side.names().target(entry, "principal_arn", side.after()))
                .orElseGet(() -> side.target("principal_arn"));
        String arn = value.asText("");
        return new Party(
                "AWS",
                arn.startsWith("arn:") ? arn : shown,
                "principal " + shown,
                Party.Audience.NAMED,
                Party.accountIn(arn));
    }

    /** Associations usually name their access entry; who it is for is what a reader wants to know. */
    private static Optional<ResourceChange> entryOf(AccessSide side) {
        return side.stack()
                .at(side.names().targetAddress(side.change(), "principal_arn", side.after()))
                .filter(entry -> entry.type().equals("aws_eks_access_entry"));
    }

    /** @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html">Access entries</a> */
    private static void entry(AccessSide side, AccessGrants into) {
        List<String> groups = new ArrayList<>(new TreeSet<>(Json.texts(side.at("kubernetes_groups"))));
        List<String> how = new ArrayList<>();
        String type = side.at("type").asText("STANDARD");
        if (!type.equals("STANDARD") && !type.equals(Difference.UNKNOWN)) {
            how.add("type " + type);
        }
        boolean computed = side.isUnknown("kubernetes_groups") && !side.sets("kubernetes_groups");
        if (!groups.isEmpty() && !computed) {
            how.add("in groups " + String.join(", ", groups));
        }
        String user = side.at("user_name").asText("");
        // EKS derives a name for each session of the principal
        if (!user.isEmpty() && !user.equals(Difference.UNKNOWN) && !user.contains("{{") && !user.startsWith("arn:")) {
            how.add("as user " + user);
        }
        Party who = principal(side);
        Reach reach = groups.stream()
                .map(AccessTable.table().levels().clusterGroups()::of)
                .reduce(Reach.SOME, Reach::worst);
        into.add(Grant.plain(
                "entry " + who.pattern(),
                who,
                "enter " + cluster(side),
                String.join(", ", how),
                "access entry",
                reach(side, reach)));
    }

    private static void policy(AccessSide side, AccessGrants into) {
        String arn = side.text("policy_arn");
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        JsonNode scope = AccessSide.one(side.at("access_scope"));
        List<String> namespaces = new ArrayList<>(new TreeSet<>(Json.texts(scope.path("namespaces"))));
        boolean unknown = scope.isTextual()
                || scope.path("type").asText("").equals(Difference.UNKNOWN)
                || scope.path("type").asText("").equals("namespace") && namespaces.isEmpty();
        Reach reach = AccessTable.table().levels().accessPolicies().of(name);
        Party who = principal(side);
        String where = unknown
                ? "in namespaces " + Difference.UNKNOWN
                : namespaces.isEmpty() ? "in every namespace" : "in namespaces " + String.join(", ", namespaces);
        into.add(Grant.plain(
                "access policy " + who.pattern(),
                who,
                "act as " + name + " in " + cluster(side),
                where,
                "",
                reach(side, reach == Reach.ALL && !namespaces.isEmpty() ? Reach.MUCH : reach)));
    }

    /** @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html">Target roles</a> */
    private static void podIdentity(AccessSide side, AccessGrants into) {
        Party who = Party.named("ServiceAccount " + side.text("namespace") + "/" + side.text("service_account"));
        String via = "Pod Identity in " + cluster(side);
        boolean untagged = side.at("disable_session_tags").asBoolean();
        JsonNode policy = side.at("policy");
        String limit = Side.isUnset(policy) ? "" : ", limited by the session policy " + policy.asText();
        assume(side, who, "role_arn", via + (untagged ? ", without session tags" : "") + limit, into);
        if (!Side.isUnset(side.at("target_role_arn"))) {
            assume(side, who, "target_role_arn", via + ", as target role", into);
        }
    }

    private static void assume(AccessSide side, Party who, String attribute, String how, AccessGrants into) {
        String role = side.target(attribute);
        into.add(Grant.plain("pod " + who.pattern(), who, "assume role " + role(role), how, "", reach(side, Reach.SOME))
                .awayIn(Party.accountIn(role)));
    }

    /** The name of a role. */
    static String role(String target) {
        int slash = target.indexOf(":role/");
        return slash < 0 ? target : target.substring(slash + ":role/".length());
    }

    private static void addOn(AccessSide side, AccessGrants into) {
        String addOn = "add-on " + side.text("addon_name");
        if (!Side.isUnset(side.at("service_account_role_arn"))) {
            assume(
                    side,
                    Party.named("the ServiceAccount of " + addOn),
                    "service_account_role_arn",
                    "IRSA in " + cluster(side),
                    into);
        }
        JsonNode blocks = side.at("pod_identity_association");
        for (JsonNode block : blocks.isObject() ? List.of(blocks) : blocks) {
            String role = side.names()
                    .ofId(side.names().resolved(block.path("role_arn").asText(""), side.after()));
            Party who = Party.named(
                    "ServiceAccount " + block.path("service_account").asText() + " of " + addOn);
            into.add(Grant.plain(
                            "pod " + who.pattern(),
                            who,
                            "assume role " + role(role),
                            "Pod Identity in " + cluster(side),
                            "",
                            reach(side, Reach.SOME))
                    .awayIn(Party.accountIn(role)));
        }
    }

    /** @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html">Authentication modes</a> */
    private static void cluster(AccessSide side, AccessGrants into) {
        String cluster = "cluster " + side.name();
        String area = "authentication " + cluster;
        JsonNode config = AccessSide.one(side.at("access_config"));
        boolean unknown = config.isTextual() && side.sets("access_config");
        String mode = unknown
                ? Difference.UNKNOWN
                : config.path("authentication_mode").asText("");
        boolean stays = side.change().before().isObject()
                && !side.isNew("aws_eks_cluster", side.change().address());
        if (stays && mode.equals(Difference.UNKNOWN)) {
            into.undecided(area, "principals with an access entry or in aws-auth");
        }
        if (stays && (mode.equals("API") || mode.equals("API_AND_CONFIG_MAP"))) {
            into.add(Grant.plain(
                    area, Party.named("principals with an access entry"), "enter " + cluster, "", mode, Reach.SOME));
        }
        if (stays && (mode.equals("CONFIG_MAP") || mode.equals("API_AND_CONFIG_MAP"))) {
            into.add(Grant.plain(
                    area,
                    Party.named("principals in the ConfigMap aws-auth"),
                    "enter " + cluster,
                    "",
                    mode,
                    Reach.SOME));
        }
        JsonNode creator = config.path("bootstrap_cluster_creator_admin_permissions");
        // true unless it is configured, says the documentation of CreateAccessConfigRequest
        if (!unknown && (creator.isBoolean() ? creator.booleanValue() : !creator.isTextual())) {
            into.add(Grant.plain(
                    area,
                    Party.named("whoever creates the cluster"),
                    "act as AmazonEKSClusterAdminPolicy in " + cluster,
                    "in every namespace",
                    "access_config",
                    side.change().action().replaces() ? Reach.NEW : Reach.SOME));
        }
    }
}

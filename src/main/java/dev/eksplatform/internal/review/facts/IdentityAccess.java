package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Attachment;
import dev.eksplatform.internal.review.facts.AccessTable.IdentityPolicy;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import dev.eksplatform.internal.review.facts.Grant.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What identities of IAM may do: inline policies, managed policies and permissions boundaries. */
final class IdentityAccess implements AccessReader {

    private static final Map<String, IdentityPolicy> INLINE = AccessTable.table().identityPolicies().stream()
            .collect(Collectors.toMap(IdentityPolicy::type, policy -> policy));
    private static final Map<String, Attachment> ATTACHMENTS = AccessTable.table().attachments().stream()
            .collect(Collectors.toMap(Attachment::type, attachment -> attachment));

    /** More holders of a policy are only counted. */
    private static final int MOST_HOLDERS = 3;

    private static final String POLICY = "aws_iam_policy";
    private static final String BOUNDARY = "permissions_boundary";

    /** The end of the ARN, in every partition, of the managed policy that allows everything; as a boundary it limits nothing. */
    private static final String ADMINISTRATOR = ":iam::aws:policy/AdministratorAccess";

    /** The identities that have a policy, by its address, or by its ARN when it is not in the stack. */
    private final Map<String, Set<String>> holders = new LinkedHashMap<>();

    IdentityAccess(StackEvidence stack, ResourceNames names) {
        for (ResourceChange change : stack.changes()) {
            Attachment attachment = ATTACHMENTS.get(change.type());
            boolean boundary =
                    change.after().hasNonNull(BOUNDARY) || change.before().hasNonNull(BOUNDARY);
            if (attachment == null && !boundary) {
                continue;
            }
            for (boolean after : new boolean[] {true, false}) {
                AccessSide side = new AccessSide(stack, names, change, after);
                if (attachment != null) {
                    addHolders(side, attachment);
                }
                if (side.values().hasNonNull(BOUNDARY)) {
                    holders.computeIfAbsent(address(side, BOUNDARY), policy -> new TreeSet<>())
                            .add("identities within boundary " + side.names().shown(address(side, BOUNDARY)));
                }
            }
        }
    }

    private void addHolders(AccessSide side, Attachment attachment) {
        JsonNode policies = side.at(attachment.policies());
        List<String> keys = policies.isArray()
                ? side.targets(attachment.policies())
                : Side.isUnset(policies) ? List.of() : List.of(address(side, attachment.policies()));
        for (String policy : keys) {
            attachment.holders().forEach((attribute, noun) -> names(side, attribute)
                    .forEach(holder -> holders.computeIfAbsent(policy, key -> new TreeSet<>())
                            .add(noun + " " + holder)));
        }
    }

    private static String address(AccessSide side, String attribute) {
        return side.names().targetAddress(side.change(), attribute, side.after());
    }

    private static List<String> names(AccessSide side, String attribute) {
        JsonNode value = side.at(attribute);
        if (attribute.equals("name")) {
            return List.of(side.name());
        }
        if (value.isArray()) {
            List<String> names = new ArrayList<>();
            Json.texts(value).forEach(text -> names.add(side.names().resolved(text, side.after())));
            return names;
        }
        return Side.isUnset(value) ? List.of() : List.of(side.text(attribute));
    }

    @Override
    public void read(AccessSide side, AccessGrants into) {
        if (!side.exists()) {
            return;
        }
        String type = side.type();
        if (type.equals(POLICY)) {
            managed(side, into);
        }
        if (type.equals("aws_iam_role")) {
            inlineOfRole(side, into);
        }
        if (type.equals("aws_iam_role") || type.equals("aws_iam_user")) {
            boundary(side, into);
        }
        Optional.ofNullable(INLINE.get(type)).ifPresent(policy -> inline(side, policy, into));
        Optional.ofNullable(ATTACHMENTS.get(type)).ifPresent(attachment -> attached(side, attachment, into));
    }

    private void managed(AccessSide side, AccessGrants into) {
        String name = side.name();
        Set<String> having = holders.getOrDefault(side.change().address(), Set.of());
        String who = having.isEmpty()
                ? "whoever has policy " + name
                : having.size() > MOST_HOLDERS
                        ? having.size() + " identities with policy " + name
                        : String.join(", ", having);
        String area = "policy " + side.stack().name() + " " + side.change().address();
        StatementGrants.ofIdentity(area, "policy " + name, into)
                .add(side.policy("policy"), new Party("", area, who, Party.Audience.NAMED, ""));
    }

    private static void inline(AccessSide side, IdentityPolicy policy, AccessGrants into) {
        String who = policy.noun() + " " + side.text(policy.of());
        StatementGrants.ofIdentity("inline " + who, "inline policy", into)
                .add(side.policy(policy.attribute()), Party.named(who));
    }

    /** Inline policies of the role's own; in the state they are also those of other resources. */
    private static void inlineOfRole(AccessSide side, AccessGrants into) {
        if (!side.sets("inline_policy")) {
            return;
        }
        String who = "role " + side.name();
        StatementGrants grants = StatementGrants.ofIdentity("inline " + who, "inline policy", into);
        if (side.at("inline_policy").isTextual()) {
            into.undecided("inline " + who, who);
        }
        for (JsonNode block :
                side.at("inline_policy").isObject() ? List.of(side.at("inline_policy")) : side.at("inline_policy")) {
            String text = block.path("policy").asText("");
            grants.add(
                    text.equals(Difference.UNKNOWN)
                            ? PlannedPolicy.Read.UNKNOWN
                            : PlannedPolicy.ofText(side.stack(), text, side.after()),
                    Party.named(who));
        }
    }

    private static void boundary(AccessSide side, AccessGrants into) {
        boolean unset = Side.isUnset(side.at(BOUNDARY)) || !side.sets(BOUNDARY) && side.isUnknown(BOUNDARY);
        boolean stays =
                side.change().before().isObject() && side.change().after().isObject();
        if (unset || !stays || side.target(BOUNDARY).endsWith(ADMINISTRATOR)) {
            return;
        }
        String who = (side.type().equals("aws_iam_user") ? "user " : "role ") + side.name();
        into.add(new Grant(
                "boundary " + who,
                true,
                Party.named(who),
                Element.of(shortened(side.target(BOUNDARY))),
                Element.NONE,
                Set.of(),
                "",
                "permissions boundary",
                Phrase.BOUNDARY,
                Reach.ALL,
                ""));
    }

    private static void attached(AccessSide side, Attachment attachment, AccessGrants into) {
        JsonNode value = side.at(attachment.policies());
        if (Side.isUnset(value) || side.type().equals("aws_iam_role") && !side.sets(attachment.policies())) {
            return;
        }
        boolean list = value.isArray();
        for (String policy : list ? side.targets(attachment.policies()) : List.of(side.target(attachment.policies()))) {
            Reach reach = AccessTable.table().levels().managedPolicies().of(managedName(policy));
            attachment.holders().forEach((attribute, noun) -> names(side, attribute)
                    .forEach(holder -> {
                        String who = noun + " " + holder;
                        into.add(Grant.plain(
                                "attached " + who,
                                Party.named(who),
                                "do what " + shortened(policy) + " allows",
                                "",
                                "attached",
                                reach == Reach.SOME && side.isNew("aws_iam_role", holder) ? Reach.NEW : reach));
                    }));
        }
    }

    private static String managedName(String policy) {
        return policy.substring(policy.lastIndexOf('/') + 1);
    }

    private static String shortened(String policy) {
        int at = policy.indexOf(":policy/");
        return "policy " + (at < 0 ? policy : policy.substring(at + ":policy/".length()));
    }
}

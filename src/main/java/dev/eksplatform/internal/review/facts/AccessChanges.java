package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.document.TrustedSubject;
import dev.eksplatform.internal.guardrail.Consequences;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.plan.EmbeddedDocument;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds who may assume what role, and who may enter the cluster, before and after. */
final class AccessChanges {

    /** Managed policies that allow all or nearly all of the account. */
    private static final Set<String> ALL_POWERFUL = Set.of("AdministratorAccess", "IAMFullAccess", "PowerUserAccess");

    private final StackEvidence stack;
    private final ResourceNames names;
    private final OpenFindings findings;
    private final List<AccessChange> found = new ArrayList<>();

    private AccessChanges(StackEvidence stack, ResourceNames names, OpenFindings findings) {
        this.stack = stack;
        this.names = names;
        this.findings = findings;
    }

    static List<AccessChange> of(StackEvidence stack, ResourceNames names, OpenFindings findings) {
        AccessChanges access = new AccessChanges(stack, names, findings);
        for (ResourceChange change : stack.changes()) {
            if (change.action().changes() && change.mode() == ResourceMode.MANAGED) {
                access.add(change);
            }
        }
        access.found.sort(Comparator.comparing((AccessChange one) -> !one.wide())
                .thenComparing(one -> one.who().startsWith("service "))
                .thenComparing(AccessChange::address)
                .thenComparing(AccessChange::verdict)
                .thenComparing(AccessChange::who));
        return access.found;
    }

    /** One right, by everything that makes it different from another. */
    private record Right(
            String who, String what, String how, @Nullable String condition, Reach reach) {

        @Override
        public String toString() {
            return what + " (" + how + (condition == null ? "" : ", when " + condition) + ")";
        }
    }

    /** How much a right grants. */
    private enum Reach {
        /** Something to a principal that it names. */
        LIMITED,
        /** Everything, or nearly everything. */
        EVERYTHING,
        /** Something to principals that it does not name. */
        ANYONE
    }

    private void add(ResourceChange change) {
        switch (change.type()) {
            case "aws_iam_role" -> compare(change, trusts(change, false), trusts(change, true));
            case "aws_eks_pod_identity_association" ->
                compare(change, association(change, false), association(change, true));
            case "aws_eks_access_entry" -> compare(change, entry(change, false), entry(change, true));
            case "aws_eks_access_policy_association" -> compare(change, rights(change, false), rights(change, true));
            case "aws_iam_role_policy_attachment" ->
                compare(change, attachment(change, false), attachment(change, true));
            default -> {}
        }
    }

    /** What somebody loses and gains in the same resource is one change. */
    private void compare(ResourceChange change, Set<Right> before, Set<Right> after) {
        List<Right> gained = new ArrayList<>(after);
        gained.removeAll(before);
        boolean undecided = gained.removeIf(right -> right.who().equals(Difference.UNKNOWN));
        List<Right> lost = new ArrayList<>(before);
        lost.removeAll(after);
        for (Right right : lost) {
            Optional<Right> instead = gained.stream()
                    .filter(other -> other.who().equals(right.who()))
                    .findFirst();
            instead.ifPresent(gained::remove);
            String now = instead.map(Right::toString).orElse(undecided ? Difference.UNKNOWN : null);
            AccessChange.Verdict verdict = instead.isPresent()
                    ? AccessChange.Verdict.CHANGED
                    : undecided ? AccessChange.Verdict.UNKNOWN : AccessChange.Verdict.LOST;
            add(
                    change,
                    verdict,
                    right.who(),
                    right.toString(),
                    now,
                    instead.map(Right::reach).orElse(Reach.LIMITED));
        }
        for (Right right : gained) {
            add(change, AccessChange.Verdict.GAINED, right.who(), null, right.toString(), right.reach());
        }
        if (undecided && lost.isEmpty()) {
            add(
                    change,
                    AccessChange.Verdict.UNKNOWN,
                    "whoever " + names.shown(change.address()) + " will trust",
                    null,
                    Difference.UNKNOWN,
                    Reach.LIMITED);
        }
    }

    private void add(
            ResourceChange change,
            AccessChange.Verdict verdict,
            String who,
            @Nullable String before,
            @Nullable String after,
            Reach reach) {
        found.add(new AccessChange(
                stack.name(),
                change.address(),
                verdict,
                who,
                before,
                after,
                reach != Reach.LIMITED,
                reach == Reach.ANYONE,
                after == null
                        ? List.of()
                        : findings.rulesAt(
                                change.address(), Consequences.table().access()),
                stack.position(change.address()).orElse(null)));
    }

    private static JsonNode values(ResourceChange change, boolean after) {
        return after ? change.after() : change.before();
    }

    private String text(ResourceChange change, String attribute, boolean after) {
        if (after && change.unknown().at(attribute).any()) {
            return names.target(change, attribute, true);
        }
        return names.resolved(values(change, after).path(attribute).asText(""), after);
    }

    private Set<Right> trusts(ResourceChange change, boolean after) {
        Set<Right> rights = new LinkedHashSet<>();
        JsonNode values = values(change, after);
        if (!values.isObject()) {
            return rights;
        }
        String role = "assume role " + name(change, after);
        boolean unknown = after && change.unknown().at("assume_role_policy").any();
        Optional<PolicyDocument> policy = unknown
                ? PlannedPolicy.deferred(stack, change.block(), "assume_role_policy")
                : EmbeddedDocument.json(values.path("assume_role_policy").asText(""))
                        .map(read -> stack.plan().isPresent() ? read : PlannedPolicy.evaluated(read))
                        .flatMap(PlannedPolicy::of);
        if (policy.isEmpty()) {
            rights.add(
                    new Right(Difference.UNKNOWN, role, "the trust policy is known after apply", null, Reach.LIMITED));
        }
        policy.map(PolicyDocument::statements).orElse(List.of()).stream()
                .filter(statement -> statement.effect() == Effect.ALLOW)
                .forEach(statement -> trust(statement, role, rights));
        return rights;
    }

    private String name(ResourceChange change, boolean after) {
        String name = values(change, after).path("name").asText("");
        String prefix = values(change, after).path("name_prefix").asText("");
        return !name.isEmpty() ? name : prefix.isEmpty() ? names.shown(change.address()) : prefix + "…";
    }

    private void trust(Statement statement, String role, Set<Right> rights) {
        Principals principals = statement.principals();
        if (principals == null) {
            return;
        }
        String condition = inWords(statement.conditions(), principals);
        if (principals.except()) {
            rights.add(new Right(principals.toString(), role, "NotPrincipal", condition, Reach.ANYONE));
            return;
        }
        for (Map.Entry<String, String> principal : principals.each()) {
            String id = principal.getValue();
            switch (principal.getKey()) {
                case "Service" -> rights.add(new Right("service " + id, role, "as itself", condition, Reach.LIMITED));
                case "Federated" -> federated(id, statement, role, rights);
                default -> {
                    boolean all = id.equals("*");
                    String who = all ? "everyone" : "principal " + names.ofId(id);
                    rights.add(new Right(who, role, "STS", condition, all ? Reach.ANYONE : Reach.LIMITED));
                }
            }
        }
    }

    /** A federated principal of EKS is a ServiceAccount, as its {@code sub} condition says. */
    private void federated(String id, Statement statement, String role, Set<Right> rights) {
        String how = "IRSA through "
                + (id.equals(Difference.UNKNOWN) ? "an issuer that is known after apply" : OidcIssuer.inArn(id));
        List<Condition> others = new ArrayList<>();
        Map<String, Reach> subjects = new LinkedHashMap<>();
        for (Condition condition : statement.conditions()) {
            List<String> values = condition.values();
            boolean isSubject = condition.key().endsWith(":sub")
                    || values.stream()
                            .anyMatch(value -> TrustedSubject.parse(value).isPresent());
            boolean isAudience = condition.key().endsWith(":aud") || values.equals(List.of(TrustPolicy.STS_AUDIENCE));
            if (isSubject) {
                values.forEach(value -> {
                    boolean pattern =
                            condition.operator().contains("Like") && (value.contains("*") || value.contains("?"));
                    subjects.put(subject(value, pattern), pattern ? Reach.ANYONE : Reach.LIMITED);
                });
            } else if (!isAudience) {
                others.add(condition);
            }
        }
        if (subjects.isEmpty()) {
            subjects.put("any ServiceAccount of the issuer", Reach.ANYONE);
        }
        subjects.forEach(
                (who, reach) -> rights.add(new Right(who, role, how, inWords(others, statement.principals()), reach)));
    }

    private static @Nullable String inWords(List<Condition> conditions, @Nullable Principals principals) {
        return conditions.isEmpty()
                ? null
                : conditions.stream()
                        .map(condition -> condition.inWords(principals))
                        .sorted()
                        .collect(Collectors.joining(" and "));
    }

    private static String subject(String value, boolean pattern) {
        return TrustedSubject.parse(value)
                .map(account -> (pattern ? "any ServiceAccount like " : "ServiceAccount ") + account)
                .orElse((pattern ? "any subject like " : "subject ") + value);
    }

    private Set<Right> association(ResourceChange change, boolean after) {
        if (!values(change, after).isObject()) {
            return Set.of();
        }
        String who =
                "ServiceAccount " + text(change, "namespace", after) + "/" + text(change, "service_account", after);
        return Set.of(new Right(
                who,
                "assume role " + role(names.target(change, "role_arn", after)),
                "Pod Identity in cluster " + text(change, "cluster_name", after),
                null,
                Reach.LIMITED));
    }

    private static String role(String target) {
        int slash = target.indexOf(":role/");
        return slash < 0 ? target : target.substring(slash + ":role/".length());
    }

    private Set<Right> entry(ResourceChange change, boolean after) {
        JsonNode values = values(change, after);
        if (!values.isObject()) {
            return Set.of();
        }
        List<String> groups = Json.texts(values.path("kubernetes_groups"));
        return Set.of(new Right(
                "principal " + names.target(change, "principal_arn", after),
                "enter cluster " + text(change, "cluster_name", after),
                groups.isEmpty() ? "access entry" : "access entry in groups " + String.join(", ", groups),
                null,
                Reach.LIMITED));
    }

    private Set<Right> rights(ResourceChange change, boolean after) {
        JsonNode values = values(change, after);
        if (!values.isObject()) {
            return Set.of();
        }
        String policy = values.path("policy_arn").asText("");
        JsonNode scope = values.path("access_scope").path(0);
        List<String> namespaces = Json.texts(scope.path("namespaces"));
        return Set.of(new Right(
                "principal " + principal(change, after),
                "act as " + policy.substring(policy.lastIndexOf('/') + 1) + " in cluster "
                        + text(change, "cluster_name", after),
                namespaces.isEmpty() ? "in every namespace" : "in namespaces " + String.join(", ", namespaces),
                null,
                policy.endsWith("ClusterAdminPolicy") ? Reach.EVERYTHING : Reach.LIMITED));
    }

    private Set<Right> attachment(ResourceChange change, boolean after) {
        if (!values(change, after).isObject()) {
            return Set.of();
        }
        String policy = Optional.of(names.target(change, "policy_arn", after))
                .map(arn -> arn.substring(arn.indexOf(":policy/") < 0 ? 0 : arn.indexOf(":policy/") + 8))
                .orElse("");
        return Set.of(new Right(
                "role " + text(change, "role", after),
                "do what policy " + policy + " allows",
                "attached",
                null,
                ALL_POWERFUL.contains(policy) ? Reach.EVERYTHING : Reach.LIMITED));
    }

    /** Associations usually name their access entry; who it is for is what a reader wants to know. */
    private String principal(ResourceChange change, boolean after) {
        String target = names.targetAddress(change, "principal_arn", after);
        return stack.at(target)
                .filter(entry -> entry.type().equals("aws_eks_access_entry"))
                .map(entry -> names.target(entry, "principal_arn", after))
                .orElse(names.shown(target));
    }
}

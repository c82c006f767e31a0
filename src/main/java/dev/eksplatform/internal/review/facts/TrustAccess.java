package dev.eksplatform.internal.review.facts;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.Principals;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TokenIssuer;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.document.TrustedSubject;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.facts.AccessTable.Reach;
import dev.eksplatform.internal.review.facts.Grant.Phrase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may assume roles, by their trust policies. */
final class TrustAccess implements AccessReader {

    private static final String ATTRIBUTE = "assume_role_policy";

    /** What a condition on the subject requires besides its value. */
    private static final Clause HAS_SUBJECT = Clause.of(
                    new Condition("Null", "the token's subject", List.of("false")), null)
            .tacit();

    @Override
    public void read(AccessSide side, AccessGrants into) {
        if (!side.type().equals("aws_iam_role") || !side.exists()) {
            return;
        }
        String role = side.name();
        String area = "trust " + role;
        PlannedPolicy.Read policy = side.policy(ATTRIBUTE);
        if (!policy.known()) {
            into.undecided(area, "whoever " + role + " will trust");
        }
        policy.unreadable()
                .forEach(text -> into.add(Grant.plain(
                        area,
                        Party.named("whoever a statement names that IAM cannot read"),
                        "assume role " + role + ": " + text,
                        "",
                        "",
                        Reach.SOME)));
        Trust trust = new Trust(area, role, side.change().action().replaces() ? Reach.NEW : Reach.SOME, into);
        policy.statements().forEach(statement -> statement(trust, statement, side.names()));
    }

    /** The role whose trust policy is read. */
    private record Trust(String area, String role, Reach reach, AccessGrants into) {}

    private static void statement(Trust trust, Statement statement, ResourceNames names) {
        Principals principals = statement.principals();
        if (principals == null) {
            return;
        }
        if (principals.except()) {
            add(trust, statement, Party.allBut(principals), "NotPrincipal", StatementGrants.conditions(statement));
            return;
        }
        for (Map.Entry<String, String> principal : principals.each()) {
            String id = principal.getValue();
            if (principal.getKey().equals("Federated")) {
                federated(trust, statement, id);
            } else {
                String how = principal.getKey().equals("Service") ? "as itself" : "STS";
                Party who = Party.principal(principal.getKey(), id, names);
                add(trust, statement, who, how, StatementGrants.conditions(statement));
            }
        }
    }

    private static void add(Trust trust, Statement statement, Party who, String via, Set<Clause> conditions) {
        List<Element> actions = new ArrayList<>();
        if (statement.actions().except()) {
            actions.add(Element.actions(true, statement.actions().values()));
        } else {
            statement.actions().values().forEach(action -> actions.add(Element.actions(false, List.of(action))));
        }
        for (Element action : actions) {
            trust.into()
                    .add(new Grant(
                            trust.area(),
                            statement.effect() == Effect.DENY,
                            who,
                            action,
                            Element.of(trust.role()),
                            conditions,
                            "",
                            via,
                            Phrase.ASSUME,
                            trust.reach(),
                            ""));
        }
    }

    /** A federated principal of EKS is a ServiceAccount, as its {@code sub} condition says. */
    private static void federated(Trust trust, Statement statement, String id) {
        String issuer = id.contains(Difference.UNKNOWN) ? "an issuer that is known after apply" : OidcIssuer.inArn(id);
        boolean cluster = TokenIssuer.of(issuer).map(TokenIssuer::isKubernetes).orElse(true);
        String via = (isWebIdentity(statement) && cluster ? "IRSA through " : "federation through ") + issuer;
        Set<Clause> others = new LinkedHashSet<>();
        Optional<Condition> subject = Optional.empty();
        boolean audience = false;
        String missing = "";
        for (Condition condition : statement.conditions()) {
            boolean names = isSubject(condition);
            if (names && subject.isEmpty()) {
                subject = Optional.of(condition);
                if (isOptional(condition)) {
                    missing = ", also without a subject";
                } else {
                    others.add(HAS_SUBJECT);
                }
                continue;
            }
            Clause clause = Clause.of(condition, statement.principals());
            boolean usual = condition.values().equals(List.of(TrustPolicy.STS_AUDIENCE))
                    && isPositive(condition)
                    && !isOptional(condition);
            audience |= isAudience(condition);
            others.add(usual ? clause.tacit() : clause);
        }
        String how = (audience || id.contains(":saml-provider/") ? via : via + ", for any audience") + missing;
        String kind = "Federated " + id;
        if (subject.isEmpty()) {
            Party anybody = new Party(kind, "*", anybody(issuer), Party.Audience.EVERYBODY, Party.accountIn(id));
            add(trust, statement, anybody, how, others);
            return;
        }
        Condition condition = subject.get();
        boolean like = ConditionOperator.parse(condition.operator())
                .map(operator -> operator.comparison() == Comparison.STRING_LIKE)
                .orElse(false);
        for (String value : condition.values()) {
            boolean pattern = like && (value.contains("*") || value.contains("?"));
            Party who = new Party(
                    kind,
                    value,
                    TokenIssuer.subjectInWords(issuer, value, pattern),
                    !pattern
                            ? Party.Audience.NAMED
                            : isAnybody(value) ? Party.Audience.EVERYBODY : Party.Audience.SEVERAL,
                    Party.accountIn(id));
            add(trust, statement, who, how, others);
        }
    }

    private static boolean isWebIdentity(Statement statement) {
        return statement.actions().values().stream()
                .noneMatch(action -> action.toLowerCase(Locale.ROOT).equals("sts:assumerolewithsaml"));
    }

    /** Whether it says whose tokens are trusted; a negated condition does not. */
    private static boolean isSubject(Condition condition) {
        boolean key = condition.key().toLowerCase(Locale.ROOT).endsWith(":sub");
        boolean value = condition.values().stream()
                .anyMatch(one -> TrustedSubject.parse(one).isPresent());
        return (key || value && condition.key().contains(Difference.UNKNOWN)) && isPositive(condition);
    }

    private static boolean isAudience(Condition condition) {
        String key = condition.key().toLowerCase(Locale.ROOT);
        boolean unknown = condition.key().contains(Difference.UNKNOWN)
                && condition.values().contains(TrustPolicy.STS_AUDIENCE);
        return (key.endsWith(":aud") || unknown) && isPositive(condition);
    }

    private static boolean isPositive(Condition condition) {
        return ConditionOperator.parse(condition.operator())
                .filter(operator -> operator.set() != ConditionOperator.SetQualifier.FOR_ALL_VALUES)
                .map(ConditionOperator::comparison)
                .filter(comparison -> comparison == Comparison.STRING_EQUALS || comparison == Comparison.STRING_LIKE)
                .isPresent();
    }

    /** Whether a request without the key is accepted. */
    private static boolean isOptional(Condition condition) {
        return ConditionOperator.parse(condition.operator())
                .map(ConditionOperator::ifExists)
                .orElse(false);
    }

    private static boolean isAnybody(String subject) {
        return subject.replace("system:serviceaccount:", "").chars().allMatch(c -> "*:?".indexOf(c) >= 0);
    }

    private static String anybody(String issuer) {
        boolean cluster = issuer.contains("oidc.eks") || issuer.contains("rh-oidc") || issuer.contains("known after");
        return cluster ? "any ServiceAccount of the issuer" : "any token of the issuer";
    }
}

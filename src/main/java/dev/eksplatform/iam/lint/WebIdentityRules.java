package dev.eksplatform.iam.lint;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.ConditionOperator;
import dev.eksplatform.iam.document.ConditionOperator.Comparison;
import dev.eksplatform.iam.document.ConditionOperator.SetQualifier;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.iam.document.TrustPolicy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules on one statement that trusts holders of tokens. */
final class WebIdentityRules {

    /** Takes a finding. */
    interface Sink {
        void add(TrustRule rule, String where, String found, String allowed, String fix);
    }

    private static final String EXACT = "StringEquals on the issuer's sub with names of ServiceAccounts";

    private final String where;
    private final Statement statement;
    private final List<String> providers;
    private final Sink sink;

    WebIdentityRules(String where, Statement statement, List<String> providers, Sink sink) {
        this.where = where;
        this.statement = statement;
        this.providers = providers;
        this.sink = sink;
    }

    void check() {
        missing();
        for (Condition condition : statement.conditions()) {
            boolean subject = isOf(condition, ":sub");
            if (!subject && !isOf(condition, ":aud")) {
                continue;
            }
            issuer(condition);
            Optional<ConditionOperator> operator = ConditionOperator.parse(condition.operator());
            if (operator.isPresent() && !refusesNobody(condition, operator.get()) && subject) {
                condition.values().stream()
                        .filter(value -> !TerraformTemplate.isOpen(value))
                        .forEach(value -> subject(condition, operator.get(), value));
            }
        }
    }

    /** Keys of the token end so; keys of AWS begin with a service, not with a host. */
    private static boolean isOf(Condition condition, String claim) {
        return condition.key().toLowerCase(Locale.ROOT).endsWith(claim);
    }

    private void missing() {
        if (statement.conditions().stream().noneMatch(condition -> isOf(condition, ":sub"))) {
            sink.add(
                    TrustRule.NO_SUBJECT,
                    where,
                    "no condition on the token's subject: every pod of the cluster may assume the role",
                    EXACT,
                    "add StringEquals <issuer>:sub " + TrustedSubject.SUBJECT + "<namespace>:<name>");
        }
        if (statement.conditions().stream().noneMatch(condition -> isOf(condition, ":aud"))) {
            sink.add(
                    TrustRule.NO_AUDIENCE,
                    where,
                    "no condition on the token's audience: tokens issued for another party are taken",
                    "StringEquals on the issuer's aud with " + TrustPolicy.STS_AUDIENCE,
                    "add StringEquals <issuer>:aud " + TrustPolicy.STS_AUDIENCE);
        }
    }

    private void issuer(Condition condition) {
        String issuer = condition.key().substring(0, condition.key().length() - ":sub".length());
        boolean comparable = !TerraformTemplate.isOpen(issuer)
                && providers.stream()
                        .allMatch(arn -> arn.contains(OidcIssuer.IN_ARN) && !TerraformTemplate.isOpen(arn));
        boolean same = providers.stream()
                .anyMatch(arn -> OidcIssuer.ofProvider(arn).issuer().equalsIgnoreCase(issuer));
        if (comparable && !same) {
            String expected = OidcIssuer.ofProvider(providers.get(0)).issuer();
            sink.add(
                    TrustRule.OTHER_ISSUER,
                    where,
                    "the condition key " + condition.key() + " belongs to another issuer than the principal "
                            + providers.get(0) + ": its tokens do not carry it",
                    "keys that begin with " + expected,
                    "write " + expected + condition.key().substring(issuer.length()));
        }
    }

    /** Finds the operators under which a condition on a token's claim refuses nobody, or only a few. */
    private boolean refusesNobody(Condition condition, ConditionOperator operator) {
        String found = null;
        if (operator.comparison() == Comparison.NULL) {
            found = "asks only whether the key is there: every token has it";
        } else if (operator.comparison().negated()) {
            found = "refuses the named and lets everybody else in";
        } else if (operator.ifExists()) {
            found = "is true for a token without the key";
        } else if (operator.set() == SetQualifier.FOR_ALL_VALUES) {
            found = "is true for a token without the key, and is meant for keys with several values";
        } else if (isPattern(operator) && condition.values().stream().anyMatch(value -> value.matches("\\*+"))) {
            found = "matches every value";
        }
        if (found != null) {
            sink.add(
                    TrustRule.MATCHES_EVERYTHING,
                    where,
                    condition.operator() + " on " + condition.key() + " " + found,
                    "StringEquals with the values",
                    "use StringEquals and name " + (isOf(condition, ":sub") ? "the ServiceAccount" : "the audience"));
        }
        return found != null;
    }

    private static boolean isPattern(ConditionOperator operator) {
        return switch (operator.comparison()) {
            case STRING_LIKE, ARN_LIKE, ARN_EQUALS -> true;
            default -> false;
        };
    }

    private void subject(Condition condition, ConditionOperator operator, String value) {
        boolean wildcard = value.contains("*") || value.contains("?");
        if (wildcard && !isPattern(operator)) {
            sink.add(
                    TrustRule.DEAD_WILDCARD,
                    where,
                    condition.operator() + " takes the wildcard in \"" + value + "\" as a character: no token matches",
                    EXACT,
                    "name each ServiceAccount");
        } else if (wildcard) {
            wildcard(value);
        } else if (value.startsWith(TrustedSubject.SUBJECT) && value.endsWith(":default")) {
            sink.add(
                    TrustRule.DEFAULT_SERVICE_ACCOUNT,
                    where,
                    "it trusts " + value + ", the ServiceAccount of every pod there that names none",
                    "a ServiceAccount of the workload's own",
                    "give the workload a ServiceAccount and trust that one");
        }
    }

    private void wildcard(String value) {
        String rest = value.startsWith(TrustedSubject.SUBJECT) ? value.substring(TrustedSubject.SUBJECT.length()) : "*";
        String namespace = rest.contains(":") ? rest.substring(0, rest.indexOf(':')) : rest;
        boolean anyNamespace = namespace.contains("*") || namespace.contains("?");
        sink.add(
                anyNamespace ? TrustRule.ANY_NAMESPACE : TrustRule.ANY_SERVICE_ACCOUNT,
                where,
                anyNamespace
                        ? "the pattern \"" + value + "\" reaches over namespaces: whoever may create one gets the role"
                        : "the pattern \"" + value + "\" trusts ServiceAccounts that anybody who may create one in "
                                + namespace + " names",
                EXACT,
                "name each ServiceAccount");
    }
}

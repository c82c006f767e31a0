package dev.eksplatform.iam.document;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a policy holds, beyond the grammar that {@link PolicyReader} reads: what AWS refuses to save, and what can have
 * no effect.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">IAM policy
 *     validation check reference</a>
 */
final class ContentCheck {

    private final PolicyUse use;
    private final boolean literal;
    private final Problems errors;
    private final Problems warnings;
    private final ActionCheck actions;
    private final ResourceCheck resources;
    private final ConditionCheck conditions;
    private final PrincipalCheck principals;
    private final Set<String> sids = new HashSet<>();

    /**
     * A check.
     *
     * @param use what the policy is for
     * @param literal whether nothing in the document is filled in later
     * @param partition the partition of the account, {@code null} when it is not known
     * @param unlisted actions that are newer than the table of actions; {@code null} to look up none
     * @param errors collects what IAM refuses, and what can have no effect
     * @param warnings collects what is likely not meant
     */
    ContentCheck(
            PolicyUse use,
            boolean literal,
            @Nullable Partition partition,
            @Nullable Collection<String> unlisted,
            Problems errors,
            Problems warnings) {
        this.use = use;
        this.literal = literal;
        this.errors = errors;
        this.warnings = warnings;
        this.actions = new ActionCheck(unlisted, errors);
        this.resources = new ResourceCheck(partition, errors, warnings);
        this.conditions = new ConditionCheck(literal, errors, warnings);
        this.principals = new PrincipalCheck(errors);
    }

    void check(LocatedJson document) {
        if (!(document instanceof LocatedJson.Obj policy)) {
            return;
        }
        boolean variables = !PolicyDocument.isOld(policy);
        LocatedJson statements = policy.get("Statement");
        if (statements != null) {
            for (LocatedJson one : each(statements)) {
                if (one instanceof LocatedJson.Obj statement) {
                    statement(statement, variables);
                }
            }
        }
    }

    private void statement(LocatedJson.Obj statement, boolean variables) {
        sid(statement);
        if (use == PolicyUse.TRUST) {
            ofTrust(statement);
        } else if (use == PolicyUse.ENDPOINT) {
            ofEndpoint(statement);
        } else {
            ofIdentity(statement);
        }
        List<LocatedJson.Text> named = texts(statement, "Action", errors);
        named.addAll(texts(statement, "NotAction", errors));
        named.forEach(actions::check);
        List<LocatedJson.Text> patterns = texts(statement, "Resource", errors);
        if (use != PolicyUse.TRUST) {
            List<LocatedJson.Text> all = new ArrayList<>(patterns);
            all.addAll(texts(statement, "NotResource", errors));
            all.forEach(pattern -> resource(pattern, onlyService(named), variables));
        }
        LocatedJson condition = statement.get("Condition");
        if (condition != null) {
            conditions.check(condition, variables);
        }
        if (use != PolicyUse.TRUST && statement.get("Action") != null && statement.get("NotResource") == null) {
            StatementFit fit = new StatementFit(patterns, warnings);
            named.forEach(fit::check);
        }
    }

    private void ofIdentity(LocatedJson.Obj statement) {
        for (String element : List.of("Principal", "NotPrincipal")) {
            if (statement.get(element) != null) {
                errors.add(
                        statement.keyAt(element),
                        "a " + element + " in a policy of an identity, which is the principal itself",
                        "remove it");
            }
        }
        needsResource(statement);
    }

    private void ofEndpoint(LocatedJson.Obj statement) {
        if (!PolicyReader.isMeant(statement, "Principal") && !PolicyReader.isMeant(statement, "NotPrincipal")) {
            errors.add(
                    statement.place(),
                    "no Principal in an endpoint policy",
                    "add Principal: \"*\", and limit it by a Condition such as aws:PrincipalAccount");
        }
        needsResource(statement);
    }

    private void needsResource(LocatedJson.Obj statement) {
        if (!PolicyReader.isMeant(statement, "Resource") && !PolicyReader.isMeant(statement, "NotResource")) {
            errors.add(statement.place(), "no Resource", "add a Resource: ARNs or \"*\"");
        }
    }

    private void ofTrust(LocatedJson.Obj statement) {
        principals.check(statement);
        for (String element : List.of("Resource", "NotResource")) {
            if (statement.get(element) != null) {
                errors.add(
                        statement.keyAt(element),
                        "a " + element + " in a trust policy: the role itself is the resource",
                        "remove it");
            }
        }
    }

    private void resource(LocatedJson.Text pattern, Optional<String> service, boolean variables) {
        if (variables) {
            VariableCheck.check(pattern, literal, errors);
            VariableCheck.userName(pattern, warnings);
        }
        if (literal || !TerraformTemplate.isOpen(pattern.value())) {
            resources.check(pattern, service);
        }
    }

    private void sid(LocatedJson.Obj statement) {
        if (!(statement.get("Sid") instanceof LocatedJson.Text sid)) {
            return;
        }
        if (!sid.value().matches("[A-Za-z0-9]*")) {
            String letters = sid.value().replaceAll("[^A-Za-z0-9]", "");
            errors.add(
                    sid.place(),
                    "the Sid \"" + sid.value() + "\"",
                    "letters and digits",
                    letters.isEmpty() ? "remove it" : "write \"" + letters + "\"");
        } else if (!sid.value().isEmpty() && !sids.add(sid.value())) {
            errors.add(sid.place(), "duplicate Sid \"" + sid.value() + "\"", "rename one, or remove it");
        }
    }

    private static Optional<String> onlyService(List<LocatedJson.Text> actions) {
        Set<String> services = actions.stream()
                .map(action -> action.value().split(":", 2)[0])
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return services.size() == 1 && !services.contains("*")
                ? services.stream().findFirst()
                : Optional.empty();
    }

    private static List<LocatedJson.Text> texts(LocatedJson.Obj statement, String element, Problems errors) {
        List<LocatedJson.Text> texts = new ArrayList<>();
        LocatedJson json = statement.get(element);
        if (json == null) {
            return texts;
        }
        if (json instanceof LocatedJson.Arr array && array.items().isEmpty()) {
            errors.add(json.place(), element + " is empty", "write a value, or remove the statement");
        }
        for (LocatedJson one : each(json)) {
            if (one instanceof LocatedJson.Text text) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static List<LocatedJson> each(LocatedJson json) {
        return json instanceof LocatedJson.Arr array ? array.items() : List.of(json);
    }
}

package dev.eksplatform.iam.document;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON into a policy, with every departure from the policy grammar.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html">Grammar</a>
 */
public final class PolicyReader {

    private static final List<String> POLICY_KEYS = List.of("Version", "Id", "Statement");
    private static final List<String> STATEMENT_KEYS = List.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");

    private final Problems problems;

    public PolicyReader(Problems problems) {
        this.problems = problems;
    }

    /** The policy; incomplete when problems were added. */
    public PolicyDocument policy(LocatedJson json) {
        if (!(json instanceof LocatedJson.Obj document)) {
            problems.add(json.where(), json.kind(), "an object with Version and Statement", "wrap it in { }");
            return new PolicyDocument(PolicyDocument.CURRENT_VERSION, null, List.of());
        }
        checkKeys(document, POLICY_KEYS, "policy");
        String version = text(document, "Version");
        if (version != null && !PolicyDocument.VERSIONS.contains(version)) {
            problems.add(
                    Objects.requireNonNull(document.members().get("Version")).where(),
                    "Version \"" + version + "\"",
                    String.join(" or ", PolicyDocument.VERSIONS),
                    "use " + PolicyDocument.CURRENT_VERSION
                            + ": it is the version of the language, not a date of yours");
            version = PolicyDocument.CURRENT_VERSION;
        }
        List<Statement> statements = new ArrayList<>();
        LocatedJson statement = document.members().get("Statement");
        if (statement == null) {
            if (!isMeant(document, "Statement", POLICY_KEYS)) {
                problems.add(document.where(), "no Statement", "at least one statement", "add a Statement array");
            }
        } else {
            for (LocatedJson one : statement instanceof LocatedJson.Arr array ? array.items() : List.of(statement)) {
                Statement read = statement(one);
                if (read != null) {
                    statements.add(read);
                }
            }
            if (statement instanceof LocatedJson.Arr array && array.items().isEmpty()) {
                problems.add(array.where(), "no statement", "at least one", "add a statement or drop the policy");
            }
        }
        return new PolicyDocument(
                version == null ? PolicyDocument.OLD_VERSION : version, text(document, "Id"), statements);
    }

    /**
     * The statements of a document that may break the grammar, for example where Terraform has yet to fill in a part.
     *
     * @return one entry per statement, in order; empty for one that cannot be read completely
     */
    public static List<Optional<Statement>> readable(LocatedJson document) {
        LocatedJson statements = document instanceof LocatedJson.Obj policy ? policy.get("Statement") : null;
        List<LocatedJson> all = statements instanceof LocatedJson.Arr array
                ? array.items()
                : List.of(statements == null ? document : statements);
        List<Optional<Statement>> readable = new ArrayList<>();
        for (LocatedJson json : all) {
            Problems problems = new Problems();
            Statement statement = new PolicyReader(problems).statement(json);
            readable.add(Optional.ofNullable(statement).filter(complete -> problems.isEmpty()));
        }
        return readable;
    }

    @Nullable
    public Statement statement(LocatedJson json) {
        if (!(json instanceof LocatedJson.Obj statement)) {
            problems.add(
                    json.where(),
                    isNull(json) ? "no statement" : json.kind() + " as a statement",
                    "an object with Effect, Action and Resource",
                    isNull(json) ? "write a statement" : "write {\"Effect\": \"Allow\", …}");
            return null;
        }
        checkKeys(statement, STATEMENT_KEYS, "statement");
        Effect effect = effect(statement);
        Patterns actions = patterns(statement, "Action", "NotAction");
        if (actions == null
                && !isMeant(statement, "Action", STATEMENT_KEYS)
                && !isMeant(statement, "NotAction", STATEMENT_KEYS)) {
            problems.add(
                    statement.where(), "neither Action nor NotAction", "one of them", "say which actions it is about");
        }
        Patterns resources = patterns(statement, "Resource", "NotResource");
        Principals principals = principals(statement);
        List<Condition> conditions = conditions(statement);
        if (effect == null || actions == null) {
            return null;
        }
        return new Statement(text(statement, "Sid"), effect, principals, actions, resources, conditions);
    }

    private @Nullable Effect effect(LocatedJson.Obj statement) {
        LocatedJson json = statement.members().get("Effect");
        if (json == null) {
            if (!isMeant(statement, "Effect", STATEMENT_KEYS)) {
                problems.add(statement.where(), "no Effect", "Allow or Deny", "add \"Effect\": \"Allow\"");
            }
            return null;
        }
        for (Effect effect : Effect.values()) {
            if (json instanceof LocatedJson.Text text && text.value().equals(effect.text())) {
                return effect;
            }
        }
        String near = json instanceof LocatedJson.Text text && text.value().equalsIgnoreCase("deny") ? "Deny" : "Allow";
        problems.add(
                json.where(),
                "Effect is " + json.kind(),
                "Allow or Deny (case-sensitive)",
                "did you mean " + near + "?");
        return null;
    }

    private @Nullable Patterns patterns(LocatedJson.Obj statement, String key, String negated) {
        LocatedJson plain = statement.members().get(key);
        LocatedJson except = statement.members().get(negated);
        if (plain != null && except != null) {
            problems.add(
                    statement.keyAt(negated),
                    key + " and " + negated + " together",
                    "one of them",
                    "split it into two statements");
        }
        LocatedJson chosen = plain != null ? plain : except;
        if (chosen == null) {
            return null;
        }
        return new Patterns(plain == null, texts(chosen, plain != null ? key : negated, false));
    }

    private @Nullable Principals principals(LocatedJson.Obj statement) {
        LocatedJson plain = statement.members().get("Principal");
        LocatedJson except = statement.members().get("NotPrincipal");
        if (plain != null && except != null) {
            problems.add(
                    statement.keyAt("NotPrincipal"),
                    "Principal and NotPrincipal together",
                    "one of them",
                    "split it into two statements");
        }
        LocatedJson chosen = plain != null ? plain : except;
        if (chosen == null) {
            return null;
        }
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        if (chosen instanceof LocatedJson.Text text && text.value().equals("*")) {
            byKind.put("AWS", List.of("*"));
        } else if (chosen instanceof LocatedJson.Obj kinds) {
            checkKeys(kinds, Principals.KINDS, "principal");
            kinds.members().forEach((kind, values) -> byKind.put(kind, texts(values, kind, false)));
        } else {
            problems.add(
                    chosen.where(),
                    "the principal is " + chosen.kind(),
                    "\"*\" or an object such as {\"Service\": \"eks.amazonaws.com\"}",
                    "say of which kind it is: " + String.join(", ", Principals.KINDS));
        }
        return new Principals(plain == null, byKind);
    }

    private List<Condition> conditions(LocatedJson.Obj statement) {
        LocatedJson json = statement.members().get("Condition");
        List<Condition> conditions = new ArrayList<>();
        if (json == null) {
            return conditions;
        }
        if (!(json instanceof LocatedJson.Obj operators)) {
            problems.add(
                    json.where(),
                    "Condition is " + json.kind(),
                    "an object of operators",
                    isNull(json) ? "remove it" : "write {\"StringEquals\": {\"key\": \"value\"}}");
            return conditions;
        }
        operators.members().forEach((operator, keys) -> {
            ConditionOperator.parse(operator)
                    .ifPresentOrElse(
                            known -> {},
                            () -> problems.add(
                                    operators.keyAt(operator),
                                    "\"" + operator + "\" is not a condition operator",
                                    "the operators of the IAM User Guide, such as StringEquals",
                                    Suggestion.nearest(operator, ConditionOperator.spellings())
                                            .map(near -> "did you mean " + near + "?")
                                            .orElse("see \"IAM JSON policy elements: Condition operators\"")));
            if (keys instanceof LocatedJson.Obj pairs) {
                pairs.members()
                        .forEach((key, values) ->
                                conditions.add(new Condition(operator, key, texts(values, key, true))));
            } else {
                problems.add(
                        keys.where(),
                        operator + " is " + keys.kind(),
                        "an object of keys",
                        "write {\"key\": \"value\"}");
            }
        });
        return conditions;
    }

    private List<String> texts(LocatedJson json, String owner, boolean literals) {
        List<String> values = new ArrayList<>();
        for (LocatedJson one : json instanceof LocatedJson.Arr array ? array.items() : List.of(json)) {
            if (one instanceof LocatedJson.Text text) {
                values.add(text.value());
            } else if (literals && one instanceof LocatedJson.Literal literal && !literal.isNull()) {
                values.add(literal.value());
            } else {
                problems.add(
                        one.where(),
                        owner + " holds " + one.kind(),
                        "text",
                        isNull(one) ? "write a value, or remove it" : "write it as text in quotes");
            }
        }
        return values;
    }

    private @Nullable String text(LocatedJson.Obj object, String key) {
        LocatedJson json = object.members().get(key);
        if (json == null) {
            return null;
        }
        if (json instanceof LocatedJson.Text text) {
            return text.value();
        }
        problems.add(
                json.where(),
                key + " is " + json.kind(),
                "text",
                isNull(json) ? "write a value, or remove it" : "write it as text in quotes");
        return null;
    }

    private static boolean isNull(LocatedJson json) {
        return json instanceof LocatedJson.Literal literal && literal.isNull();
    }

    /** Whether an element of a statement is there, or probably meant by a key that is not known. */
    static boolean isMeant(LocatedJson.Obj statement, String key) {
        return statement.members().containsKey(key) || isMeant(statement, key, STATEMENT_KEYS);
    }

    private static boolean isMeant(LocatedJson.Obj object, String key, List<String> allowed) {
        return object.members().keySet().stream()
                .filter(written -> !allowed.contains(written))
                .anyMatch(written -> Suggestion.nearest(written, allowed).equals(Optional.of(key)));
    }

    private void checkKeys(LocatedJson.Obj object, List<String> allowed, String owner) {
        object.members().forEach((key, value) -> {
            if (!allowed.contains(key)) {
                problems.add(new Problem(
                        object.keyAt(key),
                        "\"" + key + "\" is not an element of a " + owner,
                        String.join(", ", allowed),
                        Suggestion.nearest(key, allowed)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("remove it")));
            }
        });
    }
}

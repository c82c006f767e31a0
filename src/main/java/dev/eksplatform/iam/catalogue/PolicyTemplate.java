package dev.eksplatform.iam.catalogue;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.Condition;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A policy of the catalogue with its placeholders, ready to be rendered.
 *
 * @param name the policy's name in the catalogue
 * @param version the version at which the document last changed, {@code null} when it does not depend on one
 * @param document the document, with placeholders such as <code>${partition}</code>
 * @param parameters the placeholders to fill in besides the partition, by name
 */
public record PolicyTemplate(
        String name, @Nullable String version, PolicyDocument document, Map<String, Parameter> parameters) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z]+)}");

    /**
     * A placeholder.
     *
     * @param description what to put there
     * @param pattern a regular expression for its values; values that Terraform fills in are not checked
     */
    public record Parameter(String description, String pattern) {}

    /** Keeps a copy of the parameters. */
    public PolicyTemplate {
        parameters = Map.copyOf(parameters);
    }

    /**
     * The policy in a partition.
     *
     * @param partition the partition of its ARNs
     * @return the policy
     * @throws dev.eksplatform.problem.InvalidInputException when the template has parameters
     */
    public PolicyDocument render(Partition partition) {
        return render(partition, Map.of());
    }

    /**
     * The policy in a partition.
     *
     * @param partition the partition of its ARNs
     * @param values a value for each of {@link #parameters()}; may hold Terraform references
     * @return the policy
     * @throws dev.eksplatform.problem.InvalidInputException with every parameter that is missing, unknown or malformed
     */
    public PolicyDocument render(Partition partition, Map<String, String> values) {
        Problems problems = new Problems();
        List<String> known = parameters.keySet().stream().sorted().toList();
        values.keySet().stream()
                .sorted()
                .filter(key -> !parameters.containsKey(key))
                .forEach(key -> problems.add(
                        key,
                        "not a parameter of " + name,
                        known.isEmpty() ? "no parameter" : String.join(", ", known),
                        Suggestion.fix(key, known, "remove it")));
        for (String key : known) {
            Parameter parameter = parameters.get(key);
            String value = values.get(key);
            if (parameter == null) {
                continue;
            }
            if (value == null) {
                problems.add(key, "no value", parameter.description(), "give " + name + " its " + key);
            } else if (!TerraformTemplate.isOpen(value) && !value.matches(parameter.pattern())) {
                problems.add(key, "\"" + value + "\"", parameter.description(), "match " + parameter.pattern());
            }
        }
        problems.throwIfAny();
        Map<String, String> all = new HashMap<>(values);
        all.put("partition", partition.id());
        return filled(text -> fill(text, all));
    }

    private PolicyDocument filled(UnaryOperator<String> fill) {
        List<Statement> statements = document.statements().stream()
                .map(statement -> new Statement(
                        statement.sid(),
                        statement.effect(),
                        statement.principals(),
                        statement.actions(),
                        statement.resources() == null
                                ? null
                                : new Patterns(
                                        statement.resources().except(),
                                        statement.resources().values().stream()
                                                .map(fill)
                                                .toList()),
                        statement.conditions().stream()
                                .map(condition -> new Condition(
                                        condition.operator(),
                                        fill.apply(condition.key()),
                                        condition.values().stream().map(fill).toList()))
                                .toList()))
                .toList();
        return new PolicyDocument(document.version(), document.id(), statements);
    }

    private static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalStateException("no parameter for the placeholder " + match.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }
}

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
import java.util.function.Function;
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
        Map<String, List<String>> lists = new HashMap<>();
        values.forEach((key, value) -> lists.put(key, List.of(value)));
        return renderLists(partition, lists);
    }

    /**
     * The policy in a partition, with several values for a parameter: a text that contains the placeholder is there once for each of
     * them, and a statement without any resource is left out.
     *
     * @param partition the partition of its ARNs
     * @param values values for each of {@link #parameters()}; may hold Terraform references
     * @return the policy
     * @throws dev.eksplatform.problem.InvalidInputException with every parameter that is missing, unknown or malformed
     */
    public PolicyDocument renderLists(Partition partition, Map<String, List<String>> values) {
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
            List<String> given = values.get(key);
            if (parameter == null) {
                continue;
            }
            if (given == null) {
                problems.add(key, "no value", parameter.description(), "give " + name + " its " + key);
                continue;
            }
            for (String value : given) {
                if (!TerraformTemplate.isOpen(value) && !value.matches(parameter.pattern())) {
                    problems.add(key, "\"" + value + "\"", parameter.description(), "match " + parameter.pattern());
                }
            }
        }
        problems.throwIfAny();
        Map<String, List<String>> all = new HashMap<>(values);
        all.put("partition", List.of(partition.id()));
        return filled(text -> fill(text, all));
    }

    private PolicyDocument filled(Function<String, List<String>> fill) {
        List<Statement> statements = document.statements().stream()
                .map(statement -> filled(statement, fill))
                .filter(statement -> statement.resources() == null
                        || !statement.resources().values().isEmpty())
                .toList();
        return new PolicyDocument(document.version(), document.id(), statements);
    }

    private static Statement filled(Statement statement, Function<String, List<String>> fill) {
        return new Statement(
                statement.sid(),
                statement.effect(),
                statement.principals(),
                statement.actions(),
                statement.resources() == null
                        ? null
                        : new Patterns(
                                statement.resources().except(),
                                filled(statement.resources().values(), fill)),
                statement.conditions().stream()
                        .map(condition -> new Condition(
                                condition.operator(),
                                fill.apply(condition.key()).get(0),
                                filled(condition.values(), fill)))
                        .toList());
    }

    private static List<String> filled(List<String> texts, Function<String, List<String>> fill) {
        return texts.stream().flatMap(text -> fill.apply(text).stream()).toList();
    }

    /** The text once for each value of the placeholders in it. */
    private static List<String> fill(String text, Map<String, List<String>> values) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (!placeholder.find()) {
            return List.of(text);
        }
        List<String> given = values.get(placeholder.group(1));
        if (given == null) {
            throw new IllegalStateException("no parameter for the placeholder " + placeholder.group());
        }
        String begin = text.substring(0, placeholder.start());
        List<String> ends = fill(text.substring(placeholder.end()), values);
        return given.stream()
                .flatMap(value -> ends.stream().map(end -> begin + value + end))
                .toList();
    }
}

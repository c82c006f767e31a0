package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cel.common.CelValidationException;
import dev.eksplatform.internal.guardrail.Rule.When;
import dev.eksplatform.problem.Problems;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one rule file; its keys are those of {@code docs/guardrails.md}. */
final class RuleFile {

    private static final List<String> KEYS =
            List.of("id", "title", "why", "severity", "aliases", "applies", "expression", "fix", "tests");
    private static final List<String> CASE_KEYS = List.of("name", "expect", "resource", "related", "change", "today");
    private static final List<String> RESOURCE_KEYS = List.of("type", "name", "values", "stack");
    private static final List<String> CHANGE_KEYS = List.of("actions", "before", "after");
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** The day on which a rule's tests run when they do not say another. */
    private static final LocalDate TEST_DAY = LocalDate.of(2026, 1, 1);

    private final String file;
    private final String area;
    private final Problems problems;
    private final RuleLanguage language;
    private final ResourceTypes known;

    private RuleFile(String file, String area, Problems problems, RuleLanguage language, ResourceTypes known) {
        this.file = file;
        this.area = area;
        this.problems = problems;
        this.language = language;
        this.known = known;
    }

    /**
     * Reads a rule.
     *
     * @param file the file's path, for errors; its last part has to be the rule's id and {@code .yaml} or {@code .yml}
     * @param text its content
     * @param known the resource types that rules may look at
     * @return the rule; empty, with problems, when it has no id or no expression that compiles
     */
    static Optional<Rule> read(
            String file, String text, Problems problems, RuleLanguage language, ResourceTypes known) {
        String[] parts = file.replace('\\', '/').split("/", -1);
        String area = parts.length < 2 ? "custom" : parts[parts.length - 2];
        return YamlMapping.read(file, text, problems, KEYS)
                .flatMap(root ->
                        new RuleFile(file, area, problems, language, known).rule(root, parts[parts.length - 1]));
    }

    private Optional<Rule> rule(YamlMapping root, String fileName) {
        String id = root.text("id");
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            problems.add(
                    root.where("id"),
                    "\"" + id + "\"",
                    "lower-case words joined by hyphens",
                    "such as public-endpoint");
        } else if (!id.isEmpty() && !fileName.equals(id + ".yaml") && !fileName.equals(id + ".yml")) {
            problems.add(
                    root.where("id"), "\"" + id + "\" in " + fileName, "the file's name without .yaml", "rename one");
        }
        List<String> types = new ArrayList<>();
        When when = root.mapping("applies", List.of("types", "when"))
                .map(applies -> {
                    applies.eachText("types", (where, type) -> {
                        known.problem(where, type).ifPresent(problems::add);
                        types.add(type);
                    });
                    return applies.word(
                            "when", words(When.values(), value -> value.name().toLowerCase(Locale.ROOT)));
                })
                .orElse(When.CONFIGURATION);
        if (types.isEmpty()) {
            problems.add(
                    root.where("applies"),
                    "no types",
                    "one or more resource types",
                    "such as {types: [aws_eks_cluster], when: configuration}");
            types.add("");
        }
        Optional<RuleExpression> expression = expression(root);
        List<RuleCase> cases = new ArrayList<>();
        for (YamlMapping test : root.mappings("tests", CASE_KEYS)) {
            cases.add(ruleCase(test, types.get(0)));
        }
        String title = root.text("title");
        String why = root.text("why");
        Severity severity = root.word("severity", words(Severity.values(), Severity::word));
        String fix = root.text("fix");
        List<String> aliases = root.texts("aliases");
        return expression.map(
                compiled -> new Rule(id, area, title, why, severity, aliases, types, when, compiled, fix, cases, file));
    }

    private Optional<RuleExpression> expression(YamlMapping root) {
        String text = root.text("expression");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(language.compile(text));
        } catch (CelValidationException e) {
            problems.add(
                    root.where("expression"),
                    "not a CEL expression: " + String.valueOf(e.getMessage()).strip(),
                    "an expression with the variables and functions of docs/guardrails.md",
                    "correct the expression");
            return Optional.empty();
        }
    }

    private static <E> Map<String, E> words(E[] values, Function<E, String> word) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(word.apply(value), value);
        }
        return words;
    }

    private RuleCase ruleCase(YamlMapping test, String type) {
        String name = test.text("name");
        Verdict expect = test.word("expect", words(Verdict.values(), Verdict::word));
        Optional<YamlMapping> resource = test.mapping("resource", RESOURCE_KEYS);
        Optional<YamlMapping> change = test.mapping("change", CHANGE_KEYS);
        if (resource.isEmpty() && change.isEmpty()) {
            problems.add(test.where(), "neither resource nor change", "one of them", "add resource: {values: {…}}");
        }
        GuardedResource subject = subject(resource, change, type, "this");
        List<GuardedResource> related = new ArrayList<>();
        for (YamlMapping other : test.mappings("related", RESOURCE_KEYS)) {
            related.add(subject(Optional.of(other), Optional.empty(), type, "other" + related.size()));
        }
        return new RuleCase(name, expect, subject, related, today(test));
    }

    private LocalDate today(YamlMapping test) {
        if (!test.has("today")) {
            return TEST_DAY;
        }
        try {
            return LocalDate.parse(test.text("today"));
        } catch (DateTimeParseException e) {
            problems.add(test.where("today"), "not a date", "year-month-day", "such as 2026-01-01");
            return TEST_DAY;
        }
    }

    private GuardedResource subject(
            Optional<YamlMapping> resource, Optional<YamlMapping> change, String type, String name) {
        String ownType =
                resource.filter(r -> r.has("type")).map(r -> r.text("type")).orElse(type);
        resource.filter(r -> r.has("type"))
                .flatMap(r -> known.problem(r.where("type"), ownType))
                .ifPresent(problems::add);
        String ownName =
                resource.filter(r -> r.has("name")).map(r -> r.text("name")).orElse(name);
        String stack =
                resource.filter(r -> r.has("stack")).map(r -> r.text("stack")).orElse("test");
        ConfigValue values = resource.map(r -> block(r.node("values"))).orElse(ConfigValue.nothing());
        ConfigValue planned = change.map(c -> c.has("after") ? block(c.node("after")) : values)
                .orElse(values);
        ConfigValue before = change.map(c -> block(c.node("before"))).orElse(ConfigValue.nothing());
        List<String> actions = change.map(c -> c.texts("actions")).orElse(List.of());
        return new GuardedResource(stack, ownType, ownType + "." + ownName, planned, before, actions);
    }

    /** A test without {@code !unknown} reads as synthesized configuration, one with it as a plan. */
    private static ConfigValue block(@Nullable Node node) {
        if (node == null) {
            return ConfigValue.nothing();
        }
        YamlValues values = YamlValues.of(node);
        return values.unknown().any()
                ? ConfigValue.planned(values.value(), values.unknown(), MissingNode.getInstance())
                : ConfigValue.written(values.value());
    }
}

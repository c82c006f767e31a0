package dev.eksplatform.internal.guardrail;

import dev.cel.common.CelValidationException;
import dev.eksplatform.internal.guardrail.Rule.When;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.BindingResult;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.internal.yaml.YamlNode;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule as written in its file; {@code docs/guardrails.md} describes the keys. With the examples of the required ones, a
 * file in which some are wrong can still be checked as a whole.
 */
record RuleFile(
        @Example("public-endpoint") String id,

        @Example("The cluster has no public endpoint") String title,

        @Example(WHY) Optional<String> why,

        @Example("medium") Severity severity,

        List<String> aliases,

        @Example("{types: [aws_eks_cluster], when: configuration}")
        Applies applies,

        @Example("resource.sets('tags')") String expression,

        @Example(FIX) Optional<String> fix,

        List<Test> tests) {

    private static final String WHY = "Anybody can reach it.";

    private static final String FIX = "Set endpoint_public_access to false.";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private static final Pattern TYPE_IN_EXPRESSION =
            Pattern.compile("\\.(?:resources|is)\\(\\s*(['\"])([^'\"]*)\\1\\s*\\)");

    private static final PropertyPath ID_KEY = PropertyPath.of("id");

    @Defaults
    static RuleFile of(String id, String title, Severity severity, Applies applies, String expression) {
        return new RuleFile(
                id, title, Optional.empty(), severity, List.of(), applies, expression, Optional.empty(), List.of());
    }

    /** The resources that a rule looks at. */
    record Applies(
            @Example("[aws_eks_cluster]") List<String> types,

            @Example("configuration") When when) {}

    /** A test of the rule. */
    record Test(
            @Example("private only") String name,

            @Example("pass") Verdict expect,
            Optional<TestResource> resource,
            List<TestResource> related,
            Optional<TestChange> change,
            boolean complete,
            Day today) {

        private static final Day TEST_DAY = new Day(LocalDate.of(2026, 1, 1));

        @Defaults
        static Test of(String name, Verdict expect) {
            return new Test(name, expect, Optional.empty(), List.of(), Optional.empty(), true, TEST_DAY);
        }
    }

    /** A resource of a test; only related ones have values before the change. */
    record TestResource(
            Optional<String> type,
            Optional<String> name,
            String stack,
            Optional<YamlNode> values,
            Optional<YamlNode> before) {

        @Defaults
        static TestResource standard() {
            return new TestResource(Optional.empty(), Optional.empty(), "test", Optional.empty(), Optional.empty());
        }
    }

    /** A change of a test's resource. */
    record TestChange(@Example("[update]") List<String> actions, Optional<YamlNode> before, Optional<YamlNode> after) {

        @Defaults
        static TestChange of(List<String> actions) {
            return new TestChange(actions, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Reads a rule.
     *
     * @param file the file's path, whose last part must be the rule's id with {@code .yaml} or {@code .yml}
     * @param text its content
     * @param known the resource types that exist
     * @return the rule
     * @throws InvalidInputException with every problem of the file
     */
    static Rule read(String file, String text, RuleLanguage language, ResourceTypes known) {
        BindingResult<RuleFile> result =
                Binder.bind(YamlDocument.parse(file, text, TestValues.DIALECT), RuleFile.class);
        RuleFile written = result.value();
        @Nullable RuleExpression compiled = null;
        if (written != null) {
            Problems problems = new Problems();
            if (!result.unreadable().touches(ID_KEY)) {
                written.checkId(Path.of(file).getFileName().toString(), problems);
            }
            written.checkTexts(problems);
            written.checkTypes(known, problems);
            written.checkTypesInExpression(known, problems);
            compiled = written.compile(language, problems);
            problems.found()
                    .forEach(problem -> result.problems().add(result.positions().place(problem)));
        }
        RuleFile complete = result.orThrow();
        return complete.rule(file, Objects.requireNonNull(compiled));
    }

    private void checkId(String fileName, Problems problems) {
        problems.match(
                ID_KEY, id, ID, "a rule id", "lower-case words joined by hyphens", "write it like public-endpoint");
        if (problems.isEmpty() && !fileName.equals(id + ".yaml") && !fileName.equals(id + ".yml")) {
            problems.add(ID_KEY, "rule " + id + " in the file " + fileName, "give both the same name");
        }
    }

    /** A rule that reports a consequence has its texts. */
    private void checkTexts(Problems problems) {
        notBlank("title", Optional.of(title), "The cluster has no public endpoint", problems);
        notBlank("why", why, WHY, problems);
        notBlank("fix", fix, FIX, problems);
        if (Consequences.table().reportedBy(id).isEmpty()) {
            required("why", why, WHY, problems);
            required("fix", fix, FIX, problems);
        }
    }

    /** A text that says nothing is none; a missing one is another problem. */
    private static void notBlank(String key, Optional<String> text, String example, Problems problems) {
        if (text.filter(String::isBlank).isPresent()) {
            problems.add(PropertyPath.of(key), "an empty text", "text", "write " + key + ": " + example);
        }
    }

    private static void required(String key, Optional<String> text, String example, Problems problems) {
        if (text.isEmpty()) {
            problems.add(
                    PropertyPath.of(key),
                    "required key \"" + key + "\" is missing",
                    "text",
                    "add " + key + ": " + example);
        }
    }

    private void checkTypes(ResourceTypes known, Problems problems) {
        PropertyPath typesKey = PropertyPath.of("applies", "types");
        if (applies.types().isEmpty()) {
            problems.add(typesKey, "no resource types", "write types: [aws_eks_cluster]");
        }
        for (int i = 0; i < applies.types().size(); i++) {
            known.check(typesKey.index(i), applies.types().get(i), problems);
        }
        for (int i = 0; i < tests.size(); i++) {
            Test test = tests.get(i);
            PropertyPath path = PropertyPath.of("tests").index(i);
            if (test.resource().isEmpty() && test.change().isEmpty()) {
                problems.add(path, "neither resource nor change", "add resource: {values: {…}}");
            }
            test.resource()
                    .flatMap(TestResource::type)
                    .ifPresent(type -> known.check(path.key("resource").key("type"), type, problems));
            test.resource().ifPresent(resource -> {
                checkValues(path.key("resource"), resource, problems);
                resource.before()
                        .ifPresent(before -> problems.add(
                                path.key("resource").key("before"),
                                "values before a change",
                                "before in change, or of a related resource",
                                "move it to change: {before: {…}}"));
            });
            for (int j = 0; j < test.related().size(); j++) {
                PropertyPath related = path.key("related").index(j);
                TestResource resource = test.related().get(j);
                resource.type().ifPresent(type -> known.check(related.key("type"), type, problems));
                checkValues(related, resource, problems);
            }
        }
    }

    private static void checkValues(PropertyPath path, TestResource resource, Problems problems) {
        resource.values()
                .filter(values -> values instanceof YamlNode.Scalar || values instanceof YamlNode.Sequence)
                .ifPresent(values -> problems.add(
                        path.key("values"), "not a mapping", "the attributes of a resource", "write {bucket: orders}"));
    }

    /** The types that an expression names, which it would otherwise never find. */
    private void checkTypesInExpression(ResourceTypes known, Problems problems) {
        TYPE_IN_EXPRESSION
                .matcher(expression)
                .results()
                .map(named -> named.group(2))
                .distinct()
                .forEach(type -> known.check(PropertyPath.of("expression"), type, problems));
    }

    private @Nullable RuleExpression compile(RuleLanguage language, Problems problems) {
        try {
            return language.compile(expression);
        } catch (CelValidationException e) {
            problems.add(
                    PropertyPath.of("expression"),
                    "not a CEL expression: " + String.valueOf(e.getMessage()).strip(),
                    "the variables and functions of docs/guardrails.md",
                    "correct the expression");
            return null;
        }
    }

    private Rule rule(String file, RuleExpression compiled) {
        Path folder = Path.of(file).getParent();
        String area = folder == null ? "custom" : folder.getFileName().toString();
        Optional<Consequence> reported = Consequences.table().reportedBy(id);
        List<RuleCase> cases = tests.stream().map(this::ruleCase).toList();
        return new Rule(
                id,
                area,
                title.strip(),
                why.or(() -> reported.map(Consequence::meaning)).orElse("").strip(),
                severity,
                aliases,
                applies.types(),
                applies.when(),
                compiled,
                fix.or(() -> reported.map(Consequence::advice)).orElse("").strip(),
                cases,
                file);
    }

    private RuleCase ruleCase(Test test) {
        TestResource resource = test.resource().orElseGet(TestResource::standard);
        ConfigValue values = values(resource.values());
        GuardedResource subject = resource(
                resource,
                "this",
                test.change().flatMap(TestChange::after).map(TestValues::of).orElse(values),
                values(test.change().flatMap(TestChange::before)),
                test.change().map(TestChange::actions).orElse(List.of()));
        List<GuardedResource> related = new ArrayList<>();
        for (TestResource other : test.related()) {
            related.add(resource(
                    other, "other" + related.size(), values(other.values()), values(other.before()), List.of()));
        }
        if (!test.complete()) {
            related.add(GuardedResource.unseen(subject.stack()));
        }
        return new RuleCase(
                test.name(), test.expect(), subject, related, test.today().date());
    }

    private GuardedResource resource(
            TestResource written, String name, ConfigValue values, ConfigValue before, List<String> actions) {
        String type = written.type().orElse(applies.types().get(0));
        return new GuardedResource(
                written.stack(), type, type + "." + written.name().orElse(name), values, before, actions);
    }

    private static ConfigValue values(Optional<YamlNode> written) {
        return written.map(TestValues::of).orElse(ConfigValue.nothing());
    }
}

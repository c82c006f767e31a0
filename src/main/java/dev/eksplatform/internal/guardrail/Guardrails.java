package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.guardrail.Rule.When;
import dev.eksplatform.internal.guardrail.RuleExpression.Answer;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules, compiled once, and their evaluation.
 *
 * <pre>{@code
 * Guardrails guardrails = Guardrails.load(List.of(Path.of("our-rules")));
 * Waivers waivers = Waivers.read(Path.of("waivers.yaml"), guardrails.rules());
 * List<Finding> findings =
 *     guardrails.evaluate(List.of(StackEvidence.planned("shop", plan)), waivers, LocalDate.parse("2026-03-01"));
 * }</pre>
 */
public final class Guardrails {

    private static final String SHIPPED = "/dev/eksplatform/policies/guardrails/";

    private static final String RULE_FOLDER = "a folder with rule files";

    private final List<Rule> rules;

    private Guardrails(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * The rules that come with eks-platform.
     *
     * @return rules in the order of their files' paths
     */
    public static Guardrails shipped() {
        return load(List.of());
    }

    /**
     * The shipped rules and those of a user's folders.
     *
     * @param folders each with rule files {@code *.yaml} or {@code *.yml} in it or in folders below, which name the area
     * @return the rules
     * @throws InvalidInputException with the problems of all files: what is not a rule, and ids used twice
     */
    public static Guardrails load(Collection<Path> folders) {
        Map<String, String> shipped = new LinkedHashMap<>();
        for (String path : ProgramFile.read(Guardrails.class, SHIPPED + "index.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .toList()) {
            shipped.put("guardrails/" + path, ProgramFile.read(Guardrails.class, SHIPPED + path));
        }
        Problems problems = new Problems();
        Map<String, String> own = new LinkedHashMap<>();
        folders.forEach(folder -> own.putAll(filesOf(folder, problems)));
        RuleLanguage language = new RuleLanguage();
        Map<String, Rule> rules = new LinkedHashMap<>();
        // a test of ours knows that the types of the shipped rules exist
        read(shipped, problems, language, ResourceTypes.any(), rules);
        if (!own.isEmpty()) {
            read(own, problems, language, ResourceTypes.ofProviders(), rules);
        }
        problems.throwIfAny();
        return new Guardrails(List.copyOf(rules.values()));
    }

    static Guardrails read(Map<String, String> files, Problems problems) {
        Map<String, Rule> rules = new LinkedHashMap<>();
        read(files, problems, new RuleLanguage(), ResourceTypes.ofProviders(), rules);
        problems.throwIfAny();
        return new Guardrails(List.copyOf(rules.values()));
    }

    private static void read(
            Map<String, String> files,
            Problems problems,
            RuleLanguage language,
            ResourceTypes known,
            Map<String, Rule> rules) {
        files.forEach((file, text) -> RuleFile.read(file, text, problems, language, known)
                .ifPresent(rule -> {
                    Rule other = rules.putIfAbsent(rule.id(), rule);
                    if (other != null) {
                        problems.add(
                                file,
                                "rule \"" + rule.id() + "\", which " + other.source() + " defines too",
                                "each id once",
                                "give it another id and file name");
                    }
                }));
    }

    private static Map<String, String> filesOf(Path folder, Problems problems) {
        Map<String, String> files = new LinkedHashMap<>();
        String where = folder.toString();
        if (!Files.isDirectory(folder)) {
            problems.add(
                    where,
                    Files.exists(folder) ? "a file" : "no such folder",
                    RULE_FOLDER,
                    Files.exists(folder) ? "name the folder that it is in" : "check the path");
            return files;
        }
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : paths.filter(path -> path.toString().matches(".*\\.ya?ml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()) {
                read(file, problems).ifPresent(text -> files.put(file.toString(), text));
            }
            if (files.isEmpty() && problems.isEmpty()) {
                problems.add(where, "no file with a rule", RULE_FOLDER, "name another folder, or leave it out");
            }
        } catch (IOException e) {
            problems.add(FileFault.unreadable(where, e, RULE_FOLDER));
        } catch (UncheckedIOException e) {
            problems.add(FileFault.unreadable(where, Objects.requireNonNull(e.getCause()), RULE_FOLDER));
        }
        return files;
    }

    private static Optional<String> read(Path file, Problems problems) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            problems.add(FileFault.unreadable(file.toString(), e, "a rule file, YAML in UTF-8"));
            return Optional.empty();
        }
    }

    /**
     * The rules.
     *
     * @return shipped ones first
     */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * Evaluates stacks together, because rules may look up resources of other stacks.
     *
     * @param stacks the stacks under review
     * @param waivers accepted findings
     * @param today the day by which waivers expire and versions are in support
     * @return violated and undecidable rules, including waived ones, in {@link Finding#ORDER}
     */
    public List<Finding> evaluate(Collection<StackEvidence> stacks, Waivers waivers, LocalDate today) {
        List<GuardedResource> resources = stacks.stream()
                .flatMap(stack -> GuardedResources.of(stack).stream())
                .toList();
        Evaluation before = new Evaluation(
                resources.stream()
                        .flatMap(resource -> resource.former().stream())
                        .toList(),
                today);
        List<Finding> findings = new ArrayList<>();
        evaluate(resources, today, (rule, resource, answer) -> {
            if (answer.verdict() != Verdict.PASS) {
                boolean unchanged = rule.when() == When.CONFIGURATION
                        && resource.former()
                                .filter(former -> before.answer(rule, former).verdict() == Verdict.FAIL)
                                .isPresent();
                findings.add(Finding.of(rule, answer, resource, unchanged));
            }
        });
        List<String> names = stacks.stream().map(StackEvidence::name).toList();
        return waivers.apply(findings, names, today).stream()
                .sorted(Finding.ORDER)
                .toList();
    }

    /** Takes the answer of a rule about a resource. */
    @FunctionalInterface
    interface AnswerConsumer {
        void accept(Rule rule, GuardedResource resource, Answer answer);
    }

    /** Evaluates each rule for each resource to which it applies. */
    void evaluate(List<GuardedResource> resources, LocalDate today, AnswerConsumer consumer) {
        Evaluation evaluation = new Evaluation(resources, today);
        Map<String, List<Rule>> byType = new HashMap<>();
        for (GuardedResource resource : resources) {
            for (Rule rule : byType.computeIfAbsent(resource.type(), this::rulesFor)) {
                if (rule.when() == When.CHANGE ? resource.isChanged() : !resource.isDeleted()) {
                    consumer.accept(rule, resource, evaluation.answer(rule, resource));
                }
            }
        }
    }

    private List<Rule> rulesFor(String type) {
        return rules.stream().filter(rule -> rule.looksAt(type)).toList();
    }
}

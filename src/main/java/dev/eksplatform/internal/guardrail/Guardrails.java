package dev.eksplatform.internal.guardrail;

import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.InputFiles;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.guardrail.Rule.When;
import dev.eksplatform.internal.guardrail.RuleExpression.Answer;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
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
import java.util.IdentityHashMap;
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

    private static final long MOST_BYTES = 1 << 20;

    /** Fewer resources are evaluated by one thread. */
    private static final int FEW = 500;

    private final List<Rule> rules;

    private Guardrails(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * The shipped rules and those of a user's folders.
     *
     * @param folders each with rule files {@code *.yaml} or {@code *.yml} in it or in folders below, which name the area
     * @return the rules
     * @throws InvalidInputException with the problems of all files, and duplicate ids
     */
    public static Guardrails load(Collection<Path> folders) {
        Map<String, String> files = new LinkedHashMap<>();
        ProgramFile.read(Guardrails.class, SHIPPED + "index.txt")
                .lines()
                .forEach(path -> files.put("guardrails/" + path, ProgramFile.read(Guardrails.class, SHIPPED + path)));
        Problems problems = new Problems();
        folders.forEach(folder -> files.putAll(filesOf(folder, problems)));
        return of(files, problems);
    }

    /** The rules in files, by their paths. */
    static Guardrails of(Map<String, String> files, Problems problems) {
        RuleLanguage language = new RuleLanguage();
        ResourceTypes types = ResourceTypes.ofProviders();
        Map<String, Rule> rules = new LinkedHashMap<>();
        files.forEach((file, text) -> {
            Optional<Rule> read =
                    problems.collect(() -> Optional.of(RuleFile.read(file, text, language, types)), Optional.empty());
            read.map(rule -> rules.putIfAbsent(rule.id(), rule))
                    .ifPresent(other -> problems.add(new Problem(
                            Place.file(file),
                            "duplicate rule \"" + other.id() + "\", also in " + other.source(),
                            "give it another id and file name")));
        });
        problems.throwIfAny();
        return new Guardrails(List.copyOf(rules.values()));
    }

    private static Map<String, String> filesOf(Path folder, Problems problems) {
        Map<String, String> files = new LinkedHashMap<>();
        if (!Files.isDirectory(folder)) {
            problems.add(
                    Files.exists(folder)
                            ? new Problem(Place.file(folder), "a file", "name the folder that it is in")
                            : new Problem(Place.file(folder), "no such folder", "check the path"));
            return files;
        }
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> found = paths.filter(path -> path.toString().matches(".*\\.ya?ml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            found.forEach(file -> problems.collect(
                            () -> Optional.of(InputFiles.text(file, MOST_BYTES)), Optional.<String>empty())
                    .ifPresent(text -> files.put(file.toString(), text)));
            if (found.isEmpty()) {
                problems.add(new Problem(
                        Place.file(folder), "a folder without rule files", "name another folder, or leave it out"));
            }
        } catch (IOException e) {
            problems.add(FileFault.unreadable(Place.file(folder), e));
        } catch (UncheckedIOException e) {
            problems.add(FileFault.unreadable(Place.file(folder), Objects.requireNonNull(e.getCause())));
        }
        return files;
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
        List<GuardedResource> formers = resources.stream()
                .flatMap(resource -> resource.former().stream())
                .toList();
        // an evaluation looks up resources for one thread
        List<List<GuardedResource>> parts = parts(resources);
        List<Finding> findings = parts.parallelStream()
                .flatMap(part -> findings(part, resources, formers, today).stream())
                .toList();
        List<String> names = stacks.stream().map(StackEvidence::name).toList();
        return waivers.apply(findings, names, today).stream()
                .sorted(Finding.ORDER)
                .toList();
    }

    /** Dealt out in turns, because resources of one type take about as long. */
    private static List<List<GuardedResource>> parts(List<GuardedResource> resources) {
        int number = resources.size() < FEW ? 1 : Runtime.getRuntime().availableProcessors();
        List<List<GuardedResource>> parts = Stream.<List<GuardedResource>>generate(ArrayList::new)
                .limit(number)
                .toList();
        for (int i = 0; i < resources.size(); i++) {
            parts.get(i % number).add(resources.get(i));
        }
        return parts;
    }

    private List<Finding> findings(
            List<GuardedResource> part,
            List<GuardedResource> resources,
            List<GuardedResource> formers,
            LocalDate today) {
        Evaluation before = new Evaluation(formers, today);
        Map<GuardedResource, Optional<GuardedResource>> formerOf = new IdentityHashMap<>();
        List<Finding> findings = new ArrayList<>();
        evaluate(part, new Evaluation(resources, today), (rule, resource, answer) -> {
            if (answer.verdict() != Verdict.PASS) {
                boolean unchanged = rule.when() == When.CONFIGURATION
                        && formerOf.computeIfAbsent(resource, GuardedResource::former)
                                .filter(former -> before.answer(rule, former).verdict() == Verdict.FAIL)
                                .isPresent();
                findings.add(Finding.of(rule, answer, resource, unchanged));
            }
        });
        return findings;
    }

    /** Takes the answer of a rule about a resource. */
    @FunctionalInterface
    interface AnswerConsumer {
        void accept(Rule rule, GuardedResource resource, Answer answer);
    }

    /** Evaluates each rule for each resource to which it applies. */
    void evaluate(List<GuardedResource> resources, Evaluation evaluation, AnswerConsumer consumer) {
        Map<String, List<Rule>> byType = new HashMap<>();
        for (GuardedResource resource : resources) {
            if (resource.isUnseen()) {
                continue;
            }
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

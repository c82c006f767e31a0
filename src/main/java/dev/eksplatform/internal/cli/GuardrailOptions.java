package dev.eksplatform.internal.cli;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Waivers;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that evaluate guardrails. */
final class GuardrailOptions {

    @Option(
            names = "--policies",
            paramLabel = "DIR",
            description = "A folder with rules of your own, in addition to the shipped ones. May be repeated.")
    private List<Path> policies = new ArrayList<>();

    @Option(
            names = "--waivers",
            paramLabel = "FILE",
            description = "The file with the waivers: findings that are accepted for a limited time (default: none).")
    private @Nullable Path waivers;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "high",
            description =
                    "The lowest severity of a finding that ends with status 1: critical, high, medium, low or info"
                            + " (default: ${DEFAULT-VALUE}).")
    private String failOn = "high";

    @Mixin
    private Today today = new Today();

    /** The lowest severity that stops a change. */
    Severity failOn() {
        Problems problems = new Problems();
        Severity severity = problems.collect(new Place.OnCommandLine("--fail-on"), () -> Severity.of(failOn));
        problems.throwIfAny();
        return Objects.requireNonNull(severity);
    }

    /**
     * The rules: the shipped ones and those of the user's folders.
     *
     * @param folders what the options {@code --policies} name
     */
    static Guardrails guardrails(List<Path> folders) {
        try {
            return Guardrails.load(folders);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem ->
                            folders.stream().anyMatch(folder -> problem.place().equals(Place.file(folder)))
                                    ? problem.at(new Place.OnCommandLine("--policies " + problem.place()))
                                    : problem)
                    .toList());
        }
    }

    /** Reads all options first, so that a mistake in one is reported before anything that takes long. */
    Evaluation evaluation() {
        Problems problems = new Problems();
        problems.collect(() -> Optional.of(failOn()), Optional.empty());
        Optional<LocalDate> day = problems.collect(() -> Optional.of(today.day()), Optional.empty());
        Optional<Guardrails> rules = problems.collect(() -> Optional.of(guardrails(policies)), Optional.empty());
        problems.throwIfAny();
        Guardrails guardrails = rules.orElseThrow();
        Waivers accepted = waivers == null ? Waivers.none() : Waivers.read(waivers, guardrails.rules());
        return stacks -> guardrails.evaluate(stacks, accepted, day.orElseThrow());
    }

    /**
     * A Kubernetes version to check for.
     *
     * @param today the day with which the days of support are compared
     */
    record Target(KubernetesVersion version, LocalDate today) {}

    /** Reads the options of a check for another Kubernetes version, which evaluates no guardrails. */
    Target target(String version) {
        Problems problems = new Problems();
        problems.collect(() -> Optional.of(failOn()), Optional.empty());
        Optional<LocalDate> day = problems.collect(() -> Optional.of(today.day()), Optional.empty());
        KubernetesVersion target =
                problems.collect(new Place.OnCommandLine("--for"), () -> KubernetesVersion.parse(version));
        refuse("--policies", !policies.isEmpty(), problems);
        refuse("--waivers", waivers != null, problems);
        problems.throwIfAny();
        return new Target(Objects.requireNonNull(target), day.orElseThrow());
    }

    private static void refuse(String option, boolean given, Problems problems) {
        if (given) {
            problems.add(
                    new Place.OnCommandLine(option), "given with --for, which evaluates no guardrails", "leave it out");
        }
    }

    /** Evaluates guardrails. */
    @FunctionalInterface
    interface Evaluation {

        /** What the guardrails find. */
        List<Finding> of(List<StackEvidence> stacks);
    }
}

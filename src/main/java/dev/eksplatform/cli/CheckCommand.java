package dev.eksplatform.cli;

import dev.eksplatform.config.Environment;
import dev.eksplatform.review.FindingsText;
import dev.eksplatform.review.PlacedFinding;
import dev.eksplatform.review.StackInput;
import dev.eksplatform.review.SynthesizedFolder;
import dev.eksplatform.stack.Bindings;
import dev.eksplatform.stack.Synthesis;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Evaluates guardrails on environments before there is a plan. */
@Command(
        name = "check",
        description = {
            "Evaluates guardrails on what environments synthesize to, before there is any plan.",
            "Each finding stands at the line of the environment file, or of Java, to mend."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:no finding at or above --fail-on",
            "1:a finding at or above --fail-on",
            "2:the input cannot be used"
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer>, Gate {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Environment files; all of stacks/*.yaml when none is given.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description =
                    "A synthesized folder, such as that of a Java program of your own, instead of environment files.")
    private @Nullable Path configuration;

    @Mixin
    private GuardrailOptions guardrails = new GuardrailOptions();

    @Option(names = "--all", description = "List what cannot be decided before apply, too.")
    private boolean all;

    @Override
    public Integer call() {
        if (configuration != null && !files.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Either --config DIR or environment files, not both: leave one out");
        }
        if (configuration == null) {
            Bindings.load();
        }
        GuardrailOptions.Evaluation evaluation = guardrails.evaluation();
        List<StackInput> stacks =
                configuration == null ? ofEnvironments() : new SynthesizedFolder(configuration).inputs();
        List<PlacedFinding> findings = PlacedFinding.in(stacks, evaluation.of(stacks));
        PrintWriter out = command.commandLine().getOut();
        out.print(FindingsText.render(findings, all));
        out.flush();
        boolean failed = findings.stream()
                .anyMatch(finding -> !finding.waived()
                        && !finding.undecided()
                        && finding.severity().atLeast(guardrails.failOn()));
        return failed ? FAILED : PASSED;
    }

    private List<StackInput> ofEnvironments() {
        List<Environment> environments = EnvironmentFiles.read(files);
        EnvironmentFiles.warn(environments, command.commandLine().getErr());
        return synthesized(environments);
    }

    private static List<StackInput> synthesized(List<Environment> environments) {
        try {
            Path folder = Files.createTempDirectory("check-");
            try {
                Synthesis.write(environments, folder);
                return new SynthesizedFolder(folder).inputs();
            } finally {
                try (Stream<Path> made = Files.walk(folder)) {
                    for (Path path : made.sorted((a, b) -> b.compareTo(a)).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.internal.guardrail.FindingsJson;
import dev.eksplatform.internal.guardrail.FindingsSarif;
import dev.eksplatform.internal.guardrail.FindingsText;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedFolder;
import dev.eksplatform.internal.upgrade.EnvironmentUpgrade;
import dev.eksplatform.internal.upgrade.SynthesizedUpgrade;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.stack.JsiiRuntime;
import dev.eksplatform.stack.Synthesis;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates guardrails on environments before there is a plan. */
@Command(
        name = "check",
        description = {
            "Evaluates guardrails on what environments synthesize to, before there is any plan.",
            "Each finding names the line of the environment file, or of Java, to fix.",
            "With --for it checks what blocks an upgrade of Kubernetes."
        },
        exitCodeList = {
            "0:no finding at or above --fail-on",
            "1:a finding at or above --fail-on",
            ExitStatus.BAD_INPUT_HELP,
            ExitStatus.INTERNAL_ERROR_HELP
        },
        footer = {
            "  eks-platform check                            all of stacks",
            "  eks-platform check --for 1.37                 what blocks an upgrade to 1.37",
            "  eks-platform check --fail-on medium --policies our-rules stacks/shop.yaml",
            "  eks-platform check --sarif findings.sarif     for code scanning, too",
            "  eks-platform check --json - | jq .findings    for programs, instead"
        })
final class CheckCommand extends Subcommand {

    private static final String TEMPORARY = "a folder that can be written";

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Environment files (default: all of stacks/*.yaml and stacks/*.yml).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "DIR",
            description =
                    "A synthesized folder, such as that of a Java program of your own, instead of environment files.")
    private @Nullable Path configuration;

    @Mixin
    private GuardrailOptions guardrails = new GuardrailOptions();

    @Option(
            names = "--for",
            paramLabel = "VERSION",
            description =
                    "Check what blocks an upgrade to this Kubernetes version, such as 1.37, instead of the guardrails.")
    private @Nullable String version;

    @Option(names = "--all", description = "List what cannot be decided before apply, too (default: only count it).")
    private boolean all;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the findings for programs; - is standard output, without the text then.")
    private @Nullable Path json;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Write the findings as SARIF 2.1.0; - is standard output, without the text then.")
    private @Nullable Path sarif;

    @Mixin
    private Color color = new Color();

    @Override
    public Integer call() {
        if (configuration != null && !files.isEmpty()) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("--config"), "given with environment files", "leave one of them out"));
        }
        outputs(List.of());
        List<PlacedFinding> findings = version == null ? ofGuardrails() : ofUpgrade(guardrails.target(version));
        write(findings);
        boolean failed = findings.stream()
                .map(PlacedFinding::finding)
                .anyMatch(finding -> finding.isOpen() && finding.severity().atLeast(guardrails.failOn()));
        return failed ? ExitStatus.NEGATIVE_VERDICT : ExitStatus.SUCCESS;
    }

    private List<PlacedFinding> ofGuardrails() {
        if (configuration == null) {
            JsiiRuntime.load();
        }
        GuardrailOptions.Evaluation evaluation = guardrails.evaluation();
        List<StackEvidence> stacks =
                configuration == null ? synthesized(environments()) : new SynthesizedFolder(configuration).stacks();
        return PlacedFinding.of(stacks, evaluation.of(stacks));
    }

    private List<PlacedFinding> ofUpgrade(GuardrailOptions.Target target) {
        if (configuration != null) {
            List<StackEvidence> stacks = new SynthesizedFolder(configuration).stacks();
            return PlacedFinding.of(stacks, SynthesizedUpgrade.findings(stacks, target.version(), target.today()));
        }
        return PlacedFinding.of(
                List.of(), EnvironmentUpgrade.findings(environments(), target.version(), target.today()));
    }

    private void write(List<PlacedFinding> findings) {
        PrintWriter out = out();
        Outputs outputs = outputs(findings);
        if (!outputs.arePrinted()) {
            out.print(FindingsText.render(findings, all, color.isOn()));
        }
        outputs.write(out);
    }

    private Outputs outputs(List<PlacedFinding> findings) {
        return new Outputs()
                .add("--json", json, () -> FindingsJson.render(findings))
                .add("--sarif", sarif, () -> FindingsSarif.render(findings, false));
    }

    private List<Environment> environments() {
        List<Environment> environments = EnvironmentFiles.read(files);
        EnvironmentFiles.warn(environments, err());
        return environments;
    }

    private static List<StackEvidence> synthesized(List<Environment> environments) {
        try (TemporaryPath folder = TemporaryPath.folder("check-")) {
            synthesize(environments, folder.path());
            return new SynthesizedFolder(folder.path()).stacks();
        } catch (IOException e) {
            throw new InvalidInputException(
                    FileFault.unwritable(new Place.OnCommandLine("the folder for temporary files"), e));
        }
    }

    /** The user named no output folder to choose another one for. */
    private static void synthesize(List<Environment> environments, Path folder) {
        try {
            Synthesis.write(environments, folder);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.problems().stream()
                    .map(problem -> problem.place().equals(Place.file(folder))
                            ? new Problem(
                                    new Place.OnCommandLine("the folder for temporary files"),
                                    problem.found(),
                                    TEMPORARY,
                                    "free some space there, or set TMPDIR to another folder")
                            : problem)
                    .toList());
        }
    }
}

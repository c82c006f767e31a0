package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.stack.JsiiRuntime;
import dev.eksplatform.stack.Synthesis;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the Terraform JSON of environments. */
@Command(
        name = "synth",
        description = "Writes the Terraform JSON of environments.",
        exitCodeList = {"0:written", ExitStatus.BAD_INPUT_HELP, ExitStatus.INTERNAL_ERROR_HELP},
        footer = {
            "  eks-platform synth                            all environments in stacks",
            "  eks-platform synth stacks/shop.yaml -o out    one, into the folder out"
        })
final class SynthCommand extends Subcommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Environment files (default: all of stacks/*.yaml and stacks/*.yml).")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "The output folder (default: the value of CDKTF_OUTDIR, or cdktf.out).")
    private Path output = defaultOutput();

    @Override
    public Integer call() {
        synth(files, output, out(), err());
        return ExitStatus.SUCCESS;
    }

    /** The cdktf command line passes its output folder in an environment variable. */
    static Path defaultOutput() {
        String named = System.getenv("CDKTF_OUTDIR");
        return Path.of(named == null || named.isEmpty() ? "cdktf.out" : named);
    }

    static void synth(List<Path> files, Path output, PrintWriter out, PrintWriter err) {
        if (output.toString().isEmpty()) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("--output"), "an empty path", "set a folder, such as cdktf.out"));
        }
        JsiiRuntime.load();
        List<Environment> environments = EnvironmentFiles.read(files);
        EnvironmentFiles.warn(environments, err);
        Synthesis.Synthesized synthesized = Synthesis.write(environments, output);
        for (Synthesis.Written stack : synthesized.written()) {
            out.println("wrote " + stack.file() + " (" + stack.resources()
                    + (stack.resources() == 1 ? " resource)" : " resources)"));
        }
        synthesized
                .removed()
                .forEach(file ->
                        out.println("removed " + file + ", a stack that is no longer part of its environment; if it is"
                                + " deployed, restore it and destroy it first"));
        out.flush();
    }
}

package dev.eksplatform.cli;

import dev.eksplatform.config.Environment;
import dev.eksplatform.stack.Bindings;
import dev.eksplatform.stack.Synthesis;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the Terraform JSON of environments. */
@Command(name = "synth", description = "Writes the Terraform JSON of environments.", mixinStandardHelpOptions = true)
final class SynthCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Environment files; all of stacks/*.yaml when none is given.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "The output folder (default: cdktf.out, or what cdktf says).")
    private Path output = defaultOutput();

    @Override
    public Integer call() {
        synth(
                files,
                output,
                command.commandLine().getOut(),
                command.commandLine().getErr());
        return 0;
    }

    /** The cdktf command line names its output folder in the environment. */
    static Path defaultOutput() {
        return Path.of(Objects.requireNonNullElse(System.getenv("CDKTF_OUTDIR"), "cdktf.out"));
    }

    static void synth(List<Path> files, Path output, PrintWriter out, PrintWriter err) {
        Bindings.load();
        List<Environment> environments = EnvironmentFiles.read(files);
        EnvironmentFiles.warn(environments, err);
        List<Path> leftOver = Synthesis.leftOver(environments, output);
        for (Synthesis.Written stack : Synthesis.write(environments, output)) {
            out.println("wrote " + stack.file() + " (" + stack.resources()
                    + (stack.resources() == 1 ? " resource)" : " resources)"));
        }
        leftOver.forEach(
                file -> out.println("removed " + file + ", a stack that its environment no longer has; if it is"
                        + " deployed, bring it back and destroy it first"));
        out.flush();
    }
}

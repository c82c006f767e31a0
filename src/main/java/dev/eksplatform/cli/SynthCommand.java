package dev.eksplatform.cli;

import dev.eksplatform.config.Environment;
import dev.eksplatform.stack.Synthesis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            defaultValue = "${env:CDKTF_OUTDIR:-cdktf.out}",
            description = "The output folder (default: cdktf.out).")
    private Path output = Path.of("cdktf.out");

    @Override
    public Integer call() {
        List<Environment> environments = EnvironmentFiles.read(files);
        List<Synthesis.Written> written = Synthesis.write(environments, output);
        for (Synthesis.Written stack : written) {
            command.commandLine()
                    .getOut()
                    .println("wrote " + stack.file() + " (" + stack.resources()
                            + (stack.resources() == 1 ? " resource)" : " resources)"));
        }
        command.commandLine().getOut().flush();
        return 0;
    }
}

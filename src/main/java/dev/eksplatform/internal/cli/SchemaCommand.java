package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.internal.files.ProgramFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON schema of environment files. */
@Command(
        name = "schema",
        description = "Prints the JSON schema of environment files, for editors.",
        exitCodeListHeading = ExitStatus.HEADING,
        exitCodeList = {"0:printed", ExitStatus.BAD_INPUT_HELP, ExitStatus.INTERNAL_ERROR_HELP},
        footerHeading = "%nExample:%n",
        footer = "  eks-platform schema > stacks/environment.schema.json",
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Override
    public Integer call() {
        command.commandLine().getOut().print(ProgramFile.read(EnvironmentSpec.class, "environment.schema.json"));
        command.commandLine().getOut().flush();
        return ExitStatus.SUCCESS;
    }
}

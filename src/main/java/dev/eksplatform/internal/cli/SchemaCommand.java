package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.internal.files.ProgramFile;
import picocli.CommandLine.Command;

/** Prints the JSON schema of environment files. */
@Command(
        name = "schema",
        description = "Prints the JSON schema of environment files, for editors.",
        exitCodeList = {"0:printed", ExitStatus.BAD_INPUT_HELP, ExitStatus.INTERNAL_ERROR_HELP},
        footerHeading = "%nExample:%n",
        footer = "  eks-platform schema > stacks/environment.schema.json")
final class SchemaCommand extends Subcommand {

    @Override
    public Integer call() {
        out().print(ProgramFile.read(EnvironmentSpec.class, "environment.schema.json"));
        out().flush();
        return ExitStatus.SUCCESS;
    }
}

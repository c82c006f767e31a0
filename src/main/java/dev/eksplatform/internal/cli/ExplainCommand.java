package dev.eksplatform.internal.cli;

import picocli.CommandLine.Command;

/** Explains an environment before it is deployed. */
@Command(
        name = "explain",
        description = "Explains an environment's AWS permissions.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = ExplainAccessCommand.class)
final class ExplainCommand {}

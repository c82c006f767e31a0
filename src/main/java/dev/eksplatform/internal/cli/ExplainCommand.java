package dev.eksplatform.internal.cli;

import picocli.CommandLine.Command;

/** Says what an environment means, without deploying it. */
@Command(
        name = "explain",
        description = "Says what an environment means, without deploying it.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = ExplainAccessCommand.class)
final class ExplainCommand {}

package dev.eksplatform.internal.cli;

import picocli.CommandLine.Command;

/** Commands for the states of environments. */
@Command(
        name = "state",
        description = "Creates the S3 bucket of states.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = StateCreateCommand.class)
final class StateCommand {}

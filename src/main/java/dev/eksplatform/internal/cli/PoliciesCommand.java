package dev.eksplatform.internal.cli;

import picocli.CommandLine.Command;

/** Commands for guardrails. */
@Command(
        name = "policies",
        description = "Tests guardrails.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = PoliciesTestCommand.class)
final class PoliciesCommand {}

package dev.eksplatform.internal.cli;

import picocli.CommandLine.Command;

/** Works on guardrails. */
@Command(
        name = "policies",
        description = "Works on guardrails.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = PoliciesTestCommand.class)
final class PoliciesCommand {}

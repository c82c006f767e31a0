package dev.eksplatform.internal.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does something: its help shows examples and its exit statuses, which {@link #call} returns. */
@Command(exitCodeListHeading = ExitStatus.HEADING, footerHeading = "%nExamples:%n", mixinStandardHelpOptions = true)
abstract class Subcommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /** Where the answer goes. */
    final PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Where warnings and problems go. */
    final PrintWriter err() {
        return command.commandLine().getErr();
    }
}

package dev.eksplatform.cli;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Kubernetes platforms on AWS as code. Ends with 0, with 1 for bad input, with 2 for a fault of its own; a {@link Gate}
 * ends with 1 for a verdict against its input, and with 2 when there is no verdict.
 */
@Command(
        name = "eks-platform",
        description = "Kubernetes platforms on AWS as code.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            SynthCommand.class,
            CheckCommand.class,
            ReviewCommand.class,
            ApplyCommand.class,
            PoliciesCommand.class,
            ExplainCommand.class,
            SchemaCommand.class,
            ThumbprintCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    static final int BAD_INPUT = 1;
    static final int OWN_FAULT = 2;

    private static final String OWN_FAULT_TEXT =
            "This is a fault of eks-platform, not of your input. Please report it with what follows.";

    private Main() {}

    /**
     * Runs a command and ends the program with its status.
     *
     * @param arguments the command and its arguments
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command and returns its status. */
    static int run(String... arguments) {
        return isPlainSynth(arguments) ? synth(arguments) : run(new CommandLine(new Main()), arguments);
    }

    static int run(CommandLine command, String... arguments) {
        try {
            return command.setExecutionExceptionHandler(Main::report)
                    .setParameterExceptionHandler(Main::reportUsage)
                    .execute(arguments);
        } catch (Error e) {
            return ownFault(e, command.getErr());
        }
    }

    /** The everyday command, which does without the time that loading a parser of options takes. */
    private static boolean isPlainSynth(String[] arguments) {
        return arguments.length > 0
                && arguments[0].equals("synth")
                && Arrays.stream(arguments).noneMatch(argument -> argument.startsWith("-"));
    }

    private static int synth(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        try {
            List<Path> files = Arrays.stream(arguments).skip(1).map(Path::of).toList();
            SynthCommand.synth(files, SynthCommand.defaultOutput(), out, err);
            return 0;
        } catch (RuntimeException e) {
            return report(e, err, true);
        } catch (Error e) {
            return ownFault(e, err);
        }
    }

    private static int report(Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
        if (!(command.getCommand() instanceof Gate)) {
            return report(exception, command.getErr(), command.getCommand() instanceof SynthCommand);
        }
        if (exception instanceof InvalidInputException) {
            report(exception, command.getErr(), command.getCommand() instanceof ReviewCommand);
        } else {
            faultWithoutTexts(exception, command.getErr());
        }
        return Gate.NO_VERDICT;
    }

    /** The message of an exception may quote a plan, and so a secret. */
    private static void faultWithoutTexts(Throwable fault, PrintWriter err) {
        err.println(OWN_FAULT_TEXT);
        for (Throwable one = fault; one != null; one = one.getCause()) {
            err.println(one.getClass().getName());
            for (StackTraceElement frame : one.getStackTrace()) {
                err.println("\tat " + frame);
            }
        }
        err.flush();
    }

    private static int report(Exception exception, PrintWriter err, boolean writes) {
        if (exception instanceof InvalidInputException invalid) {
            List<Problem> problems = invalid.problems();
            problems.forEach(err::println);
            err.println((problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                    + (writes ? ", nothing was written" : ""));
            return BAD_INPUT;
        }
        return ownFault(exception, err);
    }

    private static int ownFault(Throwable fault, PrintWriter err) {
        err.println(OWN_FAULT_TEXT);
        fault.printStackTrace(err);
        err.flush();
        return OWN_FAULT;
    }

    private static int reportUsage(CommandLine.ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        command.getErr().println(exception.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(exception, command.getErr())) {
            command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return command.getCommand() instanceof Gate ? Gate.NO_VERDICT : BAD_INPUT;
    }
}

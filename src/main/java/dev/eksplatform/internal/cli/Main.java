package dev.eksplatform.internal.cli;

import dev.eksplatform.internal.files.FileFault;
import dev.eksplatform.internal.files.Interrupt;
import dev.eksplatform.internal.files.TemporaryPath;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Kubernetes platforms on AWS as code. Ends with 0, with 1 for bad input, with 2 for a fault of its own; a {@link ExitStatus}
 * ends with 1 for a verdict against its input, and with 2 when there is no verdict.
 */
@Command(
        name = "eks-platform",
        description = "Kubernetes platforms on AWS as code.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  eks-platform synth stacks/shop.yaml     write Terraform JSON into cdktf.out",
            "  eks-platform check stacks/shop.yaml     evaluate the guardrails",
            "  npx cdktf deploy 'shop-*'               deploy it, after synth",
            "  eks-platform synth --help               options, defaults, exit status"
        },
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

    /** What the shell says of a program that was ended by Ctrl-C. */
    private static final int INTERRUPTED = 130;

    /** The commands that are a {@link ExitStatus}. */
    private static final Set<String> VERDICTS = Set.of("check", "review", "apply", "policies");

    private static final String OWN_FAULT_TEXT =
            "This is a fault of eks-platform, not of your input. Please report it with what follows.";

    private Main() {}

    /**
     * Runs a command and ends the program with its status.
     *
     * @param arguments the command and its arguments
     */
    public static void main(String[] arguments) {
        StandardOutput out = StandardOutput.install();
        Optional<TemporaryPath> temporary = TemporaryPath.forThisRun();
        int status = run(arguments);
        temporary.ifPresent(TemporaryPath::close);
        Optional<Problem> lost = out.lost();
        if (lost.isPresent()) {
            System.err.println(lost.get());
            status = Math.max(status, badInput(arguments));
        }
        System.exit(status);
    }

    /** Runs a command and returns its status. */
    static int run(String... arguments) {
        return isPlainSynth(arguments) ? synth(arguments) : run(new CommandLine(new Main()), arguments);
    }

    static int run(CommandLine command, String... arguments) {
        try {
            giveVersion(command);
            return command.setExpandAtFiles(false)
                    .setExecutionExceptionHandler(Main::report)
                    .setParameterExceptionHandler(Main::reportUsage)
                    .execute(arguments);
        } catch (Error e) {
            return ownFault(e, command.getErr(), arguments);
        }
    }

    /** Every command has the option. */
    private static void giveVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(Main::giveVersion);
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
            return ownFault(e, err, arguments);
        }
    }

    private static int report(Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
        if (!(command.getCommand() instanceof ExitStatus)) {
            return report(exception, command.getErr(), command.getCommand() instanceof SynthCommand);
        }
        List<Problem> problems = problems(exception);
        if (!problems.isEmpty()) {
            print(problems, command.getErr(), command.getCommand() instanceof ReviewCommand);
        } else if (Interrupt.isShuttingDown()) {
            return INTERRUPTED;
        } else {
            faultWithoutTexts(exception, command.getErr());
        }
        return ExitStatus.NO_VERDICT;
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
        List<Problem> problems = problems(exception);
        if (problems.isEmpty()) {
            return ownFault(exception, err);
        }
        print(problems, err, writes);
        return BAD_INPUT;
    }

    /** What is wrong with the input, or with the machine that has no more space for it; empty for a fault of our own. */
    private static List<Problem> problems(Throwable thrown) {
        if (thrown instanceof InvalidInputException invalid) {
            return invalid.problems();
        }
        // the end of Node may be noticed before that of this program
        return Interrupt.isUnderWay()
                ? List.of()
                : FileFault.in(thrown).map(List::of).orElse(List.of());
    }

    private static void print(List<Problem> problems, PrintWriter err, boolean writes) {
        if (Interrupt.isShuttingDown()) {
            return;
        }
        problems.forEach(err::println);
        err.println((problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                + (writes ? ", nothing was written" : ""));
        err.flush();
    }

    private static int ownFault(Throwable fault, PrintWriter err, String... arguments) {
        if (Interrupt.isUnderWay()) {
            return INTERRUPTED;
        }
        Optional<Problem> machine = FileFault.in(fault);
        if (machine.isPresent()) {
            print(List.of(machine.get()), err, false);
            return badInput(arguments);
        }
        err.println(OWN_FAULT_TEXT);
        fault.printStackTrace(err);
        err.flush();
        return OWN_FAULT;
    }

    private static int badInput(String... arguments) {
        return arguments.length > 0 && VERDICTS.contains(arguments[0]) ? ExitStatus.NO_VERDICT : BAD_INPUT;
    }

    private static int reportUsage(CommandLine.ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        boolean lacksCommand =
                !command.getSubcommands().isEmpty() && !(exception instanceof CommandLine.UnmatchedArgumentException);
        if (lacksCommand) {
            command.usage(command.getErr());
        } else {
            print(
                    UsageProblems.of(exception, arguments),
                    command.getErr(),
                    command.getCommand() instanceof SynthCommand);
        }
        return command.getCommand() instanceof ExitStatus ? ExitStatus.NO_VERDICT : BAD_INPUT;
    }
}

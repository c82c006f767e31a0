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
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Kubernetes platforms on AWS as code. Ends with an {@link ExitStatus}. */
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
            OutdatedCommand.class,
            ReviewCommand.class,
            ApplyCommand.class,
            UpgradeCommand.class,
            StateCommand.class,
            PoliciesCommand.class,
            ExplainCommand.class,
            SchemaCommand.class,
            ThumbprintCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    private static final String INTERNAL_ERROR =
            "This is an internal error of eks-platform, not an error in your input. Please report it with the following:";

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
            status = Math.max(status, ExitStatus.BAD_INPUT);
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
            return report(e, command.getErr(), false, false);
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
            return ExitStatus.SUCCESS;
        } catch (RuntimeException | Error e) {
            return report(e, err, true, true);
        }
    }

    private static int report(Exception exception, CommandLine command, CommandLine.ParseResult parsed) {
        return report(exception, command.getErr(), writes(command), command.getCommand() instanceof SynthCommand);
    }

    private static boolean writes(CommandLine command) {
        Object called = command.getCommand();
        return called instanceof SynthCommand || called instanceof ReviewCommand || called instanceof UpgradeCommand;
    }

    private static int report(Throwable thrown, PrintWriter err, boolean writes, boolean quotes) {
        List<Problem> problems = problems(thrown);
        if (!problems.isEmpty()) {
            print(problems, err, writes);
            return ExitStatus.BAD_INPUT;
        }
        return Interrupt.isUnderWay() ? ExitStatus.INTERRUPTED : internalError(thrown, err, quotes);
    }

    /** Without its messages unless {@code quotes}: they may quote a plan, and so a secret. */
    private static int internalError(Throwable thrown, PrintWriter err, boolean quotes) {
        err.println(INTERNAL_ERROR);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            err.println(quotes ? cause.toString() : cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                err.println("\tat " + frame);
            }
        }
        err.flush();
        return ExitStatus.INTERNAL_ERROR;
    }

    /** What is wrong with the input, or with the machine, such as a full disk; empty for an internal error. */
    private static List<Problem> problems(Throwable thrown) {
        if (thrown instanceof InvalidInputException invalid) {
            return invalid.problems();
        }
        // Ctrl-C may end Node before this program
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

    private static int reportUsage(CommandLine.ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        boolean needsCommand =
                !command.getSubcommands().isEmpty() && !(exception instanceof CommandLine.UnmatchedArgumentException);
        if (needsCommand) {
            command.usage(command.getErr());
        } else {
            print(UsageProblems.of(exception, arguments), command.getErr(), writes(command));
        }
        return ExitStatus.BAD_INPUT;
    }
}

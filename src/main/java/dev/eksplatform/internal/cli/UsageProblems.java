package dev.eksplatform.internal.cli;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports wrong usage like every other problem. */
final class UsageProblems {

    /** Shorter names are near too many others. */
    private static final int FEWEST_LETTERS = 4;

    private final CommandLine command;
    private final List<String> arguments;
    private final String help;

    private UsageProblems(CommandLine command, List<String> arguments) {
        this.command = command;
        this.arguments = arguments;
        help = "see " + command.getCommandSpec().qualifiedName() + " --help";
    }

    /**
     * What is wrong with the arguments.
     *
     * @param exception what the parser found
     * @param arguments all arguments of the program
     */
    static List<Problem> of(ParameterException exception, String... arguments) {
        UsageProblems usage = new UsageProblems(exception.getCommandLine(), List.of(arguments));
        Optional<Problem> foreign = ForeignCommand.problem(arguments);
        if (foreign.isPresent()) {
            return List.of(foreign.get());
        }
        if (exception instanceof UnmatchedArgumentException unmatched) {
            return usage.unmatched(unmatched);
        }
        if (exception instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return usage.missing(missing.getMissing());
        }
        if (exception instanceof OverwrittenOptionException twice) {
            return List.of(new Problem(place(name(twice.getOverwritten())), "given twice", "remove one"));
        }
        ArgSpec argument = exception.getArgSpec();
        return List.of(
                argument != null && exception.getValue() != null
                        ? new Problem(
                                place(name(argument)),
                                "\"" + exception.getValue() + "\"",
                                allowed(argument),
                                usage.help)
                        : usage.other(String.valueOf(exception.getMessage())));
    }

    private List<Problem> unmatched(UnmatchedArgumentException exception) {
        List<String> options = command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .flatMap(option -> Stream.of(option.names()))
                .toList();
        List<String> commands = commands();
        List<Problem> problems = new ArrayList<>();
        for (String argument : exception.getUnmatched()) {
            if (argument.startsWith("-")) {
                String name = argument.replaceFirst("=.*", "");
                problems.add(unknown(name, "an unknown option", options));
            } else if (!commands.isEmpty() && problems.isEmpty()) {
                problems.add(unknown(argument, "an unknown command", commands));
                break;
            }
        }
        if (problems.isEmpty()) {
            problems.add(new Problem(
                    place(exception.getUnmatched().get(0)),
                    "one argument too many",
                    "eks-platform " + String.join(" ", synopsis()),
                    "leave it out, or " + help));
        }
        return problems;
    }

    private List<String> synopsis() {
        String text = command.getCommandSpec().qualifiedName() + " " + "[OPTION...]";
        List<String> words = new ArrayList<>(List.of(text.split(" ")));
        words.remove(0);
        command.getCommandSpec().positionalParameters().forEach(one -> words.add(one.paramLabel()));
        return words;
    }

    private Problem unknown(String written, String what, List<String> known) {
        Optional<String> meant =
                written.length() < FEWEST_LETTERS ? Optional.empty() : Suggestion.nearest(written, known);
        return new Problem(
                place(written),
                what,
                String.join(", ", known),
                meant.map(near -> "did you mean " + near + "?").orElse(help));
    }

    private List<Problem> missing(List<ArgSpec> missing) {
        if (missing.size() > 1 && missing.stream().allMatch(argument -> argument.group() != null)) {
            String choice = missing.stream().map(UsageProblems::allowed).collect(Collectors.joining(", or "));
            return List.of(
                    new Problem(place(command.getCommandName()), "an argument is missing", choice, "add one; " + help));
        }
        return missing.stream()
                .map(argument -> new Problem(
                        place(name(argument)),
                        isGiven(argument) ? "no value" : "missing",
                        "add " + allowed(argument) + "; " + help))
                .toList();
    }

    private boolean isGiven(ArgSpec argument) {
        return argument instanceof OptionSpec option
                && Arrays.stream(option.names()).anyMatch(name -> arguments.stream()
                        .anyMatch(one -> one.equals(name) || one.startsWith(name + "=")));
    }

    private Problem other(String message) {
        String found = message.replaceFirst("^Error: ", "");
        return new Problem(
                place(command.getCommandSpec().qualifiedName()),
                found.isEmpty() ? "wrong usage" : found.substring(0, 1).toLowerCase(Locale.ROOT) + found.substring(1),
                help);
    }

    private static Place place(String argument) {
        return new Place.OnCommandLine(argument);
    }

    private List<String> commands() {
        return command.getCommandSpec().subcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .toList();
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String allowed(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }
}

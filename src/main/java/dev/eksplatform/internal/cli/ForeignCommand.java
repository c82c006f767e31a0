package dev.eksplatform.internal.cli;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Commands of Terraform and CDKTF that users may expect here; the error names the command to run. */
final class ForeignCommand {

    private static final Set<String> DEPLOY = Set.of("deploy", "up");
    private static final Set<String> DESTROY = Set.of("destroy", "down", "delete");
    private static final Set<String> PLAN = Set.of("plan", "diff", "preview");
    private static final Set<String> TERRAFORM = Set.of(
            "console",
            "fmt",
            "force-unlock",
            "get",
            "graph",
            "import",
            "init",
            "output",
            "providers",
            "refresh",
            "show",
            "state",
            "taint",
            "untaint",
            "validate");

    private static final Pattern ENVIRONMENT = Pattern.compile("^environment:\\s*[\"']?([A-Za-z0-9-]+)");
    private static final List<String> STACKS = List.of("-infrastructure", "-platform", "-workloads");

    private ForeignCommand() {}

    /** The command to run instead; empty when the arguments are not a command of Terraform or CDKTF. */
    static Optional<Problem> problem(String... arguments) {
        if (arguments.length == 0) {
            return Optional.empty();
        }
        String command = arguments[0];
        String name = Arrays.stream(arguments)
                .skip(1)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .map(ForeignCommand::environment)
                .orElse("NAME");
        if (command.equals("apply") && arguments.length > 1 && !arguments[1].startsWith("-")) {
            return Optional.of(new Problem(
                    new Place.OnCommandLine("apply " + arguments[1]),
                    "an environment",
                    "the plan files of a review: apply --reviewed FILE --stack NAME=PLANFILE",
                    "without a review: " + cdktf("deploy", name)));
        }
        if (DEPLOY.contains(command)) {
            return Optional.of(not(command, "run after synth: " + cdktf("deploy", name)));
        }
        if (DESTROY.contains(command)) {
            return Optional.of(not(command, "run: " + cdktf("destroy", name)));
        }
        if (PLAN.contains(command)) {
            return Optional.of(
                    not(command, "run after synth: " + terraform("init", name) + " && " + terraform("plan", name)));
        }
        if (TERRAFORM.contains(command)) {
            return Optional.of(not(command, "run after synth: " + terraform(command, name)));
        }
        return Optional.empty();
    }

    private static Problem not(String command, String fix) {
        return new Problem(
                new Place.OnCommandLine(command),
                "a command of Terraform or CDKTF",
                "the commands of eks-platform, which writes their input and reviews their plans",
                fix);
    }

    private static String cdktf(String command, String name) {
        return "npx cdktf " + command + " '" + (isStack(name) ? name : name + "-*") + "'";
    }

    private static String terraform(String command, String name) {
        return "terraform -chdir=cdktf.out/stacks/" + (isStack(name) ? name : name + "-infrastructure") + " " + command;
    }

    private static boolean isStack(String name) {
        return STACKS.stream().anyMatch(name::endsWith);
    }

    /** The name of an environment, given as its file, the name of the file, or the name itself. */
    private static String environment(String written) {
        String fileName =
                written.replaceFirst(".*/", "").replaceFirst("\\.ya?ml$", "").replaceFirst("-?\\*$", "");
        String byName = fileName.matches("[A-Za-z0-9-]+") ? fileName : "NAME";
        for (String file : List.of(written, "stacks/" + written + ".yaml")) {
            try (Stream<String> lines = Files.lines(Path.of(file))) {
                return lines.map(ENVIRONMENT::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse(byName);
            } catch (IOException | UncheckedIOException | InvalidPathException e) {
                // not a readable file
            }
        }
        return byName;
    }
}

package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.explain.AccessExplanation;
import dev.eksplatform.internal.explain.RoleAccess;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says who may assume which role, and what the role may do. */
@Command(
        name = "access",
        description = {
            "Says which ServiceAccounts get which AWS permissions through what.",
            "With --as and --action it answers allowed, denied or cannot be decided, with the statement that decides;"
                    + " the exit status of every answer is 0."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  eks-platform explain access stacks/shop.yaml",
            "  eks-platform explain access stacks/shop.yaml --as shop/orders --action s3:GetObject \\",
            "      --resource 'arn:aws:s3:::orders/*'"
        },
        mixinStandardHelpOptions = true)
final class ExplainAccessCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(paramLabel = "FILE", description = "The environment file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--as",
            paramLabel = "NAMESPACE/SERVICEACCOUNT",
            description = "Only this ServiceAccount's role (default: all).")
    private @Nullable String serviceAccount;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "May it do this, such as s3:ListAllMyBuckets? May be repeated; needs --as.")
    private List<String> actions = new ArrayList<>();

    @Option(
            names = "--resource",
            paramLabel = "ARN",
            defaultValue = "*",
            description = "The resource of the actions (default: *, for actions that have none).")
    private String resource = "*";

    @Override
    public Integer call() {
        if (serviceAccount == null && !actions.isEmpty()) {
            throw new InvalidInputException(new Problem(
                    "--action",
                    "an action without --as",
                    "--as NAMESPACE/SERVICEACCOUNT with it",
                    "say whose action it is"));
        }
        Environment environment = EnvironmentFiles.read(List.of(file)).get(0);
        EnvironmentFiles.warn(List.of(environment), command.commandLine().getErr());
        AccessExplanation access = AccessExplanation.of(environment.resolved());
        PrintWriter out = command.commandLine().getOut();
        out.print(serviceAccount == null ? access.text() : about(access, serviceAccount));
        out.flush();
        return 0;
    }

    private String about(AccessExplanation access, String name) {
        ServiceAccountName account = named(access, name);
        return actions.isEmpty() ? access.text(account) : access.answers(account, actions, resource);
    }

    private static ServiceAccountName named(AccessExplanation access, String name) {
        Problems problems = new Problems();
        RoleAccess role = problems.collect("--as", () -> access.of(ServiceAccountName.parse(name)));
        problems.throwIfAny();
        return Objects.requireNonNull(role).serviceAccount();
    }
}

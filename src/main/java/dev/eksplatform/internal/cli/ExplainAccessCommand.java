package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.explain.AccessExplanation;
import dev.eksplatform.internal.explain.RoleAccess;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains who may assume which role, and what the role may do. */
@Command(
        name = "access",
        description = {
            "Explains which ServiceAccounts have which AWS permissions, and how they get them.",
            "With --as and --action it answers allowed, denied or cannot be decided, with the statement that decides."
        },
        exitCodeList = {"0:answered, whatever the answer", ExitStatus.BAD_INPUT_HELP, ExitStatus.INTERNAL_ERROR_HELP},
        footer = {
            "  eks-platform explain access stacks/shop.yaml",
            "  eks-platform explain access stacks/shop.yaml --as shop/orders --action s3:GetObject \\",
            "      --resource 'arn:aws:s3:::orders/*'"
        })
final class ExplainAccessCommand extends Subcommand {

    @Parameters(paramLabel = "FILE", description = "The environment file.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--as",
            paramLabel = "NAMESPACE/SERVICEACCOUNT",
            description = "Only the role of this ServiceAccount (default: all).")
    private @Nullable String serviceAccount;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "An action to decide on, such as s3:ListAllMyBuckets. May be repeated; requires --as.")
    private List<String> actions = new ArrayList<>();

    @Option(
            names = "--resource",
            paramLabel = "ARN",
            defaultValue = "*",
            description = "The resource of the actions (default: *, for actions without resources).")
    private String resource = "*";

    @Override
    public Integer call() {
        if (serviceAccount == null && !actions.isEmpty()) {
            throw new InvalidInputException(new Problem(
                    new Place.OnCommandLine("--action"), "given without --as", "add --as NAMESPACE/SERVICEACCOUNT"));
        }
        Environment environment = EnvironmentFiles.read(List.of(file)).get(0);
        EnvironmentFiles.warn(List.of(environment), err());
        AccessExplanation access = AccessExplanation.of(environment.resolved());
        PrintWriter out = out();
        out.print(serviceAccount == null ? access.text() : about(access, serviceAccount));
        out.flush();
        return ExitStatus.SUCCESS;
    }

    private String about(AccessExplanation access, String name) {
        ServiceAccountName account = named(access, name);
        return actions.isEmpty() ? access.text(account) : access.answers(account, actions, resource);
    }

    private static ServiceAccountName named(AccessExplanation access, String name) {
        Problems problems = new Problems();
        RoleAccess role =
                problems.collect(new Place.OnCommandLine("--as"), () -> access.of(ServiceAccountName.parse(name)));
        problems.throwIfAny();
        return Objects.requireNonNull(role).serviceAccount();
    }
}

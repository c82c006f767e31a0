package dev.eksplatform.internal.cli;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.explain.AccessExplanation;
import dev.eksplatform.internal.explain.RoleAccess;
import dev.eksplatform.problem.Place;
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
            "With --as and --action it answers allowed, denied or cannot be decided, with the statement that decides;",
            "where that depends on the resource, with the resources for which it holds."
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
            description = "The resource of the actions, or a pattern with * and ? (default: all that they can have).")
    private @Nullable String resource;

    @Option(
            names = "--context",
            paramLabel = "KEY=VALUE",
            description =
                    "A condition key of the requests, such as aws:SourceIp=203.0.113.7. May be repeated, for several"
                            + " values of a key as well (default: what the file says; all others are not known).")
    private List<String> context = new ArrayList<>();

    @Override
    public Integer call() {
        Problems problems = new Problems();
        if (serviceAccount == null && !actions.isEmpty()) {
            problems.add(
                    new Place.OnCommandLine("--action"), "given without --as", "add --as NAMESPACE/SERVICEACCOUNT");
        }
        if (actions.isEmpty() && resource != null) {
            problems.add(new Place.OnCommandLine("--resource"), "given without --action", "add --action ACTION");
        }
        if (actions.isEmpty() && !context.isEmpty()) {
            problems.add(new Place.OnCommandLine("--context"), "given without --action", "add --action ACTION");
        }
        problems.throwIfAny();
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
        return actions.isEmpty()
                ? access.text(account)
                : access.answers(account, actions, Objects.requireNonNullElse(resource, "*"), context);
    }

    private static ServiceAccountName named(AccessExplanation access, String name) {
        Problems problems = new Problems();
        RoleAccess role =
                problems.collect(new Place.OnCommandLine("--as"), () -> access.of(ServiceAccountName.parse(name)));
        problems.throwIfAny();
        return Objects.requireNonNull(role).serviceAccount();
    }
}

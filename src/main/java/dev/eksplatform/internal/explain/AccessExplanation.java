package dev.eksplatform.internal.explain;

import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.evaluation.AccessDecision;
import dev.eksplatform.iam.evaluation.AccessEvaluation;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which ServiceAccounts of an environment get which AWS permissions through what: the user's, those of add-ons and those
 * of EKS add-ons.
 *
 * <pre>{@code
 * AccessExplanation access = AccessExplanation.of(Environment.read(path).resolved());
 * access.of(ServiceAccountName.parse("default/iam-test")).decide("s3:ListAllMyBuckets", "*");
 * }</pre>
 *
 * @param roles the roles, by ServiceAccount
 */
public record AccessExplanation(List<RoleAccess> roles) {

    private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9]+");
    private static final String ANY_RESOURCE = "*";

    /** Keeps a copy. */
    public AccessExplanation {
        roles = List.copyOf(roles);
    }

    /**
     * Explains an environment.
     *
     * @param environment the environment
     * @return its roles for ServiceAccounts
     */
    public static AccessExplanation of(ResolvedEnvironment environment) {
        return new AccessExplanation(environment.identities().stream()
                .map(resolved -> RoleAccess.of(environment, resolved))
                .toList());
    }

    /**
     * The role of one ServiceAccount.
     *
     * @param name the ServiceAccount
     * @return its role
     * @throws InvalidInputException when it has none
     */
    public RoleAccess of(ServiceAccountName name) {
        return roles.stream()
                .filter(role -> role.serviceAccount().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private InvalidInputException unknown(ServiceAccountName name) {
        List<String> names =
                roles.stream().map(role -> role.serviceAccount().toString()).toList();
        return new InvalidInputException(new Problem(
                Place.InSpec.UNKNOWN,
                "the ServiceAccount " + name + " has no AWS role in this environment",
                names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names)),
                Suggestion.fix(name.toString(), names, "declare it under identities")));
    }

    /**
     * All roles in words.
     *
     * @return lines ending in line feeds
     */
    public String text() {
        if (roles.isEmpty()) {
            return "No ServiceAccount has an AWS role.\n";
        }
        return roles.stream().map(RoleAccess::text).collect(Collectors.joining("\n")) + "\n" + footer(roles);
    }

    /**
     * One role in words.
     *
     * @param name its ServiceAccount
     * @return lines ending in line feeds
     * @throws InvalidInputException when it has no role
     */
    public String text(ServiceAccountName name) {
        RoleAccess role = of(name);
        return role.text() + "\n" + footer(List.of(role));
    }

    /**
     * Decides what a ServiceAccount may do.
     *
     * @param name the ServiceAccount
     * @param actions the actions, such as {@code s3:ListAllMyBuckets}
     * @param resource the resource's ARN, or {@code *} for actions that have none
     * @return for each action the verdict with the statement that decides; lines ending in line feeds
     * @throws InvalidInputException when the ServiceAccount has no role, or for what is not an action or a resource
     */
    public String answers(ServiceAccountName name, List<String> actions, String resource) {
        Problems problems = new Problems();
        RoleAccess role = of(name);
        actions.stream()
                .filter(action -> !ACTION.matcher(action).matches())
                .forEach(action -> problems.add(
                        new Place.OnCommandLine("--action"),
                        "\"" + action + "\" is not an action",
                        "one action of a service, without wildcards",
                        "write it like s3:ListAllMyBuckets"));
        if (!resource.equals(ANY_RESOURCE)) {
            try {
                Arn.parse(resource);
            } catch (InvalidInputException e) {
                e.problems().forEach(problem -> problems.add(problem.at(new Place.OnCommandLine("--resource"))));
            }
        }
        problems.throwIfAny();
        List<String> lines = new ArrayList<>();
        add(lines, name + " as role " + role.role(), role.assume());
        actions.forEach(action -> add(lines, action + " on " + resource, role.decide(action, resource)));
        return String.join("\n", lines) + "\n\n" + footer(List.of(role));
    }

    private static void add(List<String> lines, String question, AccessDecision decision) {
        lines.add(question + ": " + decision.verdict().text());
        lines.add("  " + decision.because());
        decision.doubts().forEach(doubt -> lines.add("  not known: " + doubt));
    }

    private static String footer(List<RoleAccess> shown) {
        String footer =
                AccessEvaluation.SCOPE + "\nNot listed: the roles of the control plane, the nodes and Fargate.\n";
        return shown.stream()
                .filter(role -> role.identity().mode().usesIssuer() && !role.isIssuerKnown())
                .findFirst()
                .map(role -> footer + role.issuer().issuer()
                        + " is the issuer of the cluster's tokens, known after apply.\n")
                .orElse(footer);
    }
}

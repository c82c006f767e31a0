package dev.eksplatform.internal.explain;

import dev.eksplatform.environment.ResolvedEnvironment;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.evaluation.AccessEvaluation;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which ServiceAccounts of an environment get which AWS permissions through what: the user's, those of add-ons and those
 * of EKS add-ons.
 *
 * <pre>{@code
 * AccessExplanation access = AccessExplanation.of(Environment.read(path).resolved());
 * access.answers(ServiceAccountName.parse("default/iam-test"), List.of("s3:ListAllMyBuckets"), "*", List.of());
 * }</pre>
 *
 * @param roles the roles, by ServiceAccount
 * @param partition the partition of their account
 * @param account their account
 */
public record AccessExplanation(List<RoleAccess> roles, Partition partition, AccountId account) {

    /** Instead of {@link AccessEvaluation#SCOPE} where limits of roles are known. */
    private static final String LIMITED = "Only the policies of the role and what limits it here count: service control"
            + " policies and resource policies are not considered.";

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
        return new AccessExplanation(
                environment.identities().stream()
                        .map(resolved -> RoleAccess.of(environment, resolved))
                        .toList(),
                environment.partition(),
                environment.spec().account());
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
     * @param resource the resource's ARN or a pattern of ARNs, {@code *} for all resources of the actions
     * @param context the condition keys of the requests, {@code key=value} each
     * @return for each action the verdict with the statement that decides, then who may assume the role; lines ending in
     *     line feeds
     * @throws InvalidInputException when the ServiceAccount has no role, for an action that AWS does not have, and for a
     *     resource or a condition key that does not fit
     */
    public String answers(ServiceAccountName name, List<String> actions, String resource, List<String> context) {
        Problems problems = new Problems();
        RoleAccess role = of(name);
        ActionQuestion.Asker asker = new ActionQuestion.Asker(
                partition, account, role.identity().spec().unlisted());
        // the actions are checked whatever the resource
        String valid = ActionQuestion.isResource(resource, partition, problems) ? resource : "*";
        List<ActionQuestion> questions = actions.stream()
                .flatMap(action -> ActionQuestion.read(action, valid, asker, problems).stream())
                .toList();
        Map<String, List<String>> given = new ContextArguments(role.session(), problems).parse(context);
        problems.throwIfAny();
        Answers answers = new Answers(role, given, account, partition);
        questions.forEach(answers::add);
        return answers.text() + "\n" + footer(List.of(role));
    }

    private static String footer(List<RoleAccess> shown) {
        boolean limited = shown.stream().anyMatch(role -> !role.limits().isEmpty());
        String footer = (limited ? LIMITED : AccessEvaluation.SCOPE)
                + "\nNot listed: the roles of the control plane, the nodes and Fargate.\n";
        return shown.stream()
                .filter(role -> role.identity().mode().usesIssuer() && !role.isIssuerKnown())
                .findFirst()
                .map(role -> footer + role.cluster().issuer().get().issuer()
                        + " is the issuer of the cluster's tokens, known after apply.\n")
                .orElse(footer);
    }
}

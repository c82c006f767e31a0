package dev.eksplatform.environment;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyFindings;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ManagedPolicyCheck;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the policies of an environment's identities where they are written, in the environment file or in their own. */
final class IdentityPolicies {

    private final Positions positions;
    private final PlacedProblems errors;
    private final PlacedProblems warnings;
    private final @Nullable Partition partition;
    private final @Nullable AccountId account;

    /**
     * A check.
     *
     * @param errors collects what AWS refuses
     * @param warnings collects what is likely not meant
     * @param partition the partition of the account, {@code null} when it could not be read
     * @param account the account, {@code null} when it could not be read
     */
    IdentityPolicies(
            Positions positions,
            PlacedProblems errors,
            PlacedProblems warnings,
            @Nullable Partition partition,
            @Nullable AccountId account) {
        this.positions = positions;
        this.errors = errors;
        this.warnings = warnings;
        this.partition = partition;
        this.account = account;
    }

    void check(ResolvedEnvironment blueprint) {
        blueprint
                .spec()
                .identities()
                .forEach((name, identity) -> check(PropertyPath.of("identities").key(name.toString()), identity));
        blueprint.identities().stream()
                .filter(settled -> settled.eksAddon().isEmpty())
                .filter(settled -> !blueprint
                        .spec()
                        .identities()
                        .containsKey(settled.identity().serviceAccount()))
                .forEach(settled -> check(
                        PropertyPath.parse(settled.property()),
                        settled.identity().spec()));
    }

    private void check(PropertyPath path, IdentitySpec identity) {
        identity.policy().ifPresent(document -> {
            PolicyFindings found = document.findings(partition, identity.unlisted());
            found.errors().forEach(errors::add);
            found.warnings().forEach(warnings::add);
        });
        add(path, identity.references(), errors);
        PolicyFindings managed = ManagedPolicyCheck.findings(identity, partition, account);
        add(path, managed.errors(), errors);
        add(path, managed.warnings(), warnings);
        if (partition != null) {
            identity.role()
                    .flatMap(partition::problemWith)
                    .ifPresent(problem -> errors.add(positions.place(problem.under(path.key("role")))));
        }
    }

    private void add(PropertyPath path, List<Problem> found, PlacedProblems to) {
        found.forEach(problem -> to.add(positions.place(problem.under(path))));
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyFindings;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ManagedPolicyCheck;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    void check(ResolvedEnvironment environment) {
        Map<String, IdentitySpec> written = new TreeMap<>();
        environment
                .spec()
                .identities()
                .forEach((name, identity) -> written.put("identities[\"" + name + "\"]", identity));
        environment.identities().stream()
                .filter(ResolvedIdentity.OfAddon.class::isInstance)
                .forEach(one ->
                        written.put(one.property().toString(), one.identity().spec()));
        written.forEach(this::check);
    }

    private void check(String property, IdentitySpec identity) {
        identity.policy().ifPresent(document -> {
            PolicyFindings found = document.findings(partition, identity.unlisted());
            found.errors().forEach(errors::addPlaced);
            found.warnings().forEach(warnings::addPlaced);
        });
        add(property, identity.references(), errors);
        PolicyFindings managed = ManagedPolicyCheck.findings(identity, partition, account);
        add(property, managed.errors(), errors);
        add(property, managed.warnings(), warnings);
        if (partition != null) {
            identity.role()
                    .flatMap(partition::problemWith)
                    .ifPresent(problem -> errors.add(positions.at(property + ".role"), problem));
        }
    }

    private void add(String property, List<Problem> found, PlacedProblems to) {
        found.forEach(problem -> to.add(positions.at(property + "." + problem.where()), problem));
    }
}

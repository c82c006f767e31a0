package dev.eksplatform.environment;

import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyFindings;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ManagedPolicyCheck;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the policies of an environment's identities, and of the sessions of roles that Terraform assumes, where they are
 * written, in the environment file or in their own.
 */
final class IdentityPolicies {

    private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:role/.+");

    private final ResolvedEnvironment environment;
    private final Positions positions;
    private final PlacedProblems errors;
    private final PlacedProblems warnings;
    private final @Nullable Partition partition;
    private final @Nullable AccountId account;

    /**
     * A check.
     *
     * @param environment the environment
     * @param unreadable the parts of its file that could not be read
     * @param errors collects what AWS refuses
     * @param warnings collects what is likely not meant
     */
    IdentityPolicies(
            ResolvedEnvironment environment,
            Positions positions,
            UnreadablePaths unreadable,
            PlacedProblems errors,
            PlacedProblems warnings) {
        this.environment = environment;
        this.positions = positions;
        this.errors = errors;
        this.warnings = warnings;
        partition = unreadable.covers(PropertyPath.of("region")) ? null : environment.partition();
        account = unreadable.covers(PropertyPath.of("account"))
                ? null
                : environment.spec().account();
    }

    void check() {
        environment
                .spec()
                .identities()
                .forEach((name, identity) -> check(PropertyPath.of("identities").key(name.toString()), identity));
        environment.identities().stream()
                .filter(one -> one instanceof ResolvedIdentity.OfAddon || isOfSpec(one))
                .forEach(one -> check(
                        one.property(),
                        one.identity()
                                .spec()
                                .withRoleSettings(RoleSettings.standard())
                                .withRole(Optional.empty())));
        environment.spec().cluster().created().ifPresent(cluster -> cluster.addons()
                .forEach((name, addon) ->
                        role(PropertyPath.of("cluster", "addons", name.id(), "roleArn"), addon.roleArn())));
        environment.identities().forEach(this::passed);
        roles(environment.spec().roles());
        sessions().forEach(role -> document(role.policy(), List.of()));
    }

    /** Whether the settings of the add-on give it the identity, not one of {@code identities}. */
    private static boolean isOfSpec(ResolvedIdentity one) {
        return one instanceof ResolvedIdentity.OfEksAddon
                && one.property().toString().startsWith("cluster");
    }

    /**
     * EKS gets the role of an association and of an add-on by <a
     * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html">iam:PassRole</a>, which IAM refuses for a role
     * of another account.
     */
    private void passed(ResolvedIdentity one) {
        Identity identity = one.identity();
        boolean passes = one.eksAddon().isPresent() || identity.mode().isAssociated();
        if (account == null || !passes || !one.owner().equals(identity)) {
            return;
        }
        identity.spec()
                .role()
                .filter(arn -> ROLE.matcher(arn).matches() && !arn.contains(":" + account.digits() + ":"))
                .ifPresent(arn -> errors.add(positions.place(new Problem(
                        Place.of(one.property().key(isOfSpec(one) ? "roleArn" : "role")),
                        "\"" + arn + "\" is a role of another account than " + account.digits()
                                + ", which EKS cannot get",
                        one.eksAddon().isPresent()
                                ? "name a role of " + account.digits()
                                : "write podIdentity: {targetRoleArn: " + arn + "} instead, or set mode: irsa"))));
    }

    private void roles(RoleSettings settings) {
        PropertyPath path = PropertyPath.of("roles");
        document(settings.boundaryPolicy(), List.of());
        PolicyFindings found =
                ManagedPolicyCheck.findings(IdentitySpec.none().withRoleSettings(settings), partition, account);
        add(found.errors(), path, errors);
        add(found.warnings(), path, warnings);
    }

    /** Problems at {@code roleSettings}, which is the property itself here. */
    private void add(List<Problem> found, PropertyPath path, PlacedProblems to) {
        found.forEach(problem -> to.add(positions.place(
                problem.at(Place.of(PropertyPath.of("permissionsBoundary"))).under(path))));
    }

    private Stream<AssumeRoleSpec.Role> sessions() {
        EnvironmentSpec spec = environment.spec();
        Stream<AssumeRoleSpec> ofState =
                spec.state() instanceof StateSpec.S3 s3 ? s3.assumeRole().stream() : Stream.of();
        return Stream.concat(Stream.of(spec.assumeRole()), ofState).flatMap(roles -> roles.roles().stream());
    }

    private void check(PropertyPath path, IdentitySpec identity) {
        identity.documents().values().forEach(document -> document(Optional.of(document), identity.unlisted()));
        add(path, identity.references(), errors);
        PolicyFindings managed = ManagedPolicyCheck.findings(identity, partition, account);
        add(path, managed.errors(), errors);
        add(path, managed.warnings(), warnings);
        role(path.key("role"), identity.role());
        role(
                path.key("podIdentity").key("targetRoleArn"),
                identity.podIdentity().targetRoleArn());
    }

    private void document(Optional<InlinePolicy> policy, List<String> unlisted) {
        policy.ifPresent(document -> {
            PolicyFindings found = document.findings(partition, unlisted);
            found.errors().forEach(errors::add);
            found.warnings().forEach(warnings::add);
        });
    }

    private void role(PropertyPath path, Optional<String> arn) {
        if (partition != null) {
            arn.flatMap(partition::problemWith).ifPresent(problem -> errors.add(positions.place(problem.under(path))));
        }
    }

    private void add(PropertyPath path, List<Problem> found, PlacedProblems to) {
        found.forEach(problem -> to.add(positions.place(problem.under(path))));
    }
}

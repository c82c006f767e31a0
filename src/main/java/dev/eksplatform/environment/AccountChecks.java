package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterAuthentication;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/** Whether the roles that Terraform assumes lead into the account, and everything that needs them can assume them. */
final class AccountChecks {

    private static final PropertyPath ASSUME_ROLE = PropertyPath.of("assumeRole");
    private static final PropertyPath STATE = PropertyPath.of("state");
    private static final PropertyPath STATE_ROLE = PropertyPath.of("state", "s3", "assumeRole");
    private static final PropertyPath AUTHENTICATION = PropertyPath.of("clusterAuthentication");

    private final EnvironmentSpec spec;
    private final List<AssumeRoleSpec.Role> roles;

    private AccountChecks(EnvironmentSpec spec) {
        this.spec = spec;
        this.roles = spec.assumeRole().roles();
    }

    static void check(EnvironmentSpec spec, CrossChecks checks) {
        AccountChecks account = new AccountChecks(spec);
        account.account(checks.reading(ASSUME_ROLE, PropertyPath.of("account")));
        account.partitions(checks.reading(ASSUME_ROLE, STATE, PropertyPath.of("region")));
        account.token(checks.reading(ASSUME_ROLE, AUTHENTICATION, PropertyPath.of("cluster")));
        account.state(checks.reading(ASSUME_ROLE, STATE));
    }

    private PropertyPath path(int role) {
        return (spec.assumeRole() instanceof AssumeRoleSpec.Chain
                        ? ASSUME_ROLE.key("roles").index(role)
                        : ASSUME_ROLE)
                .key("roleArn");
    }

    /** The provider refuses every other account when it plans. */
    private void account(Problems problems) {
        int last = roles.size() - 1;
        if (last >= 0 && !roles.get(last).account().equals(spec.account().digits())) {
            problems.add(
                    path(last),
                    "a role of the account " + roles.get(last).account() + ", but account is "
                            + spec.account().digits(),
                    "use a role of " + spec.account().digits() + ", or correct account");
        }
    }

    private void partitions(Problems problems) {
        Partition partition = Partition.ofRegion(spec.region());
        for (int i = 0; i < roles.size(); i++) {
            PropertyPath path = path(i);
            partition.problemWith(roles.get(i).roleArn()).ifPresent(problem -> problems.add(problem.under(path)));
        }
        stateRoles().forEach(role -> partition
                .problemWith(role.roleArn())
                .ifPresent(problem -> problems.add(problem.under(STATE_ROLE.key("roleArn")))));
    }

    private List<AssumeRoleSpec.Role> stateRoles() {
        return spec.state() instanceof StateSpec.S3 s3
                ? s3.assumeRole().map(AssumeRoleSpec::roles).orElse(List.of())
                : List.of();
    }

    /** {@code aws eks get-token --role-arn} assumes one role, and has no option for anything else. */
    private void token(Problems problems) {
        boolean usesCli = spec.clusterAuthentication().orElse(ClusterAuthentication.TOKEN) == ClusterAuthentication.EXEC
                && spec.cluster().distribution() == Distribution.EKS;
        if (usesCli && !spec.canGetToken()) {
            problems.add(
                    AUTHENTICATION,
                    "exec, but `aws eks get-token` assumes one role by its ARN, without external ID, session name, tags and"
                            + " source identity",
                    "write token, or instead of assumeRole a profile whose role the AWS config describes");
        }
    }

    private void state(Problems problems) {
        if (roles.size() > 1 && spec.state() instanceof StateSpec.S3 s3 && s3.usesRolesOf(spec)) {
            problems.add(
                    STATE.key("s3"),
                    "the state in S3 is read with one assumed role, and assumeRole has " + roles.size(),
                    "add assumeRole here: none, or a role that the credentials of the environment can assume; or profile");
        }
    }
}

package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * The account at a private repository of charts. The password is a Terraform variable, which Terraform reads from the environment: that
 * of {@code chart_password} is {@code TF_VAR_chart_password}. For an OCI registry it is in no state; for a repository of another kind Helm's
 * provider keeps it in the state of the platform stack.
 *
 * @param username the name of the account; {@code AWS} for Amazon ECR
 * @param passwordVariable the name of the Terraform variable with the password or token
 */
@RecordBuilder
public record RepositoryCredentials(
        @Example("shop") @Limit(pattern = RepositoryCredentials.TEXT)
        String username,

        @Example("chart_password") @Limit(pattern = SensitiveValue.VARIABLE)
        String passwordVariable)
        implements RepositoryCredentialsBuilder.With {

    static final String TEXT = "^\\S+$";

    /** Checks that both are there. */
    public RepositoryCredentials {
        Components.required("username", username, "passwordVariable", passwordVariable);
        Problems problems = new Problems();
        if (!username.matches(TEXT)) {
            problems.add("username", "\"" + username + "\"", "a name without spaces", "use that of the registry");
        }
        SensitiveValue.checkVariable("passwordVariable", passwordVariable, problems);
        problems.throwIfAny();
    }

    /**
     * An account.
     *
     * @param username its name
     * @param passwordVariable the variable with its password
     * @return the credentials
     */
    @Defaults
    public static RepositoryCredentials of(String username, String passwordVariable) {
        return new RepositoryCredentials(username, passwordVariable);
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * The ARN of an IAM role or user that gets access to a cluster.
 *
 * @param value such as {@code arn:aws:iam::111122223333:role/platform-admin}
 */
@Example("arn:aws:iam::111122223333:role/developers")
public record PrincipalArn(String value) {

    private static final String PATTERN = "^arn:aws[a-z-]*:iam::\\d{12}:(role|user)/.+$";
    private static final Pattern ARN = Pattern.compile(PATTERN);

    /**
     * Reads an ARN.
     *
     * @param text the ARN of an IAM role or user
     * @return the principal
     * @throws InvalidInputException when it is not one: access entries do not support accounts, groups, wildcards and sessions
     */
    @ScalarFactory(pattern = PATTERN)
    public static PrincipalArn parse(String text) {
        if (!ARN.matcher(text).matches() || text.contains("*")) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not the ARN of an IAM role or user",
                    "arn:aws:iam::ACCOUNT:role/NAME or …:user/NAME",
                    "for an assumed role, use the role's ARN instead of the session's"));
        }
        return new PrincipalArn(text);
    }

    /**
     * The principal's own name, for readable ids.
     *
     * @return what follows the last slash
     */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}

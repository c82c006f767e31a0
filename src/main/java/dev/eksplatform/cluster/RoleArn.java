package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.regex.Pattern;

/**
 * The ARN of an IAM role that exists.
 *
 * @param value such as {@code arn:aws:iam::111122223333:role/eks-cluster}; a program may give a Terraform reference
 */
@Example("arn:aws:iam::111122223333:role/eks-cluster")
public record RoleArn(String value) implements ClusterRoleSpec, HybridNodeRoleSpec {

    static final String PATTERN = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$";
    private static final Pattern ARN = Pattern.compile(PATTERN);

    /** Checks the form, except of a reference. */
    public RoleArn {
        if (!TerraformTemplate.isOpen(value) && !ARN.matcher(value).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + value + "\" is not the ARN of an IAM role",
                    "arn:aws:iam::ACCOUNT:role/NAME",
                    "copy it from `aws iam get-role --role-name NAME --query Role.Arn`"));
        }
    }

    /**
     * Reads an ARN.
     *
     * @param text the ARN
     * @return the role
     * @throws InvalidInputException when it is not the ARN of a role
     */
    @ScalarFactory(pattern = PATTERN)
    public static RoleArn parse(String text) {
        return new RoleArn(text);
    }

    /** Checks an ARN that is a text of a spec. */
    static void check(PropertyPath where, String arn, Problems problems) {
        problems.collect(where, () -> new RoleArn(arn));
    }

    /** What follows the last slash: the name without the path. */
    static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}

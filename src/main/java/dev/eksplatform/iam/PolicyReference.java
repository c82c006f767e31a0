package dev.eksplatform.iam;

import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * An AWS managed policy by name, with its path if it has one, or any managed policy by ARN.
 *
 * @param reference such as {@code AmazonS3ReadOnlyAccess}, {@code service-role/AmazonEBSCSIDriverPolicy} or an ARN
 */
@Example("AmazonS3ReadOnlyAccess")
public record PolicyReference(String reference) {

    private static final String PATTERN =
            "^(arn:aws[a-z-]*:iam::(\\d{12}|aws):policy/)?([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]+$";
    private static final Pattern REFERENCE = Pattern.compile(PATTERN);

    /**
     * Reads a reference to a managed policy.
     *
     * @param text the name of an AWS managed policy, or an ARN
     * @return the policy
     * @throws InvalidInputException when it is neither
     */
    @ScalarFactory(pattern = PATTERN)
    public static PolicyReference parse(String text) {
        if (!REFERENCE.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not a managed policy",
                    "the name of an AWS managed policy, or a policy's ARN",
                    "write it like AmazonS3ReadOnlyAccess or arn:aws:iam::111122223333:policy/reports"));
        }
        return new PolicyReference(text);
    }

    /**
     * The policy's ARN.
     *
     * @param partition the partition of AWS's own policies, or a Terraform reference to it
     * @return the ARN it is given by, or that of AWS's policy of this name
     */
    public String arn(String partition) {
        return reference.startsWith("arn:") ? reference : Arn.text(partition, "iam", "", "aws", "policy/" + reference);
    }

    /**
     * The policy's own name.
     *
     * @return what follows the last slash
     */
    public String name() {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return reference;
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * The ARN of a KMS key that exists: a symmetric encryption key of the cluster's region. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/APIReference/API_Provider.html">Provider</a>.
 *
 * @param value such as {@code arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab}; a program may
 *     give a Terraform reference
 */
@Example("arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")
public record KmsKeyArn(String value) implements KmsKeySpec {

    private static final String PATTERN = "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-)?[0-9a-f-]{32,36}$";
    private static final Pattern ARN = Pattern.compile(PATTERN);

    /** Checks the form, except of a reference. */
    public KmsKeyArn {
        if (!TerraformTemplate.isOpen(value) && !ARN.matcher(value).matches()) {
            throw new InvalidInputException(new Problem(
                    "\"" + value + "\" is not the ARN of a KMS key",
                    "arn:aws:kms:REGION:ACCOUNT:key/ID, not that of an alias",
                    "copy it from `aws kms describe-key --key-id alias/NAME --query KeyMetadata.Arn`"));
        }
    }

    /**
     * Reads an ARN.
     *
     * @param text the ARN
     * @return the key
     * @throws InvalidInputException when it is not the ARN of a key
     */
    @ScalarFactory(pattern = PATTERN)
    public static KmsKeyArn parse(String text) {
        return new KmsKeyArn(text);
    }

    @Override
    public String toString() {
        return value;
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.regex.Pattern;

/**
 * An Amazon Machine Image of one's own: its id, or the name of a parameter of AWS Systems Manager that holds the id, which
 * Terraform reads at each plan.
 *
 * @param text such as {@code ami-0a1b2c3d4e5f60718} or {@code /images/nodes/arm64}, or a Terraform reference to an id
 */
@Example("ami-0a1b2c3d4e5f60718")
public record AmiReference(String text) {

    private static final String PATTERN = "^(ami-([0-9a-f]{8}|[0-9a-f]{17})|/[A-Za-z0-9_./-]{1,1010}[A-Za-z0-9_.-])$";
    private static final Pattern FORM = Pattern.compile(PATTERN);

    /** Checks the form. */
    public AmiReference {
        if (!FORM.matcher(text).matches() && !TerraformTemplate.isOpen(text)) {
            throw new InvalidInputException(new Problem(
                    "\"" + text + "\" is not an AMI",
                    "an id such as ami-0a1b2c3d4e5f60718, or the name of a parameter of Systems Manager that begins with /",
                    "look it up with `aws ec2 describe-images --owners self`"));
        }
    }

    /**
     * Reads an AMI.
     *
     * @param text such as {@code ami-0a1b2c3d4e5f60718} or {@code /images/nodes/arm64}
     * @return the AMI
     * @throws InvalidInputException when it is neither an id nor the name of a parameter
     */
    @ScalarFactory(pattern = PATTERN)
    public static AmiReference parse(String text) {
        return new AmiReference(text);
    }

    boolean isParameter() {
        return text.startsWith("/");
    }

    @Override
    public String toString() {
        return text;
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.regex.Pattern;

/** The ARN of an IAM role that exists. */
final class RoleArn {

    static final String PATTERN = "^arn:aws[a-z-]*:iam::\\d{12}:role/.+$";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private RoleArn() {}

    static void check(PropertyPath where, String arn, Problems problems) {
        if (!TerraformTemplate.isOpen(arn)) {
            problems.match(
                    where,
                    arn,
                    FORM,
                    "the ARN of an IAM role",
                    "arn:aws:iam::ACCOUNT:role/NAME",
                    "copy it from `aws iam get-role --role-name NAME`");
        }
    }

    /** What follows the last slash: the name without the path. */
    static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}

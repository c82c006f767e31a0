package dev.eksplatform.cluster;

import dev.eksplatform.iam.document.TerraformTemplate;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.regex.Pattern;

/**
 * The id or ARN of something that exists already.
 *
 * @param form its form
 * @param what what it is, with an article
 * @param allowed its form in words
 * @param fix where to find it
 */
record GivenId(Pattern form, String what, String allowed, String fix) {

    static final String KMS_KEY_PATTERN =
            "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)$";

    static final String SNAPSHOT_PATTERN = "^snap-[0-9a-f]{8,17}$";

    static final String SECURITY_GROUP_PATTERN = "^sg-[0-9a-f]{8,17}$";

    static final String RESERVATION_PATTERN = "^cr-[0-9a-f]{8,17}$";

    static final String RESOURCE_GROUP_PATTERN = "^arn:aws[a-z-]*:resource-groups:[a-z0-9-]+:[0-9]{12}:group/.+$";

    static final String ROLE_PATTERN = "^arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]+/)*[A-Za-z0-9+=,.@_-]{1,64}$";

    static final String LICENSE_PATTERN =
            "^arn:aws[a-z-]*:license-manager:[a-z0-9-]+:[0-9]{12}:license-configuration[:/]lic-[0-9a-f]+$";

    static final GivenId KMS_KEY = new GivenId(
            Pattern.compile(KMS_KEY_PATTERN),
            "the ARN of a KMS key",
            "arn:aws:kms:REGION:ACCOUNT:key/ID, or alias/NAME",
            "copy it from `aws kms describe-key`");

    static final GivenId SNAPSHOT = new GivenId(
            Pattern.compile(SNAPSHOT_PATTERN),
            "a snapshot id",
            "snap- and 8 to 17 hex digits",
            "copy it from `aws ec2 describe-snapshots`");

    static final GivenId SECURITY_GROUP = new GivenId(
            Pattern.compile(SECURITY_GROUP_PATTERN),
            "a security group id",
            "sg- and 8 to 17 hex digits",
            "copy it from `aws ec2 describe-security-groups`");

    static final GivenId RESERVATION = new GivenId(
            Pattern.compile(RESERVATION_PATTERN),
            "a capacity reservation id",
            "cr- and 8 to 17 hex digits",
            "copy it from `aws ec2 describe-capacity-reservations`");

    static final GivenId RESOURCE_GROUP = new GivenId(
            Pattern.compile(RESOURCE_GROUP_PATTERN),
            "the ARN of a resource group",
            "arn:aws:resource-groups:REGION:ACCOUNT:group/NAME",
            "copy it from `aws resource-groups list-groups`");

    static final GivenId ROLE = new GivenId(
            Pattern.compile(ROLE_PATTERN),
            "the ARN of an IAM role",
            "arn:aws:iam::ACCOUNT:role/NAME",
            "copy it from `aws iam get-role`");

    static final GivenId LICENSE = new GivenId(
            Pattern.compile(LICENSE_PATTERN),
            "the ARN of a license configuration",
            "arn:aws:license-manager:REGION:ACCOUNT:license-configuration:lic-ID",
            "copy it from `aws license-manager list-license-configurations`");

    /**
     * Checks ids, either those that are known or those that Terraform has yet to evaluate: programs may refer to resources,
     * files cannot.
     *
     * @param problems collects what is wrong
     * @param open whether to check those that are not known
     */
    record Check(Problems problems, boolean open) {

        void check(PropertyPath where, String text, GivenId kind) {
            if (TerraformTemplate.isOpen(text) == open) {
                problems.match(where, text, kind.form, kind.what, kind.allowed, kind.fix);
            }
        }
    }
}

package dev.eksplatform.iam.document;

import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.Region;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the ARN patterns of {@code Resource} and {@code NotResource}.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARN format, incomplete ARNs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html">Invalid ARN
 *     account, prefix, Region, resource, service case; ARN Region not allowed, ARN account not allowed</a>
 */
final class ResourceCheck {

    private static final String S3_HAS_NEITHER = "the ARN of a bucket or object has neither region nor account";
    private static final Pattern REGION = Pattern.compile(Region.PATTERN);

    /** Resources of S3 that have a region or an account; buckets and objects have neither. */
    private static final Pattern OF_S3_ACCOUNT =
            Pattern.compile("[*$].*|(accesspoint|job|storage-lens|storage-lens-group|async-request|access-grants)/.*");

    private static final Pattern OF_IAM =
            Pattern.compile("[*?$].*|root|(access-report|assumed-role|delegation-request|federated-user|group"
                    + "|instance-profile|mfa|oidc-provider|policy|report|role|saml-provider|server-certificate|sms-mfa"
                    + "|u2f|user)([/*?].*)?");

    private final @Nullable Partition partition;
    private final Problems errors;
    private final Problems warnings;

    /**
     * A check.
     *
     * @param partition the partition of the account, {@code null} when it is not known
     * @param errors collects what IAM refuses or can never match
     * @param warnings collects what is likely not meant
     */
    ResourceCheck(@Nullable Partition partition, Problems errors, Problems warnings) {
        this.partition = partition;
        this.errors = errors;
        this.warnings = warnings;
    }

    /**
     * Checks a pattern.
     *
     * @param resource the pattern
     * @param service the service of the statement's actions, for a suggestion; empty when there is none or more
     */
    void check(LocatedJson.Text resource, Optional<String> service) {
        String text = resource.value();
        String[] field = VariableCheck.masked(text).split(":", 6);
        if (text.equals("*")) {
            return;
        }
        if (field.length < 3 || !field[0].equals("arn")) {
            errors.add(resource.place(), "\"" + text + "\" is not an ARN", "an ARN or \"*\"", arnFor(text, service));
        } else if (isPartition(resource, field[1]) && isService(resource, field[2])) {
            if (field.length < 6) {
                incomplete(resource, field);
            } else {
                complete(resource, field);
            }
        }
    }

    private String arnFor(String text, Optional<String> service) {
        String prefix = "arn:" + (partition == null ? "aws" : partition.id()) + ":";
        if (text.toLowerCase(Locale.ROOT).startsWith("arn:")) {
            return text.startsWith("arn:")
                    ? "write all six fields: " + prefix + "service:region:account:resource"
                    : "write arn in lower case";
        } else if (text.startsWith("aws:") || text.startsWith("aws-")) {
            return Suggestion.didYouMean("arn:" + text);
        } else if (service.equals(Optional.of("s3")) && text.matches("[a-z0-9.*?/-]+")) {
            return Suggestion.didYouMean(prefix + "s3:::" + text);
        }
        return "write " + prefix + service.orElse("service") + ":region:account:"
                + (text.contains(":") ? "resource" : text);
    }

    private boolean isPartition(LocatedJson.Text resource, String id) {
        if (id.equals("*")) {
            return true;
        }
        List<String> ids = Arrays.stream(Partition.values()).map(Partition::id).toList();
        if (!ids.contains(id)) {
            errors.add(
                    resource.place(),
                    "\"" + id + "\" in \"" + resource.value() + "\" is not a partition",
                    String.join(", ", ids),
                    Suggestion.didYouMean(
                            Suggestion.nearest(id, ids).orElse(partition == null ? "aws" : partition.id())));
            return false;
        }
        Optional<Problem> foreign = partition == null ? Optional.empty() : partition.problemWith(resource.value());
        foreign.ifPresent(problem -> errors.add(problem.at(resource.place())));
        return foreign.isEmpty();
    }

    private boolean isService(LocatedJson.Text resource, String service) {
        if (!service.matches("[a-z0-9-]+")) {
            errors.add(
                    resource.place(),
                    service.isEmpty()
                            ? "\"" + resource.value() + "\" has no service"
                            : "\"" + service + "\" in \"" + resource.value() + "\" is not a service",
                    "a service in lower case letters, without wildcards and variables, such as s3",
                    service.matches("[A-Za-z0-9-]+")
                            ? "write " + service.toLowerCase(Locale.ROOT)
                            : "name the service, or write \"*\" for the whole resource");
            return false;
        }
        return true;
    }

    /** AWS completes an ARN with {@code *} in all missing fields; a {@code *} at the end says as much. */
    private void incomplete(LocatedJson.Text resource, String[] field) {
        if (!field[field.length - 1].endsWith("*")) {
            warnings.add(
                    resource.place(),
                    "\"" + resource.value() + "\" has " + field.length
                            + " of the six fields of an ARN: AWS fills the missing ones with *",
                    "write all six, such as " + resource.value().replaceFirst(":+$", "")
                            + ":*"
                                    .repeat(6
                                            - resource.value()
                                                    .replaceFirst(":+$", "")
                                                    .split(":", -1)
                                                    .length));
        }
    }

    private void complete(LocatedJson.Text resource, String[] field) {
        for (String one : List.of(field[3], field[4])) {
            if (one.contains("$")) {
                warnings.add(
                        resource.place(),
                        "a policy variable before the fifth colon of \"" + resource.value() + "\": it matches nothing",
                        "write the region or account, or *");
                return;
            }
        }
        region(resource, field);
        account(resource, field);
        if (field[5].isEmpty()) {
            errors.add(
                    resource.place(),
                    "\"" + resource.value() + "\" has no resource",
                    "name the resource, or write " + resource.value() + "*");
        } else if (field[2].equals("iam") && !OF_IAM.matcher(field[5]).matches()) {
            errors.add(
                    resource.place(),
                    "\"" + field[5] + "\" in \"" + resource.value() + "\" is not a resource of IAM",
                    "role/…, policy/…, user/…, group/…, instance-profile/…, oidc-provider/… and the like",
                    Suggestion.didYouMean("role/" + field[5]));
        }
    }

    private void region(LocatedJson.Text resource, String[] field) {
        String region = field[3];
        boolean global = field[2].equals("iam")
                || (field[2].equals("s3") && !OF_S3_ACCOUNT.matcher(field[5]).matches());
        if (global && !region.isEmpty()) {
            (region.contains("*") ? warnings : errors)
                    .add(
                            resource.place(),
                            "\"" + resource.value() + "\" has a region: "
                                    + (field[2].equals("iam") ? "IAM is global" : S3_HAS_NEITHER),
                            "write " + prefix(field) + "::" + (field[2].equals("iam") ? field[4] : "") + ":"
                                    + field[5]);
        } else if (!region.isEmpty()
                && !region.equals("global")
                && !region.contains("*")
                && !region.contains("?")
                && !REGION.matcher(region).matches()) {
            errors.add(
                    resource.place(),
                    "\"" + region + "\" in \"" + resource.value() + "\" is not a region",
                    "a region's code such as eu-central-1, or *",
                    region.matches("[a-z]{2,4}(-[a-z]+)+-[0-9]+[a-z]")
                            ? "write the region, not one of its zones"
                            : "write arn:partition:service:region:account:resource in this order");
        }
    }

    private void account(LocatedJson.Text resource, String[] field) {
        String account = field[4];
        if (account.matches("[0-9-]+") && !AccountId.isAccountId(account)) {
            errors.add(
                    resource.place(),
                    "\"" + account + "\" in \"" + resource.value() + "\" is not an account id",
                    "12 digits, or *",
                    "write the 12 digits without hyphens");
        } else if (field[2].equals("s3")
                && field[3].isEmpty()
                && AccountId.isAccountId(account)
                && !OF_S3_ACCOUNT.matcher(field[5]).matches()) {
            errors.add(
                    resource.place(),
                    "\"" + resource.value() + "\" has an account: " + S3_HAS_NEITHER,
                    "write " + prefix(field) + ":::" + field[5]);
        }
    }

    private static String prefix(String[] field) {
        return String.join(":", field[0], field[1], field[2]);
    }
}

package dev.eksplatform.iam;

import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;

/**
 * The ARN of one resource, all of it known: neither a pattern nor a Terraform reference.
 *
 * @param partition the partition
 * @param service the service, such as {@code iam}
 * @param region the region, empty for a global resource
 * @param account the account id ({@code aws} for AWS managed policies), empty where the service has none
 * @param resource the rest, such as {@code role/shop-orders}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARN format</a>
 */
public record Arn(Partition partition, String service, String region, String account, String resource) {

    /**
     * Parses an ARN.
     *
     * @param text such as {@code arn:aws:iam::111122223333:role/shop-orders}
     * @return the ARN
     * @throws InvalidInputException when the text is not an ARN or names an unknown partition
     */
    @ScalarFactory(pattern = "^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}|aws)?:.+$")
    public static Arn parse(String text) {
        String[] part = text.split(":", 6);
        boolean wellFormed = part.length == 6
                && part[0].equals("arn")
                && part[2].matches("[a-z0-9-]+")
                && part[3].matches("[a-z0-9-]*")
                && (part[4].isEmpty() || part[4].equals("aws") || AccountId.isAccountId(part[4]))
                && !part[5].isEmpty();
        if (!wellFormed) {
            throw new InvalidInputException(new Problem(
                    "",
                    "\"" + text + "\" is not an ARN",
                    "arn:<partition>:<service>:<region>:<account>:<resource>",
                    "copy the whole ARN, such as arn:aws:iam::111122223333:role/name"));
        }
        return new Arn(Partition.parse(part[1]), part[2], part[3], part[4], part[5]);
    }

    /** The ARN as AWS writes it. */
    @Override
    public String toString() {
        return text(partition.id(), service, region, account, resource);
    }

    /**
     * The text of an ARN of which parts may be Terraform references.
     *
     * @param partition the partition
     * @param service the service
     * @param region the region, empty for a global resource
     * @param account the account, empty where the service has none
     * @param resource the rest
     * @return {@code arn:<partition>:<service>:<region>:<account>:<resource>}
     */
    public static String text(String partition, String service, String region, String account, String resource) {
        return String.join(":", "arn", partition, service, region, account, resource);
    }
}

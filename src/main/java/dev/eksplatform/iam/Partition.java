package dev.eksplatform.iam;

import dev.eksplatform.internal.yaml.ScalarFactory;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A partition: a group of regions with IAM of its own, whose name is the second part of every ARN.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Partitions in ARNs</a>
 * @see <a href="https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json">Regions and DNS suffixes</a>
 */
public enum Partition {
    /** The commercial regions. */
    AWS("aws", "amazonaws.com", "(us|eu|ap|sa|ca|me|af|il|mx)-\\w+-\\d+"),
    /** China. */
    AWS_CN("aws-cn", "amazonaws.com.cn", "cn-\\w+-\\d+"),
    /** AWS GovCloud (US). */
    AWS_US_GOV("aws-us-gov", "amazonaws.com", "us-gov-\\w+-\\d+"),
    /** The European Sovereign Cloud. */
    AWS_EUSC("aws-eusc", "amazonaws.eu", "eusc-\\w+-\\w+-\\d+"),
    /** US Top Secret. */
    AWS_ISO("aws-iso", "c2s.ic.gov", "us-iso-\\w+-\\d+"),
    /** US Secret. */
    AWS_ISO_B("aws-iso-b", "sc2s.sgov.gov", "us-isob-\\w+-\\d+"),
    /** Isolated regions in Europe. */
    AWS_ISO_E("aws-iso-e", "cloud.adc-e.uk", "eu-isoe-\\w+-\\d+"),
    /** Isolated regions in the US, south and east. */
    AWS_ISO_F("aws-iso-f", "csp.hci.ic.gov", "us-isof-\\w+-\\d+");

    private final String id;
    private final String dnsSuffix;
    private final Pattern regions;

    Partition(String id, String dnsSuffix, String regions) {
        this.id = id;
        this.dnsSuffix = dnsSuffix;
        this.regions = Pattern.compile(regions);
    }

    /**
     * The partition by its name in ARNs.
     *
     * @param text such as {@code aws-cn}
     * @return the partition
     * @throws InvalidInputException for an unknown one
     */
    @ScalarFactory(pattern = "^aws(-[a-z]+)*$")
    public static Partition parse(String text) {
        for (Partition partition : values()) {
            if (partition.id.equals(text)) {
                return partition;
            }
        }
        List<String> ids = Arrays.stream(values()).map(Partition::id).toList();
        throw new InvalidInputException(new Problem(
                "\"" + text + "\" is not a partition",
                String.join(", ", ids),
                Suggestion.fix(text, ids, "use aws for the commercial regions")));
    }

    /**
     * What is wrong with an ARN in an account of this partition: each account is in one.
     *
     * @param arn a text
     * @return a problem without a place, when it is an ARN of another partition
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">ARNs</a>
     */
    public Optional<Problem> problemWith(String arn) {
        String[] part = arn.split(":", 3);
        return part.length < 3 || !part[0].equals("arn") || part[1].equals(id)
                ? Optional.empty()
                : Optional.of(new Problem(
                        Place.InSpec.UNKNOWN,
                        "\"" + arn + "\" is in the partition " + part[1] + ", the account in " + id,
                        "write arn:" + id + ":" + part[2]));
    }

    /** Whether a text has the form of a region in one of the partitions. */
    static boolean hasFormOfRegion(String text) {
        for (Partition partition : values()) {
            if (partition.regions.matcher(text).matches()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The partition that a region belongs to.
     *
     * @param region such as {@code cn-north-1}
     * @return the partition
     * @throws InvalidInputException when the text has the form of no partition's regions
     */
    public static Partition ofRegion(String region) {
        for (Partition partition : values()) {
            if (partition.regions.matcher(region).matches()) {
                return partition;
            }
        }
        throw new InvalidInputException(new Problem(
                "\"" + region + "\" is not the name of a region",
                "area, direction and number, such as eu-central-1, cn-north-1 or us-gov-west-1",
                "write the region's code, not its display name or a zone"));
    }

    /**
     * The partition's name in ARNs.
     *
     * @return such as {@code aws-us-gov}
     */
    public String id() {
        return id;
    }

    /**
     * The end of the partition's endpoint names.
     *
     * @return such as {@code amazonaws.com.cn}
     */
    public String dnsSuffix() {
        return dnsSuffix;
    }

    /**
     * A service's principal in trust and key policies: {@code <service>.amazonaws.com} in all partitions for nearly every
     * service. EC2 and CloudWatch Logs have the partition's DNS suffix in China and in the two oldest isolated partitions.
     *
     * @param service the service's name, such as {@code ec2}, {@code eks} or {@code pods.eks}
     * @return the principal
     * @see <a href="https://docs.amazonaws.cn/en_us/eks/latest/userguide/create-node-role.html">EKS node role in China</a>
     * @see <a
     *     href="https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/meta/service_principal_data_source.go">aws_service_principal
     *     (CloudWatch Logs)</a>
     * @see <a
     *     href="https://github.com/eksctl-io/eksctl/blob/main/pkg/apis/eksctl.io/v1alpha5/partitions.go">Principals by
     *     partition in eksctl (EC2)</a>
     */
    public String servicePrincipal(String service) {
        boolean ownSuffix = (service.equals("ec2") || service.equals("logs"))
                && (this == AWS_CN || this == AWS_ISO || this == AWS_ISO_B);
        return service + "." + (ownSuffix ? dnsSuffix : "amazonaws.com");
    }

    /** The name in ARNs. */
    @Override
    public String toString() {
        return id;
    }
}

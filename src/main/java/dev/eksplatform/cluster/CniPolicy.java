package dev.eksplatform.cluster;

import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import org.apiguardian.api.API;

/**
 * What the VPC CNI may do in AWS. There is a managed policy for IPv4 clusters only. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html#cni-iam-role-create-ipv6-policy">IAM policy for
 * clusters that use IPv6</a>.
 */
@API(status = API.Status.INTERNAL)
public final class CniPolicy {

    /** The AWS managed policy for IPv4 clusters. */
    static final String MANAGED = "AmazonEKS_CNI_Policy";

    private CniPolicy() {}

    /**
     * The policy for IPv6 clusters: that of the source, but for interfaces of the own account and region only.
     *
     * @param partition the partition
     * @param region the region
     * @param account the id of the account
     * @return the document
     */
    public static PolicyDocument ipv6(String partition, String region, String account) {
        String interfaces = Arn.text(partition, "ec2", region, account, "network-interface/*");
        return PolicyDocument.of(
                Statement.allow(
                                "ec2:DescribeInstances",
                                "ec2:DescribeTags",
                                "ec2:DescribeNetworkInterfaces",
                                "ec2:DescribeInstanceTypes")
                        .withSid("Describe")
                        .on("*"),
                Statement.allow("ec2:AssignIpv6Addresses", "ec2:CreateTags")
                        .withSid("NetworkInterfaces")
                        .on(interfaces));
    }
}

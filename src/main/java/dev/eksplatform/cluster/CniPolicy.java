package dev.eksplatform.cluster;

import dev.eksplatform.construct.Account;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;

/**
 * What the VPC CNI may do in AWS. There is a managed policy for IPv4 clusters only. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html#cni-iam-role-create-ipv6-policy">IAM policy for
 * clusters that use IPv6</a>.
 */
final class CniPolicy {

    /** The AWS managed policy for IPv4 clusters. */
    static final String MANAGED = "AmazonEKS_CNI_Policy";

    private CniPolicy() {}

    /** The policy for IPv6 clusters: that of the source, but for interfaces of the own account and region only. */
    static PolicyDocument ipv6(Account account) {
        String interfaces = Arn.text(account.partition(), "ec2", account.region(), account.id(), "network-interface/*");
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

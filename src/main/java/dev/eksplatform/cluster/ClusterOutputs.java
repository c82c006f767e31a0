package dev.eksplatform.cluster;

import com.hashicorp.cdktf.providers.aws.eks_cluster.EksCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ids and ARNs of a cluster for other configurations. */
final class ClusterOutputs {

    private ClusterOutputs() {}

    static List<ClusterOutput> of(
            EksCluster cluster,
            String name,
            Optional<String> nodeSecurityGroupId,
            String roleArn,
            String keyArn,
            String serviceCidr,
            Optional<OidcProvider> oidcProvider) {
        List<ClusterOutput> outputs = new ArrayList<>();
        outputs.add(new ClusterOutput("cluster_arn", "ARN of the cluster", cluster.getArn()));
        outputs.add(new ClusterOutput(
                "cluster_security_group_id",
                "ID of the cluster security group, which EKS creates",
                cluster.getVpcConfig().getClusterSecurityGroupId()));
        nodeSecurityGroupId.ifPresent(id ->
                outputs.add(new ClusterOutput("node_security_group_id", "ID of the security group of the nodes", id)));
        outputs.add(new ClusterOutput("cluster_role_arn", "ARN of the IAM role of the control plane", roleArn));
        outputs.add(new ClusterOutput("kms_key_arn", "ARN of the KMS key of Secrets and control plane logs", keyArn));
        outputs.add(new ClusterOutput(
                "log_group_name", "Name of the log group of the control plane", "/aws/eks/" + name + "/cluster"));
        outputs.add(new ClusterOutput("service_cidr", "Block of Services", serviceCidr));
        oidcProvider.ifPresent(provider -> outputs.add(
                new ClusterOutput("oidc_provider_arn", "ARN of the IAM OIDC provider of the issuer", provider.arn())));
        return outputs;
    }
}

package dev.eksplatform.stack;

import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformOutputConfig;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ClusterCredentials;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.network.ClusterNetwork;
import java.util.Map;

/** The Terraform outputs of an infrastructure stack, for people and for other configurations. */
final class InfrastructureOutputs {

    private final TerraformStack stack;

    InfrastructureOutputs(TerraformStack stack) {
        this.stack = stack;
    }

    void cluster(KubernetesCluster cluster, String region, ClusterCredentials credentials) {
        add("cluster_name", "Name of the cluster", cluster.nameReference());
        add("oidc_issuer_url", "URL of the issuer of ServiceAccount tokens", cluster.issuerUrl());
        cluster.apiServer().ifPresent(apiServer -> {
            add("cluster_endpoint", "URL of the Kubernetes API server", apiServer.endpoint());
            add(
                    "cluster_certificate_authority_data",
                    "Certificate authority of the Kubernetes API server, PEM in base64",
                    apiServer.certificateAuthorityData());
            add(
                    "update_kubeconfig_command",
                    "Command that adds the cluster to a kubeconfig file",
                    "aws eks update-kubeconfig --region " + region + " --name " + cluster.name()
                            + TerraformText.escape(credentials.kubeconfigOptions()));
        });
    }

    void network(ClusterNetwork network) {
        add("vpc_id", "ID of the VPC", network.vpcId());
        add("public_subnet_ids", "IDs of the public subnets", network.publicSubnetIds());
        add("private_subnet_ids", "IDs of the private subnets", network.privateSubnetIds());
    }

    /** ARNs by {@code namespace/name} of the ServiceAccount. */
    void roles(Map<String, String> arns) {
        if (!arns.isEmpty()) {
            add("role_arns", "ARNs of the IAM roles, by namespace/name of the ServiceAccount", arns);
        }
    }

    private void add(String name, String description, Object value) {
        new TerraformOutput(
                        stack,
                        "output-" + name,
                        TerraformOutputConfig.builder()
                                .description(description)
                                .value(value)
                                .build())
                .overrideLogicalId(name);
    }
}

package dev.eksplatform.stack;

import com.hashicorp.cdktf.TerraformOutput;
import com.hashicorp.cdktf.TerraformOutputConfig;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import dev.eksplatform.cluster.ClusterCredentials;
import dev.eksplatform.cluster.ClusterOutput;
import dev.eksplatform.cluster.KubernetesCluster;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.network.ClusterNetwork;
import dev.eksplatform.network.Network;
import dev.eksplatform.network.SubnetKind;
import java.util.List;
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

    void add(ClusterOutput output) {
        add(output.name(), output.description(), output.value());
    }

    /** ARNs by name of the node group or Fargate profile. */
    void computeRoles(Map<String, String> nodeGroups, Map<String, String> fargate) {
        if (!nodeGroups.isEmpty()) {
            add("node_role_arns", "ARNs of the IAM roles of nodes, by node group", nodeGroups);
        }
        if (!fargate.isEmpty()) {
            add("fargate_role_arns", "ARNs of the IAM roles of pods on Fargate, by profile", fargate);
        }
    }

    void network(ClusterNetwork network) {
        add("vpc_id", "ID of the VPC", network.vpcId());
        add("public_subnet_ids", "IDs of the public subnets", network.publicSubnetIds());
        add("private_subnet_ids", "IDs of the private subnets", network.privateSubnetIds());
        if (network instanceof Network created) {
            subnets("intra_subnet_ids", "IDs of the subnets without a route out of the VPC", created, SubnetKind.INTRA);
            subnets("pod_subnet_ids", "IDs of the subnets of pods", created, SubnetKind.PODS);
        }
    }

    private void subnets(String name, String description, Network network, SubnetKind kind) {
        List<String> ids = network.subnets(kind).stream().map(Subnet::getId).toList();
        if (!ids.isEmpty()) {
            add(name, description, ids);
        }
    }

    /** ARNs by {@code namespace/name} of the ServiceAccount. */
    void roles(Map<String, String> arns) {
        if (!arns.isEmpty()) {
            add("role_arns", "ARNs of the IAM roles, by namespace/name of the ServiceAccount", arns);
        }
    }

    /** Terraform references by {@code namespace/name} of the ServiceAccount. */
    void externalIds(Map<String, String> ids) {
        if (!ids.isEmpty()) {
            add(
                    "pod_identity_external_ids",
                    "External IDs that target roles must ask for, by namespace/name of the ServiceAccount",
                    ids);
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

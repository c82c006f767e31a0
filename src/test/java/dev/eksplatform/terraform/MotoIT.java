package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The account that moto and the proxy play remembers what a cluster and its parts were made with and changed to, also those that no shipped
 * environment has: what Terraform makes there it finds again, and takes away. {@link InfrastructureDeploymentIT} shows the rest.
 */
@RequiresPrograms
class MotoIT {

    private static final String REGION = "eu-central-1";
    private static final Path STACK = Path.of("src/test/resources/terraform/cdk.tf.json");
    private static Moto aws;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void start() {
        aws = Moto.start("111122223333");
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void clustersAndTheirPartsAreMadeChangedAndTakenAwayAgainWithoutDrift() throws IOException {
        SortedSet<String> before = aws.inventory(REGION);
        TerraformRunner terraform = TerraformRunner.of("moto", STACK, aws);
        terraform.init();
        terraform.apply();
        assertThat(terraform.output("account").asText()).isEqualTo("111122223333");
        assertThat(terraform.output("issuer").asText())
                .startsWith("https://oidc.eks.eu-central-1.amazonaws.com/id/")
                .isNotEqualTo(terraform.output("second_issuer").asText());
        assertThat(terraform.state()).contains("aws_eks_addon.vpc-cni", "aws_eks_node_group.general");
        assertThat(aws.inventory(REGION))
                .contains("eks shop", "eks second", "iam arn:aws:iam::111122223333:role/shop-nodes");

        terraform.replaceStack(changed(STACK));
        terraform.apply();
        assertThat(terraform.planDetailed()).isEmpty();
        JsonNode association = terraform.showJson().at("/prior_state/values/root_module/resources");
        assertThat(association.findValuesAsText("user_name")).contains("admin");

        terraform.destroy();
        assertThat(aws.inventory(REGION)).isEqualTo(before);
    }

    /** The stack with other tags on everything and a change of each thing that EKS changes in place. */
    private Path changed(Path stack) throws IOException {
        ObjectNode root = (ObjectNode) TestJson.read(stack);
        set(root, "/provider/aws/0/default_tags/0/tags", "team", "invoices");
        set(root, "/resource/aws_eks_node_group/general/labels", "pool", "spare");
        set(root, "/resource/aws_eks_node_group/general/taint/0", "key", "reserved");
        set(root, "/resource/aws_eks_node_group/general/scaling_config/0", "max_size", "9");
        set(root, "/resource/aws_eks_addon/vpc-cni", "configuration_values", "{}");
        set(root, "/resource/aws_eks_access_entry/admin", "user_name", "admin");
        set(root, "/resource/aws_eks_cluster/cluster/vpc_config/0", "endpoint_private_access", "false");
        set(root, "/resource/aws_eks_pod_identity_association/orders", "role_arn", "${aws_iam_role.invoices.arn}");
        set(root, "/resource/aws_vpc_security_group_ingress_rule/cluster_api", "description", "Nodes & no other");
        return Files.writeString(temporary.resolve("cdk.tf.json"), root.toPrettyString());
    }

    private static void set(ObjectNode root, String at, String property, String value) {
        ((ObjectNode) root.at(at)).put(property, value);
    }
}

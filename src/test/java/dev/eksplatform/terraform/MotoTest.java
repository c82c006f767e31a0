package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The account that moto and the proxy play is good enough for a whole cluster: what Terraform makes there it finds again, and takes away. */
@RequiresPrograms
class MotoTest {

    private static final String REGION = "eu-central-1";
    private static Moto aws;

    @BeforeAll
    static void start() {
        aws = Moto.start("111122223333");
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void aWholeClusterIsMadePlannedWithoutChangeAndTakenAwayAgain() {
        SortedSet<String> before = aws.inventory(REGION);
        TerraformRunner terraform =
                TerraformRunner.of("moto-test", Path.of("src/test/resources/terraform/cdk.tf.json"), aws);
        terraform.init();
        terraform.validate();
        terraform.apply();

        assertThat(terraform.planDetailed()).isEmpty();
        JsonNode plan = terraform.showJson();
        assertThat(plan.path("terraform_version").asText()).isNotEmpty();
        assertThat(terraform.output("account").asText()).isEqualTo("111122223333");
        assertThat(terraform.output("issuer").asText())
                .startsWith("https://oidc.eks.eu-central-1.amazonaws.com/id/")
                .isNotEqualTo(terraform.output("second_issuer").asText());
        assertThat(terraform.state()).contains("aws_eks_addon.vpc-cni", "aws_eks_node_group.general");
        assertThat(aws.inventory(REGION))
                .contains("eks shop", "eks second", "iam arn:aws:iam::111122223333:role/shop-nodes");

        terraform.destroy();
        assertThat(aws.inventory(REGION)).isEqualTo(before);
    }
}

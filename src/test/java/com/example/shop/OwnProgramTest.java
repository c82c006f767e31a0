package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program of somebody else's makes is known by its line. */
class OwnProgramTest {

    private static final String FILE = "src/test/java/com/example/shop/OwnProgram.java";

    @TempDir
    Path output;

    private Map<String, String> sources(String stack) {
        return TestJson.texts(output.resolve("stacks/" + stack + "/sources.json"));
    }

    @Test
    void aResourceIsKnownByTheLineOfItsConstruct() throws IOException {
        OwnProgram.constructs(output);

        Map<String, String> sources = sources("shop");
        assertThat(sources).containsEntry("aws_vpc.network_vpc_4E8F0223", FILE + ":34:1");
        assertThat(sources).containsEntry("aws_eks_cluster.cluster_A4C38409", FILE + ":35:1");
        assertThat(sources.keySet())
                .as("what is no construct of eks-platform has no line")
                .noneMatch(address -> address.contains("orders"));
    }

    /** CDKTF's own local backend has an absolute path. */
    @Test
    void theOutputHasNoAbsolutePath() throws IOException {
        OwnProgram.constructs(output);

        String configuration = Files.readString(output.resolve("stacks/shop/cdk.tf.json"));
        assertThat(TestJson.parse(configuration)
                        .at("/terraform/backend/local/path")
                        .asText())
                .isEqualTo("../../../terraform.shop.tfstate");
        assertThat(configuration)
                .doesNotContain(output.toString(), Path.of("").toAbsolutePath().toString());
    }

    @Test
    void whatComesFromAnEnvironmentFileIsKnownByThatAndWhatIsAddedByItsLine() throws IOException {
        OwnProgram.environment(Path.of("stacks/ingress.yaml"), output);

        Map<String, String> sources = sources("ingress-infrastructure");
        assertThat(sources).containsEntry("aws_eks_cluster.cluster_A4C38409", "stacks/ingress.yaml:13:3 cluster");
        assertThat(sources.entrySet())
                .filteredOn(entry -> entry.getKey().startsWith("aws_iam_role.orders_"))
                .extracting(Map.Entry::getValue)
                .containsExactly(FILE + ":47:1");
    }
}

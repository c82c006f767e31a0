package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.StateSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.identity.BucketName;
import dev.eksplatform.testing.StackAssertions;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateBackendTest {

    private static JsonNode terraform(StateSpec state) throws IOException {
        App app = StackAssertions.app();
        TerraformStack stack = new TerraformStack(app, "shop-platform");
        StateBackend.configure(
                stack,
                EnvironmentSpec.of(
                                "shop", "eu-central-1", AccountId.parse("111122223333"), ExistingClusterSpec.of("shop"))
                        .withState(state),
                "shop-platform");
        app.synth();
        return TestJson.read(Path.of(app.getOutdir(), "stacks", "shop-platform", "cdk.tf.json"))
                .path("terraform");
    }

    private static JsonNode json(String text) throws IOException {
        return TestJson.parse(text);
    }

    @Test
    void localIsRelativeToTheProject() throws IOException {
        assertThat(terraform(new StateSpec.Local())).isEqualTo(json("""
                        {"backend": {"local": {"path": "../../../terraform.shop-platform.tfstate"}}}
                        """));
    }

    @Test
    void s3LocksWithAFileWhichNeedsTerraform110() throws IOException {
        assertThat(terraform(StateSpec.S3.of(BucketName.parse("states")))).isEqualTo(json("""
                        {"backend": {"s3": {"bucket": "states", "key": "shop/shop-platform.tfstate",
                          "region": "eu-central-1", "encrypt": true, "use_lockfile": true}},
                         "required_version": ">= 1.10"}
                        """));
    }

    @Test
    void s3WithEverything() throws IOException {
        assertThat(terraform(StateSpec.S3
                        .of(BucketName.parse("states"))
                        .withRegion(Optional.of("us-east-1"))
                        .withPrefix(Optional.of("team/shop"))
                        .withKmsKeyId(Optional.of("alias/states"))))
                .isEqualTo(json("""
                        {"backend": {"s3": {"bucket": "states", "key": "team/shop/shop-platform.tfstate",
                          "region": "us-east-1", "encrypt": true, "kms_key_id": "alias/states", "use_lockfile": true}},
                         "required_version": ">= 1.10"}
                        """));
    }

    @Test
    void cloudHasAWorkspaceForEachStack() throws IOException {
        assertThat(terraform(StateSpec.Cloud.of("acme")).path("cloud"))
                .isEqualTo(json("{\"organization\": \"acme\", \"workspaces\": {\"name\": \"shop-platform\"}}"));
    }

    @Test
    void cloudWithProjectAndHost() throws IOException {
        assertThat(terraform(StateSpec.Cloud.of("acme")
                                .withProject(Optional.of("platforms"))
                                .withHostname(Optional.of("tfe.example.com")))
                        .path("cloud"))
                .isEqualTo(json("""
                        {"organization": "acme", "hostname": "tfe.example.com",
                         "workspaces": {"name": "shop-platform", "project": "platforms"}}
                        """));
    }
}

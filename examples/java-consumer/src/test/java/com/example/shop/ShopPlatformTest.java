package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import dev.eksplatform.identity.WorkloadIdentity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopPlatformTest {

    @Test
    void theRoleTrustsTheServiceAccountOfTheClusterAlone(@TempDir Path output) throws Exception {
        App app = new App(AppConfig.builder().outdir(output.toString()).build());
        WorkloadIdentity orders = ShopPlatform.addTo(app);
        app.synth();

        JsonNode resources = new ObjectMapper()
                .readTree(output.resolve("stacks/shop-infrastructure/cdk.tf.json").toFile())
                .path("resource");
        assertEquals(1, resources.path("aws_eks_cluster").size());
        assertEquals(4, resources.path("aws_subnet").size());
        JsonNode role = resources
                .path("aws_iam_role")
                .path(orders.role().orElseThrow().getFriendlyUniqueId());
        assertEquals("shop-shop-orders", role.path("name").asText());
        assertTrue(role.path("assume_role_policy").asText().contains(":sub\":\"system:serviceaccount:shop:orders\""));
    }
}

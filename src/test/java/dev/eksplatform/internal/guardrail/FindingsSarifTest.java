package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.render.MarkdownReviewTest;
import dev.eksplatform.testing.TestJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FindingsSarifTest {

    private static JsonNode results(String sarif) throws Exception {
        return TestJson.parse(sarif).path("runs").path(0).path("results");
    }

    @Test
    void isValidSarif() throws Exception {
        String text;
        try (InputStream in =
                Objects.requireNonNull(getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(text, InputFormat.JSON);
        String sarif = FindingsSarif.render(Example.replacedCluster().findings(), true);
        assertThat(schema.validate(sarif, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(sarif.replace("\"version\" : \"2.1.0\"", "\"version\" : \"9\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(
                        FindingsSarif.render(
                                MarkdownReviewTest.recorded("a-noop").findings(), true),
                        InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void pointsAtTheLineOfTheEnvironmentFile() throws Exception {
        JsonNode physical = results(
                        FindingsSarif.render(Example.replacedCluster().findings(), true))
                .path(0)
                .path("locations")
                .path(0)
                .path("physicalLocation");
        assertThat(physical.path("artifactLocation").path("uri").asText()).isEqualTo("stacks/shop.yaml");
        assertThat(physical.path("region").path("startLine").asInt()).isEqualTo(12);
        assertThat(physical.path("region").path("startColumn").asInt()).isEqualTo(3);
    }

    @Test
    void pointsAtTheSynthesizedFileWhenThereIsNoSourceMap() throws Exception {
        JsonNode results =
                results(FindingsSarif.render(Example.replacedCluster().findings(), true));
        assertThat(results.findValuesAsText("uri")).contains("cdktf.out/stacks/shop-workloads/cdk.tf.json");
    }

    @Test
    void aWaivedFindingIsSuppressedWithItsReason() throws Exception {
        JsonNode results =
                results(FindingsSarif.render(Example.replacedCluster().findings(), true));
        assertThat(results.findValuesAsText("justification"))
                .containsExactly("a controller needs it (team platform, until 2027-01-31)");
        assertThat(results.findValuesAsText("level")).containsExactly("error", "warning", "warning");
    }
}

package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.PlacedText;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.testing.TestJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets that nothing flags are in no output of a review, wherever a resource has them; other texts are shown. */
class PlacedSecretsTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @TempDir
    Path folder;

    /** Where a resource has a text. */
    enum Place {
        CONFIG_MAP("kubernetes_config_map_v1", text -> "{\"data\": {\"app.conf\": " + quoted(text) + "}}"),
        HELM_VALUE("helm_release", text -> "{\"set\": [{\"name\": \"config\", \"value\": " + quoted(text) + "}]}"),
        HELM_VALUES("helm_release", text -> "{\"values\": [" + quoted("config: " + quoted(text) + "\n") + "]}"),
        USER_DATA("aws_launch_template", text -> "{\"user_data\": " + quoted(base64(text)) + "}"),
        LAMBDA(
                "aws_lambda_function",
                text -> "{\"environment\": [{\"variables\": {\"CONFIG\": " + quoted(text) + "}}]}"),
        PARAMETER("aws_ssm_parameter", text -> "{\"type\": \"String\", \"value\": " + quoted(text) + "}"),
        TASK(
                "aws_ecs_task_definition",
                text -> "{\"container_definitions\": "
                        + quoted("[{\"environment\": [{\"name\": \"CONFIG\", \"value\": " + quoted(text) + "}]}]")
                        + "}"),
        TAG("aws_s3_bucket", text -> "{\"tags\": {\"config\": " + quoted(text) + "}}");

        private final String type;
        private final UnaryOperator<String> attributes;

        Place(String type, UnaryOperator<String> attributes) {
            this.type = type;
            this.attributes = attributes;
        }

        /** The recorded replacement of a cluster, with an update of one more resource for each text. */
        byte[] plan(List<PlacedText> texts) throws Exception {
            ObjectNode plan = (ObjectNode)
                    TestJson.parse(new String(PlanFiles.recordedBytes("a-replace-cluster"), StandardCharsets.UTF_8));
            for (int i = 0; i < texts.size(); i++) {
                ObjectNode resource = (ObjectNode) TestJson.parse(
                        "{\"mode\": \"managed\", \"name\": \"r\", \"change\": {\"actions\": [\"update\"]}}");
                resource.put("address", type + ".r" + i).put("type", type);
                ObjectNode change = (ObjectNode) resource.path("change");
                change.set("before", attributes("before"));
                change.set("after", attributes(texts.get(i).text()));
                plan.withArray("/resource_changes").add(resource);
            }
            return plan.toString().getBytes(StandardCharsets.UTF_8);
        }

        private JsonNode attributes(String text) throws Exception {
            return TestJson.parse(attributes.apply(text));
        }
    }

    private static String quoted(String text) {
        return JSON.textNode(text).toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void aSecretIsInNoOutput(Place place) throws Exception {
        List<PlacedText> texts = PlacedText.withSecrets();
        // words are hidden only where they are secrets
        List<String> secrets = texts.stream()
                .flatMap(text -> text.secrets().stream())
                .filter(secret -> !List.of("secret", "tiger").contains(secret))
                .toList();
        assertThat(secrets).hasSizeGreaterThan(150);
        MaskedOutputs.of(folder, place.plan(texts)).forEach((format, output) -> {
            UndoneEncodings undone = new UndoneEncodings(output);
            assertThat(secrets).as(format).filteredOn(undone::reveal).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void otherTextsAreShown(Place place) throws Exception {
        List<PlacedText> texts = PlacedText.innocent();
        assertThat(texts).hasSizeGreaterThan(60);
        Map<String, String> outputs = MaskedOutputs.of(folder, place.plan(texts));
        assertThat(outputs.get("markdown")).contains("passwordPolicy: strict").contains("enableKeyRotation: true");
        outputs.forEach((format, output) -> assertThat(output.lines().filter(line -> line.contains("(sensitive)")))
                .as(format)
                .isEmpty());
    }
}

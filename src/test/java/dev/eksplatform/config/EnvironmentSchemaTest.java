package dev.eksplatform.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors check environment files with. */
class EnvironmentSchemaTest {

    private static final Path STACKS = Path.of("stacks");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = EnvironmentSchema.generate();
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT, InputFormat.JSON);

    private static List<String> errors(Object document) throws IOException {
        return errors(SCHEMA, document);
    }

    private static List<String> errors(Schema schema, Object document) throws IOException {
        return schema.validate(JSON.writeValueAsString(document), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Object tree(String yaml) {
        return Objects.requireNonNull(FreeTree.of(YamlDocument.parse("shop.yaml", yaml).root()));
    }

    private static Stream<Path> environments() {
        try (Stream<Path> files = Files.list(STACKS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theCommittedSchemaIsWhatTheSpecsSay() throws IOException {
        assertThat(Files.readString(STACKS.resolve("environment.schema.json")))
                .as("stale: renew it with ./eks-platform schema > stacks/environment.schema.json")
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @MethodSource("environments")
    void everyEnvironmentOfTheProjectIsValid(Path file) throws IOException {
        assertThat(errors(tree(Files.readString(file)))).isEmpty();
        assertThat(Files.readString(file)).startsWith("# yaml-language-server: $schema=./environment.schema.json\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{environment: shop, region: eu-central-1, cluster: {version: '1.33'}}",
                "tgas: {}",
                "account: '1111'",
                "network: {cidr: 10.20.0.0, zones: [eu-central-1a, eu-central-1b]}",
                "network: {cidr: 10.20.0.0/16, zones: eu-central-1a}",
                "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], nat: per-az}",
                "cluster: {version: '1.3'}",
                "cluster: {version: '1.33', addons: {aws-ebs-csi: {}}}",
                "cluster: {version: '1.33', oidc: {thumbprint: [FF99]}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], size: {min: two, desired: 2, max: 3}}}",
                "addons: {cert-manger: {}}",
                "addons: {aws-load-balancer-controller: {chartVersion: ^3.5}}",
                "identity: podIdentity",
                "identities: {orders: {}}",
                "identities: {shop/orders: {roleName: a-role-name-that-is-longer-than-the-64-characters-that-iam-takes-for}}",
                "state: s3",
                "state: {s3: {bucket: Shop-State}}",
            })
    void typicalMistakesAreNot(String mistake) throws IOException {
        assertThat(errors(valid())).isEmpty();
        Map<String, Object> document = new java.util.TreeMap<>(valid());
        Map<?, ?> change = (Map<?, ?>) tree(mistake);
        if (change.containsKey("environment")) {
            document.clear();
        }
        change.forEach((key, value) -> document.put((String) key, value));
        assertThat(errors(document)).isNotEmpty();
    }

    private static Map<String, Object> valid() {
        Map<String, Object> valid = new java.util.TreeMap<>();
        ((Map<?, ?>)
                        tree(
                                "{environment: shop, region: eu-central-1, account: '111122223333', cluster: {version: '1.33'}}"))
                .forEach((key, value) -> valid.put((String) key, value));
        return valid;
    }

    @Test
    void everyPropertyHasADescription() throws IOException {
        List<String> without = new ArrayList<>();
        objects((name, object) -> object.path("properties").fields().forEachRemaining(property -> {
            boolean isForm = property.getValue().has("$ref");
            if (!isForm && property.getValue().path("description").asText().isBlank()) {
                without.add(name + "." + property.getKey());
            }
        }));
        assertThat(without).isEmpty();
    }

    @Test
    void everyExampleIsValid() throws IOException {
        JsonNode definitions = JSON.readTree(TEXT).path("definitions");
        List<String> wrong = new ArrayList<>();
        objects((name, object) -> object.path("properties").fields().forEachRemaining(property -> {
            ObjectNode alone = (ObjectNode) property.getValue().deepCopy();
            alone.set("definitions", definitions);
            alone.put("$schema", "http://json-schema.org/draft-07/schema#");
            for (JsonNode example : property.getValue().path("examples")) {
                try {
                    Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(JSON.writeValueAsString(alone), InputFormat.JSON);
                    errors(schema, example).forEach(error -> wrong.add(name + "." + property.getKey() + " " + error));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }));
        assertThat(wrong).isEmpty();
    }

    private static void objects(java.util.function.BiConsumer<String, JsonNode> each) throws IOException {
        JsonNode schema = JSON.readTree(TEXT);
        each.accept("environment", schema);
        schema.path("definitions").fields().forEachRemaining(one -> each.accept(one.getKey(), one.getValue()));
    }
}

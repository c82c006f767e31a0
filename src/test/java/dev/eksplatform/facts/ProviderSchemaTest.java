package dev.eksplatform.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is synthesized agrees with the schemas of the Kubernetes and Helm providers, which are not at hand where it is
 * reviewed. The golden files are looked at, which another test compares with the synthesis, and those of single
 * constructs, which hold what no environment of {@code stacks/} asks for.
 */
class ProviderSchemaTest {

    private static final String SCHEMA = """
            {"provider": {"block": {
               "attributes": {"host": {"optional": true, "type": "string"},
                 "kubernetes": {"optional": true, "nested_type": {"nesting_mode": "single", "attributes": {
                   "host": {"optional": true, "type": "string"},
                   "exec": {"optional": true, "nested_type": {"nesting_mode": "single", "attributes": {
                     "command": {"required": true, "type": "string"}}}}}}}},
               "block_types": {"exec": {"nesting_mode": "list", "max_items": 1, "block": {"attributes": {
                 "command": {"required": true, "type": "string"}}}}}}},
             "resource_schemas": {"thing": {"block": {
               "attributes": {
                 "id": {"computed": true, "type": "string"},
                 "name": {"required": true, "type": "string"},
                 "count_of": {"optional": true, "type": "number"},
                 "on": {"optional": true, "type": "bool"},
                 "names": {"optional": true, "type": ["list", "string"]},
                 "labels": {"optional": true, "type": ["map", "string"]},
                 "manifest": {"optional": true, "type": "dynamic"},
                 "object": {"optional": true, "type": ["object", {"a": "string"}]},
                 "set": {"optional": true, "nested_type": {"nesting_mode": "list", "attributes": {
                   "name": {"required": true, "type": "string"}}}}},
               "block_types": {
                 "metadata": {"nesting_mode": "list", "min_items": 1, "max_items": 1, "block": {"attributes": {
                   "name": {"optional": true, "type": "string"}}}},
                 "timeouts": {"nesting_mode": "single", "block": {"attributes": {
                   "create": {"optional": true, "type": "string"}}}}}}}}}
            """;

    static List<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"));
                Stream<Path> constructs = Files.walk(Path.of("src/test/resources/constructs"))) {
            return Stream.concat(files, constructs)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyResourceAndProviderFitsItsSchema(Path file) throws IOException {
        Map<String, ProviderSchema> schemas = Map.of(
                "helm", ProviderSchema.of(FactTable.HELM_SCHEMA),
                "kubernetes", ProviderSchema.of(FactTable.KUBERNETES_SCHEMA));
        JsonNode root = TestJson.read(file);
        List<String> wrong = new ArrayList<>();

        root.path("resource")
                .properties()
                .forEach(type -> schemas.forEach((provider, schema) -> {
                    if (type.getKey().startsWith(provider + "_")) {
                        assertThat(schema.hasResource(type.getKey()))
                                .as(type.getKey())
                                .isTrue();
                        type.getValue().forEach(one -> wrong.addAll(schema.resource(type.getKey(), one)));
                    }
                }));
        schemas.forEach((provider, schema) ->
                root.path("provider").path(provider).forEach(one -> wrong.addAll(schema.provider(provider, one))));

        assertThat(wrong).isEmpty();
    }

    @Test
    void theVersionsOfTheBindingsAreThoseOfTheSchemas() {
        assertThat(ofBindings("kubernetes")).isEqualTo(ProviderSchema.version(FactTable.KUBERNETES_SCHEMA));
        assertThat(ofBindings("helm")).isEqualTo(ProviderSchema.version(FactTable.HELM_SCHEMA));
    }

    private static String ofBindings(String provider) {
        return ProviderReleases.get()
                .provider(provider)
                .orElseThrow()
                .ofBindings()
                .toString();
    }

    /** What the table loses, the check cannot find. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
                    KUBERNETES_SCHEMA | kubernetes_namespace_v1 | {}                      | metadata: required block is missing
                    KUBERNETES_SCHEMA | kubernetes_namespace_v1 | {"metadata": [{}, {}]}  | metadata: 2 blocks, at most 1
                    KUBERNETES_SCHEMA | kubernetes_namespace_v1 | {"metadata": {"uid": 1}} | metadata.uid: computed, cannot be set
                    KUBERNETES_SCHEMA | kubernetes_manifest     | {"wait_for": 1}         | manifest: required attribute is missing
                    KUBERNETES_SCHEMA | kubernetes_manifest     | {"computed_fields": {}} | computed_fields: must be a list
                    HELM_SCHEMA       | helm_release            | {}                      | chart: required attribute is missing
                    HELM_SCHEMA       | helm_release            | {"status": "x"}         | status: computed, cannot be set
                    HELM_SCHEMA       | helm_release            | {"timeout": "x"}        | timeout: must be a number
                    HELM_SCHEMA       | helm_release            | {"set": [{}]}           | set[0].name: required attribute is missing
                    """)
    void theTablesAreWholeSchemas(FactTable table, String type, String resource, String wrong) throws IOException {
        assertThat(ProviderSchema.of(table).resource(type, TestJson.parse(resource)))
                .contains(type + "." + wrong);
    }

    private static ProviderSchema small() throws IOException {
        return new ProviderSchema(TestJson.parse(SCHEMA));
    }

    @Test
    void theCheckTakesWhatFits() throws IOException {
        JsonNode fits = TestJson.parse("""
                {"//": {}, "depends_on": ["x.y"], "name": "n", "count_of": "3", "on": true, "names": ["a", "${b.c}"],
                 "labels": {"a": "b"}, "manifest": {"any": [1]}, "object": {"a": "b"}, "set": [{"name": "n"}],
                 "metadata": {"name": "m"}, "timeouts": {"create": "1m"}}
                """);

        assertThat(small().resource("thing", fits)).isEmpty();
        assertThat(small().resource("thing", TestJson.parse("{\"name\": \"${a.b}\", \"metadata\": [{}]}")))
                .isEmpty();
        assertThat(small().hasResource("thing")).isTrue();
        assertThat(small().hasResource("other")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
                    {"name": "n", "metadata": {}, "nmae": 1}            | thing.nmae: unknown
                    {"metadata": {}}                                    | thing.name: required attribute is missing
                    {"name": null, "metadata": {}}                      | thing.name: required attribute is missing
                    {"name": "n"}                                       | thing.metadata: required block is missing
                    {"name": "n", "metadata": []}                       | thing.metadata: 0 blocks, at least 1
                    {"name": "n", "metadata": [{}, {}]}                 | thing.metadata: 2 blocks, at most 1
                    {"name": "n", "metadata": "x"}                      | thing.metadata: a block must be an object
                    {"name": "n", "metadata": {"nmae": 1}}              | thing.metadata.nmae: unknown
                    {"name": "n", "metadata": {}, "timeouts": [{}, {}]} | thing.timeouts: 2 blocks, at most 1
                    {"name": "n", "metadata": {}, "id": "i"}            | thing.id: computed, cannot be set
                    {"name": {}, "metadata": {}}                        | thing.name: must be a string
                    {"name": "n", "metadata": {}, "count_of": "x"}      | thing.count_of: must be a number
                    {"name": "n", "metadata": {}, "on": "yes"}          | thing.on: must be a bool
                    {"name": "n", "metadata": {}, "names": "a"}         | thing.names: must be a list
                    {"name": "n", "metadata": {}, "names": [[]]}        | thing.names[0]: must be a string
                    {"name": "n", "metadata": {}, "labels": ["a"]}      | thing.labels: must be a map
                    {"name": "n", "metadata": {}, "object": {"b": 1}}   | thing.object.b: unknown
                    {"name": "n", "metadata": {}, "set": {"name": "n"}} | thing.set: must be a list of objects
                    {"name": "n", "metadata": {}, "set": [{}]}          | thing.set[0].name: required attribute is missing
                    """)
    void theCheckFindsWhatDoesNotFit(String resource, String wrong) throws IOException {
        assertThat(small().resource("thing", TestJson.parse(resource))).contains(wrong);
    }

    @Test
    void theCheckTellsObjectsFromBlocksInProviders() throws IOException {
        assertThat(small().provider("p", TestJson.parse("{\"kubernetes\": {\"exec\": {\"command\": \"aws\"}}}")))
                .isEmpty();
        assertThat(small().provider("p", TestJson.parse("{\"kubernetes\": [{\"exec\": {\"command\": \"aws\"}}]}")))
                .containsExactly("provider.p.kubernetes: must be an object");
        assertThat(small().provider("p", TestJson.parse("{\"kubernetes\": {\"exec\": [{\"command\": \"aws\"}]}}")))
                .containsExactly("provider.p.kubernetes.exec: must be an object");
        assertThat(small().provider("p", TestJson.parse("{\"exec\": [{}]}")))
                .containsExactly("provider.p.exec[0].command: required attribute is missing");
    }
}

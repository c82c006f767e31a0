package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.eksplatform.docs.JavadocTexts;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.PlainTree;
import dev.eksplatform.internal.yaml.RecordShape;
import dev.eksplatform.internal.yaml.SchemaGenerator;
import dev.eksplatform.internal.yaml.SpecType;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.testing.Golden;
import dev.eksplatform.testing.TestJson;
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
    private static final Path RESOURCE =
            Path.of("src/main/resources/dev/eksplatform/environment/environment.schema.json");
    private static final String TEXT = SchemaGenerator.generate(
            EnvironmentSpec.class,
            "Environment of eks-platform",
            "https://eksplatform.dev/environment.schema.json",
            JavadocTexts.read(Path.of("src/main/java")));
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT, InputFormat.JSON);

    private static List<String> errors(Object document) {
        return errors(SCHEMA, document);
    }

    private static List<String> errors(Schema schema, Object document) {
        return schema.validate(TestJson.tree(document).toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Object tree(String yaml) {
        return Objects.requireNonNull(
                PlainTree.of(YamlDocument.parse("shop.yaml", yaml).root()));
    }

    private static Stream<Path> environments() {
        try (Stream<Path> files = Files.list(STACKS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void patternsAreThoseThatEveryValidatorReads() {
        assertThat(TEXT).doesNotContain("\\\\p{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a!b: x}",
                "{a: 'x, y'}",
                "{a: '<x>'}",
                "{a: '${x}'}",
                "{'aws:a': x}",
                "{a: \"x\\ty\"}",
                "{'': x}"
            })
    void charactersOfTagsAreChecked(String tags) throws IOException {
        String environment = "{environment: shop, region: eu-central-1, account: '111122223333',"
                + " cluster: {existing: {name: shop}}, tags: %s}";
        assertThat(errors(tree(environment.formatted(tags)))).isNotEmpty();
        assertThat(errors(tree(environment.formatted("{'ключ 1_.:/=+-@': 'значение 1_.:/=+-@', empty: ''}"))))
                .isEmpty();
    }

    @Test
    void portsOfNodeEgressAreChecked() throws IOException {
        assertThat(errors(tree("{environment: shop, region: eu-central-1, account: '111122223333',"
                        + " cluster: {version: '1.36', nodeEgress: [{cidr: 0.0.0.0/0, port: 70000}]}}")))
                .isNotEmpty();
    }

    @Test
    void theSchemaOfTheProductIsThatOfTheSpecs() {
        Golden.check(RESOURCE, TEXT);
    }

    @Test
    void theSchemaBesideTheEnvironmentsIsThatOfTheProduct() {
        Golden.check(STACKS.resolve("environment.schema.json"), TEXT);
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
                "{environment: shop, region: eu-central-1, cluster: {version: '1.36'}}",
                "tgas: {}",
                "account: '1111'",
                "network: {cidr: 10.20.0.0, zones: [eu-central-1a, eu-central-1b]}",
                "network: {cidr: 10.20.0.0/16, zones: eu-central-1a}",
                "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], nat: per-az}",
                "cluster: {version: '1.3'}",
                "cluster: {version: '1.36', addons: {AWS-EBS-CSI: {}}}",
                "cluster: {version: '1.36', oidc: {thumbprint: [FF99]}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], size: {min: two, desired: 2, max: 3}}}",
                "namespaces: {shop: {labels: {team: two words}}}",
                "namespaces: {shop: {labels: {'bad key': a}}}",
                "addons: {cert-manger: {}}",
                "addons: {aws-load-balancer-controller: {chartVersion: ^3.5}}",
                "identity: podIdentity",
                "identities: {orders: {}}",
                "identities: {shop/orders: {roleName: a-role-name-that-is-longer-than-the-64-characters-that-iam-takes-for}}",
                "state: s3",
                "state: {s3: {bucket: Shop-State}}",
                "environment: Shop_1",
                "region: Frankfurt",
                "tags: {'aws:owner': me}",
                "tags: {team: 'R&D'}",
                "cluster: {version: '1.29'}",
                "cluster: {version: '1.38'}",
                "cluster: {version: '1.36', name: 'shop!'}",
                "cluster: {version: '1.36', logs: {retentionDays: 100}}",
                "cluster: {version: '1.36', logs: {types: [api, api]}}",
                "cluster: {version: '1.36', addons: {vpc-cni: {version: 1.20.1}}}",
                "cluster: {version: '1.36', access: {'arn:aws:iam::1:role/x': {policies: []}}}",
                "cluster: {version: '1.36', endpoint: {public: [203.0.113.0/24, 203.0.113.0/24]}}",
                "cluster: {version: '1.36', deletionProtection: 'yes'}",
                "cluster: {existing: {name: ''}}",
                "cluster: {rosa: {name: shop, issuer: example, kubeContext: x}}",
                "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a]}",
                "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1a]}",
                "network: {existing: {vpcId: vpc-1, publicSubnetIds: [], privateSubnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3e]}}",
                "network: {existing: {vpcId: vpc-0a1b2c3d, publicSubnetIds: [], privateSubnetIds: [subnet-0a1b2c3d]}}",
                "nodeGroups: {general: {instanceTypes: []}}",
                "nodeGroups: {general: {instanceTypes: [large]}}",
                "nodeGroups: {'a b': {instanceTypes: [m7g.large]}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], diskGib: 10}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], diskGib: 70000}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], size: {min: -1, desired: 2, max: 3}}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], size: {min: 0, desired: 0, max: 0}}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], labels: {'a b': x}}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], labels: {team: 'R&D'}}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], taints: [{key: 'a b', effect: no-schedule}]}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], taints: [{key: a, effect: NoSchedule}]}}",
                "nodeGroups: {general: {instanceTypes: [m7g.large], architecture: amd64}}",
                "fargate: {eks-batch: {selectors: [{namespace: batch}]}}",
                "fargate: {batch: {selectors: []}}",
                "fargate: {batch: {selectors: [{namespace: Batch}]}}",
                "namespaces: {Shop: {}}",
                "addons: {cert-manager: {replicas: 0}}",
                "addons: {cert-manager: {repository: charts.example.com}}",
                "addons: {helm: {Metrics: {chart: m, repository: 'https://x.example', chartVersion: 1.0.0, namespace: m}}}",
                "addons: {helm: {m: {chart: m, repository: 'https://x.example', chartVersion: 1.0.0, namespace: m, webhookPorts: [0]}}}",
                "identities: {shop/orders: {role: reports}}",
                "identities: {shop/orders: {policyName: 'a b'}}",
                "workloads: {namespace: Shop}",
                "workloads: {buckets: {Shop: {}}}",
                "workloads: {securityContextConstraints: {shop/orders: ''}}",
                "state: {cloud: {organization: ''}}",
            })
    void typicalMistakesAreNot(String mistake) throws IOException {
        assertThat(errors(valid())).isEmpty();
        Map<String, Object> document = new java.util.TreeMap<>(valid());
        Map<?, ?> change = (Map<?, ?>) tree(mistake);
        if (change.containsKey("environment") && change.size() > 1) {
            document.clear();
        }
        change.forEach((key, value) -> document.put((String) key, value));
        assertThat(errors(document)).isNotEmpty();
        YamlDocument written =
                YamlDocument.parse("shop.yaml", TestJson.tree(document).toString());
        assertThat(Binder.bind(written, EnvironmentSpec.class).problems().isEmpty())
                .as("the reader refuses it too")
                .isFalse();
    }

    private static Map<String, Object> valid() {
        Map<String, Object> valid = new java.util.TreeMap<>();
        ((Map<?, ?>)
                        tree(
                                "{environment: shop, region: eu-central-1, account: '111122223333', cluster: {version: '1.36'}}"))
                .forEach((key, value) -> valid.put((String) key, value));
        return valid;
    }

    @Test
    void everyPropertyHasADescriptionAndAnExample() throws IOException {
        List<String> without = new ArrayList<>();
        objects((name, object) -> object.path("properties").fields().forEachRemaining(property -> {
            JsonNode schema = property.getValue();
            boolean isForm = schema.has("$ref");
            if (!isForm
                    && (schema.path("description").asText().isBlank()
                            || schema.path("examples").isEmpty())) {
                without.add(name + "." + property.getKey());
            }
        }));
        assertThat(without).isEmpty();
    }

    @Test
    void everyExampleIsValid() throws IOException {
        JsonNode definitions = TestJson.parse(TEXT).path("definitions");
        List<String> wrong = new ArrayList<>();
        objects((name, object) -> object.path("properties").fields().forEachRemaining(property -> {
            ObjectNode alone = (ObjectNode) property.getValue().deepCopy();
            alone.set("definitions", definitions);
            alone.put("$schema", "http://json-schema.org/draft-07/schema#");
            for (JsonNode example : property.getValue().path("examples")) {
                Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(alone.toString(), InputFormat.JSON);
                errors(schema, example).forEach(error -> wrong.add(name + "." + property.getKey() + " " + error));
            }
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyExampleIsTakenByTheReader() {
        List<String> wrong = new ArrayList<>();
        examples(SpecType.of(EnvironmentSpec.class), new java.util.HashSet<>(), wrong);
        assertThat(wrong).isEmpty();
    }

    private static void examples(SpecType type, java.util.Set<Object> seen, List<String> wrong) {
        switch (type.kind()) {
            case OPTIONAL, LIST, SET -> examples(type.element(), seen, wrong);
            case MAP -> {
                examples(type.argument(0), seen, wrong);
                examples(type.element(), seen, wrong);
            }
            case SEALED -> {
                for (Class<?> form : type.raw().getPermittedSubclasses()) {
                    examples(SpecType.of(form), seen, wrong);
                }
            }
            case RECORD -> {
                if (seen.add(type.raw())) {
                    for (RecordShape.Component component : type.shape().components()) {
                        if (!component.example().isEmpty()
                                && Binder.example(component).isEmpty()) {
                            wrong.add(type.raw().getSimpleName() + "." + component.key());
                        }
                        examples(component.type(), seen, wrong);
                    }
                }
            }
            default -> {}
        }
    }

    private static void objects(java.util.function.BiConsumer<String, JsonNode> each) throws IOException {
        JsonNode schema = TestJson.parse(TEXT);
        each.accept("environment", schema);
        schema.path("definitions").fields().forEachRemaining(one -> each.accept(one.getKey(), one.getValue()));
    }
}

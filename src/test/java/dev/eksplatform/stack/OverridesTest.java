package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arguments that no key sets, and Terraform configuration of the user. */
class OverridesTest {

    private static final String ENVIRONMENT = """
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            cluster: {version: "1.36"}
            nodeGroups: {general: {instanceTypes: [m7g.large]}}
            """;

    private static final String LAUNCH_TEMPLATE = "infrastructure/node-groups/general/launch-template";

    @TempDir
    private Path folder;

    private Path synthesize(String more) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(file, ENVIRONMENT + more);
        Path out = folder.resolve("out");
        Synthesis.write(List.of(Environment.read(file)), out);
        return out.resolve("stacks");
    }

    private JsonNode infrastructure(String more) throws IOException {
        return TestJson.read(synthesize(more).resolve("shop-infrastructure/cdk.tf.json"));
    }

    private static JsonNode only(JsonNode stack, String type) {
        JsonNode all = stack.at("/resource/" + type);
        assertThat(all).hasSize(1);
        return all.iterator().next();
    }

    private void refused(String more, String... problems) {
        assertThatThrownBy(() -> synthesize(more))
                .isInstanceOf(InvalidInputException.class)
                .extracting(fault -> ((InvalidInputException) fault)
                        .problems().stream()
                                .map(problem -> problem.toString()
                                        .replace(folder + "/", "")
                                        .replace(folder.toString(), "FOLDER"))
                                .toList())
                .isEqualTo(List.of(problems));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    @Test
    void namesThatOtherPartsHaveAsTextAreRefused() {
        refused(
                """
                overrides:
                  infrastructure/cluster/cluster: {name: other}
                  infrastructure/cluster/role/role: {path: /platform/}
                """,
                "shop.yaml:8:42 overrides[\"infrastructure/cluster/cluster\"].name: name of aws_eks_cluster cannot be"
                        + " overridden: other parts of the environment have it as text; fix: set cluster.name",
                "shop.yaml:9:44 overrides[\"infrastructure/cluster/role/role\"].path: path of aws_iam_role cannot be"
                        + " overridden: other parts of the environment have it as text; fix: set roles.path, or"
                        + " roleSettings.path of the identity");
    }

    @Test
    void mappingsAreMergedAndOtherValuesReplaced() throws IOException {
        JsonNode stack = infrastructure("""
                overrides:
                  infrastructure/cluster/cluster:
                    timeouts: {create: 60m}
                    enabled_cluster_log_types: [audit]
                    vpc_config: {endpoint_private_access: false}
                """);
        JsonNode cluster = only(stack, "aws_eks_cluster");
        assertThat(cluster.path("timeouts")).isEqualTo(TestJson.parse("{\"create\": \"60m\"}"));
        assertThat(cluster.path("enabled_cluster_log_types")).isEqualTo(TestJson.parse("[\"audit\"]"));
        assertThat(cluster.at("/vpc_config/endpoint_private_access").asBoolean(true))
                .isFalse();
        assertThat(cluster.at("/vpc_config/subnet_ids")).hasSize(2);
    }

    @Test
    void aBlockOfAListIsMergedIntoTheOnlyOneAndNullRemovesAnArgument() throws IOException {
        JsonNode template = only(infrastructure("""
                        overrides:
                          %s:
                            block_device_mappings: {ebs: {iops: 4000, encrypted: null}}
                            name: null
                            monitoring: [{enabled: true}]
                        """.formatted(LAUNCH_TEMPLATE)), "aws_launch_template");
        assertThat(template.path("block_device_mappings")).hasSize(1);
        assertThat(template.at("/block_device_mappings/0/ebs")).isEqualTo(TestJson.parse("""
                {"delete_on_termination": "true", "volume_size": 50, "volume_type": "gp3", "iops": 4000}"""));
        assertThat(template.has("name")).isFalse();
        assertThat(template.at("/monitoring/0/enabled").asBoolean()).isTrue();
    }

    @Test
    void overridesOfProvidersAndMetaArguments() throws IOException {
        JsonNode stack = infrastructure("""
                overrides:
                  infrastructure/aws: {retry_mode: adaptive, ignore_tags: [{key_prefixes: [cost/]}]}
                  infrastructure/network/vpc: {lifecycle: {prevent_destroy: true}}
                """);
        assertThat(stack.at("/provider/aws/0/retry_mode").asText()).isEqualTo("adaptive");
        assertThat(stack.at("/provider/aws/0/region").asText()).isEqualTo("eu-central-1");
        assertThat(only(stack, "aws_vpc").at("/lifecycle/prevent_destroy").asBoolean())
                .isTrue();
    }

    @Test
    void anArgumentOfANewerProviderRaisesTheRangeOfVersions() throws IOException {
        JsonNode stack = infrastructure("""
                overrides:
                  infrastructure/node-groups/general/node-group: {warm_pool_config: {min_size: 2}}
                """);
        assertThat(stack.at("/terraform/required_providers/aws/version").asText())
                .isEqualTo(">= 6.64.0, < 7.0.0");
    }

    @Test
    void anArgumentThatNoAllowedProviderHasIsAnErrorAtTheOverride() {
        refused(
                """
                overrides:
                  infrastructure/node-groups/general/node-group: {warm_pool_config: {min_size: 2}}
                providers: {aws: "~> 6.20.0"}
                """,
                "shop.yaml:8:69 overrides[\"infrastructure/node-groups/general/node-group\"].warm_pool_config: "
                        + "aws_eks_node_group.warm_pool_config needs provider aws 6.64.0 or newer; allowed: "
                        + ">= 6.20.0, < 6.21.0, by providers.aws; fix: change providers.aws, or remove the attribute");
    }

    @Test
    void textsAreExpressionsAndReferToConstructs() throws IOException {
        JsonNode cluster = only(infrastructure("""
                        overrides:
                          infrastructure/cluster/cluster:
                            vpc_config:
                              security_group_ids: ['${construct("infrastructure/cluster/node-security-group/group").id}']
                        """), "aws_eks_cluster");
        assertThat(cluster.at("/vpc_config/security_group_ids/0").asText())
                .matches("\\$\\{aws_security_group\\.cluster_node-security-group_[0-9A-F]{8}\\.id}");
    }

    @Test
    void theSourcesSayWhereOverridesAre() throws IOException {
        Path stacks = synthesize("""
                overrides:
                  infrastructure/network/vpc: {tags: {team: shop}}
                """);
        JsonNode sources = TestJson.read(stacks.resolve("shop-infrastructure/sources.json"));
        List<String> overrides = sources.propertyStream()
                .filter(entry -> entry.getKey().contains("#"))
                .map(entry -> entry.getKey() + " " + entry.getValue().asText().replace(folder + "/", ""))
                .toList();
        assertThat(overrides)
                .singleElement()
                .asString()
                .matches("aws_vpc\\.network_vpc_[0-9A-F]{8}#tags shop\\.yaml:8:38 "
                        + "overrides\\[\"infrastructure/network/vpc\"]\\.tags");
    }

    @Test
    void whatIsWrongIsReportedAtItsPlaceAndAllAtOnce() {
        refused(
                """
                overrides:
                  infrastructure/cluster/clutser: {version: "1.36"}
                  infrastructure/cluster: {version: "1.36"}
                  infrastructure/network/vpc: {enable_dns_hostname: true, count: 2}
                  infrastructure/cluster/cluster:
                    vpc_config: [subnet_ids]
                    access_config: {mode: API}
                    lifecycle: {prevent_destroyed: true}
                  %s:
                    tag_specifications: {resource_type: volume}
                  workloads/manifests/x: {manifest: {}}
                """.formatted(LAUNCH_TEMPLATE),
                "shop.yaml:8:35 overrides[\"infrastructure/cluster/clutser\"]: there is no resource at the "
                        + "construct path infrastructure/cluster/clutser; fix: did you mean "
                        + "infrastructure/cluster/cluster?",
                "shop.yaml:9:27 overrides[\"infrastructure/cluster\"]: infrastructure/cluster is a construct "
                        + "with 18 resources; allowed: the path of one resource, such as "
                        + "infrastructure/cluster/cluster, infrastructure/cluster/coredns/addon, "
                        + "infrastructure/cluster/coredns/version, infrastructure/cluster/key/alias, "
                        + "infrastructure/cluster/key/key, infrastructure/cluster/kube-proxy/addon; fix: did you mean "
                        + "infrastructure/cluster/cluster?",
                "shop.yaml:10:53 overrides[\"infrastructure/network/vpc\"].enable_dns_hostname: "
                        + "enable_dns_hostname is not an argument of aws_vpc (aws provider 6.25.0); fix: did you mean "
                        + "enable_dns_hostnames?",
                "shop.yaml:10:66 overrides[\"infrastructure/network/vpc\"].count: count cannot be "
                        + "overridden: other resources refer to the one that the platform creates; allowed: arguments "
                        + "of aws_vpc, depends_on, lifecycle, provider; fix: add a resource of your own with terraform",
                "shop.yaml:12:18 overrides[\"infrastructure/cluster/cluster\"].vpc_config[0]: vpc_config of "
                        + "aws_eks_cluster is a block, not the text \"subnet_ids\"; allowed: a mapping, or a list of "
                        + "mappings; fix: write its arguments: endpoint_private_access, endpoint_public_access, "
                        + "public_access_cidrs, security_group_ids, subnet_ids",
                "shop.yaml:13:27 overrides[\"infrastructure/cluster/cluster\"].access_config.mode: mode is "
                        + "not an argument of access_config of aws_eks_cluster (aws provider 6.25.0); fix: did you "
                        + "mean authentication_mode?",
                "shop.yaml:14:36 overrides[\"infrastructure/cluster/cluster\"].lifecycle.prevent_destroyed: "
                        + "prevent_destroyed is not an argument of lifecycle of aws_eks_cluster (aws provider 6.25.0); "
                        + "fix: did you mean prevent_destroy?",
                "shop.yaml:16:25 "
                        + "overrides[\"infrastructure/node-groups/general/launch-template\"].tag_specifications: there "
                        + "are 3 blocks tag_specifications, and this is one; fix: write the list of all of them",
                "shop.yaml:17:26 overrides[\"workloads/manifests/x\"]: the environment has no stack "
                        + "workloads; allowed: infrastructure; fix: remove the override");
    }

    @Test
    void configurationOfTheUserIsMergedIntoTheStack() throws IOException {
        write("queues.tf.json", """
                {"//": "queues of the shop",
                 "resource": {"aws_sqs_queue": {"orders": {
                   "name": "orders",
                   "kms_master_key_id": "${construct(\\"infrastructure/cluster/key/key\\").arn}",
                   "depends_on": ["construct(\\"infrastructure/cluster/cluster\\")"]}}},
                 "data": {"aws_region": {"other": {"provider": "aws.other"}}},
                 "provider": {"aws": {"alias": "other", "region": "eu-west-1"}},
                 "output": {"queue": {"value": "${aws_sqs_queue.orders.url}"}},
                 "locals": {"team": "shop"},
                 "moved": [{"from": "aws_sqs_queue.old", "to": "aws_sqs_queue.orders"}],
                 "terraform": {"required_providers": {"random": {"source": "hashicorp/random", "version": "3.7.2"}}}}
                """);
        Path stacks = synthesize("terraform: {infrastructure: [\"*.tf.json\"]}\n");
        JsonNode stack = TestJson.read(stacks.resolve("shop-infrastructure/cdk.tf.json"));
        JsonNode queue = stack.at("/resource/aws_sqs_queue/orders");
        assertThat(queue.path("kms_master_key_id").asText())
                .matches("\\$\\{aws_kms_key\\.cluster_key_[0-9A-F]{8}\\.arn}");
        assertThat(queue.at("/depends_on/0").asText()).matches("aws_eks_cluster\\.cluster_[0-9A-F]{8}");
        assertThat(stack.at("/provider/aws")).hasSize(2);
        assertThat(stack.at("/provider/aws/1/alias").asText()).isEqualTo("other");
        assertThat(stack.at("/data/aws_region/other/provider").asText()).isEqualTo("aws.other");
        assertThat(stack.at("/output/queue/value").asText()).isEqualTo("${aws_sqs_queue.orders.url}");
        assertThat(stack.at("/output/vpc_id").isObject()).isTrue();
        assertThat(stack.at("/locals/team").asText()).isEqualTo("shop");
        assertThat(stack.at("/moved/0/to").asText()).isEqualTo("aws_sqs_queue.orders");
        assertThat(stack.at("/terraform/required_providers/random/version").asText())
                .isEqualTo("3.7.2");
        assertThat(TestJson.read(stacks.resolve("shop-infrastructure/sources.json"))
                        .path("aws_sqs_queue.orders")
                        .asText())
                .isEqualTo(folder + "/queues.tf.json:2:43 resource.aws_sqs_queue.orders");
    }

    @Test
    void aStackThatHasOnlyConfigurationOfTheUserIsWrittenAndRemovedAgain() throws IOException {
        write("quotas.tf.json", """
                {"resource": {"kubernetes_resource_quota_v1": {"shop": {"metadata": {"name": "shop"}}}}}
                """);
        Path stacks = synthesize("terraform: {workloads: [quotas.tf.json]}\n");
        JsonNode stack = TestJson.read(stacks.resolve("shop-workloads/cdk.tf.json"));
        assertThat(stack.at("/provider/kubernetes")).hasSize(1);
        assertThat(stack.at("/resource/kubernetes_resource_quota_v1/shop").isObject())
                .isTrue();
        synthesize("");
        assertThat(stacks.resolve("shop-workloads")).doesNotExist();
    }

    @Test
    void overridesApplyToConfigurationOfTheUserOnlyThroughItsFile() throws IOException {
        write("queues.tf.json", "{\"resource\": {\"aws_sqs_queue\": {\"orders\": {}}}}");
        refused(
                """
                overrides: {infrastructure/terraform/aws_sqs_queue.orders: {name: orders}}
                terraform: {infrastructure: [queues.tf.json]}
                """,
                "shop.yaml:7:60 overrides[\"infrastructure/terraform/aws_sqs_queue.orders\"]: "
                        + "infrastructure/terraform/aws_sqs_queue.orders is not a resource of the platform; fix: "
                        + "change it in the file of terraform.infrastructure that it is in");
    }

    @Test
    void whatAStackCannotHaveIsReportedAtItsPlace() throws IOException {
        write("a.tf.json", """
                {"resourc": {},
                 "resource": {"aws_sqs_queue": {"orders": {}}, "aws_vpc": []},
                 "terraform": {"backend": {"s3": {}}, "required_providers": {"aws": {"version": "~> 5.0"}}},
                 "provider": {"aws": {"region": "eu-west-1"}}}
                """);
        write("b.tf.json", """
                {"resource": {"aws_sqs_queue": {"orders": {}}}}
                """);
        write("c.tf.json", "{");
        refused(
                "terraform: {infrastructure: [e.tf]}\n",
                "shop.yaml:7:30 terraform.infrastructure[0]: \"e.tf\" is not the name of a file in "
                        + "Terraform's JSON syntax; allowed: names and patterns that end with .tf.json; fix: write the "
                        + "configuration in JSON syntax, and name the file e.tf.json");
        refused(
                "terraform: {infrastructure: [\"*.tf.json\", d.tf.json]}\n",
                "shop.yaml:7:43 terraform.infrastructure[1]: there is no file d.tf.json in FOLDER; fix: did "
                        + "you mean a.tf.json?",
                "a.tf.json:1:2 resourc: \"resourc\" is not a block that a stack can have; allowed: check, "
                        + "data, ephemeral, import, locals, module, moved, output, provider, removed, resource, "
                        + "terraform, variable; fix: did you mean resource?",
                "a.tf.json:2:59 resource.aws_vpc: resource.aws_vpc is an array; fix: write an object, with "
                        + "names as keys",
                "a.tf.json:3:27 terraform.backend: terraform.backend cannot be added to a stack; allowed: "
                        + "required_providers; fix: set state in the environment file",
                "a.tf.json:3:69 terraform.required_providers.aws: provider aws is required by the platform; "
                        + "fix: set providers.aws in the environment file",
                "a.tf.json:4:22 provider.aws: provider aws is configured by the platform; fix: set arguments "
                        + "of it with overrides, or add alias and use provider = aws.ALIAS in your resources",
                "b.tf.json:1:43 resource.aws_sqs_queue.orders: duplicate resource.aws_sqs_queue.orders: it "
                        + "is at a.tf.json:2:43 resource.aws_sqs_queue.orders, too; fix: rename one of them",
                "c.tf.json:1:2: not JSON: Unexpected end-of-input: expected close marker for Object; "
                        + "allowed: a JSON object; fix: check commas, quotes and brackets there and above");
    }

    @Test
    void whatThePlatformHasCannotBeAddedAndReferencesLeadSomewhere() throws IOException {
        write("a.tf.json", """
                {"output": {"vpc_id": {"value": "x"}},
                 "resource": {"aws_sqs_queue": {"orders": {
                   "name": "${construct(\\"infrastructure/cluster/keys\\").arn}",
                   "policy": "${construct(\\"platform/addons/x\\").id}",
                   "tags": {"a": "a construct(\\"not-an-expression\\")", "b": "${construct(\\"infrastructure/aws\\").id}"}}}}}
                """);
        refused(
                "terraform: {infrastructure: [a.tf.json]}\n",
                "a.tf.json:1:23 output.vpc_id: output.vpc_id is in the stack already: the platform has it; "
                        + "fix: choose another name",
                "a.tf.json:3:12 resource.aws_sqs_queue.orders.name: there is no resource at the construct "
                        + "path infrastructure/cluster/keys; fix: did you mean infrastructure/cluster/key/key?",
                "a.tf.json:4:14 resource.aws_sqs_queue.orders.policy: platform/addons/x is in the stack "
                        + "platform, which another stack cannot refer to; fix: move this to terraform.platform, or "
                        + "read the resource with a data source",
                "a.tf.json:5:61 resource.aws_sqs_queue.orders.tags.b: infrastructure/aws is a provider; "
                        + "allowed: the path of a resource or data source; fix: refer to a resource");
    }
}

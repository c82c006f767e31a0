package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.stack.Synthesis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Node groups and Fargate profiles of an environment file: what does not fit to it, and what is likely not meant. */
class NodeChecksTest {

    @TempDir
    private Path folder;

    private Environment read(String compute, String more) throws IOException {
        Path file = folder.resolve("shop.yaml");
        Files.writeString(file, """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b, eu-central-1c], nat: single}
                MORE
                COMPUTE
                """.replace(
                        "MORE",
                        more.isEmpty()
                                ? "cluster: {version: \"1.36\", zones: [eu-central-1a, eu-central-1b, eu-central-1c]}"
                                : more)
                .replace("COMPUTE", compute));
        return Environment.read(file);
    }

    private List<String> problems(String compute) {
        return ProblemsOf.making(() -> {
                    try {
                        Synthesis.write(List.of(read(compute, "")), folder.resolve("out"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .stream()
                .map(this::local)
                .toList();
    }

    private String local(String text) {
        return text.replace(folder + "/", "");
    }

    private List<String> warnings(String compute, String more) throws IOException {
        return read(compute, more).warnings().stream()
                .map(Problem::toString)
                .map(this::local)
                .toList();
    }

    private static String group(String keys) {
        return "nodeGroups: {general: {instanceTypes: [m7g.large], " + keys + "}}";
    }

    @Test
    void whatExistsIsInTheAccountAndTheRegion() {
        assertThat(problems("""
                nodeGroups:
                  general:
                    instanceTypes: [m7g.large]
                    policies: [arn:aws:iam::999999999999:policy/nodes, arn:aws-cn:iam::aws:policy/ReadOnlyAccess]
                    disk: {kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd"}
                    volumes:
                      - {deviceName: /dev/sdf, sizeGib: 20, kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd"}
                    capacityReservation:
                      resourceGroupArn: arn:aws:resource-groups:us-east-1:111122223333:group/nodes
                  other:
                    instanceTypes: [m7g.large]
                    roleArn: arn:aws:iam::999999999999:role/nodes
                fargate:
                  batch:
                    selectors: [{namespace: batch}]
                    roleArn: arn:aws:iam::999999999999:role/batch
                """))
                .containsExactly(
                        "shop.yaml:9:16 nodeGroups.general.policies[0]: \"arn:aws:iam::999999999999:policy/nodes\" is of another"
                                + " account than 111122223333; fix: create it in 111122223333",
                        "shop.yaml:9:56 nodeGroups.general.policies[1]: \"arn:aws-cn:iam::aws:policy/ReadOnlyAccess\" is in the"
                                + " partition aws-cn, the account in aws; fix: write arn:aws:iam::aws:policy/ReadOnlyAccess",
                        "shop.yaml:10:23 nodeGroups.general.disk.kmsKeyArn:"
                                + " \"arn:aws:kms:us-east-1:111122223333:key/1234abcd\" is in us-east-1, the nodes are in"
                                + " eu-central-1; fix: use one of eu-central-1",
                        "shop.yaml:12:56 nodeGroups.general.volumes[0].kmsKeyArn:"
                                + " \"arn:aws:kms:us-east-1:111122223333:key/1234abcd\" is in us-east-1, the nodes are in"
                                + " eu-central-1; fix: use one of eu-central-1",
                        "shop.yaml:14:25 nodeGroups.general.capacityReservation.resourceGroupArn:"
                                + " \"arn:aws:resource-groups:us-east-1:111122223333:group/nodes\" is in us-east-1, the nodes"
                                + " are in eu-central-1; fix: use one of eu-central-1",
                        "shop.yaml:17:14 nodeGroups.other.roleArn: \"arn:aws:iam::999999999999:role/nodes\" is of another account"
                                + " than 111122223333; fix: create it in 111122223333",
                        "shop.yaml:21:14 fargate.batch.roleArn: \"arn:aws:iam::999999999999:role/batch\" is of another account"
                                + " than 111122223333; fix: create it in 111122223333");
    }

    @Test
    void filesDoNotReferToResources() {
        assertThat(problems(group("roleArn: \"${aws_iam_role.nodes.arn}\"")))
                .containsExactly(
                        "shop.yaml:6:61 nodeGroups.general.roleArn: \"${aws_iam_role.nodes.arn}\" is not the ARN of an"
                                + " IAM role; allowed: arn:aws:iam::ACCOUNT:role/NAME; fix: copy it from `aws iam get-role`");
        assertThat(problems(group("policies: [\"${aws_iam_policy.nodes.arn}\"]"))
                        .get(0))
                .contains("nodeGroups.general.policies[0]: \"${aws_iam_policy.nodes.arn}\" is not a managed policy");
    }

    @Test
    void aSpreadPlacementGroupHasSevenNodesInAZone() {
        String spread = "placementGroup: {strategy: spread}, size: {min: 1, desired: 1, max: 22}";
        assertThat(problems(group(spread)))
                .containsExactly(
                        "shop.yaml:6:120 nodeGroups.general.size.max: 22 nodes in a spread placement group of 3 zones;"
                                + " allowed: at most 21: seven in each zone; fix: use 21, strategy: partition, or another node"
                                + " group");
        assertThat(problems(group(spread + ", perZone: true")).get(0))
                .contains("22 nodes in a spread placement group of one zone");
        assertThat(problems(group(spread.replace("22", "21")))).isEmpty();
    }

    @Test
    void eachZoneHasAGroup() throws IOException {
        Environment environment = read(group("perZone: true, zones: [eu-central-1a, eu-central-1c]"), "");
        Synthesis.write(List.of(environment), folder.resolve("out"));
        String stack = Files.readString(folder.resolve("out/stacks/shop-infrastructure/cdk.tf.json"));
        assertThat(stack)
                .contains("\"node_group_name_prefix\": \"general-eu-central-1a-\"")
                .contains("\"node_group_name_prefix\": \"general-eu-central-1c-\"")
                .contains("\"${aws_subnet.network_private-eu-central-1c_")
                .doesNotContain("\"node_group_name_prefix\": \"general-\"");
        assertThat(environment.resolved().nodeGroups().keySet())
                .containsExactly("general-eu-central-1a", "general-eu-central-1c");
        assertThat(read(group("perZone: true"), "").resolved().nodeGroups().keySet())
                .containsExactly("general-eu-central-1a", "general-eu-central-1b", "general-eu-central-1c");
    }

    @Test
    void theNamesOfGroupsForZonesAreFreeAndShort() {
        String name = "a".repeat(23);
        assertThat(problems("nodeGroups: {" + name + ": {instanceTypes: [m7g.large], perZone: true}, x: {instanceTypes:"
                        + " [m7g.large], perZone: true}, x-eu-central-1b: {instanceTypes: [m7g.large]}}"))
                .containsExactly(
                        "shop.yaml:6:39 nodeGroups." + name + ": the name of the group " + name
                                + "-eu-central-1a has 37"
                                + " characters; allowed: up to 36, zone included; fix: use a shorter name",
                        "shop.yaml:6:125 nodeGroups.x.perZone: there is another node group x-eu-central-1b; fix: rename one of"
                                + " them");
    }

    @Test
    void tagsAreCountedWithThoseOfTheEnvironment() {
        String tags = IntStream.range(0, 30).mapToObj(i -> "a" + i + ": b").collect(Collectors.joining(", "));
        String more = IntStream.range(0, 11).mapToObj(i -> "c" + i + ": d").collect(Collectors.joining(", "));
        assertThat(problems("tags: {" + tags + "}\n" + group("tags: {" + more + "}")))
                .containsExactly(
                        "shop.yaml:7:58 nodeGroups.general.tags: 41 tags with those of the environment; allowed: at most"
                                + " 40: AWS takes 50 on a resource, and the platform and controllers add some; fix: remove some");
    }

    @Test
    void spotWithOneTypeQuotasAndKeysOfOthers() throws IOException {
        assertThat(warnings(
                        "nodeGroups: {general: {instanceTypes: [m7g.large], capacity: spot, size: {min: 1, desired: 1, max:"
                                + " 451}, disk: {kmsKeyArn: 'arn:aws:kms:eu-central-1:999999999999:key/1234abcd'}}}",
                        ""))
                .containsExactly(
                        "shop.yaml:6:100 nodeGroups.general.size.max: 451 nodes, of which a group has 450 unless the quota was"
                                + " raised; fix: raise it in Service Quotas before the apply, or add another node group",
                        "shop.yaml:6:39 nodeGroups.general.instanceTypes: one instance type with capacity: spot: when EC2 needs"
                                + " it, all nodes go at once and no new ones come; fix: add types of the same size, such as"
                                + " of other generations",
                        "shop.yaml:6:124 nodeGroups.general.disk.kmsKeyArn: a key of account 999999999999: no node starts before"
                                + " the service-linked role of EC2 Auto Scaling has a grant for it; fix: run `aws kms"
                                + " create-grant` for it as docs/nodes.md describes");
        String groups = IntStream.range(0, 11)
                .mapToObj(i -> "g" + i + ": {instanceTypes: [m7g.large], perZone: true}")
                .collect(Collectors.joining(", "));
        String profiles = IntStream.range(0, 11)
                .mapToObj(i -> "p" + i + ": {selectors: [{namespace: n" + i + "}]}")
                .collect(Collectors.joining(", "));
        assertThat(warnings("nodeGroups: {" + groups + "}\nfargate: {" + profiles + "}", ""))
                .containsExactly(
                        "shop.yaml:6:13 nodeGroups: 33 node groups, of which a cluster has 30 unless the quota was raised; fix:"
                                + " raise it in Service Quotas before the apply, or remove some",
                        "shop.yaml:7:10 fargate: 11 Fargate profiles, of which a cluster has 10 unless the quota was raised; fix:"
                                + " raise it in Service Quotas before the apply, or remove some");
    }

    @Test
    void adaptersNeedTheirDevicePlugin() throws IOException {
        String efa = "nodeGroups: {gpu: {instanceTypes: [p5.48xlarge], zones: [eu-central-1a], efa: {}}}";
        assertThat(warnings(efa, ""))
                .containsExactly("shop.yaml:6:79 nodeGroups.gpu.efa: pods get an EFA through"
                        + " aws-efa-k8s-device-plugin, which is not in addons; fix: add aws-efa-k8s-device-plugin: {} to addons,"
                        + " unless something else installs it");
        assertThat(warnings(efa + "\naddons: {aws-efa-k8s-device-plugin: {}}", ""))
                .isEmpty();
        assertThat(warnings(
                        efa + "\naddons: {helm: {efa: {chart: aws-efa-k8s-device-plugin, repository:"
                                + " 'https://aws.github.io/eks-charts', chartVersion: v0.5.10, namespace: kube-system}}}",
                        ""))
                .isEmpty();
    }

    @Test
    void aTaintOnEveryGroupKeepsThePodsOfChartsAway() throws IOException {
        String tainted =
                "nodeGroups: {general: {instanceTypes: [m7g.large], taints: [{key: CriticalAddonsOnly, value: x, effect:"
                        + " no-schedule}]}}\naddons:\n  cert-manager: {values: VALUES}\n  helm:\n    karpenter: {chart: karpenter, repository:"
                        + " \"oci://public.ecr.aws/karpenter\", chartVersion: 1.15.1, namespace: kube-system}\n    node: {chart:"
                        + " prometheus-node-exporter, repository: \"https://charts.example.com\", chartVersion: 4.56.1, namespace: node}\n";
        String warning =
                "shop.yaml:8:17 addons.cert-manager: no node takes the pods of cert-manager: all node groups have taints"
                        + " (CriticalAddonsOnly), which they do not tolerate; fix: add a node group without such"
                        + " taints, or tolerations to its values";

        assertThat(warnings(tainted.replace("VALUES", "{}"), "")).containsExactly(warning);
        assertThat(warnings(tainted.replace("VALUES", "{tolerations: [{key: other, operator: Exists}]}"), ""))
                .containsExactly(warning);
        assertThat(warnings(
                        tainted.replace("VALUES", "{tolerations: [{key: CriticalAddonsOnly, operator: Exists}]}"), ""))
                .isEmpty();
        assertThat(warnings(
                        tainted.replace("VALUES", "{}") + "fargate: {all: {selectors: [{namespace: cert-manager}]}}\n",
                        ""))
                .noneMatch(found -> found.contains("no node takes the pods of cert-manager"));
    }

    @Test
    void aTaintOnEveryGroupKeepsSystemPodsAway() throws IOException {
        String tainted = "nodeGroups: {general: {instanceTypes: [m7g.large], taints: [{key: team, value: web, effect:"
                + " no-schedule}]}}";
        assertThat(warnings(tainted, ""))
                .containsExactly(
                        "shop.yaml:6:13 nodeGroups: no node takes the pods of coredns: all node groups have taints (team),"
                                + " which they do not tolerate; fix: add a node group without such taints, or tolerations"
                                + " to the configuration of coredns");
        String toleration = "cluster: {version: \"1.36\", zones: [eu-central-1a, eu-central-1b, eu-central-1c], addons:"
                + " {metrics-server: {}, coredns: {configuration: {tolerations: [TOLERATION]}}}}";
        String others = "no node takes the pods of metrics-server";
        assertThat(warnings(tainted, toleration.replace("TOLERATION", "{key: team, value: web}")))
                .hasSize(1)
                .first()
                .asString()
                .contains(others);
        assertThat(warnings(tainted, toleration.replace("TOLERATION", "{operator: Exists, effect: NoSchedule}")))
                .hasSize(1);
        assertThat(warnings(tainted, toleration.replace("TOLERATION", "{key: team, value: api}")))
                .hasSize(2);
        assertThat(warnings(
                        tainted, toleration.replace("TOLERATION", "{key: team, operator: Exists, effect: NoExecute}")))
                .hasSize(2);
        assertThat(warnings(tainted.replace("no-schedule", "prefer-no-schedule"), ""))
                .isEmpty();
        assertThat(warnings(tainted.replace("key: team, value: web", "key: CriticalAddonsOnly"), ""))
                .isEmpty();
        assertThat(warnings(tainted + "\nfargate: {dns: {selectors: [{namespace: kube-system}]}}", ""))
                .isEmpty();
    }

    @Test
    void onlyFargateRunsWhatFargateCan() throws IOException {
        assertThat(warnings("fargate: {shop: {selectors: [{namespace: shop}]}}\naddons: {cert-manager: {}}", ""))
                .containsExactly(
                        "shop.yaml:6:10 fargate: no node group, and no Fargate profile that takes the pods of CoreDNS: they run"
                                + " nowhere unless something else adds nodes; fix: add the selector {namespace: kube-system,"
                                + " labels: {k8s-app: kube-dns}} to a profile",
                        "shop.yaml:7:24 addons.cert-manager: no node group, and no Fargate profile for the namespace"
                                + " cert-manager: the pods of cert-manager run nowhere unless something else adds nodes;"
                                + " fix: add the selector {namespace: cert-manager} to a profile");
        assertThat(warnings("fargate: {all: {selectors: [{namespace: '*'}]}}\naddons: {cert-manager: {}}", ""))
                .isEmpty();
    }

    @Test
    void sessionManagerHasEndpointsWithoutNat() throws IOException {
        Environment environment = Environment.read(Files.writeString(folder.resolve("closed.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b], nat: none}
                cluster: {version: "1.36"}
                nodeGroups: {general: {instanceTypes: [m7g.large], ssm: true}}
                """));
        Synthesis.write(List.of(environment), folder.resolve("out"));
        assertThat(Files.readString(folder.resolve("out/stacks/shop-infrastructure/cdk.tf.json")))
                .contains("\"com.amazonaws.eu-central-1.ssm\"")
                .contains("\"com.amazonaws.eu-central-1.ssmmessages\"");
    }

    @Test
    void aPinOfTheProviderThatHasNoWarmPoolsIsAnError() {
        assertThat(problems("providers: {aws: \"~> 5.100\"}\n" + group("warmPool: {}"))
                        .get(0))
                .startsWith("shop.yaml:7:62 nodeGroups.general.warmPool: ")
                .contains("6.64.0");
        assertThat(problems("providers: {aws: \"~> 6.25.0\"}\n" + group("update: {strategy: minimal}, perZone: true"))
                        .get(0))
                .contains(
                        "nodeGroups.general.update.strategy: aws_eks_node_group.update_config.update_strategy needs provider aws 6.40.0");
    }
}

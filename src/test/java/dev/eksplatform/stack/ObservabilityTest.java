package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code observability} adds, and how it goes with what the file has. */
class ObservabilityTest {

    private static final String CLUSTER = """
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            cluster: {version: "1.36"}
            """;
    private static final String NODES = CLUSTER + "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n";
    private static final String FARGATE = CLUSTER + "fargate: {all: {selectors: [{namespace: \"*\"}]}}\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, text);
    }

    private static List<String> groups(JsonNode infrastructure) {
        return EnvironmentText.resources(infrastructure, "aws_cloudwatch_log_group").all().values().stream()
                .map(group -> group.path("name").asText() + " " + group.path("retention_in_days"))
                .filter(group -> group.contains("/containerinsights/"))
                .sorted()
                .toList();
    }

    @Test
    void cloudWatchIsTheEksAddonWithItsLogGroupsAndPermissions() throws IOException {
        EnvironmentText.Parts stacks =
                environment(NODES + "observability: cloudwatch\n").stacks();
        JsonNode infrastructure = stacks.get("infrastructure");

        assertThat(groups(infrastructure))
                .containsExactly(
                        "/aws/containerinsights/shop/application 90",
                        "/aws/containerinsights/shop/dataplane 90",
                        "/aws/containerinsights/shop/host 90",
                        "/aws/containerinsights/shop/performance 90");
        JsonNode addon = EnvironmentText.resources(infrastructure, "aws_eks_addon").all().values().stream()
                .filter(one -> one.path("addon_name").asText().equals("amazon-cloudwatch-observability"))
                .findFirst()
                .orElseThrow();
        assertThat(addon.path("depends_on").toString())
                .contains("container-logs_log-group-application")
                .contains("container-logs_log-group-performance");
        assertThat(infrastructure.toString()).contains("CloudWatchAgentServerPolicy");
        assertThat(stacks.get("platform")
                        .path("output")
                        .path("container_logs_command")
                        .path("value")
                        .asText())
                .isEqualTo("aws logs tail /aws/containerinsights/shop/application --region eu-central-1 --follow");
        assertThat(stacks.get("platform")
                        .path("output")
                        .path("container_insights_url")
                        .path("value")
                        .asText())
                .isEqualTo(
                        "https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#container-insights:infrastructure");
    }

    @Test
    void settingsOfItsLogGroupsAreBelowIt() throws IOException {
        JsonNode infrastructure = environment(NODES + """
                observability:
                  cloudwatch: {retentionDays: 30, kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"}
                """).stacks().get("infrastructure");

        assertThat(groups(infrastructure)).hasSize(4).allMatch(group -> group.endsWith(" 30"));
        assertThat(EnvironmentText.resources(infrastructure, "aws_kms_key")
                        .all()
                        .keySet())
                .noneMatch(key -> key.contains("container-logs"));
        assertThat(environment(NODES + "observability: {cloudwatch: {retentionDays: 31}}\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("shop.yaml:7:45 observability.cloudwatch.retentionDays: 31 days");
        assertThat(environment(NODES + "observability: datadog\n").problems())
                .singleElement()
                .asString()
                .startsWith("shop.yaml:7:16 observability: ")
                .contains("cloudwatch")
                .contains("prometheus");
    }

    @Test
    void theEksAddonOfTheFileKeepsItsSettings() throws IOException {
        JsonNode infrastructure = environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster:
                  version: "1.36"
                  addons: {amazon-cloudwatch-observability: {configuration: {containerLogs: {enabled: false}}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                observability: cloudwatch
                """).stacks().get("infrastructure");

        assertThat(EnvironmentText.resources(infrastructure, "aws_eks_addon")
                        .all()
                        .values())
                .filteredOn(addon -> addon.path("addon_name").asText().equals("amazon-cloudwatch-observability"))
                .singleElement()
                .extracting(addon ->
                        TestJson.parse(addon.path("configuration_values").asText()))
                .hasToString("{\"containerLogs\":{\"enabled\":false}}");
    }

    @Test
    void prometheusIsTheStackWithLogsInCloudWatch() throws IOException {
        EnvironmentText.Parts stacks =
                environment(NODES + "observability: prometheus\n").stacks();

        assertThat(EnvironmentText.resources(stacks.get("platform"), "helm_release")
                        .all()
                        .values())
                .extracting(release -> release.path("name").asText())
                .containsExactlyInAnyOrder("aws-for-fluent-bit", "kube-prometheus-stack");
        assertThat(groups(stacks.get("infrastructure"))).containsExactly("/aws/containerinsights/shop/application 90");
        assertThat(stacks.get("platform").path("output").properties())
                .extracting(output -> output.getKey())
                .contains("container_logs_command", "grafana_command", "prometheus_command");
    }

    @Test
    void addonsOfTheFileKeepTheirSettings() throws IOException {
        EnvironmentText.Parts stacks = environment(NODES + """
                observability: prometheus
                addons:
                  aws-for-fluent-bit: {retentionDays: 30, logGroup: /shop/containers}
                  kube-prometheus-stack: {amp: {}}
                """).stacks();

        assertThat(stacks.get("infrastructure").toString()).contains("/shop/containers");
        assertThat(EnvironmentText.resources(stacks.get("infrastructure"), "aws_prometheus_workspace")
                        .all())
                .hasSize(1);
        assertThat(EnvironmentText.resources(stacks.get("platform"), "helm_release")
                        .all())
                .hasSize(2);
        assertThat(stacks.get("platform")
                        .path("data")
                        .path("aws_prometheus_workspaces")
                        .toString())
                .isEqualTo("{\"of-cluster\":{\"alias_prefix\":\"shop\"}}");
    }

    @Test
    void noneIsTheDefaultAndAddsNothing() throws IOException {
        EnvironmentText.Parts without = environment(NODES).stacks();
        EnvironmentText.Parts none =
                environment(NODES + "observability: none\n").stacks();

        assertThat(none.all()).isEqualTo(without.all());
        assertThat(without.all().toString()).doesNotContain("containerinsights");
    }

    @Test
    void logsOfFargateAreSentByItsRouter() throws IOException {
        EnvironmentText.Parts stacks =
                environment(FARGATE + "observability: cloudwatch\n").stacks();
        JsonNode infrastructure = stacks.get("infrastructure");
        JsonNode platform = stacks.get("platform");

        assertThat(infrastructure.path("resource").path("aws_eks_addon").toString())
                .doesNotContain("amazon-cloudwatch-observability");
        assertThat(EnvironmentText.resources(platform, "kubernetes_config_map_v1")
                        .all()
                        .values())
                .singleElement()
                .satisfies(map -> {
                    assertThat(map.path("metadata").toString())
                            .isEqualTo("{\"name\":\"aws-logging\",\"namespace\":\"aws-observability\"}");
                    assertThat(map.path("data").path("output.conf").asText())
                            .contains("log_group_name /aws/containerinsights/shop/application");
                });
        assertThat(EnvironmentText.resources(platform, "kubernetes_namespace_v1")
                        .all()
                        .toString())
                .contains("\"aws-observability\":\"enabled\"");
        assertThat(infrastructure.toString())
                .contains("arn:aws:logs:eu-central-1:111122223333:log-group:/aws/containerinsights/shop/application:*");
        assertThat(groups(infrastructure)).isNotEmpty();
    }

    @Test
    void aRoleThatExistsMustAllowTheLogs() throws IOException {
        EnvironmentText environment = environment(CLUSTER + """
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                fargate: {batch: {selectors: [{namespace: batch}], roleArn: "arn:aws:iam::111122223333:role/pods"}}
                addons: {aws-for-fluent-bit: {}}
                """);
        assertThat(environment.warnings())
                .containsExactly(
                        "shop.yaml:7:61 fargate.batch.roleArn: a role that exists: without permission to write to"
                                + " the log group /aws/containerinsights/shop/application there are no logs of its pods; fix: allow"
                                + " it logs:CreateLogStream, logs:DescribeLogStreams and logs:PutLogEvents");
        assertThat(environment(CLUSTER + """
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                fargate: {batch: {selectors: [{namespace: batch}], roleArn: "arn:aws:iam::111122223333:role/pods"}}
                addons: {aws-for-fluent-bit: {fargate: false}}
                """).warnings()).isEmpty();
    }

    @Test
    void twoCollectorsOfLogsAreAnError() throws IOException {
        assertThat(environment(NODES + """
                observability: cloudwatch
                addons: {aws-for-fluent-bit: {}}
                """).problems())
                .containsExactly("shop.yaml:8:30 addons.aws-for-fluent-bit: a second collector of container logs:"
                        + " amazon-cloudwatch-observability sends them to CloudWatch, too; fix: remove it, or add configuration:"
                        + " {containerLogs: {enabled: false}} to cluster.addons.amazon-cloudwatch-observability");
        assertThat(environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: {prometheus-node-exporter: {}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                observability: prometheus
                """).problems())
                .containsExactly(
                        "shop.yaml:5:63 cluster.addons.prometheus-node-exporter: a second node exporter: that of"
                                + " kube-prometheus-stack listens on port 9100 of each node, too; fix: remove it");
    }

    @Test
    void aSecondCollectorThatObservabilityBringsIsReportedThere() throws IOException {
        assertThat(environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: {amazon-cloudwatch-observability: {}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                observability: prometheus
                """).problems())
                .containsExactly(
                        "shop.yaml:7:16 observability: a second collector of container logs:"
                                + " amazon-cloudwatch-observability sends them to CloudWatch, too; fix: remove that add-on, or add"
                                + " configuration: {containerLogs: {enabled: false}} to cluster.addons.amazon-cloudwatch-observability");
    }

    @Test
    void onWindowsOnlyCloudWatchHasLogs() throws IOException {
        String windows = """
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: {vpc-cni: {configuration: {enableWindowsIpam: "true"}}}}
                nodeGroups:
                  general: {instanceTypes: [m7g.large]}
                  windows: {instanceTypes: [m7i.large], image: windows-2022, taints: [{key: os, value: windows, effect: no-schedule}]}
                """;
        assertThat(environment(windows + "observability: prometheus\n").warnings())
                .containsExactly("shop.yaml:9:16 observability: logs of containers on Windows nodes are not sent:"
                        + " aws-for-fluent-bit runs on Linux nodes; fix: use observability: cloudwatch, or add a collector to"
                        + " addons.helm");
        assertThat(environment(windows + "observability: cloudwatch\n").warnings())
                .isEmpty();
    }

    @Test
    void volumesNeedADriver() throws IOException {
        String stored = "addons: {kube-prometheus-stack: {storage: {prometheus: 50Gi}}, kubecost: {}}\n";

        assertThat(environment(NODES + stored).warnings())
                .containsExactly(
                        "shop.yaml:7:43 addons.kube-prometheus-stack.storage: no driver creates the volumes of"
                                + " kube-prometheus-stack: its pods wait for them until the apply fails unless something else"
                                + " installs one; fix: add aws-ebs-csi-driver: {} to cluster.addons",
                        "shop.yaml:7:74 addons.kubecost: no driver creates the volumes of kubecost: its pods wait for them"
                                + " until the apply fails unless something else installs one; fix: add aws-ebs-csi-driver: {} to"
                                + " cluster.addons");
        assertThat(environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                storageClasses: {gp3: {isDefault: true}}
                """ + stored).warnings()).isEmpty();
    }

    @Test
    void volumesNeedAStorageClass() throws IOException {
        String driver = """
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """;

        assertThat(environment(driver + "addons: {kubecost: {}}\n").warnings())
                .containsExactly(
                        "shop.yaml:7:20 addons.kubecost: no default StorageClass, which EKS does not have by itself: pods of"
                                + " kubecost wait for volumes until the apply fails unless something else creates one; fix:"
                                + " add gp3: {isDefault: true} to storageClasses");
        assertThat(environment(driver + """
                        storageClasses: {gp3: {}}
                        addons: {kubecost: {storageClass: gp3}, kube-prometheus-stack: {storage: {prometheus: 50Gi, storageClass: fast}}}
                        """).warnings())
                .containsExactly(
                        "shop.yaml:8:107 addons.kube-prometheus-stack.storage.storageClass: no StorageClass fast: pods"
                                + " of kube-prometheus-stack wait for volumes until the apply fails unless something else creates one;"
                                + " fix: add fast: {} to storageClasses");
        assertThat(environment(driver + "addons: {kubecost: {storageClass: gp2}}\n")
                        .warnings())
                .isEmpty();
        assertThat(environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", autoMode: {}}
                addons: {kubecost: {}}
                """).warnings())
                .containsExactly(
                        "shop.yaml:6:20 addons.kubecost: no default StorageClass, which EKS does not have by itself: pods of"
                                + " kubecost wait for volumes until the apply fails unless something else creates one; fix:"
                                + " add gp3: {isDefault: true} to cluster.autoMode.storageClasses");
        assertThat(environment("""
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster: {version: "1.36", addons: {aws-ebs-csi-driver: {configuration: {defaultStorageClass: {enabled: true}}}}}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                addons: {kubecost: {}}
                """).warnings()).isEmpty();
    }

    @Test
    void openShiftHasMonitoringOfItsOwn() throws IOException {
        assertThat(environment("""
                cluster: {rosa: {name: shop, issuer: oidc.example.com/2a1b3c4d, kubeContext: shop}}
                observability: prometheus
                addons: {adot: {}}
                """).problems())
                .filteredOn(problem -> problem.contains("ROSA"))
                .containsExactly(
                        "shop.yaml:5:16 observability: not supported on ROSA, which has monitoring built in; fix: remove it,"
                                + " and use OpenShift Monitoring",
                        "shop.yaml:6:16 addons.adot: adot is not supported on ROSA; fix: remove it, and install it from"
                                + " OperatorHub");
    }

    @Test
    void aCollectorBringsItsOperatorAndCertManager() throws IOException {
        EnvironmentText environment = environment(NODES + """
                addons:
                  adot: {amp: {}}
                """);
        EnvironmentText.Parts stacks = environment.stacks();

        assertThat(EnvironmentText.resources(stacks.get("infrastructure"), "aws_eks_addon")
                        .all()
                        .values())
                .extracting(addon -> addon.path("addon_name").asText())
                .contains("adot", "cert-manager");
        assertThat(EnvironmentText.resources(stacks.get("infrastructure"), "aws_prometheus_workspace")
                        .all())
                .hasSize(1);
        assertThat(EnvironmentText.resources(stacks.get("platform"), "kubernetes_config_map_v1")
                        .all()
                        .values())
                .singleElement()
                .extracting(map -> map.path("data").path("REMOTE_WRITE_URL").asText())
                .asString()
                .startsWith("https://aps-workspaces.eu-central-1.amazonaws.com/workspaces/${local.");
        assertThat(environment
                        .objects()
                        .get("OpenTelemetryCollector adot")
                        .at("/spec/config/exporters/prometheusremotewrite/endpoint")
                        .asText())
                .isEqualTo("$${env:REMOTE_WRITE_URL}");
        assertThat(stacks.get("platform").path("output").properties())
                .extracting(output -> output.getKey())
                .contains("otlp_endpoint", "prometheus_workspaces_command");
        assertThat(environment(NODES + """
                addons:
                  adot: {}
                  cert-manager: {}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:9 addons.adot: adot does not work without cert-manager, which addons installs"
                                + " after it; fix: remove cert-manager from addons: adot brings the EKS add-on");
    }

    @Test
    void theCertificateOfWebhooksComesFromTheEksAddonToo() throws IOException {
        JsonNode platform = environment(NODES + "addons: {adot: {}, kube-prometheus-stack: {}}\n")
                .stacks()
                .get("platform");

        assertThat(EnvironmentText.resources(platform, "helm_release").all().values())
                .singleElement()
                .asString()
                .contains("certManager");
    }

    @Test
    void theStackAndTheCollectorHaveOneWorkspace() throws IOException {
        String both = """
                addons:
                  kube-prometheus-stack: {amp: {}}
                  adot: {amp: {%s}}
                """;
        JsonNode infrastructure =
                environment(NODES + both.formatted("")).stacks().get("infrastructure");

        assertThat(EnvironmentText.resources(infrastructure, "aws_prometheus_workspace")
                        .all())
                .hasSize(1);
        assertThat(environment(
                                NODES
                                        + both.formatted(
                                                "kmsKeyArn: \"arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9\""))
                        .problems())
                .containsExactly(
                        "shop.yaml:9:27 addons.adot.amp.kmsKeyArn: another key than that of kube-prometheus-stack,"
                                + " which has the same workspace; fix: remove it, or use the same key in both");
    }
}

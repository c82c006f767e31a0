package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --for}: what blocks an upgrade of Kubernetes. */
class CheckForTest {

    private static final String DAY = "2026-11-26";

    @TempDir
    Path folder;

    private Path environment;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("m"));
        Files.writeString(folder.resolve("m/classes.yaml"), """
                apiVersion: storage.k8s.io/v1beta1
                kind: VolumeAttributesClass
                metadata: {name: gold}
                driverName: ebs.csi.aws.com
                ---
                apiVersion: v1
                kind: List
                items:
                  - apiVersion: networking.k8s.io/v1beta1
                    kind: ServiceCIDR
                    metadata: {name: more}
                    spec: {cidrs: [10.96.0.0/16]}
                """);
        environment = environment("""
                environment: shop
                region: eu-central-1
                account: "111122223333"
                network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
                cluster:
                  version: "1.36"
                  addons:
                    kube-proxy: {version: v1.33.10-eksbuild.2}
                nodeGroups:
                  general: {instanceTypes: [m7g.large]}
                addons:
                  helm:
                    karpenter:
                      chart: karpenter
                      repository: oci://public.ecr.aws/karpenter
                      chartVersion: 1.0.0
                      namespace: karpenter
                      values:
                        extraObjects:
                          - apiVersion: networking.k8s.io/v1beta1
                            kind: IPAddress
                            metadata: {name: one}
                workloads:
                  manifests: [m/*.yaml]
                """);
    }

    private Path environment(String text) throws IOException {
        return Files.writeString(folder.resolve("shop.yaml"), text);
    }

    private String replaced(String... pairs) throws IOException {
        String text = Files.readString(environment);
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(text).contains(pairs[i]);
            text = text.replace(pairs[i], pairs[i + 1]);
        }
        environment(text);
        return text;
    }

    private CommandRun check(String version, String... options) {
        return checkOn(DAY, version, options);
    }

    private CommandRun checkOn(String day, String version, String... options) {
        List<String> arguments = new ArrayList<>(List.of("check", "--for", version, "--today", day));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--config")) {
            arguments.add(environment.toString());
        }
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private String blocker(String place, String rule) {
        return folder.resolve(place) + ": high: " + rule + "\n";
    }

    @Test
    void eachBlockerIsAtItsLine() {
        CommandRun run = check("1.37");

        assertThat(run.out())
                .contains(
                        blocker("m/classes.yaml:1:13", "upgrade-manifest"),
                        "Kubernetes 1.37 has no VolumeAttributesClass in storage.k8s.io/v1beta1, which exists in"
                                + " Kubernetes up to 1.36\n    fix: use apiVersion storage.k8s.io/v1; fields may differ\n",
                        blocker("m/classes.yaml:9:17", "upgrade-manifest"),
                        blocker("shop.yaml:8:27", "upgrade-addon"),
                        "kube-proxy v1.33.10-eksbuild.2 does not support Kubernetes 1.37",
                        blocker("shop.yaml:16:21", "upgrade-chart"),
                        "the chart karpenter 1.0.0 does not support Kubernetes 1.37",
                        blocker("shop.yaml:20:25", "upgrade-values"),
                        "Kubernetes 1.37 has no IPAddress in networking.k8s.io/v1beta1")
                .endsWith("5 findings (5 high)\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void nothingBlocksTheVersionOfTheClusterButWhatAlreadyDoes() {
        CommandRun run = check("1.36");

        assertThat(run.out()).contains("upgrade-chart").doesNotContain("upgrade-manifest", "upgrade-addon");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anEnvironmentWithoutBlockersPasses() throws IOException {
        Files.delete(folder.resolve("m/classes.yaml"));
        replaced(
                "    kube-proxy: {version: v1.33.10-eksbuild.2}",
                "    kube-proxy: {}",
                "  manifests: [m/*.yaml]",
                "  {}");
        String text = Files.readString(environment);
        environment(text.substring(0, text.indexOf("addons:\n  helm")) + "workloads: {}\n");

        CommandRun run = check("1.37");

        assertThat(run.out()).isEqualTo("no findings\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void jsonAndSarifHaveTheSameFindings() {
        CommandRun json = check("1.37", "--json", "-");
        CommandRun sarif = check("1.37", "--sarif", "-");

        JsonNode findings = TestJson.parse(json.out()).path("findings");
        JsonNode results = TestJson.parse(sarif.out()).path("runs").path(0).path("results");
        assertThat(findings).hasSize(5);
        assertThat(results).hasSize(5);
        assertThat(findings.findValuesAsText("rule")).contains("upgrade-manifest", "upgrade-chart");
        assertThat(findings.path(0).path("position").path("line").asInt()).isPositive();
        assertThat(results.findValuesAsText("level")).containsOnly("error");
        assertThat(json.status()).isEqualTo(1);
    }

    @Test
    void anApiThatTheNextVersionRemovesIsALowFinding() throws IOException {
        Files.writeString(folder.resolve("m/classes.yaml"), """
                apiVersion: resource.k8s.io/v1beta1
                kind: DeviceClass
                metadata: {name: gpu}
                spec: {}
                """);

        assertThat(check("1.37").out())
                .contains(folder.resolve("m/classes.yaml") + ":1:13: low: upgrade-deprecated\n", """
                    why: Kubernetes 1.38 removes resource.k8s.io/v1beta1 DeviceClass
                    fix: use apiVersion resource.k8s.io/v1; fields may differ
                """);
    }

    @Test
    void moreThanOneStepIsToldWithTheNextOne() throws IOException {
        replaced("\"1.36\"", "\"1.35\"");

        assertThat(check("1.37").out())
                .contains(
                        folder.resolve("shop.yaml:6:12") + ": info: upgrade-step\n",
                        "Kubernetes 1.35 to 1.37 are 2 upgrades: EKS upgrades a control plane by one minor version at a"
                                + " time\n    fix: upgrade to 1.36, apply, and continue from there\n");
    }

    @Test
    void nodeGroupsThatStayTooFarBehindAreUpgradedFirst() throws IOException {
        replaced("{instanceTypes: [m7g.large]}", "{instanceTypes: [m7g.large], version: \"1.33\"}");

        assertThat(check("1.37").out())
                .contains(blocker("shop.yaml:10:50", "upgrade-nodes"))
                .contains("why: nodes of 1.33 with a control plane of 1.37")
                .contains("fix: set 1.34 or newer and apply it, before the control plane is upgraded");
    }

    @Test
    void aChartOfTheSameNameIsNotThatOfTheTables() throws IOException {
        replaced("oci://public.ecr.aws/karpenter", "oci://charts.example.com/other");

        assertThat(check("1.37").out()).doesNotContain("upgrade-chart");
    }

    @Test
    void theCalendarIsThatOfTheDay() throws IOException {
        replaced("\"1.36\"", "\"1.33\"");

        assertThat(check("1.34").out())
                .contains("low: upgrade-support", "standard support of Kubernetes 1.34 ends on 2026-12-02");
        assertThat(checkOn("2026-12-03", "1.34").out())
                .contains("standard support of Kubernetes 1.34 ended on 2026-12-02; extended support costs six times");
        assertThat(check("1.36").out()).doesNotContain("upgrade-support");
    }

    @Test
    void anUnknownVersionAndAnOlderOneAreBadInput() {
        CommandRun unknown = check("1.40");
        assertThat(unknown.err())
                .isEqualTo("--for: Kubernetes 1.40 is newer than any that EKS was known to run on 2026-10-09; allowed:"
                        + " 1.31 to 1.37; fix: use 1.37, or a newer release of eks-platform\n1 problem\n");
        assertThat(unknown.status()).isEqualTo(2);

        CommandRun older = check("1.35");
        assertThat(older.err())
                .isEqualTo("warning: " + environment
                        + ":20:11 addons.helm.karpenter.values.extraObjects: not a value of the"
                        + " chart karpenter 1.15.1, the known version nearest to 1.0.0; fix: remove it: Helm ignores it\n"
                        + environment + ":6:12 cluster.version: the cluster has Kubernetes 1.36, which EKS does not"
                        + " downgrade to 1.35; allowed: 1.36 and newer; fix: choose a newer version\n1 problem\n");
        assertThat(older.status()).isEqualTo(2);
        assertThat(older.out()).isEmpty();
    }

    @Test
    void itEvaluatesNoGuardrails() {
        CommandRun run = check("1.37", "--policies", folder.toString(), "--fail-on", "hihg");
        assertThat(run.err()).isEqualTo("""
                --fail-on: no severity "hihg"; allowed: critical, high, medium, low, info; fix: did you mean high?
                --policies: given with --for, which evaluates no guardrails; fix: leave it out
                2 problems
                """);
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void anExistingClusterIsCheckedWithAndWithoutItsVersion() throws IOException {
        environment("""
                environment: shop
                region: eu-central-1
                account: "111122223333"
                cluster: {existing: {name: shop}}
                workloads:
                  manifests: [m/*.yaml]
                """);

        assertThat(check("1.37").out()).contains("2 findings (2 high)");
        replaced("{name: shop}", "{name: shop, version: \"1.37\"}");
        CommandRun same = check("1.37");
        assertThat(same.err())
                .contains("m/classes.yaml:1:13 apiVersion: Kubernetes 1.37 has no VolumeAttributesClass in");
        assertThat(same.status()).isEqualTo(2);
    }

    @Test
    void allShippedEnvironmentsAreReadyForTheNewestVersion() {
        CommandRun run = CommandRun.of("check", "--for", "1.37", "--today", DAY);

        assertThat(run.out()).isEqualTo("no findings\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void synthesizedStacksAreCheckedByTheirResources() {
        assertThat(CommandRun.of("synth", "--output", folder.resolve("out").toString(), environment.toString())
                        .status())
                .isZero();

        CommandRun run = check("1.37", "--config", folder.resolve("out").toString());

        assertThat(run.out())
                .contains(
                        "high: upgrade-manifest\n",
                        "violated by: kubernetes_manifest.",
                        "apiVersion: Kubernetes 1.37 has no ServiceCIDR in networking.k8s.io/v1beta1",
                        blocker("shop.yaml:6:3", "upgrade-addon"),
                        "high: upgrade-chart\n",
                        "high: upgrade-values\n")
                .endsWith("5 findings (5 high)\n");
        assertThat(run.status()).isEqualTo(1);

        CommandRun older = check("1.35", "--config", folder.resolve("out").toString());
        assertThat(older.err()).contains("the cluster has Kubernetes 1.36, which EKS does not downgrade to 1.35");
        assertThat(older.status()).isEqualTo(2);
    }

    @Test
    void nodeGroupsOfSynthesizedStacksAreAtMostThreeVersionsBehind() throws IOException {
        Path stack = Files.createDirectories(folder.resolve("own/stacks/own"));
        Files.writeString(stack.resolve("cdk.tf.json"), """
                {"resource": {
                  "aws_eks_cluster": {"shop": {"name": "shop", "version": "1.36"}},
                  "aws_eks_node_group": {
                    "near": {"cluster_name": "${aws_eks_cluster.shop.name}", "version": "1.34"},
                    "far": {"cluster_name": "${aws_eks_cluster.shop.name}", "version": "1.33"},
                    "same": {"cluster_name": "${aws_eks_cluster.shop.name}", "version": "${aws_eks_cluster.shop.version}"}}}}
                """);

        CommandRun run = check("1.37", "--config", folder.resolve("own").toString());

        assertThat(run.out()).isEqualTo("""
                own/aws_eks_node_group.far: high: upgrade-nodes
                    rule: Node groups are at most three minor versions behind the control plane, and never ahead
                    violated by: aws_eks_node_group.far in own
                    why: nodes of 1.33 with a control plane of 1.37; allowed: 1.34 to 1.37
                    fix: upgrade the node group first

                1 finding (1 high)
                """);
    }
}

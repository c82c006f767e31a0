package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutdatedCommandTest {

    private static final String DAY = "2026-11-26";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeEnvironment() throws IOException {
        Files.createDirectories(folder.resolve("app"));
        file = folder.resolve("shop.yaml");
    }

    private CommandRun run(String version, String rest) throws IOException {
        Files.writeString(file, """
                environment: shop
                region: ap-northeast-2
                account: "111122223333"
                network:
                  cidr: 10.20.0.0/16
                  zones: [ap-northeast-2a, ap-northeast-2c]
                nodeGroups:
                  general: {instanceTypes: [m7g.large]}
                cluster:
                  version: "VERSION"
                """.replace("VERSION", version) + rest);
        return CommandRun.of("outdated", "--all", "--today", DAY, file.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.32 | 2026-11-26 | outdated | extended support, for an additional charge, until 2027-03-23 (117 days left); standard support ended on 2026-03-23 | upgrade to 1.33 and further to 1.36, one minor version at a time: docs/upgrading.md",
                "1.34 | 2026-11-26 | outdated | standard support until 2026-12-02 (6 days left) | upgrade to 1.35 and further to 1.36, one minor version at a time: docs/upgrading.md",
                "1.34 | 2026-12-01 | outdated | standard support until 2026-12-02 (1 day left) | upgrade to 1.35 and further to 1.36, one minor version at a time: docs/upgrading.md",
                "1.34 | 2026-12-02 | outdated | standard support until 2026-12-02 (today) | upgrade to 1.35 and further to 1.36, one minor version at a time: docs/upgrading.md",
                "1.34 | 2026-12-03 | outdated | extended support, for an additional charge, until 2027-12-02 (364 days left); standard support ended on 2026-12-02 | upgrade to 1.35 and further to 1.36, one minor version at a time: docs/upgrading.md",
                "1.34 | 2027-12-03 | outdated | support ended on 2027-12-02: EKS upgrades the cluster by itself | upgrade to 1.35 and further to 1.36, one minor version at a time: docs/upgrading.md",
                "1.36 | 2026-11-26 | current | standard support until 2027-08-02 (249 days left) | ",
                "1.37 | 2026-11-26 | current | standard support until 2027-12-01 (370 days left) | ",
            })
    void supportOfKubernetesIsJudgedForADay(String version, String day, String state, String why, String fix)
            throws IOException {
        run(version, "");
        CommandRun run = CommandRun.of("outdated", "--all", "--today", day, file.toString());
        assertThat(run.out())
                .startsWith(file + ":10:12: " + state + ": Kubernetes " + version
                        + (version.equals("1.37") ? "" : ", newest 1.37") + "\n    property: cluster.version\n    why: "
                        + why + "\n");
        assertThat(run.out().contains("    fix: " + fix + "\n")).isEqualTo(fix != null);
        assertThat(run.status()).isEqualTo(state.equals("outdated") ? 1 : 0);
    }

    @Test
    void anEnvironmentOfNewestVersionsEndsWith0() throws IOException {
        CommandRun run = run("1.36", """
                addons:
                  aws-load-balancer-controller: {chartVersion: 3.6.0}
                """);
        assertThat(run.out())
                .contains(": current: chart aws-load-balancer-controller 3.6.0\n")
                .endsWith("""
                        nothing outdated, 2 current, 0 unknown
                        data: Kubernetes versions of 2026-10-09, EKS add-ons of 2026-10-10, charts of 2026-10-23
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void aChartOfTheCatalogueIsComparedAlsoFromAMirrorAndWithoutItsVersionInTheFile() throws IOException {
        CommandRun run = run("1.36", """
                addons:
                  cert-manager: {chartVersion: v1.20.2, repository: "https://mirror.example.com/charts"}
                  aws-load-balancer-controller: {}
                """);
        assertThat(run.out()).contains("""
                shop.yaml:12:32: outdated: chart cert-manager v1.20.2, newest v1.21.2
                    property: addons.cert-manager.chartVersion
                    why: does not support Kubernetes 1.36
                    fix: set chartVersion: v1.21.2
                """, """
                shop.yaml:13:33: outdated: chart aws-load-balancer-controller 3.5.0, newest 3.6.0
                    property: addons.aws-load-balancer-controller.chartVersion
                    why: a newer version is known (3.6.0 was released by 2026-10-08)
                    fix: set chartVersion: 3.6.0
                """);
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void theNewestChartMayBeTooNewForTheCluster() throws IOException {
        CommandRun run = run("1.32", """
                addons:
                  cert-manager: {chartVersion: v1.20.0}
                """);
        assertThat(run.out()).contains("""
                : outdated: chart cert-manager v1.20.0, newest v1.20.2
                    property: addons.cert-manager.chartVersion
                    why: a newer version is known for Kubernetes 1.32; v1.21.2 does not support it
                    fix: set chartVersion: v1.20.2
                """);
        assertThat(run("1.32", """
                addons:
                  cert-manager: {chartVersion: v1.20.2}
                """).out()).contains("""
                : current: chart cert-manager v1.20.2
                    property: addons.cert-manager.chartVersion
                    why: the newest version known for Kubernetes 1.32; v1.21.2 does not support it
                """);
    }

    @Test
    void aReleaseOfOnesOwnIsComparedWhenItsProjectPublishesIt() throws IOException {
        CommandRun run = run("1.36", """
                addons:
                  helm:
                    ingress:
                      chart: ingress-nginx
                      repository: https://kubernetes.github.io/ingress-nginx
                      chartVersion: 4.15.1
                      namespace: ingress
                    scaler:
                      chart: karpenter
                      repository: oci://public.ecr.aws/karpenter
                      chartVersion: 1.12.0
                      namespace: karpenter
                    metrics:
                      chart: metrics-server
                      repository: https://charts.bitnami.com/bitnami
                      chartVersion: 7.2.1
                      namespace: metrics
                """);
        assertThat(run.out()).contains("""
                shop.yaml:16:21: outdated: chart ingress-nginx 4.15.1
                    property: addons.helm.ingress.chartVersion
                    why: Kubernetes retired ingress-nginx in March 2026: it gets no security fixes. Use aws-load-balancer-controller, or a controller of the Gateway API
                    fix: replace the release
                """, """
                shop.yaml:21:21: outdated: chart karpenter 1.12.0, newest 1.15.1
                    property: addons.helm.scaler.chartVersion
                    why: does not support Kubernetes 1.36
                    fix: set chartVersion: 1.15.1
                """, """
                shop.yaml:26:21: unknown: chart metrics-server 7.2.1
                    property: addons.helm.metrics.chartVersion
                    why: the data has no chart metrics-server of https://charts.bitnami.com/bitnami
                """);
    }

    @Test
    void aPinnedEksAddonIsComparedForTheVersionOfItsCluster() throws IOException {
        CommandRun run = run("1.36", """
                  addons:
                    vpc-cni: {version: v1.21.1-eksbuild.8}
                    kube-proxy: {version: v1.34.0-eksbuild.2}
                    coredns: {version: v1.14.6-eksbuild.4}
                    eks-pod-identity-agent: {version: v1.4.0-eksbuild.3}
                    aws-efs-csi-driver: {version: v3.4.2-eksbuild.1}
                    metrics-server: {}
                """);
        assertThat(run.out()).contains("""
                shop.yaml:12:24: outdated: EKS add-on vpc-cni v1.21.1-eksbuild.8, newest v1.23.2-eksbuild.1
                    property: cluster.addons.vpc-cni.version
                    why: a newer version for Kubernetes 1.36 is known; older than v1.22.4-eksbuild.3, which EKS chooses
                    fix: set version: v1.23.2-eksbuild.1
                """, """
                shop.yaml:13:27: outdated: EKS add-on kube-proxy v1.34.0-eksbuild.2, newest v1.36.0-eksbuild.45
                    property: cluster.addons.kube-proxy.version
                    why: a newer version for Kubernetes 1.36 is known; older than v1.36.0-eksbuild.25, which EKS chooses
                    fix: set version: v1.36.0-eksbuild.45
                """, """
                shop.yaml:14:24: outdated: EKS add-on coredns v1.14.6-eksbuild.4, newest v1.14.7-eksbuild.11
                    property: cluster.addons.coredns.version
                    why: a newer version for Kubernetes 1.36 is known; EKS chooses v1.14.3-eksbuild.23
                """, """
                shop.yaml:15:39: current: EKS add-on eks-pod-identity-agent v1.4.0-eksbuild.3
                """, """
                shop.yaml:16:35: unknown: EKS add-on aws-efs-csi-driver v3.4.2-eksbuild.1
                    property: cluster.addons.aws-efs-csi-driver.version
                    why: no version for Kubernetes 1.36 is known
                """).doesNotContain("metrics-server");
    }

    @Test
    void managedPoliciesOfAwsAreListedWithTheirVersion() throws IOException {
        CommandRun run = run("1.36", """
                identities:
                  shop/orders:
                    policies:
                      - AmazonS3ReadOnlyAccess
                      - AmazonWorkMailFullAccess
                      - arn:aws:iam::111122223333:policy/reports
                """);
        assertThat(run.out()).contains("""
                shop.yaml:14:9: current: managed policy AmazonS3ReadOnlyAccess v3
                    property: identities["shop/orders"].policies[0]
                    why: edited on 2023-08-10; AWS replaces it by itself when it edits the policy
                """, """
                shop.yaml:15:9: unknown: managed policy AmazonWorkMailFullAccess
                """).doesNotContain("reports");
    }

    @Test
    void anImageWithoutAVersionIsNotPinned() throws IOException {
        Files.writeString(folder.resolve("app/pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec:
                  initContainers:
                    - {name: first, image: registry.example.com/orders:latest}
                  containers:
                    - {name: b, image: "registry.example.com:5000/orders"}
                    - {name: c, image: "registry.example.com/c:main"}
                    - {name: d, image: "registry.example.com/d:1.2"}
                    - {name: e, image: "registry.example.com/e@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
                """);
        CommandRun run = run("1.36", """
                workloads:
                  namespace: shop
                  manifests: [app/*.yaml]
                """);
        assertThat(run.out()).contains("""
                pod.yaml:6:28: outdated: image registry.example.com/orders latest
                    property: spec.initContainers[0].image
                    why: not pinned: it may be another image after each restart
                    fix: name a version, best with its digest
                """, """
                pod.yaml:8:24: outdated: image registry.example.com:5000/orders no tag
                """, """
                pod.yaml:9:24: outdated: image registry.example.com/c main
                """, """
                pod.yaml:10:24: unknown: image registry.example.com/d 1.2
                    property: spec.containers[2].image
                    why: a tag without a digest, which its registry may move; newer ones are not known
                """, """
                pod.yaml:11:24: unknown: image registry.example.com/e sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                    property: spec.containers[3].image
                    why: pinned; newer ones are not known
                """);
    }

    @Test
    void theShippedEnvironmentsAreReadAndOnlyTheOutdatedIsListed() {
        CommandRun run = CommandRun.of("outdated", "--today", DAY);
        assertThat(run.out())
                .contains(
                        "stacks/ingress.yaml:", ": outdated: chart aws-load-balancer-controller 3.5.0, newest 3.6.0\n")
                .contains(" unknown (--all lists them)\n")
                .doesNotContain(": current: ", ": unknown: ", "chart cert-manager");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void programsGetEverything() throws IOException {
        run("1.33", "");
        CommandRun run = CommandRun.of("outdated", "--today", DAY, "--json", "-", file.toString());
        JsonNode json = TestJson.parse(run.out());
        assertThat(json.get("format").asText()).isEqualTo("1.0");
        assertThat(json.get("today").asText()).isEqualTo(DAY);
        assertThat(json.get("data").get("charts").asText()).isEqualTo("2026-10-23");
        JsonNode item = json.get("items").get(0);
        assertThat(item.get("file").asText() + ":" + item.get("line") + ":" + item.get("column"))
                .isEqualTo(file + ":10:12");
        assertThat(item.get("kind").asText()).isEqualTo("kubernetes");
        assertThat(item.get("has").asText()).isEqualTo("1.33");
        assertThat(item.get("newest").asText()).isEqualTo("1.37");
        assertThat(item.get("state").asText()).isEqualTo("outdated");
        assertThat(run.status()).isEqualTo(1);

        Path written = folder.resolve("versions.json");
        CommandRun both = CommandRun.of("outdated", "--today", DAY, "--json", written.toString(), file.toString());
        assertThat(both.out()).contains("1 outdated, 0 current, 0 unknown (--all lists them)");
        assertThat(Files.readString(written)).isEqualTo(run.out());
    }

    @Test
    void oldDataIsSaid() throws IOException {
        run("1.37", "");
        assertThat(CommandRun.of("outdated", "--today", "2027-01-07", file.toString())
                        .err())
                .isEmpty();
        assertThat(CommandRun.of("outdated", "--today", "2027-01-08", file.toString())
                        .err())
                .isEqualTo("warning: the data of this release is 91 days old; use a newer release of eks-platform\n");
    }

    @Test
    void badInputEndsWith2() throws IOException {
        assertThat(CommandRun.of("outdated", "none.yaml").status()).isEqualTo(2);
        run("1.36", "");
        CommandRun run = CommandRun.of("outdated", "--today", "tomorrow", file.toString());
        assertThat(run.err()).startsWith("--today: \"tomorrow\" is not a date; fix: write it as 2026-12-31\n");
        assertThat(run.status()).isEqualTo(2);
    }
}

package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.Golden;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeCommandTest {

    private static final String BLOCKED = "src/test/resources/upgrades/shop.yaml";
    private static final String DAY = "2026-11-26";

    private static final String FREE = """
            # The version is "1.36".
            environment: shop
            region: eu-central-1
            account: "111122223333"
            network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}
            cluster:
              version: "1.36"   # next: 1.37
            nodeGroups:
              general: {instanceTypes: [m7g.large]}   # 1.36, too
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("shop.yaml"), text);
    }

    private static CommandRun run(Object file, String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "upgrade";
        arguments[1] = file.toString();
        arguments[2] = "--today";
        arguments[3] = DAY;
        System.arraycopy(options, 0, arguments, 4, options.length);
        return CommandRun.of(arguments);
    }

    private void refused(Path file, String line, String... options) throws IOException {
        String before = Files.readString(file);
        CommandRun run = run(file, options);
        assertThat(run.err().replace(folder + "/", "")).isEqualTo(line + "\n1 problem, nothing was written\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
        assertThat(file).hasContent(before);
    }

    @Test
    void eachBlockerIsAtItsLine() throws IOException {
        String before = Files.readString(Path.of(BLOCKED));
        CommandRun run = run(BLOCKED, "--to", "1.37");
        Golden.check("upgrades/approved/blocked.txt", run.out());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
        assertThat(Path.of(BLOCKED)).hasContent(before);
    }

    @Test
    void theReportForProgramsSaysTheSame() {
        CommandRun run = run(BLOCKED, "--to", "1.37", "--json", "-");
        Golden.check("upgrades/approved/blocked.json", run.out());
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anUpgradeThatNothingBlocksIsWritten() throws IOException {
        Path file = file(FREE);
        CommandRun run = run(file, "--to", "1.37");
        Golden.check("upgrades/approved/written.txt", run.out().replace(folder.toString(), "stacks"));
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(file).hasContent(FREE.replace("version: \"1.36\"   # n", "version: \"1.37\"   # n"));
        refused(
                file,
                "--to: the cluster has version 1.37 already (shop.yaml:7:12); fix: name a newer one",
                "--to",
                "1.37");
        refused(
                file,
                "shop.yaml:7:12 cluster.version: 1.37 is the newest version that EKS is known to run; fix: there is"
                        + " nothing to upgrade to");
    }

    @Test
    void theNextVersionIsTheDefault() throws IOException {
        CommandRun run = run(file(FREE.replace("version: \"1.36\"", "version: 1.34")), "--dry-run");
        assertThat(run.out()).contains("\n-  version: 1.34   # next: 1.37\n+  version: 1.35   # next: 1.37\n");
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.38 | Kubernetes 1.38 is newer than any that EKS was known to run on 2026-10-09; allowed: 1.31 to 1.37;"
                        + " fix: use 1.37, or a newer release of eks-platform",
                "1.37.2 | \"1.37.2\" is not a Kubernetes version of EKS; allowed: 1.31 to 1.37; fix: write major and minor"
                        + " version, like 1.36",
                "latest | \"latest\" is not a Kubernetes version of EKS; allowed: 1.31 to 1.37; fix: write major and minor"
                        + " version, like 1.36",
                "1.36 | 1.36 is 2 minor versions after the cluster's version 1.34 (shop.yaml:7:12); allowed: 1.35: EKS"
                        + " upgrades one minor version at a time; fix: upgrade to 1.35 and apply it, and so on up to 1.36",
                "1.34 | the cluster has version 1.34 already (shop.yaml:7:12); fix: name a newer one",
                "1.33 | 1.33 is older than the cluster's version 1.34 (shop.yaml:7:12); fix: name a newer one; how to roll"
                        + " back an upgrade: docs/upgrading.md",
            })
    void anImpossibleVersionIsRefused(String version, String message) throws IOException {
        refused(file(FREE.replace("version: \"1.36\"", "version: \"1.34\"")), "--to: " + message, "--to", version);
    }

    @Test
    void aClusterOfAnotherToolIsNotUpgraded() throws IOException {
        refused(
                file("""
                        environment: shop
                        region: eu-central-1
                        account: "111122223333"
                        cluster: {existing: {name: shop}}
                        """),
                "shop.yaml:4:10 cluster: a cluster that another tool creates: its version is not in this file; fix: upgrade"
                        + " it with the tool that creates it; `check --for VERSION` checks the manifests",
                "--to",
                "1.37");
    }

    @Test
    void aSharedVersionIsRefused() throws IOException {
        refused(
                file(FREE.replace("\"1.36\"   #", "&version \"1.36\"   #")
                        .replace("[m7g.large]}", "[m7g.large], labels: {version: *version}}")),
                "shop.yaml:7:12 nodeGroups.general.labels.version: nodeGroups.general.labels.version would change with"
                        + " cluster.version: an alias or a merge key shares the value; fix: write the value out instead of"
                        + " the alias or merge key",
                "--to",
                "1.37");
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        Path file = file(FREE);
        CommandRun run = run(file, "--to", "1.37", "--dry-run");
        assertThat(run.out())
                .contains("\n-  version: \"1.36\"   # next: 1.37\n+  version: \"1.37\"   # next: 1.37\n")
                .endsWith("\nNothing blocks the upgrade to 1.37; by --dry-run, nothing was written\n");
        assertThat(run.status()).isZero();
        assertThat(file).hasContent(FREE);
        assertThat(run(BLOCKED, "--to", "1.37", "--dry-run").status()).isEqualTo(1);
    }

    @Test
    void aChartOfAnotherProjectWithTheSameNameDoesNotBlock() throws IOException {
        String other = FREE + """
                addons:
                  helm:
                    karpenter:
                      chart: karpenter
                      repository: oci://charts.example.com/other
                      chartVersion: 1.0.0
                      namespace: karpenter
                """;
        CommandRun run = run(file(other), "--to", "1.37", "--dry-run");
        assertThat(run.out())
                .contains("it is not known whether the chart karpenter 1.0.0 supports Kubernetes 1.37")
                .contains("Nothing blocks the upgrade to 1.37");
        assertThat(run.status()).isZero();
    }

    @Test
    void forceWritesInSpiteOfBlockers() throws IOException {
        Path file = file(FREE.replace("[m7g.large]}", "[m7g.large], version: \"1.33\"}"));
        assertThat(run(file).out()).endsWith("\n1 problem blocks the upgrade to 1.37; nothing was written\n");
        CommandRun run = run(file, "--force");
        assertThat(run.out())
                .endsWith("\n1 problem blocks the upgrade to 1.37; by --force, " + file
                        + " was written; next: synth, review, apply\n");
        assertThat(run.status()).isZero();
        assertThat(file).content().contains("version: \"1.37\"   # next", "version: \"1.33\"}");
    }

    @Test
    void nodeGroupsFollowOnRequest() throws IOException {
        String text = FREE.replace("[m7g.large]}", "[m7g.large], version: '1.35'}");
        CommandRun left = run(file(text), "--dry-run");
        assertThat(left.out())
                .contains(
                        "shop.yaml:9:50 nodeGroups.general.version: the nodes of general stay at 1.35, and their kubelets"
                                + " may be at most three minor versions behind the control plane; fix: remove the key, so that they"
                                + " follow the cluster, or add --node-groups\n");
        Path file = file(text);
        assertThat(run(file, "--node-groups").status()).isZero();
        assertThat(file)
                .hasContent(FREE.replace("version: \"1.36\"   # n", "version: \"1.37\"   # n")
                        .replace("[m7g.large]}", "[m7g.large], version: '1.37'}"));
    }

    @Test
    void aLinkStaysOneAndPermissionsStay() throws IOException {
        Path file = file(FREE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("shop.yaml"));
        assertThat(run(link).status()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(file).content().contains("version: \"1.37\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void aReadOnlyFileIsRefused() throws IOException {
        Path file = file(FREE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        refused(file, "shop.yaml: the file is read-only; fix: make it writable (chmod u+w), or use --dry-run");
        assertThat(run(file, "--dry-run").status()).isZero();
    }

    @Test
    void theReportDoesNotReplaceTheEnvironment() throws IOException {
        Path file = file(FREE);
        refused(file, "--json: shop.yaml, as for FILE; fix: set another file", "--dry-run", "--json", file.toString());
    }

    @Test
    void theReportIsWrittenBesideTheText() throws IOException {
        Path report = folder.resolve("report.json");
        CommandRun run = run(file(FREE), "--json", report.toString());
        assertThat(run.out()).contains("\n+  version: \"1.37\"");
        JsonNode json = TestJson.read(report);
        assertThat(json.path("written").asBoolean()).isTrue();
        assertThat(json.path("changes").path(0).path("path").asText()).isEqualTo("cluster.version");
    }

    @Test
    void aTerminalGetsColours() throws IOException {
        assertThat(run(file(FREE), "--dry-run", "--color").out())
                .contains("\u001B[31m-  version: \"1.36\"   # next: 1.37\u001B[0m\n\u001B[32m+  version: \"1.37\"");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkStay() throws IOException {
        String text = "\uFEFF" + FREE.replace("\n", "\r\n");
        Path file = file(text);
        assertThat(run(file).status()).isZero();
        assertThat(Files.readString(file))
                .isEqualTo(text.replace("version: \"1.36\"   # n", "version: \"1.37\"   # n"));
    }

    @Test
    void supportThatHasEndedIsReported() throws IOException {
        String text = FREE.replace("version: \"1.36\"", "version: \"1.33\"");
        assertThat(run(file(text), "--dry-run").out())
                .contains("shop.yaml:7:12 cluster.version: standard support of Kubernetes 1.33 ended on 2026-07-29: the"
                        + " cluster costs several times as much per hour until it is upgraded; fix: upgrade soon; EKS"
                        + " upgrades the control plane itself after 2027-07-29\n");
    }

    @Test
    void mistakesInTheArgumentsAreReported() {
        assertThat(CommandRun.of("upgrade").err())
                .isEqualTo(
                        "FILE: missing; fix: add FILE; see eks-platform upgrade --help\n1 problem, nothing was written\n");
        assertThat(run("stacks/nowhere.yaml").err())
                .startsWith("stacks/nowhere.yaml: no such file; fix: ")
                .endsWith("\n1 problem, nothing was written\n");
        assertThat(run(BLOCKED, "--today", "1 May").status()).isEqualTo(2);
    }

    @Test
    void valuesOfIncludedFilesAreChangedThere() throws IOException {
        Path base = Files.writeString(folder.resolve("common.yaml"), """
                cluster:
                  version: "1.36"   # all clusters
                """);
        String own = FREE.replace("cluster:\n  version: \"1.36\"   # next: 1.37\n", "include: [common.yaml]\n");
        Path file = file(own);
        CommandRun run = run(file, "--to", "1.37");
        assertThat(run.err()).isEmpty();
        assertThat(run.out().replace(folder + "/", ""))
                .startsWith("""
                        --- common.yaml
                        +++ common.yaml
                        @@ -1,2 +1,2 @@
                         cluster:
                        -  version: "1.36"   # all clusters
                        +  version: "1.37"   # all clusters
                        """)
                .contains(
                        "common.yaml:2:12 cluster.version: this file is included: the change is one of every environment"
                                + " that includes it; fix: upgrade the others with it, or set the key in shop.yaml")
                .endsWith("\ncommon.yaml was written; next: synth, review, apply\n");
        assertThat(file).hasContent(own);
        assertThat(base).hasContent("cluster:\n  version: \"1.37\"   # all clusters\n");
    }

    @Test
    void valuesOfSeveralFilesAreChangedTogetherOrNotAtAll() throws IOException {
        Path base = Files.writeString(folder.resolve("common.yaml"), """
                cluster: {version: "1.36"}
                nodeGroups: {general: {instanceTypes: [m7g.large]}}
                """);
        String own = FREE.replace("cluster:\n  version: \"1.36\"   # next: 1.37\n", "include: [common.yaml]\n")
                .replace("{instanceTypes: [m7g.large]}", "{version: \"1.36\"}");
        Path file = file(own);
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("r--r--r--"));
        CommandRun refused = run(file, "--to", "1.37", "--node-groups");
        assertThat(refused.err().replace(folder + "/", ""))
                .isEqualTo("common.yaml: the file is read-only; fix: make it writable (chmod u+w), or use --dry-run\n"
                        + "1 problem, nothing was written\n");
        assertThat(file).hasContent(own);

        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run(file, "--to", "1.37", "--node-groups").out().replace(folder + "/", ""))
                .endsWith("\nshop.yaml and common.yaml were written; next: synth, review, apply\n");
        assertThat(file).hasContent(own.replace("{version: \"1.36\"}", "{version: \"1.37\"}"));
        assertThat(base).content().startsWith("cluster: {version: \"1.37\"}\n");
    }
}

package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.OwnProgram;
import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    private static final String DAY = "2026-11-26";

    @TempDir
    Path folder;

    @Test
    void theShippedEnvironmentsAreCleanAtHigh() {
        CommandRun run = CommandRun.of("check", "--today", DAY);
        assertThat(run.out()).doesNotContain(": critical: ", ": high: ");
        assertThat(run.out().lines().reduce("", (a, b) -> b))
                .matches("[0-9]+ findings \\(.*\\), [0-9]+ cannot be decided.*");
        assertThat(run.status()).isZero();
    }

    @Test
    void whatShipsHasNoFindingOfMediumSeverityAndNoWaiver() {
        CommandRun run = CommandRun.of("check", "--today", DAY, "--fail-on", "medium");
        assertThat(run.out()).contains(": low: ").doesNotContain(": critical: ", ": high: ", ": medium: ", "waived");
        assertThat(run.status()).isZero();
    }

    @Test
    void aFindingStandsAtTheLineOfTheEnvironmentFile() {
        CommandRun run = CommandRun.of("check", "--today", DAY, "--fail-on", "low", "stacks/ingress.yaml");
        assertThat(run.out()).contains("""
                stacks/ingress.yaml:13:3: low: endpoint-without-public-access
                    rule: The cluster has no public endpoint
                    violated by: aws_eks_cluster.cluster_A4C38409 in ingress-infrastructure
                """);
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aFindingInAProgramOfYourOwnStandsAtItsLine() {
        OwnProgram.constructs(folder);
        CommandRun run = CommandRun.of("check", "--today", DAY, "--fail-on", "medium", "--config", folder.toString());
        assertThat(run.out()).contains("""
                src/test/java/com/example/shop/OwnProgram.java:35:1: low: security-group-in-use
                    rule: Every security group is used
                    violated by: aws_security_group.cluster_node-security-group_4E716BC6 in shop
                """, """
                shop/aws_cloudwatch_log_group.orders: medium: log-retention-set
                """);
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aFolderAndFilesAreNotCheckedTogether() {
        CommandRun run = CommandRun.of("check", "--config", folder.toString(), "stacks/ingress.yaml");
        assertThat(run.err())
                .isEqualTo("--config: given with environment files; fix: leave one of them out\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aFolderWithoutStacksIsRefused() {
        CommandRun run = CommandRun.of("check", "--config", folder.toString());
        assertThat(run.err()).startsWith(folder + ": no folder stacks in it that can be read;");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void whatCannotBeDecidedIsCountedAndListedOnDemand() {
        CommandRun few = CommandRun.of("check", "--today", DAY, "stacks/ingress.yaml");
        CommandRun all = CommandRun.of("check", "--today", DAY, "--all", "stacks/ingress.yaml");
        assertThat(few.out())
                .contains("cannot be decided before apply (--all lists them)")
                .doesNotContain("unclear for");
        assertThat(all.out()).contains("    undecided for: ").doesNotContain("--all lists them");
    }

    @Test
    void aWaivedFindingIsFoldedAndAnExpiredWaiverCounts() throws Exception {
        Path waivers = Files.writeString(folder.resolve("waivers.yaml"), """
                waivers:
                  - rule: endpoint-without-public-access
                    address: aws_eks_cluster.*
                    reason: People work from outside
                    owner: ada@example.org
                    expires: 2026-12-31
                """);
        CommandRun before =
                CommandRun.of("check", "--today", DAY, "--waivers", waivers.toString(), "stacks/ingress.yaml");
        assertThat(before.out())
                .contains("waived: endpoint-without-public-access on aws_eks_cluster.cluster_A4C38409: People work from"
                        + " outside (ada@example.org, until 2026-12-31)\n")
                .doesNotContain("low: endpoint-without-public-access")
                .endsWith(", 1 waived\n");
        CommandRun after =
                CommandRun.of("check", "--today", "2027-01-01", "--waivers", waivers.toString(), "stacks/ingress.yaml");
        assertThat(after.out())
                .contains("low: endpoint-without-public-access")
                .contains(waivers + ":2:5: medium: waiver-expired\n");
    }

    @Test
    void aRuleOfOnesOwnCounts() throws Exception {
        Path rules = Files.createDirectories(folder.resolve("rules/network"));
        Files.writeString(rules.resolve("vpc-flow.yaml"), """
                id: vpc-flow
                title: No VPC at all
                why: This test wants a finding.
                severity: critical
                applies: {types: [aws_vpc], when: configuration}
                expression: "resource.get('cidr_block') == 'none'"
                fix: Take it out.
                tests: []
                """);
        CommandRun run = CommandRun.of(
                "check", "--today", DAY, "--policies", folder.resolve("rules").toString(), "stacks/ingress.yaml");
        assertThat(run.out()).startsWith("stacks/ingress.yaml:10:3: critical: vpc-flow\n");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void badOptionsAreReportedTogetherAndEndWithTwo() {
        CommandRun run = CommandRun.of(
                "check", "--fail-on", "hihg", "--today", "1 May", "--policies", "nowhere", "stacks/ingress.yaml");
        assertThat(run.err()).isEqualTo("""
                --fail-on: no severity "hihg"; allowed: critical, high, medium, low, info; fix: did you mean high?
                --today: "1 May" is not a date; fix: write it as 2026-12-31
                --policies nowhere: no such folder; fix: check the path
                3 problems
                """);
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void aBadEnvironmentEndsWithTwo() {
        CommandRun run = CommandRun.of("check", "stacks/nowhere.yaml");
        assertThat(run.err()).startsWith("stacks/nowhere.yaml: ").endsWith("1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void findingsAreWrittenForProgramsBesidesTheText() throws Exception {
        Path json = folder.resolve("new/findings.json");
        Path sarif = folder.resolve("findings.sarif");
        CommandRun run = CommandRun.of(
                "check", "--today", DAY, "--json", json.toString(), "--sarif", sarif.toString(), "stacks/ingress.yaml");
        assertThat(run.out()).contains("low: endpoint-without-public-access").endsWith("(--all lists them)\n");
        JsonNode findings = TestJson.read(json).path("findings");
        assertThat(findings.findValuesAsText("rule")).contains("endpoint-without-public-access");
        assertThat(findings.get(0).at("/position/file").asText()).isEqualTo("stacks/ingress.yaml");
        assertThat(TestJson.read(sarif).at("/runs/0/results").findValuesAsText("ruleId"))
                .isEqualTo(findings.findValuesAsText("rule"));
    }

    @Test
    void aHyphenIsStandardOutputInsteadOfTheText() throws Exception {
        CommandRun run = CommandRun.of("check", "--today", DAY, "--json", "-", "stacks/ingress.yaml");
        assertThat(TestJson.parse(run.out()).path("format").asText()).isEqualTo("1.0");
        CommandRun both = CommandRun.of("check", "--json", "-", "--sarif", "-", "stacks/ingress.yaml");
        assertThat(both.err()).isEqualTo("--sarif: -, as for --json; fix: set another file\n" + "1 problem\n");
        assertThat(both.status()).isEqualTo(2);
    }

    @Test
    void colourIsForTerminals() {
        String[] check = {"check", "--today", DAY, "stacks/ingress.yaml"};
        assertThat(CommandRun.of(check).out()).doesNotContain("\u001B");
        assertThat(CommandRun.of("check", "--today", DAY, "--color", "stacks/ingress.yaml")
                        .out())
                .contains(
                        "stacks/ingress.yaml:13:3\u001B[0m: \u001B[36mlow\u001B[0m: endpoint-without-public-access\n");
        assertThat(CommandRun.of("check", "--today", DAY, "--no-color", "stacks/ingress.yaml")
                        .out())
                .isEqualTo(CommandRun.of(check).out());
    }

    @Test
    void aResultThatCannotBeWrittenEndsWithTwoAndItsReason() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        CommandRun run = CommandRun.of("check", "--json", file.resolve("x.json").toString(), "stacks/ingress.yaml");
        assertThat(run.err())
                .isEqualTo(
                        file.resolve("x.json")
                                + ": cannot be written: Not a directory; fix: remove the file in the way, or name another place\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }
}

package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shipped environments that are models: guardrails find nothing in them that is not explained. */
class ShippedEnvironmentsCheckTest {

    private static final String DAY = "--today=2026-11-26";

    private static CommandRun check(String environment, String... options) {
        List<String> arguments = new ArrayList<>(List.of("check", environment, DAY, "--fail-on=low"));
        arguments.addAll(List.of(options));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void productionHasOnlyTheFindingsThatItsWaiversExplain() throws Exception {
        CommandRun run = check("stacks/production.yaml", "--waivers=policies/waivers/production.yaml");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .endsWith("no findings, 11 cannot be decided before apply (--all lists them), 10 waived\n");
        assertThat(Files.readString(Path.of("policies/waivers/production.yaml")).split("reason: ", -1))
                .hasSize(4);
    }

    @Test
    void autoModeHasOnlyThePublicEndpointThatItsUsersReplace() {
        CommandRun run = check("stacks/auto-mode.yaml");
        assertThat(run.status()).isOne();
        assertThat(run.out()).contains("endpoint-without-public-access").endsWith("1 finding (1 low)\n");
    }

    @Test
    void gitopsHasNoFindings() {
        CommandRun run = check("stacks/gitops.yaml");
        assertThat(run.out()).startsWith("no findings");
        assertThat(run.status()).isZero();
    }

    @Test
    void karpenterHasOnlyThePublicEndpointThatItsUsersReplace() {
        CommandRun run = check("stacks/karpenter.yaml");
        assertThat(run.out())
                .contains("endpoint-without-public-access")
                .endsWith("1 finding (1 low), 1 cannot be decided before apply (--all lists them)\n");
        assertThat(run.status()).isOne();
    }
}

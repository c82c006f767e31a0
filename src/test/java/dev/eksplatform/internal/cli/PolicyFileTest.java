package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy in a file of its own. */
class PolicyFileTest {

    private static final Path ENVIRONMENT = Path.of("src/test/resources/cases/synth/policy-file/env.yaml");

    @TempDir
    private Path output;

    @Test
    void itsContentIsSynthesizedAndItsFileIsWhereThePolicyComesFrom() throws IOException {
        assertThat(CommandRun.of("synth", ENVIRONMENT.toString(), "--output", output.toString())
                        .status())
                .isZero();

        Path stack = output.resolve("stacks/shop-infrastructure");
        assertThat(Files.readString(stack.resolve("cdk.tf.json")))
                .contains("\\\"Action\\\":\\\"s3:GetObject\\\",\\\"Resource\\\":\\\"arn:aws:s3:::shop-orders/*\\\"")
                .contains("\\\"Action\\\":[\\\"sqs:SendMessage\\\",\\\"sqs:GetQueueUrl\\\"]");
        assertThat(Files.readString(stack.resolve("sources.json")))
                .contains(ENVIRONMENT.resolveSibling("policies/orders.json") + ":1:1\"")
                .contains(ENVIRONMENT.resolveSibling("policies/reports.yaml") + ":1:1\"");
    }

    @Test
    void accessIsExplainedByIt() {
        assertThat(CommandRun.of(
                                "explain",
                                "access",
                                ENVIRONMENT.toString(),
                                "--as",
                                "shop/orders",
                                "--action",
                                "s3:GetObject",
                                "--resource",
                                "arn:aws:s3:::shop-orders/a")
                        .out())
                .contains("s3:GetObject on arn:aws:s3:::shop-orders/a: allowed");
    }
}

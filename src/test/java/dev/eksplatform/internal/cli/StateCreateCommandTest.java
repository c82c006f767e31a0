package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCreateCommandTest {

    @TempDir
    private Path folder;

    @Test
    void environmentsWithoutABucketAreBadInput() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                environment: shop
                region: eu-central-1
                account: "111122223333"
                cluster: {existing: {name: shop}}
                state: local
                """);
        CommandRun run = CommandRun.of("state", "create", file.toString());
        assertThat(run.err().replace(folder + "/", ""))
                .isEqualTo(
                        "shop.yaml:5:8 state: the state of shop is not in an S3 bucket; fix: write state: {s3: {bucket:"
                                + " NAME}}\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void daysAreChecked() {
        CommandRun run = CommandRun.of("state", "create", "--keep-days", "0");
        assertThat(run.err())
                .isEqualTo("--keep-days: 0 days; allowed: 1 to 36500; fix: set a number of this range\n1 problem\n");
        assertThat(run.status()).isEqualTo(2);
    }
}

package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.terraform.CdktfRunner.Program;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code cdktf} and {@code cdktn}: order of deployment, and a change from one to the other. */
@RequiresPrograms({"terraform", "python3", "npm", "node"})
class CdktfRunnerIT {

    private static final Path PROJECT = Path.of("src/test/resources/cdktf");
    private static final String REGION = "eu-central-1";

    @ParameterizedTest
    @EnumSource
    void stacksAreDeployedInOrderAndDestroyedInReverse(Program program) {
        try (Moto aws = Moto.start("111122223333")) {
            SortedSet<String> before = aws.inventory(REGION);
            CdktfRunner runner = CdktfRunner.of(program, "runner-" + program, PROJECT, aws);

            // The roles read the log group, so the other order would fail.
            assertThat(runner.deploy("shop-roles", "shop-logs")).contains("Apply complete! Resources: 1 added");
            assertThat(aws.inventory(REGION)).contains("logs /shop", "iam arn:aws:iam::111122223333:role/shop");

            assertThat(runner.destroy("shop-logs", "shop-roles")).contains("Destroy complete! Resources: 1 destroyed");
            assertThat(aws.inventory(REGION)).isEqualTo(before);
        }
    }

    @Test
    void cdktnContinuesWhatCdktfDeployed() {
        try (Moto aws = Moto.start("111122223333")) {
            SortedSet<String> before = aws.inventory(REGION);
            CdktfRunner cdktf = CdktfRunner.of(Program.CDKTF, "runner-change", PROJECT, aws);
            cdktf.deploy("shop-logs", "shop-roles");

            CdktfRunner cdktn = cdktf.with(Program.CDKTN);
            assertThat(cdktn.diff("shop-roles")).contains("No changes.");
            cdktn.destroy("shop-logs", "shop-roles");
            assertThat(aws.inventory(REGION)).isEqualTo(before);
        }
    }
}

package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** {@code cdktf deploy} and {@code cdktf destroy} take stacks to the account and back in the order of their dependencies. */
@RequiresPrograms({"terraform", "python3", "npm"})
class CdktfRunnerIT {

    @Test
    void stacksAreDeployedInOrderAndDestroyedInReverse() {
        try (Moto aws = Moto.start("111122223333")) {
            SortedSet<String> before = aws.inventory("eu-central-1");
            CdktfRunner cdktf = CdktfRunner.of("cdktf-runner", Path.of("src/test/resources/cdktf"), aws);

            // The roles read the log group, so the other order would fail.
            assertThat(cdktf.deploy("shop-roles", "shop-logs")).contains("Apply complete! Resources: 1 added");
            assertThat(aws.inventory("eu-central-1")).contains("logs /shop", "iam arn:aws:iam::111122223333:role/shop");

            assertThat(cdktf.destroy("shop-logs", "shop-roles")).contains("Destroy complete! Resources: 1 destroyed");
            assertThat(aws.inventory("eu-central-1")).isEqualTo(before);
        }
    }
}

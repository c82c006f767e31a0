package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code cdktn deploy ingress-infrastructure} in the project, with its own {@code cdktf.json} and launcher, {@code cdktn diff} and {@code
 * cdktn destroy}; {@link ReadmeIT} does the same with {@code cdktf}. The platform on it is not deployed, as nothing plays
 * Kubernetes here. Runs after the package is made, or the launcher would build it in the middle of this build.
 */
@RequiresPrograms({"terraform", "python3", "npm", "node"})
class CdktfDeploymentIT {

    private static final Path PROJECT = Path.of("");
    private static final String STACK = "ingress-infrastructure";
    private static final String REGION = "ap-northeast-2";

    @Test
    void deployMakesTheClusterAndDestroyTakesItAway() throws IOException {
        List<String> filesBefore = files();
        try (Moto aws = Moto.start("111122223333")) {
            SortedSet<String> before = aws.inventory(REGION);
            CdktfRunner cdktn = CdktfRunner.of(CdktfRunner.Program.CDKTN, "cdktn-deployment", PROJECT, aws);

            assertThat(cdktn.deploy(STACK)).contains("Apply complete!");
            assertThat(aws.inventory(REGION))
                    .contains("eks ingress", "iam arn:aws:iam::111122223333:role/alb-ingress-sa-role");
            assertThat(cdktn.folder().resolve("terraform." + STACK + ".tfstate"))
                    .as("the local state, beside the output folder")
                    .exists();

            assertThat(cdktn.diff(STACK)).contains("No changes.");

            assertThat(cdktn.destroyAlone(STACK)).contains("Destroy complete!");
            assertThat(aws.inventory(REGION)).isEqualTo(before);
        }
        assertThat(files()).as("the project's own folder").isEqualTo(filesBefore);
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.toAbsolutePath())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("node_modules") && !name.equals(".moto"))
                    .sorted()
                    .toList();
        }
    }
}

package dev.eksplatform.internal.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.terraform.RequiresPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code src/build/eks-versions} writes the calendar from its sources. */
@RequiresPrograms("python3")
class EksVersionsProgramIT {

    private static final Path SOURCE = Path.of("src/build/eks-versions");
    private static final Path TABLE = Path.of("src/main/resources/dev/eksplatform/internal/release/eks-versions.txt");

    @TempDir
    Path folder;

    /** Such as the product file of endoflife.date that the calendar was made from, which has neither 1.37 nor the default. */
    private static String product() {
        return KubernetesReleases.get().releases().stream()
                .filter(release -> release.minor() < 37)
                .map(release ->
                        """
                          - releaseCycle: "%s"
                            releaseDate: %s
                            eol: %s
                            eoes: %s
                            latest: "%1$s-eks-6"
                            latestReleaseDate: 2026-06-22
                        """.formatted(release, release.released(), release.standardUntil(), release.extendedUntil()))
                .collect(Collectors.joining("\n", "---\ntitle: Amazon EKS\nreleases:\n", "---\n"));
    }

    private void run(String product) throws IOException, InterruptedException {
        Path build = Files.createDirectories(folder.resolve("src/build/eks-versions"));
        for (String file : List.of("make.py", "newer.txt")) {
            Files.copy(SOURCE.resolve(file), build.resolve(file));
        }
        Files.createDirectories(folder.resolve(TABLE).getParent());
        Path file = Files.writeString(folder.resolve("amazon-eks.md"), product);
        Process program = new ProcessBuilder("python3", build.resolve("make.py").toString(), file.toString())
                .inheritIO()
                .start();
        assertThat(program.waitFor()).isZero();
    }

    @Test
    void theSameSourcesLeaveTheCalendarUnchanged() throws IOException, InterruptedException {
        run(product());

        assertThat(folder.resolve(TABLE)).hasSameTextualContentAs(TABLE);
    }

    @Test
    void aVersionThatIsNewInTheProductFileIsAdded() throws IOException, InterruptedException {
        run(product() + """
                  - releaseCycle: "1.38"
                    releaseDate: 2027-02-01
                    eol: 2028-04-01
                    eoes: 2029-04-01
                """);

        assertThat(folder.resolve(TABLE))
                .hasContent(Files.readString(TABLE) + "1.38 2027-02-01 2028-04-01 2029-04-01\n");
    }
}

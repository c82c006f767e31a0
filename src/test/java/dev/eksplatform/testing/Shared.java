package dev.eksplatform.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Reference material beside the project, without which a test that compares with it is skipped. */
public final class Shared {

    private Shared() {}

    /** A file or folder of it; skips the test when it is not there. */
    public static Path path(String relative) {
        Path path =
                Path.of(System.getProperty("eksplatform.shared", "../shared")).resolve(relative);
        Assumptions.assumeTrue(
                Files.exists(path),
                () -> path + " is not there: nothing to compare with; -Deksplatform.shared names it");
        return path;
    }
}

package dev.eksplatform.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files that the complete example of an environment names. */
public final class ExampleApp {

    private static final Path APP = Path.of("src", "test", "resources", "environments", "app");

    private ExampleApp() {}

    /** Copies them to where an environment in a folder looks for them. */
    public static void copyTo(Path folder) throws IOException {
        Path target = Files.createDirectories(folder.resolve("app"));
        try (Stream<Path> files = Files.list(APP)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
    }
}

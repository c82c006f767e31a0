package dev.eksplatform.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that the complete examples of environments name. */
public final class ExampleApp {

    private static final Path EXAMPLES = Path.of("src", "test", "resources", "environments");

    private ExampleApp() {}

    /** Copies them to where an environment in a folder looks for them. */
    public static void copyTo(Path folder) throws IOException {
        for (String name : List.of("app", "base")) {
            Path target = Files.createDirectories(folder.resolve(name));
            try (Stream<Path> files = Files.list(EXAMPLES.resolve(name))) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
        }
    }
}

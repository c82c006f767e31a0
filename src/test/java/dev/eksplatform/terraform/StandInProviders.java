package dev.eksplatform.terraform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The Kubernetes and Helm providers, played by {@code src/build/provider-stand-in} with their real schemas: plans of such resources are
 * recorded where neither these providers nor a cluster are at hand. Needs Go; the environment variable {@code
 * EKSPLATFORM_PROVIDER_SCHEMAS} names the folder with the schemas.
 */
final class StandInProviders {

    private static final Path SOURCE = Path.of("src/build/provider-stand-in").toAbsolutePath();
    private static final Path MIRROR = Path.of("target", "stand-in-providers").toAbsolutePath();

    private StandInProviders() {}

    /** What is done with the stand-ins. */
    @FunctionalInterface
    interface Recording {
        void run() throws IOException;
    }

    /** Builds both into a folder as Terraform's {@code filesystem_mirror} wants it, and records with this mirror instead of the other. */
    static void instead(Recording recording) throws IOException {
        provider("kubernetes", "2.38.0", "kubernetes-2.38.0.json.gz");
        provider("helm", "3.1.1", "helm-3.1.1.json");
        Optional<String> other = Optional.ofNullable(System.getProperty(ProviderMirror.PROPERTY));
        System.setProperty(ProviderMirror.PROPERTY, MIRROR.toString());
        try {
            recording.run();
        } finally {
            System.clearProperty(ProviderMirror.PROPERTY);
            other.ifPresent(mirror -> System.setProperty(ProviderMirror.PROPERTY, mirror));
        }
    }

    private static void provider(String name, String version, String schema) throws IOException {
        Path folder = MIRROR.resolve(String.join(
                "/", "registry.terraform.io/hashicorp", name, version, go("env", "GOOS") + "_" + go("env", "GOARCH")));
        Files.createDirectories(folder);
        go(
                "build",
                "-o",
                folder.resolve("terraform-provider-" + name + "_v" + version).toString(),
                ".");
        String schemas = System.getenv("EKSPLATFORM_PROVIDER_SCHEMAS");
        if (schemas == null) {
            throw new IllegalStateException("EKSPLATFORM_PROVIDER_SCHEMAS is not set: name the folder with " + schema);
        }
        try (InputStream file = Files.newInputStream(Path.of(schemas, schema));
                InputStream text = schema.endsWith(".gz") ? new GZIPInputStream(file) : file) {
            Files.copy(text, folder.resolve("schema.json"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String go(String... arguments) {
        List<String> line = new ArrayList<>(List.of("go"));
        line.addAll(List.of(arguments));
        return Command.run(SOURCE, Map.copyOf(System.getenv()), line)
                .expect(0)
                .output()
                .strip();
    }
}

package dev.eksplatform.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where Terraform takes its providers from: a folder on disk that holds some of them, so that {@code terraform init} needs no
 * network, and the registry for the rest. The folder is named by the system property {@code eksplatform.providerMirror} or the
 * environment variable {@code EKSPLATFORM_PROVIDER_MIRROR}; without either, {@code .ci/find-provider-mirror} looks for one.
 */
final class ProviderMirror {

    static final String PROPERTY = "eksplatform.providerMirror";

    private ProviderMirror() {}

    /**
     * The text of a CLI configuration file for {@code TF_CLI_CONFIG_FILE}: <a
     * href="https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation">provider_installation</a>.
     */
    static String cliConfiguration() {
        return find().map(ProviderMirror::cliConfiguration).orElse("");
    }

    static String cliConfiguration(Path mirror) {
        String providers = providersIn(mirror).map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        return """
                provider_installation {
                  filesystem_mirror {
                    path    = "%s"
                    include = [%s]
                  }
                  direct {
                    exclude = [%s]
                  }
                }
                """.formatted(mirror, providers, providers);
    }

    private static Optional<Path> find() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .or(ProviderMirror::search)
                .map(Path::of);
    }

    private static Optional<String> search() {
        String found = Command.run(
                        Path.of("").toAbsolutePath(),
                        Map.copyOf(System.getenv()),
                        List.of("sh", ".ci/find-provider-mirror"))
                .expect(0)
                .output()
                .strip();
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** Every {@code host/namespace/type} below the mirror, in order. */
    private static Stream<String> providersIn(Path mirror) {
        try (Stream<Path> folders = Files.find(mirror, 3, (path, attributes) -> Files.isDirectory(path))) {
            return folders
                    .filter(path -> mirror.relativize(path).getNameCount() == 3)
                    .map(path -> mirror.relativize(path).toString())
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

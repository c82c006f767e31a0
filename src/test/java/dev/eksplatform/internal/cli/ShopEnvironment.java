package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An environment and its manifest in a folder of their own, to make mistakes in. */
final class ShopEnvironment {

    static final String ENVIRONMENT = """
            environment: shop
            region: ap-northeast-2
            account: "111122223333"
            network:
              cidr: 10.20.0.0/16
              zones: [ap-northeast-2a, ap-northeast-2c]
            cluster:
              version: "1.36"
            nodeGroups:
              general: {instanceTypes: [m7g.large], size: {min: 2, desired: 2, max: 6}}
            addons:
              cert-manager: {}
              aws-load-balancer-controller: {}
            identities:
              shop/orders: {policies: [AmazonS3ReadOnlyAccess]}
            workloads:
              namespace: shop
              manifests: [app/*.yaml]
            """;

    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: orders
            spec:
              selector:
                matchLabels: {app: orders}
              template:
                metadata:
                  labels: {app: orders}
                spec:
                  serviceAccountName: orders
                  containers:
                    - name: orders
                      image: registry.example.com/orders:1.4.2
            """;

    private final Path folder;
    private String environment = ENVIRONMENT;
    private String manifest = MANIFEST;

    ShopEnvironment(Path folder) {
        this.folder = folder;
    }

    /** Changes the environment file. */
    ShopEnvironment with(String from, String to) {
        assertThat(environment).contains(from);
        environment = environment.replace(from, to);
        return this;
    }

    /** Changes the manifest. */
    ShopEnvironment withManifest(String from, String to) {
        assertThat(manifest).contains(from);
        manifest = manifest.replace(from, to);
        return this;
    }

    /** Rewrites the whole environment file. */
    ShopEnvironment saying(String text) {
        environment = text;
        return this;
    }

    Path file() {
        return folder.resolve("shop.yaml");
    }

    Path output() {
        return folder.resolve("out");
    }

    CommandRun synth() {
        write(file(), environment);
        write(folder.resolve("app/orders.yaml"), manifest);
        return synth(file());
    }

    CommandRun synth(Path... files) {
        String[] arguments = Stream.concat(
                        Stream.of("synth", "-o", output().toString()),
                        Stream.of(files).map(Path::toString))
                .toArray(String[]::new);
        return CommandRun.of(arguments);
    }

    /** Asserts that the file is refused with these lines, and that no output folder is made or changed. */
    void isRefused(String... lines) {
        refused(synth(), lines);
        assertThat(output()).doesNotExist();
        write(output().resolve("manifest.json"), "{}");
        write(output().resolve("stacks/shop-infrastructure/cdk.tf.json"), "{\"before\": true}");
        Map<String, String> before = contents();
        refused(synth(), lines);
        assertThat(contents()).isEqualTo(before);
    }

    void refused(CommandRun run, String... lines) {
        assertThat(run.err().replace(folder + "/", ""))
                .isEqualTo(String.join("\n", lines)
                        + (lines.length == 1 ? "\n1 problem" : "\n" + lines.length + " problems")
                        + ", nothing was written\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(2);
    }

    /** Every file beside and in the output folder, with its content. */
    Map<String, String> contents() {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

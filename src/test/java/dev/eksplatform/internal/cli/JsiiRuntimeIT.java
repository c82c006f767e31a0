package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The preloaded runtime of the launcher is there to be fast, and for nothing else. */
class JsiiRuntimeIT {

    private static final Path PRELOADED = Path.of("bindings/target/runtime/jsii-runtime");

    @Test
    void thePreloadedRuntimeWritesTheBytesOfTheOfficialOne(@TempDir Path folder) throws Exception {
        assertThat(PRELOADED)
                .as("made by `mvn -q -f bindings install`, which comes before the tests")
                .isExecutable();

        Map<String, String> official = synth(folder.resolve("official"), null);
        Map<String, String> preloaded = synth(folder.resolve("preloaded"), PRELOADED.toAbsolutePath());

        assertThat(official)
                .containsKey("stacks/ingress-infrastructure/cdk.tf.json")
                .hasSizeGreaterThan(5);
        assertThat(preloaded).isEqualTo(official);
    }

    private static Map<String, String> synth(Path output, @Nullable Path runtime)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.eksplatform.internal.cli.Main",
                "synth",
                "stacks/ingress.yaml"));
        builder.environment().put("CDKTF_OUTDIR", output.toString());
        builder.environment().remove("JSII_RUNTIME");
        if (runtime != null) {
            builder.environment().put("JSII_RUNTIME", runtime.toString());
        }
        File log = Files.createTempFile(output.getParent(), "synth", ".log").toFile();
        Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
        return contents(output);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}

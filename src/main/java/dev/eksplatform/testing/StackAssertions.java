package dev.eksplatform.testing;

import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.AppConfig;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.internal.plan.SynthesizedStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The entry to assertions on what a stack is synthesized to.
 *
 * <pre>{@code
 * App app = StackAssertions.app();
 * TerraformStack stack = new TerraformStack(app, "shop");
 * new AwsProvider(stack, "aws", AwsProviderConfig.builder().region("eu-central-1").build());
 * new Network(stack, "network", NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b"));
 *
 * assertThat(stack)
 *         .hasResource("aws_vpc").withAttribute("cidr_block", "10.20.0.0/16")
 *         .and()
 *         .hasResources("aws_subnet", 4)
 *         .hasNoResource("aws_instance");
 * }</pre>
 *
 * <p>CDKTF runs in one process that does not support several threads: tests that build constructs must not run at the same
 * time.
 */
public final class StackAssertions {

    private StackAssertions() {}

    /**
     * Makes an app for a test. It writes to a temporary folder, which is removed when the program ends, and writes no stack
     * traces into the configuration.
     *
     * @return an app of its own
     */
    public static App app() {
        try {
            Path folder = Files.createTempDirectory("synthesized-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return new App(AppConfig.builder()
                    .outdir(folder.toString())
                    .stackTraces(false)
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Synthesizes the app of a stack, with all validations of CDKTF, and asserts on the stack.
     *
     * @param stack the stack, of an app created by {@link #app()}; any other app writes to its own output folder
     * @return assertions on what was written
     */
    public static SynthesizedStackAssert assertThat(TerraformStack stack) {
        return new SynthesizedStackAssert(SynthesizedStack.read(synthesize(stack)));
    }

    /** Asserts on a stack that was read from a {@code cdk.tf.json}. */
    static SynthesizedStackAssert assertThat(SynthesizedStack stack) {
        return new SynthesizedStackAssert(stack);
    }

    /** Synthesizes the app of a stack and says where the stack's configuration is. */
    static Path synthesize(TerraformStack stack) {
        App app = (App) Objects.requireNonNull(stack.getNode().getRoot());
        app.synth();
        return Path.of(app.getOutdir())
                .resolve(app.getManifest().forStack(stack).getSynthesizedStackPath());
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.eksplatform.internal.plan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The plans among the test resources. */
public final class PlanFiles {

    private PlanFiles() {}

    /**
     * A plan recorded from a real Terraform run.
     *
     * @param name such as {@code a-update}
     * @return the plan
     */
    public static Plan recorded(String name) {
        return PlanReader.parse(new ByteArrayInputStream(recordedBytes(name)), name + ".json");
    }

    /**
     * The JSON text of a recorded plan.
     *
     * @param name such as {@code a-update}
     * @return its bytes
     */
    public static byte[] recordedBytes(String name) {
        return unzipped("/plans/" + name + ".json.gz");
    }

    /**
     * A plan of which a review once missed something.
     *
     * @param name such as {@code sem-05-logs-off}
     * @return the plan
     */
    public static Plan reviewCase(String name) {
        return of(unzipped("/cases/review/" + name + ".json.gz"));
    }

    private static byte[] unzipped(String resource) {
        try (InputStream in = new GZIPInputStream(open(resource))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A plan written by hand to show one thing.
     *
     * @param name such as {@code create}
     * @return the plan
     */
    public static Plan small(String name) {
        return written("/plans/small/" + name + ".json");
    }

    /**
     * A plan written by hand after the documentation of a field.
     *
     * @param name such as {@code action-invocations}
     * @return the plan
     */
    public static Plan field(String name) {
        return written("/plans/fields/" + name + ".json");
    }

    private static Plan written(String resource) {
        try (InputStream in = open(resource)) {
            return PlanReader.parse(in, resource.substring(resource.lastIndexOf('/') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A plan that was reviewed wrongly once.
     *
     * @param name such as {@code feat-checks}
     * @return the plan
     */
    public static Plan ofCase(String name) {
        return written("/cases/review/" + name + ".json.gz");
    }

    /**
     * A synthesized stack given as text.
     *
     * @param name the stack's name
     * @param json its configuration
     * @return the stack
     */
    public static SynthesizedStack synthesized(String name, String json) {
        return SynthesizedStack.parse(stream(json), "cdk.tf.json", name);
    }

    /**
     * A text as what a file of it holds.
     *
     * @param text the text
     * @return its bytes
     */
    public static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A plan given as text.
     *
     * @param json the text
     * @return the plan
     */
    public static Plan of(String json) {
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A plan given as bytes.
     *
     * @param json its text in UTF-8
     * @return the plan
     */
    public static Plan of(byte[] json) {
        return PlanReader.parse(new ByteArrayInputStream(json), "plan.json");
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(PlanFiles.class.getResourceAsStream(resource), resource);
    }
}

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
        return Plan.parse(new ByteArrayInputStream(recordedBytes(name)), name + ".json");
    }

    /**
     * The JSON text of a recorded plan.
     *
     * @param name such as {@code a-update}
     * @return its bytes
     */
    public static byte[] recordedBytes(String name) {
        try (InputStream in = new GZIPInputStream(open("/plans/" + name + ".json.gz"))) {
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
        try (InputStream in = open("/plans/small/" + name + ".json")) {
            return Plan.parse(in, name + ".json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A plan given as text.
     *
     * @param json the text
     * @return the plan
     */
    public static Plan of(String json) {
        return Plan.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "plan.json");
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(PlanFiles.class.getResourceAsStream(resource), resource);
    }
}

package dev.eksplatform.internal.review.render;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.eksplatform.internal.guardrail.FindingsJson;
import dev.eksplatform.internal.review.Review;
import java.io.IOException;
import java.io.Writer;

/** A review in JSON, for programs: the fields of {@link Review}, which {@code apply} checks its plans against. */
public final class JsonReview {

    private JsonReview() {}

    private record Document(
            String format, boolean hasEffect, @JsonUnwrapped Review review) {}

    /**
     * Writes a review, which may be large.
     *
     * @param review the review
     * @param out where to write JSON that ends with a line break
     * @throws IOException when it cannot be written
     */
    public static void write(Review review, Writer out) throws IOException {
        FindingsJson.MAPPER
                .writerWithDefaultPrettyPrinter()
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValue(out, new Document(FindingsJson.FORMAT, review.hasEffect(), review));
        out.append('\n');
    }
}

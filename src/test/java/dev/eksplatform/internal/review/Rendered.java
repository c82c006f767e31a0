package dev.eksplatform.internal.review;

import dev.eksplatform.internal.review.render.HtmlReview;
import dev.eksplatform.internal.review.render.JsonReview;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Reviews as they are written, as one text. */
public final class Rendered {

    private Rendered() {}

    /** The page. */
    public static String html(Review review) {
        StringWriter out = new StringWriter();
        HtmlReview.write(review, out);
        return out.toString();
    }

    /** The JSON. */
    public static String json(Review review) {
        StringWriter out = new StringWriter();
        try {
            JsonReview.write(review, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}

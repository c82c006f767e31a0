package dev.eksplatform.internal.review.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.guardrail.FindingsJson;
import dev.eksplatform.internal.review.Review;

/** A review in JSON, for programs: the fields of {@link Review}, which {@code apply} checks its plans against. */
public final class JsonReview {

    private JsonReview() {}

    /**
     * Writes a review.
     *
     * @param review the review
     * @return JSON that ends with a line break
     */
    public static String render(Review review) {
        try {
            JsonMapper mapper = FindingsJson.MAPPER;
            ObjectNode root = mapper.createObjectNode().put("format", FindingsJson.FORMAT);
            root.put("hasEffect", review.hasEffect());
            root.setAll((ObjectNode) mapper.valueToTree(review));
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a review is not JSON", e);
        }
    }
}

package dev.eksplatform.internal.review.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.guardrail.FindingInJson;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.review.Review;

/** A review in JSON, for programs: the fields of {@link Review}, and {@code apply} checks itself against it. */
public final class JsonReview {

    /** The version of this format; a new major when a reader of the old one would misread it. */
    public static final String FORMAT = "1.0";

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addModule(new SimpleModule().addSerializer(PlacedFinding.class, new FindingInJson()))
            .build();

    private JsonReview() {}

    /**
     * Writes a review.
     *
     * @param review the review
     * @return JSON that ends with a line break
     */
    public static String render(Review review) {
        try {
            ObjectNode root = MAPPER.createObjectNode().put("format", FORMAT);
            root.setAll((ObjectNode) MAPPER.valueToTree(review));
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a review is not JSON", e);
        }
    }
}

package dev.eksplatform.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.policy.Finding;
import dev.eksplatform.policy.Waiver;
import java.io.IOException;

/** A review in JSON, for programs: the fields of {@link Review}, and {@code apply} checks itself against it. */
public final class JsonReview {

    /** The version of this format; a new major when a reader of the old one would misread it. */
    public static final String FORMAT = "1.0";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .addModule(new SimpleModule().addSerializer(PlacedFinding.class, new FindingInJson()))
            .build();

    private JsonReview() {}

    /** A finding, its place and its waiver in one object. */
    private static final class FindingInJson extends JsonSerializer<PlacedFinding> {

        @Override
        public void serialize(PlacedFinding placed, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            Finding finding = placed.finding();
            json.writeStartObject();
            json.writeStringField("rule", finding.rule());
            json.writeStringField("area", finding.area());
            json.writeStringField("severity", finding.severity().name());
            json.writeStringField("verdict", finding.verdict().name());
            json.writeStringField("title", finding.title());
            json.writeStringField("message", finding.message());
            json.writeStringField("fix", finding.fix());
            json.writePOJOField("aliases", finding.aliases());
            json.writeStringField("stack", finding.stack());
            json.writeStringField("address", finding.address());
            json.writeBooleanField("untouched", finding.untouched());
            if (placed.position() != null) {
                json.writePOJOField("position", placed.position());
            }
            if (finding.waiver().isPresent()) {
                Waiver waiver = finding.waiver().get();
                json.writeObjectFieldStart("waiver");
                json.writeStringField("reason", waiver.reason());
                json.writeStringField("owner", waiver.owner());
                json.writeStringField("expires", waiver.expires().toString());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

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

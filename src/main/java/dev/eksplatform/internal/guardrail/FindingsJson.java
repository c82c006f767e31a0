package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Findings in JSON, for programs. */
public final class FindingsJson {

    /** The version of the format, also of reviews; a new major when a reader of the old one would misread it. */
    public static final String FORMAT = "1.0";

    /** Writes records with the names of their components, without those that are null. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private FindingsJson() {}

    /**
     * Writes findings.
     *
     * @param findings in the order to show; including waived and undecided ones
     * @return JSON that ends with a line break: {@code format}, as in a review, and {@code findings}
     */
    public static String render(List<PlacedFinding> findings) {
        try {
            ObjectNode root = MAPPER.createObjectNode().put("format", FORMAT);
            root.set("findings", MAPPER.valueToTree(findings));
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings are not JSON", e);
        }
    }
}

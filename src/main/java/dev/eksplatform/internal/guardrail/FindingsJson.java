package dev.eksplatform.internal.guardrail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.review.render.JsonReview;
import java.util.List;

/** Findings in JSON, for programs: each as in {@link JsonReview}. */
public final class FindingsJson {

    private FindingsJson() {}

    /**
     * Writes findings.
     *
     * @param findings in the order to show; waived and undecided ones are among them, and say so
     * @return JSON that ends with a line break: {@code format}, as in a review, and {@code findings}
     */
    public static String render(List<PlacedFinding> findings) {
        try {
            ObjectNode root = JsonReview.MAPPER.createObjectNode().put("format", JsonReview.FORMAT);
            root.set("findings", JsonReview.MAPPER.valueToTree(findings));
            return JsonReview.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings are not JSON", e);
        }
    }
}

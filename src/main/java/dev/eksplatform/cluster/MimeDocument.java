package dev.eksplatform.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Several parts of user data in one document, which EKS merges with its own. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data">user data</a>.
 */
final class MimeDocument {

    private static final String BOUNDARY = "==eks-platform==";

    private record Part(String type, String text) {}

    private final List<Part> parts = new ArrayList<>();

    void add(String type, String text) {
        parts.add(new Part(type, text.endsWith("\n") ? text : text + "\n"));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** The document; its boundary is in none of the parts. */
    @Override
    public String toString() {
        String boundary = BOUNDARY;
        for (int i = 1; isUsed(boundary); i++) {
            boundary = BOUNDARY + i;
        }
        StringBuilder text = new StringBuilder("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"")
                .append(boundary)
                .append("\"\n\n");
        for (Part part : parts) {
            text.append("--").append(boundary).append("\nContent-Type: ").append(part.type());
            if (part.type().startsWith("text/")) {
                text.append("; charset=\"utf-8\"");
            }
            text.append("\n\n").append(part.text()).append("\n");
        }
        return text.append("--").append(boundary).append("--\n").toString();
    }

    private boolean isUsed(String boundary) {
        return parts.stream().anyMatch(part -> part.text().contains("--" + boundary));
    }
}

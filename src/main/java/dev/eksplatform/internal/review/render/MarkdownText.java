package dev.eksplatform.internal.review.render;

import dev.eksplatform.internal.plan.Masking;
import dev.eksplatform.internal.review.Excerpt;

/**
 * Writes texts from a plan into GitHub-flavoured Markdown so that they stay texts: no markup, no HTML, no links, no
 * mentions, no issue references, no cell or fence that ends early.
 */
final class MarkdownText {

    private static final int LONGEST = 240;

    private MarkdownText() {}

    /** A name or value, as code on one line. */
    static String code(String text) {
        String line = oneLine(text);
        if (line.isEmpty()) {
            return "<code></code>";
        }
        boolean plain = line.chars().noneMatch(c -> c == '`' || c == '|' || c == '\\')
                && !line.startsWith(" ")
                && !line.endsWith(" ");
        return plain ? "`" + line + "`" : "<code>" + entities(line) + "</code>";
    }

    /** A sentence. */
    static String text(String text) {
        StringBuilder out = new StringBuilder();
        String line = oneLine(text);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '\\', '`', '|', '#', '$', '<', '>', '&' ->
                    out.append("&#").append((int) c).append(';');
                case '*', '_', '[', ']', '~' -> out.append('\\').append(c);
                // a zero-width space keeps a name from being notified and an address from being linked
                case '@' -> out.append("&#64;&#8203;");
                case ':' -> out.append(line.startsWith("//", i + 1) ? "&#58;" : ":");
                case '.' -> out.append(line.regionMatches(true, i - 3, "www", 0, 3) ? "&#46;" : ".");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** Text inside of an HTML block, where Markdown is not read. */
    static String html(String text) {
        return entities(oneLine(text));
    }

    private static String entities(String line) {
        StringBuilder out = new StringBuilder();
        line.chars().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " -,()=/".indexOf(c) >= 0) {
                out.append((char) c);
            } else if (c == '@') {
                out.append("&#64;&#8203;");
            } else if (Character.isSurrogate((char) c)) {
                out.append((char) c);
            } else {
                out.append("&#").append(c).append(';');
            }
        });
        return out.toString();
    }

    private static String oneLine(String text) {
        String line = Masking.printable(text).replace("\n", "⏎").replace("\t", " ");
        return Excerpt.shortened(line, LONGEST);
    }
}

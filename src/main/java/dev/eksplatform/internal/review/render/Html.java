package dev.eksplatform.internal.review.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes HTML, bit by bit: every text and attribute value is escaped, except for markup of the program itself. */
final class Html {

    private final char[] buffer = new char[1 << 16];
    private int length;
    private final Writer to;

    Html(Writer to) {
        this.to = to;
    }

    /** Opens an element. */
    Html open(String name, String... attributes) {
        own("<").own(name);
        for (int i = 0; i < attributes.length; i += 2) {
            own(" ").own(attributes[i]).own("=\"").text(attributes[i + 1]).own("\"");
        }
        return own(">");
    }

    /** Closes an element. */
    Html close(String name) {
        return own("</").own(name).own(">");
    }

    /** Writes text. */
    Html text(String text) {
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            String entity = entity(text.charAt(i));
            if (!entity.isEmpty()) {
                add(text, written, i);
                own(entity);
                written = i + 1;
            }
        }
        add(text, written, text.length());
        return this;
    }

    /** Writes an element with text only. */
    Html element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close(name);
    }

    /** Writes markup that comes with the program. */
    Html own(String markup) {
        add(markup, 0, markup.length());
        return this;
    }

    /** Ends a line, to keep the page's source readable. */
    Html line() {
        return own("\n");
    }

    private void add(String text, int from, int to) {
        for (int start = from; start < to; ) {
            if (length == buffer.length) {
                flush();
            }
            int end = Math.min(to, start + buffer.length - length);
            text.getChars(start, end, buffer, length);
            length += end - start;
            start = end;
        }
    }

    /** Writes what was not written yet. */
    void flush() {
        try {
            to.write(buffer, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        length = 0;
    }

    /** What is written for a character of markup; empty for any other. */
    private static String entity(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> "";
        };
    }
}

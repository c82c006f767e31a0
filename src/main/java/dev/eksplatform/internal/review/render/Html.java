package dev.eksplatform.internal.review.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes HTML, bit by bit: every text and attribute value is escaped, except for markup of the program itself. */
final class Html {

    private static final int BIT = 1 << 16;

    private final StringBuilder out = new StringBuilder();
    private final Writer to;

    Html(Writer to) {
        this.to = to;
    }

    /** Opens an element. */
    Html open(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]);
            out.append("=\"").append(escaped(attributes[i + 1])).append('"');
        }
        out.append('>');
        return this;
    }

    /** Closes an element. */
    Html close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** Writes text. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Writes an element with text only. */
    Html element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close(name);
    }

    /** Writes markup that comes with the program. */
    Html own(String markup) {
        out.append(markup);
        return this;
    }

    /** Ends a line, to keep the page's source readable. */
    Html line() {
        out.append('\n');
        if (out.length() > BIT) {
            flush();
        }
        return this;
    }

    /** Writes what was not written yet. */
    void flush() {
        try {
            to.append(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.setLength(0);
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}

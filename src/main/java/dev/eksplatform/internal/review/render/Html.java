package dev.eksplatform.internal.review.render;

/** Writes HTML: every text and attribute value is escaped, except for markup of the program itself. */
final class Html {

    private final StringBuilder out = new StringBuilder();

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
        return this;
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

    @Override
    public String toString() {
        return out.toString();
    }
}

package dev.eksplatform.problem;

import java.util.Comparator;

/**
 * A position in a text file.
 *
 * @param file the path of the file as the caller named it: a relative path stays relative
 * @param line the line, from 1; 0 when the file as a whole is meant
 * @param column the column in characters, from 1; 0 when the file as a whole is meant
 */
public record SourcePosition(String file, int line, int column) implements Comparable<SourcePosition> {

    private static final Comparator<SourcePosition> ORDER = Comparator.comparing(SourcePosition::file)
            .thenComparingInt(SourcePosition::line)
            .thenComparingInt(SourcePosition::column);

    /**
     * A file as a whole.
     *
     * @param file the path of the file
     * @return a position without line and column
     */
    public static SourcePosition of(String file) {
        return new SourcePosition(file, 0, 0);
    }

    /**
     * The position of a character of a file.
     *
     * @param file the path of the file
     * @param text its text
     * @param index the index of the character in {@code text}
     * @return its line and column
     */
    public static SourcePosition of(String file, String text, int index) {
        int lineStart = text.lastIndexOf('\n', index - 1) + 1;
        int line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
        return new SourcePosition(file, line, text.codePointCount(lineStart, index) + 1);
    }

    /** By file, line and column. */
    @Override
    public int compareTo(SourcePosition other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column}, or the file. */
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}

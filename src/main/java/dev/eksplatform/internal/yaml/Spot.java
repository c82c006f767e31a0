package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.PropertyPath;
import java.util.Comparator;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A line and a column of a file, both counted from 1. */
public record Spot(int line, int column) implements Comparable<Spot> {

    static final Spot START = new Spot(1, 1);

    static Spot of(Optional<Mark> mark) {
        return mark.map(found -> new Spot(found.getLine() + 1, found.getColumn() + 1))
                .orElse(START);
    }

    /** The spot of a character of {@code text}. */
    static Spot of(String text, int index) {
        int end = Math.min(index, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Spot(line, text.codePointCount(lineStart, end) + 1);
    }

    SourcePosition in(String file, PropertyPath path) {
        return new SourcePosition(file, line, column, path.toString());
    }

    @Override
    public int compareTo(Spot other) {
        return Comparator.comparingInt(Spot::line)
                .thenComparingInt(Spot::column)
                .compare(this, other);
    }
}

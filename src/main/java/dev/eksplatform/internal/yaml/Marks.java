package dev.eksplatform.internal.yaml;

import dev.eksplatform.problem.SourcePosition;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Positions from the marks of the YAML parser, which count from 0. */
final class Marks {

    private Marks() {}

    static SourcePosition position(String file, Optional<Mark> mark) {
        return mark.map(found -> new SourcePosition(file, found.getLine() + 1, found.getColumn() + 1))
                .orElseGet(() -> start(file));
    }

    static SourcePosition start(String file) {
        return new SourcePosition(file, 1, 1);
    }
}

package dev.eksplatform.problem;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The problems that an input is refused for, each as its whole text. */
public final class ProblemsOf {

    private ProblemsOf() {}

    /** Empty when nothing is thrown. */
    public static List<String> making(ThrowingCallable input) {
        InvalidInputException refused = catchThrowableOfType(InvalidInputException.class, input);
        return refused == null
                ? List.of()
                : refused.problems().stream().map(Problem::toString).toList();
    }

    /** What a check adds to the problems. */
    public static List<String> in(Problems problems) {
        return making(problems::throwIfAny);
    }
}

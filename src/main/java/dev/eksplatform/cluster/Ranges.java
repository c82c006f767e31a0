package dev.eksplatform.cluster;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Optional;

/** Checks numbers that AWS accepts in a range only. */
final class Ranges {

    private Ranges() {}

    static void check(Problems problems, String property, Optional<Integer> given, String unit, int least, int most) {
        given.ifPresent(number -> check(problems, PropertyPath.of(property), number, unit, least, most));
    }

    static void check(Problems problems, PropertyPath property, int number, String unit, int least, int most) {
        if (number < least || number > most) {
            problems.add(
                    property,
                    number + " " + unit,
                    least + " to " + most,
                    "use " + Math.max(least, Math.min(most, number)));
        }
    }
}

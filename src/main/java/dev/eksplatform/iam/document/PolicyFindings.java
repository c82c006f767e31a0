package dev.eksplatform.iam.document;

import dev.eksplatform.problem.Problem;
import java.util.List;

/**
 * What is wrong with policies.
 *
 * @param errors what AWS refuses, and what can have no effect
 * @param warnings what is likely not meant
 */
public record PolicyFindings(List<Problem> errors, List<Problem> warnings) {

    /** Keeps copies. */
    public PolicyFindings {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}

package dev.eksplatform.iam.document;

import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rules for the use of a policy, beyond its grammar. */
final class PolicyCheck {

    private PolicyCheck() {}

    static List<Problem> check(PolicyDocument policy, PolicyUse use) {
        List<Problem> problems = new ArrayList<>();
        size(policy, use).ifPresent(problems::add);
        Problems errors = new Problems();
        new ContentCheck(use, false, null, null, errors, new Problems())
                .check(LocatedJson.of(PolicyWriter.tree(policy)));
        problems.addAll(errors.found());
        return problems;
    }

    static Optional<Problem> size(PolicyDocument policy, PolicyUse use) {
        int size = policy.size();
        return size <= use.limit()
                ? Optional.empty()
                : Optional.of(new Problem(
                        String.format(Locale.ROOT, "the %s has %,d characters without white space", use.text(), size),
                        String.format(Locale.ROOT, "at most %,d", use.limit()),
                        use.fixForSize()));
    }
}

package dev.eksplatform.iam.document;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The condition keys that begin with {@code aws:}, in 2026-09, from {@code global-condition-keys.txt}.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS global condition
 *     context keys</a>
 */
final class GlobalConditionKeys {

    private static final String PREFIX = "aws:";

    private static final List<String> KEYS = ProgramFile.read(GlobalConditionKeys.class, "global-condition-keys.txt")
            .lines()
            .toList();

    private GlobalConditionKeys() {}

    /** Whether a key begins with {@code aws:} and is none of them, whatever the case; what follows a slash is free. */
    static boolean isUnknown(String key) {
        String name = key.split("/", 2)[0];
        return key.toLowerCase(Locale.ROOT).startsWith(PREFIX) && KEYS.stream().noneMatch(name::equalsIgnoreCase);
    }

    /** The key that was probably meant. */
    static Optional<String> nearest(String key) {
        String[] part = key.split("/", 2);
        return Suggestion.nearest(part[0], KEYS).map(near -> part.length == 1 ? near : near + "/" + part[1]);
    }
}

package dev.eksplatform.iam.document;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.problem.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The condition keys that begin with {@code aws:}, in 2026-09, from {@code global-condition-keys.txt}. After a key follows the
 * type of its values when that is not a text: one of IAM's, or {@code Account}, {@code Region}, or {@code Tag} where the key
 * is followed by a slash and the name of a tag.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS global condition
 *     context keys</a>
 */
@API(status = API.Status.INTERNAL)
public final class GlobalConditionKeys {

    private static final String PREFIX = "aws:";

    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        ProgramFile.read(GlobalConditionKeys.class, "global-condition-keys.txt")
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(word -> TYPES.put(word[0], word.length == 1 ? "String" : word[1]));
    }

    private static final List<String> KEYS = List.copyOf(TYPES.keySet());

    private GlobalConditionKeys() {}

    /** Whether a key begins with {@code aws:} and is none of them, whatever the case; what follows a slash is free. */
    public static boolean isUnknown(String key) {
        String name = key.split("/", 2)[0];
        return key.toLowerCase(Locale.ROOT).startsWith(PREFIX) && KEYS.stream().noneMatch(name::equalsIgnoreCase);
    }

    /** The key that was probably meant. */
    public static Optional<String> nearest(String key) {
        String[] part = key.split("/", 2);
        return Suggestion.nearest(part[0], KEYS).map(near -> part.length == 1 ? near : near + "/" + part[1]);
    }

    /** The type of a key's values; empty for one that is unknown. */
    public static Optional<String> type(String key) {
        String name = key.split("/", 2)[0];
        return KEYS.stream().filter(name::equalsIgnoreCase).findFirst().map(TYPES::get);
    }
}

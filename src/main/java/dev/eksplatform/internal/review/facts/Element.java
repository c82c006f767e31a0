package dev.eksplatform.internal.review.facts;

import dev.eksplatform.internal.review.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Actions or objects that an access is about: what matches one of the patterns, or with {@code except} everything else. Equal
 * when the patterns are, whatever is shown.
 *
 * @param except whether it is everything but the patterns
 * @param patterns sorted; of actions in lower case
 * @param shown the text for readers
 */
record Element(boolean except, List<String> patterns, String shown) {

    /** No object. */
    static final Element NONE = new Element(false, List.of(), "");

    static Element of(String pattern, String shown) {
        return new Element(false, List.of(pattern), shown);
    }

    static Element of(String text) {
        return of(text, text);
    }

    /** Actions of IAM, whose case does not matter. */
    static Element actions(boolean except, List<String> patterns) {
        return new Element(
                except,
                List.copyOf(new TreeSet<>(patterns.stream()
                        .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                        .toList())),
                shown(except, patterns, "all actions"));
    }

    /** Resources of IAM. */
    static Element resources(boolean except, List<String> patterns) {
        return new Element(except, List.copyOf(new TreeSet<>(patterns)), shown(except, patterns, "everything"));
    }

    private static String shown(boolean except, List<String> patterns, String all) {
        if (except) {
            return all + (patterns.isEmpty() ? "" : " but " + String.join(", ", new TreeSet<>(patterns)));
        }
        return patterns.contains("*") ? all : String.join(", ", new TreeSet<>(patterns));
    }

    /** Whether it includes all of another one; false when that is not certain. */
    boolean covers(Element other) {
        if (except && other.except) {
            return patterns.stream().allMatch(own -> anyCovers(other.patterns, own));
        }
        if (except) {
            return other.patterns.stream()
                    .allMatch(pattern -> patterns.stream().noneMatch(own -> Globs.meet(own, pattern)));
        }
        return other.except
                ? patterns.contains("*")
                : other.patterns.stream().allMatch(pattern -> anyCovers(patterns, pattern));
    }

    private static boolean anyCovers(List<String> patterns, String pattern) {
        return patterns.stream().anyMatch(wide -> Globs.coversArn(wide, pattern));
    }

    /** The element with anything in the place of what is not known. */
    Element guessed() {
        List<String> guessed = new ArrayList<>();
        patterns.forEach(pattern -> guessed.add(guessed(pattern)));
        return new Element(except, guessed, shown);
    }

    static String guessed(String pattern) {
        return pattern.replace(Difference.UNKNOWN, "*");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Element element && except == element.except && patterns.equals(element.patterns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(except, patterns);
    }
}

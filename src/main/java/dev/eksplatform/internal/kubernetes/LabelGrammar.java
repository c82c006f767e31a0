package dev.eksplatform.internal.kubernetes;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The grammar of label keys and values, which the keys and values of taints share, and of annotation keys. The problems
 * do not know their place, see {@link Problem#under}.
 *
 * <pre>{@code
 * PropertyPath team = PropertyPath.of("labels", "team");
 * LabelGrammar.value("a b").ifPresent(problem -> problems.add(problem.under(team)));
 * }</pre>
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">Labels:
 *     syntax and character set</a>
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set">Annotations:
 *     syntax and character set</a>
 */
public final class LabelGrammar {

    /** The most characters of a label value, and of the name in a key. */
    public static final int LONGEST = 63;

    /** The most bytes of all annotations of an object, keys and values: 256 KiB. */
    public static final int MOST_ANNOTATION_BYTES = 256 * 1024;

    /** A key, for a JSON schema. */
    public static final String KEY_PATTERN =
            "^(?=([^/]{1,253}/)?[^/]{1,63}$)([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$";

    /** A value, for a JSON schema. */
    public static final String VALUE_PATTERN = "^(?=.{0,63}$)([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?$";

    private static final String ALLOWED_CHARACTERS =
            "letters, digits, -, _ and ., with a letter or a digit at both ends";
    private static final String ALLOWED_KEY =
            "at most " + LONGEST + " " + ALLOWED_CHARACTERS + ", after an optional DNS name and a /";
    private static final String ALLOWED_VALUE = "at most " + LONGEST + " " + ALLOWED_CHARACTERS + ", or an empty text";

    private LabelGrammar() {}

    /**
     * Checks the key of a label or a taint.
     *
     * @param key such as {@code team} or {@code app.kubernetes.io/name}
     * @return what is wrong, if anything
     */
    public static Optional<Problem> key(String key) {
        return qualifiedName(key, "a label key");
    }

    /**
     * Checks the value of a label or a taint.
     *
     * @param value such as {@code payments}; an empty text is a value
     * @return what is wrong, if anything
     */
    public static Optional<Problem> value(String value) {
        if (value.isEmpty() || (value.length() <= LONGEST && isName(value))) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                Problem.quoted(value) + " is not a label value" + reason(value),
                ALLOWED_VALUE,
                "use " + likely(value)));
    }

    /**
     * Checks the key of an annotation: that of a label, but the DNS name before the / may have upper case letters.
     *
     * @param key such as {@code nginx.ingress.kubernetes.io/rewrite-target}
     * @return what is wrong, if anything
     */
    public static Optional<Problem> annotationKey(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        return qualifiedName(prefix.toLowerCase(Locale.ROOT) + key.substring(prefix.length()), "an annotation key");
    }

    /**
     * Checks labels.
     *
     * @param owner the property that holds them, such as {@code labels}; each problem's place is the property of its label
     * @param labels keys and values
     * @param problems collects what is wrong
     */
    public static void check(PropertyPath owner, Map<String, String> labels, Problems problems) {
        labels.forEach((key, value) -> {
            PropertyPath path = owner.key(key);
            key(key).ifPresent(problem -> problems.add(problem.under(path)));
            value(value).ifPresent(problem -> problems.add(problem.under(path)));
        });
    }

    private static Optional<Problem> qualifiedName(String key, String what) {
        int slash = key.lastIndexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        boolean prefixRight = slash < 0 || DnsName.isSubdomain(prefix);
        if (prefixRight && name.length() <= LONGEST && isName(name)) {
            return Optional.empty();
        }
        String reason;
        String fix;
        if (prefix.indexOf('/') >= 0) {
            reason = ": it has more than one /";
            fix = "use " + likely(key);
        } else if (!prefixRight) {
            reason = ": " + Problem.quoted(prefix) + " before the / is not a DNS name";
            fix = "write the prefix as a DNS name in lower case, such as example.com/" + likely(name);
        } else {
            reason = reason(name);
            fix = "use " + (slash < 0 ? "" : prefix + "/") + likely(name);
        }
        return Optional.of(new Problem(Problem.quoted(key) + " is not " + what + reason, ALLOWED_KEY, fix));
    }

    private static String reason(String text) {
        if (text.isEmpty()) {
            return ": it has no name";
        }
        if (text.length() > LONGEST) {
            return ": it has " + text.length() + " characters";
        }
        int wrong = 0;
        while (wrong < text.length() && isInner(text.charAt(wrong))) {
            wrong++;
        }
        if (wrong < text.length()) {
            int character = text.codePointAt(wrong);
            return character == ' ' ? ": it has a space" : ": it has " + Problem.quoted(Character.toString(character));
        }
        return ": it " + (isOuter(text.charAt(0)) ? "ends" : "begins") + " with "
                + Problem.quoted(
                        String.valueOf(isOuter(text.charAt(0)) ? text.charAt(text.length() - 1) : text.charAt(0)));
    }

    private static String likely(String text) {
        String likely = LikelyName.labelValue(text);
        return likely.isEmpty() ? "another text" : likely;
    }

    private static boolean isName(String text) {
        if (text.isEmpty() || !isOuter(text.charAt(0)) || !isOuter(text.charAt(text.length() - 1))) {
            return false;
        }
        for (int i = 1; i < text.length() - 1; i++) {
            if (!isInner(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInner(char character) {
        return isOuter(character) || character == '-' || character == '_' || character == '.';
    }

    private static boolean isOuter(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }
}

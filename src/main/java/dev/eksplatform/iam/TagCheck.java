package dev.eksplatform.iam;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Tags that every AWS service takes: they are put on each resource, and IAM takes the fewest characters and no keys that
 * differ in case only.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules">Tags in IAM: rules</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html#tag-restrictions">Tags in EKS:
 *     restrictions</a>
 */
@API(status = API.Status.INTERNAL)
public final class TagCheck {

    /** Of the 50 that AWS takes on a resource, the platform and controllers need up to ten themselves. */
    public static final int MOST = 40;

    /** Of ASCII exactly {@link #CHARACTERS}, and all beyond it: not every validator of schemas knows {@code \\p{L}}. */
    private static final String IN_SCHEMA = "[^\\u0000-\\u001f!-*,;<>?\\[-\\^`{-\\u007f]";

    /** The form of a key, for the schema. */
    public static final String KEY = "^(?![aA][wW][sS]:)" + IN_SCHEMA + "{1,128}$";

    /** The form of a value, for the schema. */
    public static final String VALUE = "^(?![aA][wW][sS]:)" + IN_SCHEMA + "{0,256}$";

    private static final Pattern CHARACTER = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]");
    private static final String CHARACTERS = "letters, digits, spaces and _ . : / = + - @";

    private final Problems problems;

    private TagCheck(Problems problems) {
        this.problems = problems;
    }

    /**
     * Checks tags.
     *
     * @param owner the property that holds them
     * @param tags values by key
     * @param problems collects what is wrong
     */
    public static void check(PropertyPath owner, Map<String, String> tags, Problems problems) {
        TagCheck check = new TagCheck(problems);
        if (tags.size() > MOST) {
            problems.add(
                    owner,
                    tags.size() + " tags",
                    "at most " + MOST + ": AWS takes 50 on a resource, and the platform and controllers add some",
                    "remove some");
        }
        Map<String, String> seen = new HashMap<>();
        tags.forEach((key, value) -> {
            PropertyPath where = owner.key(key);
            check.text(where, "key", key, 128);
            check.text(where, "value", value, 256);
            check.owner(where, key);
            String other = seen.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
            if (other != null) {
                problems.add(
                        where,
                        "the tag " + key + " differs from " + other + " only in case, which IAM ignores",
                        "remove one of them");
            }
        });
    }

    /**
     * Checks the value of one tag.
     *
     * @param where its property
     * @param value the value
     * @param problems collects what is wrong
     */
    public static void value(PropertyPath where, String value, Problems problems) {
        new TagCheck(problems).text(where, "value", value, 256);
    }

    private void text(PropertyPath where, String what, String text, int longest) {
        int length = text.codePointCount(0, text.length());
        if (length > longest || (what.equals("key") && length == 0)) {
            problems.add(
                    where,
                    length == 0 ? "an empty tag key" : "a tag " + what + " of " + length + " characters",
                    (what.equals("key") ? "1 to " : "at most ") + longest + " characters",
                    length == 0 ? "name the tag" : "shorten it");
        }
        if (text.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            problems.add(
                    where,
                    "the tag " + what + " \"" + text + "\" begins with aws:, which is reserved for AWS",
                    "use another prefix");
        }
        text.codePoints()
                .mapToObj(Character::toString)
                .filter(character -> !CHARACTER.matcher(character).matches())
                .findFirst()
                .ifPresent(character -> problems.add(
                        where,
                        "the tag " + what + " \"" + text + "\" has " + name(character),
                        CHARACTERS + ", which IAM takes",
                        "replace it, such as with -"));
    }

    private static String name(String character) {
        int code = character.codePointAt(0);
        return Character.isISOControl(code) || Character.getType(code) == Character.FORMAT
                ? String.format("U+%04X", code)
                : "\"" + character + "\"";
    }

    private void owner(PropertyPath where, String key) {
        if (key.equals("Name")) {
            problems.add(
                    where, "Name cannot be a tag of every resource: each has a Name of its own", "use another key");
        } else if (key.startsWith("kubernetes.io/cluster/") || key.startsWith("kubernetes.io/role/")) {
            problems.add(
                    where,
                    "the platform sets the tag " + key + " itself: controllers find subnets and security groups by it",
                    "remove it");
        }
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path of a key in text, as errors show it: {@code addons.cert-manager} or {@code identities["shop/orders"]}. */
final class KeyPath {

    static final String PATTERN = "^([A-Za-z0-9_-]+|\\[\"[^\"\\\\]+\"\\])(\\.[A-Za-z0-9_-]+|\\[\"[^\"\\\\]+\"\\])*$";

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final Pattern KEY = Pattern.compile("\\[\"([^\"]+)\"\\]|([A-Za-z0-9_-]+)");

    private KeyPath() {}

    static PropertyPath parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInputException(new Problem(
                    Problem.quoted(text) + " is not the path of a key",
                    "keys with dots between them; other names than of letters, digits, - and _ in [\"…\"]",
                    "write it like nodeGroups.spot or identities[\"shop/orders\"]"));
        }
        PropertyPath path = PropertyPath.ROOT;
        Matcher key = KEY.matcher(text);
        while (key.find()) {
            path = path.key(key.group(1) == null ? key.group(2) : key.group(1));
        }
        return path;
    }
}

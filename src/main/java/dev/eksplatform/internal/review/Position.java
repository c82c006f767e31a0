package dev.eksplatform.internal.review;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a file that a person wrote.
 *
 * @param file relative to the project, such as {@code stacks/shop.yaml}
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {

    private static final Pattern FORM = Pattern.compile("(.+):([0-9]{1,9}):([0-9]{1,9})(?: .*)?");

    /**
     * The position in a text.
     *
     * @param text such as {@code stacks/shop.yaml:12:3}, or with what stands there {@code stacks/shop.yaml:12:3 nodeGroups.web}
     * @return the position; empty when the text is not of this form
     */
    public static Optional<Position> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Position(
                matcher.group(1),
                Math.max(1, Integer.parseInt(matcher.group(2))),
                Math.max(1, Integer.parseInt(matcher.group(3)))));
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}

package dev.eksplatform.internal.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code @param} of a component says: a description, and behind {@code ; default} in its first sentence what a
 * file that leaves the key out gets.
 *
 * @param description one or more sentences
 * @param defaultValue the value as in a file, or words where it follows from something else
 */
record PropertyText(String description, Optional<String> defaultValue) {

    private static final Pattern FORM = Pattern.compile("(.*?)(?:; default (.*?))?(?:\\. ([A-Z].*?))?\\.?");

    static PropertyText of(String javadoc) {
        Matcher parts = FORM.matcher(javadoc);
        if (!parts.matches()) {
            throw new IllegalArgumentException(javadoc);
        }
        String first =
                Character.toUpperCase(parts.group(1).charAt(0)) + parts.group(1).substring(1) + ".";
        String more = parts.group(3) == null ? "" : " " + parts.group(3) + ".";
        return new PropertyText(first + more, Optional.ofNullable(parts.group(2)));
    }
}

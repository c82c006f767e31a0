package dev.eksplatform.problem;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing wrong with an input.
 *
 * @param place where it is
 * @param found what was found, such as {@code "us-east-1a" is a zone of us-east-1}
 * @param allowed what is allowed there, such as {@code zones of ap-northeast-2}; empty when it adds nothing to the fix
 * @param fix the likely fix, such as {@code use ap-northeast-2a}
 */
public record Problem(Place place, String found, Optional<String> allowed, String fix) {

    private static final int LONGEST = 80;

    /** Rejects {@code null} parts. */
    public Problem {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(fix, "fix");
    }

    /**
     * A problem.
     *
     * @param place where it is
     * @param found what was found
     * @param allowed what is allowed there
     * @param fix the likely fix
     */
    public Problem(Place place, String found, String allowed, String fix) {
        this(place, found, Optional.of(allowed), fix);
    }

    /**
     * A problem whose fix is enough.
     *
     * @param place where it is
     * @param found what was found
     * @param fix the likely fix
     */
    public Problem(Place place, String found, String fix) {
        this(place, found, Optional.empty(), fix);
    }

    /**
     * A problem of a value that does not know where it came from.
     *
     * @param found what was found
     * @param allowed what is allowed there
     * @param fix the likely fix
     */
    public Problem(String found, String allowed, String fix) {
        this(Place.InSpec.UNKNOWN, found, Optional.of(allowed), fix);
    }

    /**
     * A problem of a value that does not know where it came from, whose fix is enough.
     *
     * @param found what was found
     * @param fix the likely fix
     */
    public Problem(String found, String fix) {
        this(Place.InSpec.UNKNOWN, found, fix);
    }

    /**
     * The same problem at another place.
     *
     * @param other the new place
     * @return a copy with another place
     */
    public Problem at(Place other) {
        return new Problem(other, found, allowed, fix);
    }

    /**
     * The same problem seen from the owner of the spec.
     *
     * @param owner the property of the owner that holds the spec
     * @return a copy whose place is relative to the owner; the same when its place is not relative to a spec
     */
    public Problem under(PropertyPath owner) {
        return at(place.under(owner));
    }

    /**
     * A text of the input, for an error.
     *
     * @param text the text
     * @return its first 80 characters in quotes
     */
    public static String quoted(String text) {
        return "\"" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "\"";
    }

    /** One line: {@code place: found; allowed: ...; fix: ...}, with control characters as {@code \\n} or {@code \\u001B}. */
    @Override
    public String toString() {
        String where = place.toString();
        String text = found + allowed.map(values -> "; allowed: " + values).orElse("") + "; fix: " + fix;
        return printable(where.isEmpty() ? text : where + ": " + text);
    }

    private static String printable(String text) {
        if (text.chars().noneMatch(Problem::isControl)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.chars().forEach(character -> {
            switch (character) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isControl(character)) {
                        line.append(String.format("\\u%04X", character));
                    } else {
                        line.append((char) character);
                    }
                }
            }
        });
        return line.toString();
    }

    private static boolean isControl(int character) {
        return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
    }
}

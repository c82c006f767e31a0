package dev.eksplatform.problem;

import java.util.Objects;

/**
 * One thing wrong with an input, in the four parts a reader needs to mend it.
 *
 * @param where the place: {@code file:line:column property}, a construct path, or - inside a spec that does not know
 *     where it came from - a property relative to that spec, such as {@code zones[1]}; empty for the spec itself
 * @param found what was found, such as {@code "us-east-1a" is a zone of us-east-1}
 * @param allowed what is allowed there, such as {@code zones of ap-northeast-2}
 * @param fix the likely fix, such as {@code use ap-northeast-2a}
 */
public record Problem(String where, String found, String allowed, String fix) {

    /** Rejects {@code null} parts. */
    public Problem {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(fix, "fix");
    }

    /**
     * The same problem at another place.
     *
     * @param place the new place
     * @return a copy with {@code where} replaced
     */
    public Problem at(String place) {
        return new Problem(place, found, allowed, fix);
    }

    /**
     * The same problem seen from an owner of the spec: its property is put in front.
     *
     * @param owner the owner's property, such as {@code network}
     * @return a copy whose {@code where} begins with {@code owner}
     */
    public Problem under(String owner) {
        if (where.isEmpty()) {
            return at(owner);
        }
        return at(where.startsWith("[") ? owner + where : owner + "." + where);
    }

    /**
     * The property of a mapping's value, for a place: a key of letters, digits, {@code _} and {@code -} behind a dot, any
     * other in brackets and quotes.
     *
     * @param owner the property of the mapping; empty for the spec itself
     * @param key the key, any text
     * @return such as {@code labels.team} or {@code labels["example.com/team"]}
     */
    public static String property(String owner, String key) {
        boolean isBare = !key.isEmpty() && key.chars().allMatch(Problem::isBare);
        if (isBare) {
            return owner.isEmpty() ? key : owner + "." + key;
        }
        return owner + "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }

    private static boolean isBare(int character) {
        return character == '-'
                || character == '_'
                || character >= '0' && character <= '9'
                || character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z';
    }

    /** One line: {@code where: found; allowed: ...; fix: ...}, with control characters as {@code \\n} or {@code \\u001B}. */
    @Override
    public String toString() {
        String text = found + "; allowed: " + allowed + "; fix: " + fix;
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

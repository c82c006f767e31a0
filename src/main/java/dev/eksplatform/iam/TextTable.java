package dev.eksplatform.iam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The tables of this package: text in ASCII with the month of its content in the first line. */
final class TextTable {

    private TextTable() {}

    static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(TextTable.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The month in a table's first line. */
    static String month(String table) {
        return table.substring(0, table.indexOf('\n')).replaceFirst(".*(\\d{4}-\\d{2})\\..*", "$1");
    }

    /** Whether a pattern with {@code *} and {@code ?} matches a text. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int star = -1;
        int back = 0;
        for (int t = 0; t < text.length(); ) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                back = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++back;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }
}

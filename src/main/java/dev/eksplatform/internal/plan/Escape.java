package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.files.ProgramFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the escapes of JSON, YAML and programming languages ({@code \n}, {@code \u0026}, {@code \x26}), of percent encoding
 * ({@code %26}) and of HTML ({@code &amp;}, {@code &#38;}, {@code &#x26;}) in bytes.
 */
final class Escape {

    private static final int LONGEST_NAME = 20;

    /** Named characters of HTML by their names. */
    private static final Map<String, Integer> NAMED = ProgramFile.read(Escape.class, "html-characters.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> Integer.parseInt(line[1], 16)));

    private final byte[] bytes;
    private int value;
    private boolean isByte;

    Escape(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The character, or the byte, of the escape that was read last. */
    int value() {
        return value;
    }

    /** Whether it is one byte of a character. */
    boolean isByte() {
        return isByte;
    }

    /** Reads the escape at a position and returns its end; -1 when there is none. */
    int at(int index) {
        isByte = false;
        return switch (bytes[index]) {
            case '\\' -> backslash(index);
            case '%' -> {
                isByte = true;
                yield hex(index + 1, 2);
            }
            default -> entity(index);
        };
    }

    private int backslash(int index) {
        if (index + 1 == bytes.length) {
            return -1;
        }
        switch (bytes[index + 1]) {
            case 'n' -> value = '\n';
            case 'r' -> value = '\r';
            case 't' -> value = '\t';
            case 'b' -> value = '\b';
            case 'f' -> value = '\f';
            case '"', '\'', '\\', '/' -> value = bytes[index + 1];
            case 'x' -> {
                isByte = true;
                return hex(index + 2, 2);
            }
            case 'u' -> {
                return unicode(index);
            }
            case 'U' -> {
                return hex(index + 2, 8);
            }
            default -> {
                return -1;
            }
        }
        return index + 2;
    }

    /** One UTF-16 unit, or the two of a character outside of the basic plane. */
    private int unicode(int index) {
        int end = hex(index + 2, 4);
        int high = value;
        boolean pair = end > 0
                && Character.isHighSurrogate((char) high)
                && end + 1 < bytes.length
                && bytes[end] == '\\'
                && bytes[end + 1] == 'u'
                && hex(end + 2, 4) > 0
                && Character.isLowSurrogate((char) value);
        value = pair ? Character.toCodePoint((char) high, (char) value) : high;
        return pair ? end + 6 : end;
    }

    private int hex(int from, int digits) {
        if (from + digits > bytes.length) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        value = number;
        return Character.isValidCodePoint(number) ? from + digits : -1;
    }

    private int entity(int index) {
        int end = index + 1;
        while (end < bytes.length && end - index <= LONGEST_NAME && isNamePart(bytes[end])) {
            end++;
        }
        String name = new String(bytes, index + 1, end - index - 1, StandardCharsets.ISO_8859_1);
        int character = name.startsWith("#") ? number(name) : NAMED.getOrDefault(name, -1);
        if (character < 0) {
            return -1;
        }
        value = character;
        boolean ended = end < bytes.length && bytes[end] == ';';
        return ended ? end + 1 : name.startsWith("#") ? end : -1;
    }

    private static boolean isNamePart(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '#';
    }

    private static int number(String name) {
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        try {
            int number = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(number) ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

package dev.eksplatform.internal.plan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A text, or what it encodes, as the bytes of UTF-8, each with its place in the text. Nothing has to be valid: what is no
 * escape or no base64 stays as it is.
 */
final class DecodedText {

    /** A larger archive is read up to here. */
    private static final int UNZIPPED = 1_000_000;

    /** The base64 of a short secret; shorter words are not decoded. */
    private static final int SHORTEST_BASE64 = 8;

    /** Letters of one case are a word, unless there are as many. */
    private static final int LONGEST_WORD = 16;

    private static final int SHORTEST_HEX = 12;

    private static final int READABLE = 8;

    private static final byte[] BASE64 = new byte[128];

    static {
        Arrays.fill(BASE64, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            BASE64[alphabet.charAt(i)] = (byte) i;
        }
        BASE64['-'] = BASE64['+'];
        BASE64['_'] = BASE64['/'];
    }

    /** Where a byte comes from. */
    private interface Places {

        int from(int index);

        int to(int index);
    }

    private static final Places SAME = new Places() {
        @Override
        public int from(int index) {
            return index;
        }

        @Override
        public int to(int index) {
            return index + 1;
        }
    };

    /** Where each byte begins and ends. */
    private record Listed(int[] from, int[] to) implements Places {

        @Override
        public int from(int index) {
            return from[index];
        }

        @Override
        public int to(int index) {
            return to[index];
        }
    }

    private final byte[] bytes;
    private final Places places;

    private DecodedText(byte[] bytes, Places places) {
        this.bytes = bytes;
        this.places = places;
    }

    static DecodedText of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == text.length()) {
            return new DecodedText(bytes, SAME);
        }
        Builder builder = new Builder(bytes.length);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            int next = i + Character.charCount(character);
            builder.add(character, i, next);
            i = next;
        }
        return builder.text();
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where in the text a byte begins. */
    int from(int index) {
        return places.from(index);
    }

    /** Where in the text a byte ends. */
    int to(int index) {
        return places.to(index);
    }

    /** Without what changes when a text is quoted, folded, indented or put into a form: white space, quotes, backslashes, plus. */
    DecodedText compact() {
        boolean[] dropped = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            dropped[i] = isDropped(bytes[i]);
        }
        return without(dropped);
    }

    /** Without line breaks and the indentation behind; empty when there are none. */
    Optional<DecodedText> unfolded() {
        boolean[] dropped = new boolean[bytes.length];
        boolean folded = false;
        for (int i = 0; i < bytes.length; i++) {
            boolean breaks = bytes[i] == '\n' || bytes[i] == '\r';
            boolean indents = i > 0 && dropped[i - 1] && (bytes[i] == ' ' || bytes[i] == '\t');
            dropped[i] = breaks || indents;
            folded |= breaks;
        }
        return folded ? Optional.of(without(dropped)) : Optional.empty();
    }

    private DecodedText without(boolean[] dropped) {
        int length = 0;
        for (boolean drop : dropped) {
            length += drop ? 0 : 1;
        }
        if (length == bytes.length) {
            return this;
        }
        int[] kept = new int[length];
        byte[] rest = new byte[length];
        length = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (!dropped[i]) {
                rest[length] = bytes[i];
                kept[length++] = i;
            }
        }
        return new DecodedText(rest, new Places() {
            @Override
            public int from(int index) {
                return places.from(kept[index]);
            }

            @Override
            public int to(int index) {
                return places.to(kept[index]);
            }
        });
    }

    private static boolean isDropped(byte b) {
        return b >= 0 && b <= ' ' || b == '\\' || b == '+' || b == '"' || b == '\'' || b == '`';
    }

    /** With the escapes of JSON, of percent encoding and of HTML decoded once; empty when there are none. */
    Optional<DecodedText> unescaped() {
        Builder builder = null;
        int copied = 0;
        int i = 0;
        Escape escape = new Escape(bytes);
        while (i < bytes.length) {
            int end = bytes[i] == '\\' || bytes[i] == '%' || bytes[i] == '&' ? escape.at(i) : -1;
            if (end < 0) {
                i++;
                continue;
            }
            builder = builder == null ? new Builder(bytes.length) : builder;
            builder.copy(this, copied, i);
            builder.add(escape, places.from(i), places.to(end - 1));
            i = end;
            copied = end;
        }
        if (builder == null) {
            return Optional.empty();
        }
        builder.copy(this, copied, bytes.length);
        return Optional.of(builder.text());
    }

    /** What base64 and hexadecimal digits in it decode to: base64 from each of four characters on, as it may follow other letters. */
    List<DecodedText> decoded() {
        List<DecodedText> all = new ArrayList<>();
        int[] run = new int[bytes.length];
        int length = 0;
        boolean worth = false;
        for (int i = 0; i <= bytes.length; ) {
            int end = i;
            while (end < bytes.length && base64(bytes[end]) >= 0) {
                run[length++] = end++;
            }
            worth |= isWorth(i, end);
            hex(i, end, all);
            int next = end;
            while (next < bytes.length && bytes[next] >= 0 && (bytes[next] <= ' ' || bytes[next] == '\\')) {
                next++;
            }
            if (next == end || next == bytes.length) {
                base64(worth ? Arrays.copyOf(run, length) : new int[0], all);
                length = 0;
                worth = false;
                next++;
            }
            i = next;
        }
        return all;
    }

    private boolean isWorth(int from, int to) {
        if (to - from >= LONGEST_WORD) {
            return true;
        }
        int cases = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            cases |= b >= 'a' && b <= 'z' ? 1 : b >= 'A' && b <= 'Z' ? 2 : 3;
        }
        return to - from >= SHORTEST_BASE64 && cases == 3;
    }

    private static int base64(byte b) {
        return b < 0 ? -1 : BASE64[b];
    }

    private void base64(int[] run, List<DecodedText> into) {
        for (int phase = 0; phase < 4 && run.length - phase >= 2; phase++) {
            int digits = run.length - phase;
            byte[] decoded = new byte[digits / 4 * 3 + Math.max(0, digits % 4 - 1)];
            for (int i = 0; i < decoded.length; i++) {
                int digit = phase + i / 3 * 4 + i % 3;
                int high = base64(bytes[run[digit]]);
                int low = base64(bytes[run[digit + 1]]);
                int shift = 2 * (i % 3) + 2;
                decoded[i] = (byte) (high << shift | low >> 6 - shift);
            }
            int start = phase;
            into.add(new DecodedText(decoded, new Places() {
                @Override
                public int from(int index) {
                    return places.from(run[start + index / 3 * 4 + index % 3]);
                }

                @Override
                public int to(int index) {
                    return places.to(run[start + index / 3 * 4 + index % 3 + 1]);
                }
            }));
        }
    }

    private void hex(int from, int to, List<DecodedText> into) {
        int i = from;
        while (i < to) {
            int start = i;
            while (i < to && HexFormat.isHexDigit(bytes[i])) {
                i++;
            }
            for (int phase = 0; phase < 2 && i - start >= SHORTEST_HEX; phase++) {
                int first = start + phase;
                byte[] decoded = new byte[(i - first) / 2];
                for (int k = 0; k < decoded.length; k++) {
                    decoded[k] = (byte) (Character.digit(bytes[first + 2 * k], 16) << 4
                            | Character.digit(bytes[first + 2 * k + 1], 16));
                }
                into.add(new DecodedText(decoded, new Places() {
                    @Override
                    public int from(int index) {
                        return places.from(first + 2 * index);
                    }

                    @Override
                    public int to(int index) {
                        return places.to(first + 2 * index + 1);
                    }
                }));
            }
            i++;
        }
    }

    /** The content of gzip; each byte of it comes from the archive as a whole. */
    Optional<DecodedText> unzipped() {
        int magic = -1;
        for (int i = 0; i + 2 < bytes.length && magic < 0; i++) {
            magic = bytes[i] == 0x1f && bytes[i + 1] == (byte) 0x8b && bytes[i + 2] == 8 ? i : -1;
        }
        if (magic < 0) {
            return Optional.empty();
        }
        byte[] content = unzipped(bytes, magic);
        int first = magic;
        return content.length == 0
                ? Optional.empty()
                : Optional.of(new DecodedText(content, new Places() {
                    @Override
                    public int from(int index) {
                        return places.from(first);
                    }

                    @Override
                    public int to(int index) {
                        return places.to(bytes.length - 1);
                    }
                }));
    }

    /** The content of an archive as far as it can be read. */
    static byte[] unzipped(byte[] bytes, int offset) {
        byte[] content = new byte[UNZIPPED];
        int length = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset))) {
            for (int read = in.read(content, 0, UNZIPPED);
                    read > 0;
                    read = in.read(content, length, UNZIPPED - length)) {
                length += read;
            }
        } catch (IOException e) {
            // what was read before the archive's end is enough
        }
        return Arrays.copyOf(content, length);
    }

    /** Whether some part of it looks like text. */
    boolean isReadable() {
        int run = 0;
        for (byte b : bytes) {
            run = b >= ' ' && b < 0x7f || b == '\n' || b == '\t' || b == '\r' ? run + 1 : 0;
            if (run >= READABLE) {
                return true;
            }
        }
        return false;
    }

    /** Bytes with their places, one after the other. */
    private static final class Builder {

        private byte[] bytes;
        private int[] from;
        private int[] to;
        private int length;

        Builder(int capacity) {
            bytes = new byte[capacity];
            from = new int[capacity];
            to = new int[capacity];
        }

        void copy(DecodedText other, int start, int end) {
            for (int i = start; i < end; i++) {
                add(other.bytes[i], other.from(i), other.to(i));
            }
        }

        void add(Escape escape, int start, int end) {
            if (escape.isByte()) {
                add((byte) escape.value(), start, end);
            } else {
                add(escape.value(), start, end);
            }
        }

        void add(int character, int start, int end) {
            if (character < 0x80) {
                add((byte) character, start, end);
                return;
            }
            for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                add(b, start, end);
            }
        }

        private void add(byte b, int start, int end) {
            if (length == bytes.length) {
                int capacity = 2 * length + 8;
                bytes = Arrays.copyOf(bytes, capacity);
                from = Arrays.copyOf(from, capacity);
                to = Arrays.copyOf(to, capacity);
            }
            bytes[length] = b;
            from[length] = start;
            to[length++] = end;
        }

        DecodedText text() {
            return new DecodedText(Arrays.copyOf(bytes, length), new Listed(from, to));
        }
    }
}

package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds secrets in a text by decoding the text, so that it does not matter how often and in which order a secret was encoded.
 *
 * <p>In each form of the text that decoding yields, secrets are looked for without white space, quotes and backslashes: lines
 * may be broken and indented anywhere.
 */
final class SecretSearch {

    /** Shorter ones are found only as a word. */
    static final int ANYWHERE = 6;

    /** Nothing shorter is looked for. */
    static final int SHORTEST = 4;

    private static final int LEAF = 8;

    /** A line of a longer secret, such as a key, is a secret if it is as long. */
    private static final int LINE = 12;

    private static final int MOST_ESCAPES = 5;
    private static final int MOST_ENCODINGS = 3;

    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])[0-9]{1,40}(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?");

    private final BytePatterns anywhere;
    private final BytePatterns words;
    private final Set<BigDecimal> numbers = new HashSet<>();

    SecretSearch(Collection<String> secrets) {
        Map<byte[], String> compact = new TreeMap<>(Arrays::compareUnsigned);
        Map<byte[], String> whole = new TreeMap<>(Arrays::compareUnsigned);
        for (String secret : secrets) {
            parts(secret, part -> {
                DecodedText text = DecodedText.of(part);
                add(text, secret, compact, whole);
                for (int i = 0; i < MOST_ESCAPES; i++) {
                    text = text.unescaped().orElse(text);
                }
                add(text, secret, compact, whole);
            });
            if (NUMBER.matcher(secret).matches()) {
                numbers.add(new BigDecimal(secret).stripTrailingZeros());
            }
        }
        anywhere = new BytePatterns(compact, ANYWHERE);
        words = new BytePatterns(whole, SHORTEST);
    }

    private static void add(DecodedText text, String secret, Map<byte[], String> compact, Map<byte[], String> whole) {
        byte[] bytes = text.compact().bytes();
        if (bytes.length >= ANYWHERE && !isShortWord(secret)) {
            compact.put(bytes, secret);
        } else if (text.bytes().length >= SHORTEST) {
            whole.put(text.bytes(), secret);
        }
    }

    /** A word that is likely to be a part of another one. */
    private static boolean isShortWord(String secret) {
        return secret.length() < LEAF && CommonWords.isCommon(secret)
                || NUMBER.matcher(secret).matches();
    }

    /** A secret, what it is the base64 of, and the parts of a key or a document that are secret by themselves. */
    private static void parts(String secret, Consumer<String> into) {
        into.accept(secret);
        String decoded = decoded(secret);
        if (!decoded.isEmpty()) {
            parts(decoded, into);
        }
        if (secret.contains("\n")) {
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= LINE && line.indexOf(' ') < 0 && !CommonWords.isCommon(line))
                    .forEach(into);
        }
        EmbeddedDocument.json(secret)
                .or(() -> secret.contains("\n") ? EmbeddedDocument.yaml(secret) : Optional.empty())
                .ifPresent(document -> leaves(document, into));
    }

    private static void leaves(JsonNode node, Consumer<String> into) {
        if (node.isContainerNode()) {
            node.forEach(child -> leaves(child, into));
        } else if (node.isTextual() && node.textValue().strip().length() >= LEAF) {
            into.accept(node.textValue().strip());
        }
    }

    /** A Secret's {@code data} is base64 of what must not be shown. */
    private static String decoded(String secret) {
        if (secret.length() < LEAF || secret.indexOf(' ') >= 0) {
            return "";
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(secret);
            String text = new String(bytes, StandardCharsets.UTF_8);
            boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) && c > '\r' || c == 0xfffd);
            return readable && text.strip().length() >= SHORTEST ? text.strip() : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Whether there is nothing to look for. */
    boolean isEmpty() {
        return anywhere.isEmpty() && words.isEmpty();
    }

    /** The characters of a text that are part of a secret. */
    BitSet in(String text) {
        BitSet hidden = new BitSet();
        look(DecodedText.of(text), 0, 0, hidden);
        if (!numbers.isEmpty()) {
            Matcher matcher = NUMBER.matcher(text);
            while (matcher.find()) {
                String number = matcher.group();
                if (number.length() > 2 && numbers.contains(new BigDecimal(number).stripTrailingZeros())) {
                    hidden.set(matcher.start(), matcher.end());
                }
            }
        }
        return hidden;
    }

    /** The secrets that a text has in clear. */
    Set<String> namedIn(String text) {
        Set<String> secrets = new TreeSet<>();
        DecodedText view = DecodedText.of(text);
        BytePatterns.Found found = (from, to, secret) -> {
            secrets.add((String) secret);
            return false;
        };
        anywhere.find(view.compact().bytes(), found);
        words.find(view.bytes(), found);
        return secrets;
    }

    private void look(DecodedText text, int escapes, int encodings, BitSet hidden) {
        hide(text, hidden);
        if (escapes < MOST_ESCAPES) {
            text.unfolded().ifPresent(inner -> look(inner, escapes + 1, encodings, hidden));
        }
        if (escapes < MOST_ESCAPES) {
            text.unescaped().ifPresent(inner -> look(inner, escapes + 1, encodings, hidden));
        }
        if (encodings == MOST_ENCODINGS) {
            return;
        }
        for (DecodedText inner : text.decoded()) {
            if (inner.isReadable()) {
                look(inner, escapes, encodings + 1, hidden);
            } else {
                hide(inner, hidden);
            }
            inner.unzipped().ifPresent(content -> look(content, escapes, encodings + 1, hidden));
        }
    }

    private void hide(DecodedText text, BitSet hidden) {
        DecodedText compact = text.compact();
        anywhere.find(compact.bytes(), (from, to, secret) -> hide(compact, from, to, hidden));
        words.find(text.bytes(), (from, to, secret) -> isWord(text.bytes(), from, to) && hide(text, from, to, hidden));
    }

    private static boolean hide(DecodedText text, int from, int to, BitSet hidden) {
        hidden.set(text.from(from), text.to(to - 1));
        return true;
    }

    private static boolean isWord(byte[] text, int from, int to) {
        return (from == 0 || !isLetter(text[from - 1]) || !isLetter(text[from]))
                && (to == text.length || !isLetter(text[to]) || !isLetter(text[to - 1]));
    }

    private static boolean isLetter(byte b) {
        return b < 0 || Character.isLetterOrDigit(b);
    }
}

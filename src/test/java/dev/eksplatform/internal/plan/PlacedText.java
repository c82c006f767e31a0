package dev.eksplatform.internal.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text of a table, with the secrets in it.
 *
 * @param row the row of the table
 * @param text the text as a resource has it
 * @param secrets the parts that must not be shown
 */
public record PlacedText(String row, String text, List<String> secrets) {

    private static final Pattern SECRET = Pattern.compile("«([^»]+)»");

    /** Texts with secrets that nothing flags, from {@code placed-secrets.txt}. */
    public static List<PlacedText> withSecrets() {
        return read("placed-secrets.txt");
    }

    /** Texts without a secret, from {@code innocent-texts.txt}. */
    public static List<PlacedText> innocent() {
        return read("innocent-texts.txt");
    }

    private static List<PlacedText> read(String table) {
        try (InputStream in = Objects.requireNonNull(PlacedText.class.getResourceAsStream(table), table)) {
            List<String> rows = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(row -> !row.isEmpty() && !row.startsWith("# "))
                    .toList();
            return IntStream.range(0, rows.size())
                    .mapToObj(i -> of(rows.get(i), new Random(i)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlacedText of(String row, Random random) {
        String text = SECRET.matcher(row)
                .replaceAll(found -> Matcher.quoteReplacement("«" + filled(found.group(1), random) + "»"));
        text = text.replace("\\n", "\n").replace("\\\n", "\\n").replace("\\t", "\t");
        List<String> secrets =
                SECRET.matcher(text).results().map(found -> found.group(1)).toList();
        return new PlacedText(row, text.replace("«", "").replace("»", ""), secrets);
    }

    private static String filled(String secret, Random random) {
        return Pattern.compile("§").matcher(secret).replaceAll(found -> letters(random));
    }

    private static String letters(Random random) {
        String letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQSTUVWXYZ23456789";
        return random.ints(12, 0, letters.length())
                .mapToObj(i -> String.valueOf(letters.charAt(i)))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return row;
    }
}

package dev.eksplatform.internal.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What a reader with a few tools finds in a text: encodings are undone one after the other, in every order. It shares no code
 * with the product.
 */
final class UndoneEncodings {

    private static final int DEPTH = 4;

    private static final Pattern JSON = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|([\"\\\\/bfnrt]))");
    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9a-fA-F]{2})+");
    private static final Pattern ENTITY = Pattern.compile("&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|(amp|lt|gt|quot|apos));");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/_-]{8,}={0,2}");

    private static final List<UnaryOperator<String>> TOOLS = List.of(
            UndoneEncodings::json,
            UndoneEncodings::percent,
            UndoneEncodings::form,
            UndoneEncodings::html,
            UndoneEncodings::unfolded,
            UndoneEncodings::base64,
            UndoneEncodings::hex);

    private final Set<String> forms = new LinkedHashSet<>();

    UndoneEncodings(String text) {
        Set<String> seen = new LinkedHashSet<>(List.of(text));
        Set<String> latest = seen;
        for (int i = 0; i <= DEPTH; i++) {
            Set<String> next = new LinkedHashSet<>();
            for (String form : latest) {
                forms.add(form);
                forms.add(form.replaceAll("\\s", ""));
                for (UnaryOperator<String> tool : i == DEPTH ? List.<UnaryOperator<String>>of() : TOOLS) {
                    String undone = tool.apply(form);
                    if (!undone.isEmpty() && seen.size() + next.size() < 400 && !seen.contains(undone)) {
                        next.add(undone);
                    }
                }
            }
            seen = new LinkedHashSet<>(seen);
            seen.addAll(next);
            latest = next;
        }
    }

    /** Whether a secret can be read. */
    boolean reveal(String secret) {
        String plain = secret.strip();
        String compact = plain.replaceAll("\\s", "");
        return forms.stream().anyMatch(form -> form.contains(plain) || form.contains(compact));
    }

    private static String json(String text) {
        return JSON.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) != null
                                ? String.valueOf((char) Integer.parseInt(match.group(1), 16))
                                : switch (match.group(2)) {
                                    case "n" -> "\n";
                                    case "r" -> "\r";
                                    case "t" -> "\t";
                                    case "b" -> "\b";
                                    case "f" -> "\f";
                                    default -> match.group(2);
                                }));
    }

    private static String percent(String text) {
        return PERCENT.matcher(text).replaceAll(match -> {
            byte[] bytes = new byte[match.group().length() / 3];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(match.group().substring(3 * i + 1, 3 * i + 3), 16);
            }
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }

    private static String form(String text) {
        return text.indexOf('+') < 0 ? "" : percent(text.replace('+', ' '));
    }

    private static String html(String text) {
        return ENTITY.matcher(text).replaceAll(match -> Matcher.quoteReplacement(entity(match)));
    }

    private static String entity(MatchResult match) {
        if (match.group(1) != null) {
            return Character.toString(Integer.parseInt(match.group(1), 16));
        }
        if (match.group(2) != null) {
            return Character.toString(Integer.parseInt(match.group(2)));
        }
        return switch (match.group(3)) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            default -> "'";
        };
    }

    private static String unfolded(String text) {
        return text.replaceAll("\\\\?\\s*[\\r\\n⏎]+\\s*", "");
    }

    /** Every word as base64, from each of its first characters on. */
    private static String base64(String text) {
        StringBuilder all = new StringBuilder();
        WORD.matcher(text).results().map(MatchResult::group).forEach(word -> {
            String digits = word.replace("=", "").replace('-', '+').replace('_', '/');
            for (int i = 0; i < 4 && digits.length() - i >= 8; i++) {
                int length = digits.length() - i;
                byte[] bytes =
                        Base64.getDecoder().decode(digits.substring(i, i + (length % 4 == 1 ? length - 1 : length)));
                String decoded = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b
                        ? unzipped(bytes)
                        : new String(bytes, StandardCharsets.UTF_8);
                long unreadable = decoded.chars()
                        .filter(c -> c == 0xfffd || c < ' ' && !Character.isWhitespace(c))
                        .count();
                if (unreadable * 2 < decoded.length()) {
                    all.append(decoded).append('\n');
                }
            }
        });
        return all.toString();
    }

    private static String unzipped(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String hex(String text) {
        StringBuilder all = new StringBuilder();
        Pattern.compile("[0-9a-fA-F]{12,}").matcher(text).results().forEach(match -> {
            String digits = match.group();
            for (int i = 0; i + 1 < digits.length(); i += 2) {
                all.append((char) Integer.parseInt(digits.substring(i, i + 2), 16));
            }
            all.append('\n');
        });
        return all.toString();
    }
}

package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which one secret text may be written in some other text. */
final class SecretForms {

    private static final int LONG_ENOUGH = 8;

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        plain(secret, forms);
        String decoded = decoded(secret);
        if (!decoded.isEmpty()) {
            plain(decoded, forms);
        }
        forms.removeIf(form -> form.length() < 4);
        return forms;
    }

    private static void plain(String secret, Set<String> forms) {
        forms.add(secret);
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        if (secret.length() < LONG_ENOUGH) {
            return;
        }
        base64(secret, forms);
        if (secret.contains("\n")) {
            // a key in PEM is shown line by line, indented
            secret.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= LONG_ENOUGH)
                    .forEach(forms::add);
        }
        EmbeddedDocument.json(secret).ifPresent(document -> leaves(document, forms));
    }

    private static void leaves(JsonNode node, Set<String> forms) {
        if (node.isContainerNode()) {
            node.forEach(child -> leaves(child, forms));
        } else if (node.isTextual() && node.textValue().length() >= LONG_ENOUGH) {
            forms.add(node.textValue());
            base64(node.textValue(), forms);
        }
    }

    /** Base64 of a text that has the secret inside depends on where in it the secret begins, modulo 3. */
    private static void base64(String secret, Set<String> forms) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // the first characters mix with what is before, the last one with what follows
            int from = before == 0 ? 0 : before + 1;
            int to = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
            if (to - from >= LONG_ENOUGH) {
                String core = encoded.substring(from, to);
                forms.add(core);
                forms.add(core.replace('+', '-').replace('/', '_'));
            }
        }
        forms.add(Base64.getEncoder().encodeToString(bytes));
    }

    /** A Secret's {@code data} is base64 of what must not be shown. */
    private static String decoded(String secret) {
        if (secret.length() < LONG_ENOUGH
                || secret.length() % 4 != 0
                || !BASE64.matcher(secret).matches()) {
            return "";
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(secret)))
                    .toString()
                    .strip();
            return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t') ? text : "";
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return "";
        }
    }
}

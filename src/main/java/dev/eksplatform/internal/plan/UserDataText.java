package dev.eksplatform.internal.plan;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The script or the documents that an instance starts with, which Terraform has in base64 and perhaps compressed.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html">Run commands when you launch an EC2
 *     instance with user data input</a>
 */
public final class UserDataText {

    private static final Set<String> ATTRIBUTES = Set.of("user_data", "user_data_base64", "custom_data");

    private static final int MOST_LAYERS = 3;

    private UserDataText() {}

    /**
     * Says whether an attribute holds such data.
     *
     * @param attribute its name
     * @return true for that of an instance or a launch template
     */
    public static boolean isIn(String attribute) {
        return ATTRIBUTES.contains(attribute);
    }

    /**
     * The data as a text.
     *
     * @param value the attribute's value
     * @return the text that it encodes, with the parts of a MIME document decoded; empty when it is no text, or not encoded
     */
    public static Optional<String> decoded(String value) {
        Optional<String> text = Optional.empty();
        String inner = value;
        for (int i = 0; i < MOST_LAYERS; i++) {
            Optional<String> next = layer(inner);
            if (next.isEmpty()) {
                break;
            }
            text = next;
            inner = next.get();
        }
        String readable = MimeParts.decoded(inner);
        return readable.equals(inner) ? text : Optional.of(readable);
    }

    static Optional<String> layer(String value) {
        String base64 = value.replaceAll("\\s", "");
        if (base64.length() < 8) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            boolean zipped = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(zipped ? DecodedText.unzipped(bytes, 0) : bytes))
                    .toString();
            boolean readable = text.chars().noneMatch(c -> c < ' ' && "\t\n\r\f".indexOf(c) < 0 || c == 0x7f);
            return readable ? Optional.of(text.replace("\r\n", "\n")) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

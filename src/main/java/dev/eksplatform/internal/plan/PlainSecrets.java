package dev.eksplatform.internal.plan;

import java.util.regex.Pattern;

/**
 * Secrets in configuration that is not meant for them, such as user data, ConfigMaps and arguments: what is named like a
 * secret, and what has the form of a known token.
 */
public final class PlainSecrets {

    /** What is no secret itself, but comes with one: the id of an access key, the beginning of a private key. */
    private static final Pattern WITH_SECRET =
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b|-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY");

    private PlainSecrets() {}

    /**
     * Whether a text with a name is, or holds, a secret.
     *
     * @param name the name of a property or variable
     * @param value its value
     * @return whether the name says so and the value is neither a reference nor a setting, or the value itself shows it
     */
    public static boolean isSecret(String name, String value) {
        SecretName kind = SecretName.of(name);
        return kind.compareTo(SecretName.SECRET) >= 0 && kind.hides(value) || inText(value);
    }

    /**
     * Whether a text holds a secret.
     *
     * @param text any text, such as a script or a properties file
     * @return whether it assigns a secret to a name, has credentials in a URL, or holds a token of a known format
     */
    public static boolean inText(String text) {
        return !SecretShapes.in(text).isEmpty() || WITH_SECRET.matcher(text).find();
    }
}

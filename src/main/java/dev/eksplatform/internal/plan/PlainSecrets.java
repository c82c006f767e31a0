package dev.eksplatform.internal.plan;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets in configuration that is not meant for them, such as user data, ConfigMaps and arguments: what is named like a
 * secret, and what has the form of a known token.
 */
public final class PlainSecrets {

    /**
     * Formats of tokens, as their issuers document them: AWS access keys, private keys in PEM, GitHub, GitLab, Slack,
     * Stripe, Google, npm, PyPI, SendGrid, HashiCorp Vault, JSON Web Tokens.
     */
    private static final Pattern TOKEN = Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"
            + "|-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY"
            + "|\\bgh[pousr]_[A-Za-z0-9]{20,}"
            + "|\\bgithub_pat_[A-Za-z0-9_]{20,}"
            + "|\\bglpat-[A-Za-z0-9_-]{20,}"
            + "|\\bxox[abeoprs]-[A-Za-z0-9-]{10,}"
            + "|\\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"
            + "|\\bAIza[A-Za-z0-9_-]{35}"
            + "|\\bnpm_[A-Za-z0-9]{36}"
            + "|\\bpypi-[A-Za-z0-9_-]{50,}"
            + "|\\bSG\\.[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}"
            + "|\\bhv[sbr]\\.[A-Za-z0-9_-]{24,}"
            + "|\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}");

    /** {@code scheme://user:password@host}. */
    private static final Pattern USERINFO =
            Pattern.compile("\\b[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@\"']*:([^\\s/@\"']+)@");

    /** {@code NAME=value}, {@code "name": "value"} and similar. */
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?<![\\w.])([A-Za-z_][\\w.-]*)[\"']?[ \\t]*(?:=>|:=|[:=])[ \\t]*(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s\"',;}&]+)");

    /** {@code --name value}. */
    private static final Pattern OPTION =
            Pattern.compile("(?<![\\w-])--?([A-Za-z][\\w.-]*)[ \\t]+(\"[^\"\\n]*\"|'[^'\\n]*'|[^\\s\"'-][^\\s\"']*)");

    private static final Set<String> NO_VALUES = Set.of("true", "false", "null", "none", "nil", "~");

    /** What refers to a secret: an expression, a variable, a command, a placeholder, an ARN, a file. */
    private static final Pattern REFERENCE = Pattern.compile(
            "\\$.*|%\\{.*|`.*|<.*|\\{\\{.*|arn:.*|(?:/[\\w.-]+){2,}/?" + "|\\*+|x{3,}",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** Names that also hold a setting, such as {@code token: required}, or the key of a Secret. */
    private static final Pattern PERHAPS_SETTING = Pattern.compile(".*(?:token|credentials|secretkey)");

    private static final Pattern SETTING = Pattern.compile("[a-z]{1,12}|\\d+");

    private static final int SHORTEST_TOKEN = 15;

    private PlainSecrets() {}

    /**
     * Whether a text with a name is, or holds, a secret.
     *
     * @param name the name of a property or variable
     * @param value its value
     * @return whether the name says so and the value is neither a reference nor a setting, or the value itself shows it
     */
    public static boolean isSecret(String name, String value) {
        return SecretNature.isSecretName(name) && isValue(name, value) || inText(value);
    }

    /**
     * Whether a text holds a secret.
     *
     * @param text any text, such as a script or a properties file
     * @return whether it assigns a secret to a name, has credentials in a URL, or holds a token of a known format
     */
    public static boolean inText(String text) {
        return text.length() >= SHORTEST_TOKEN && TOKEN.matcher(text).find()
                || text.contains("://") && hasPassword(USERINFO.matcher(text))
                || (text.indexOf('=') >= 0 || text.indexOf(':') >= 0) && assigns(ASSIGNMENT.matcher(text))
                || text.indexOf('-') >= 0 && assigns(OPTION.matcher(text));
    }

    private static boolean hasPassword(Matcher url) {
        while (url.find()) {
            if (!REFERENCE.matcher(url.group(1)).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Each name begins a search of its own: in {@code --from-literal=password=…} the second one has the value. */
    private static boolean assigns(Matcher matcher) {
        int at = 0;
        while (matcher.find(at)) {
            String name = matcher.group(1);
            if (SecretNature.isSecretName(name) && isValue(name, unquoted(matcher.group(2)))) {
                return true;
            }
            at = matcher.end(1);
        }
        return false;
    }

    private static boolean isValue(String name, String value) {
        String text = value.strip();
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        boolean setting = PERHAPS_SETTING.matcher(letters).matches()
                && SETTING.matcher(text).matches();
        return !text.isEmpty()
                && !setting
                && !NO_VALUES.contains(text)
                && !REFERENCE.matcher(text).matches()
                && !SecretNature.isSecretName(text);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && (value.startsWith("\"") || value.startsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}

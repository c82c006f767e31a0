package dev.eksplatform.internal.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a name says about its value. */
enum SecretName {
    /** Nothing. */
    NONE,
    /** A secret if it looks random: a name such as {@code secret} is also that of a reference. */
    PERHAPS,
    /** A secret, unless the value is a setting, such as {@code required}, or the name of a key. */
    SECRET,
    /** A secret, even a word or a number. */
    PASSWORD;

    private static final List<String> PASSWORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "requirepass",
            "masterauth",
            "bindpw",
            "rootpw",
            "dbpass",
            "mysqlpass",
            "rootpass",
            "adminpass",
            "smtppass",
            "ftppass",
            "authpass",
            "storepass",
            "keypass");

    /** Passwords as the last word only: {@code bypass} is none. */
    private static final Set<String> PASSWORD_WORDS = Set.of("pass", "pwd", "pw");

    private static final List<String> SECRETS = List.of(
            "token",
            "apikey",
            "secretkey",
            "secretaccesskey",
            "secretkeybase",
            "privatekey",
            "accountkey",
            "authkey",
            "licensekey",
            "fernetkey",
            "clientkeydata",
            "noncekey",
            "noncesalt",
            "authsalt",
            "loggedinkey",
            "loggedinsalt",
            "clientsecret",
            "appsecret",
            "apisecret",
            "consumersecret",
            "sharedsecret",
            "webhooksecret",
            "jwtsecret",
            "signingsecret",
            "sessionsecret",
            "cookiesecret",
            "secretstring",
            "secretbinary",
            "connectionstring",
            "credentials");

    private static final List<String> REFERENCES = List.of(
            "secret",
            "authorization",
            "accesskey",
            "encryptionkey",
            "masterkey",
            "signingkey",
            "sharedkey",
            "sshkey",
            "appkey",
            "applicationkey");

    private static final Set<String> REFERENCE_WORDS =
            Set.of("auth", "pat", "salt", "sig", "signature", "cookie", "otp", "psk", "credential", "dockerconfigjson");

    /** Names that end like a secret but hold a setting. */
    private static final Set<String> SETTINGS = Set.of(
            "clientrequesttoken", "automountserviceaccounttoken", "nexttoken", "continuationtoken", "clienttoken");

    /** Words at the end of a name that describe how the value is written. */
    private static final Set<String> FORMS =
            Set.of("wo", "value", "string", "pem", "plain", "plaintext", "base64", "b64", "encoded", "openssh");

    /** The value is a switch or the name of something that exists. */
    private static final Set<String> SWITCHES = Set.of(
            "use",
            "enable",
            "enabled",
            "disable",
            "has",
            "require",
            "required",
            "existing",
            "generate",
            "create",
            "max",
            "min");

    /** Parts of every name above, by their first letter. */
    private static final List<String> WITH_P = List.of("pass", "pw", "pat", "psk");

    private static final List<String> WITH_S = List.of("secret", "sig", "salt");
    private static final List<String> WITH_C = List.of("cred", "connection", "cookie");
    private static final List<String> WITH_T = List.of("token");
    private static final List<String> WITH_K = List.of("key");
    private static final List<String> WITH_A = List.of("auth");
    private static final List<String> WITH_O = List.of("otp");
    private static final List<String> WITH_D = List.of("dockerconfig");

    private static final Pattern SPLIT =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Pattern FILE = Pattern.compile("\\.(?:txt|pem|json)$");
    private static final Pattern SETTING = Pattern.compile("[a-z]{1,12}");
    private static final Pattern NOTHING =
            Pattern.compile("(?i)true|false|yes|no|on|off|null|none|nil|undefined|\\*+|x+|\\.+");
    private static final Pattern KEY_ID = Pattern.compile("A(?:KIA|SIA|GPA|IDA|ROA)[A-Z0-9]{12,}");

    /** A value that says where the secret is: an expression, a variable, an ARN, a file, an entry of a vault. */
    private static final Pattern REFERENCE = Pattern.compile(
            "(?s).*(?:\\$\\{[A-Za-z_][^{}]*\\}|\\$\\(\\w+\\)|\\{\\{.*\\}\\}).*|\\$\\w+|\\$\\(.*|`.*|%\\w+%|<[^<>]*>|arn:.*"
                    + "|(?:\\.{0,2}/[\\w.@-]+){2,}|(?:https?|file|op|ssm|awssm|vault|env|secretref|projects)[:/][^@]*|ref\\+.*|aws-(?:sm|ssm|kms):.*");

    private static final int SHORTEST_RANDOM = 6;

    /**
     * What a name says.
     *
     * @param name the name of a property, a variable or an option, with those around it separated by dots
     */
    static SecretName of(String name) {
        String property = name.indexOf('.') < 0 ? name : FILE.matcher(name).replaceFirst("");
        String last = property.substring(Math.max(property.lastIndexOf('.'), property.lastIndexOf('/')) + 1);
        if (last.length() < 2 || last.length() > 100 || !mayBeSecret(last)) {
            return NONE;
        }
        List<String> words = List.of(SPLIT.split(last.replaceFirst("^[^A-Za-z0-9]+", "")));
        int end = words.size();
        while (end > 1 && isForm(words.get(end - 1).toLowerCase(Locale.ROOT))) {
            end--;
        }
        words = words.subList(0, end);
        String plain = String.join("", words).toLowerCase(Locale.ROOT).replaceFirst("(?<=[a-z])[0-9]{1,2}$", "");
        String ending = words.get(end - 1).toLowerCase(Locale.ROOT);
        if (SETTINGS.contains(plain) || SWITCHES.contains(words.get(0).toLowerCase(Locale.ROOT))) {
            return NONE;
        }
        if (endsWith(plain, PASSWORDS) || PASSWORD_WORDS.contains(ending)) {
            return PASSWORD;
        }
        if (endsWith(plain, SECRETS)) {
            return SECRET;
        }
        return endsWith(plain, REFERENCES) || REFERENCE_WORDS.contains(ending) ? PERHAPS : NONE;
    }

    /** What the name of a map or a list says about its elements, such as {@code secrets}. */
    static SecretName ofElements(String name) {
        if (!name.endsWith("s") || name.toLowerCase(Locale.ROOT).contains("pullsecret")) {
            return NONE;
        }
        SecretName one = of(name.substring(0, name.length() - 1));
        return one == PERHAPS ? SECRET : one;
    }

    private static boolean isForm(String word) {
        return FORMS.contains(word) || word.chars().allMatch(Character::isDigit);
    }

    /** Most names are neither, which is decided without splitting them. */
    private static boolean mayBeSecret(String name) {
        for (int i = 0; i < name.length(); i++) {
            List<String> words =
                    switch (name.charAt(i)) {
                        case 'p', 'P' -> WITH_P;
                        case 's', 'S' -> WITH_S;
                        case 'c', 'C' -> WITH_C;
                        case 't', 'T' -> WITH_T;
                        case 'k', 'K' -> WITH_K;
                        case 'a', 'A' -> WITH_A;
                        case 'o', 'O' -> WITH_O;
                        case 'd', 'D' -> WITH_D;
                        default -> List.of();
                    };
            for (String word : words) {
                if (name.regionMatches(true, i, word, 0, word.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean endsWith(String plain, List<String> endings) {
        return endings.stream().anyMatch(plain::endsWith);
    }

    /** Whether a value under such a name is a secret. */
    boolean hides(String value) {
        String text = value.strip();
        if (this == NONE
                || text.length() < 2
                || text.equals(Secrets.MASK)
                || NOTHING.matcher(text).matches()
                || REFERENCE.matcher(text).matches()
                || KEY_ID.matcher(text).matches()) {
            return false;
        }
        return switch (this) {
            case PASSWORD -> true;
            case SECRET -> !SETTING.matcher(text).matches() && of(text).compareTo(SECRET) < 0 && !isNumber(text);
            default -> text.length() >= SHORTEST_RANDOM && !CommonWords.isCommon(text) && text.indexOf(' ') < 0;
        };
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
    }
}

package dev.eksplatform.internal.plan;

import dev.eksplatform.internal.files.ProgramFile;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets inside a text by their shape: a value after a name such as {@code DB_PASSWORD=}, the password of a URL, a
 * token in the format of a known service, a private key.
 */
final class SecretShapes {

    private static final int SHORTEST = 8;
    private static final int LONGEST_NAME = 80;

    /** A host that ends the userinfo; {@code @} further on, before any slash, is part of a password. */
    private static final String HOST = "(?=(?:[A-Za-z0-9_.\\[\\]%${}-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]+)?"
            + "(?:[/?#\\s\"'`\\\\]|[,;)<>&|](?![^\\s\"'/@]{0,100}@)|$)|/)";

    private static final Pattern USER_AND_PASSWORD =
            Pattern.compile("://([^\\s:/?#\"'<>]{0,200}):((?:[^\\s\"'<]|<(?!/)){1,300}?)@" + HOST);

    /** The same with quotes in the password, on a line without an opening quote. */
    private static final Pattern USER_AND_QUOTES =
            Pattern.compile("(?m)^[^\"'\\n]{0,300}?://([^\\s:/?#\"'<>]{0,200}):((?:[^\\s<]|<(?!/)){1,300}?)@" + HOST);

    /** A data source of Go's MySQL driver. */
    private static final Pattern USER_AND_NETWORK =
            Pattern.compile("[^\\s:/\"']{1,100}:([^\\s]{1,300}?)@(?:tcp|udp|unix)\\(");

    /** A call such as {@code define('DB_PASSWORD', 'x')}. */
    private static final Pattern CALL =
            Pattern.compile("\\(\\s{0,5}[\"']([\\w.-]{2,80})[\"']\\s{0,5},\\s{0,5}([\"'])([^\\r\\n]{1,300}?)\\2");

    /** A line of {@code .pgpass}. */
    private static final Pattern PGPASS =
            Pattern.compile("(?m)^[\\w.*-]+:(?:[0-9]*432|\\*):[^:\\s]+:[^:\\s]+:((?:[^:\\s]|\\\\:)+)$");

    /** A user and a password as programs read them from a list. */
    private static final Pattern USER_LINE =
            Pattern.compile("(?m)^[ \\t]*(?:-[ \\t]+)?[\"']?[A-Za-z_][\\w.-]*:([^\\s\"'][^\\r\\n]*?)[\"']?[ \\t\\r]*$");

    private static final int LONGEST_TYPE = 50;

    /** A declaration with its type between the name and the value. */
    private static final Pattern TYPED =
            Pattern.compile("[ \\t]*&?[A-Za-z'][\\w.<>\\[\\]? ]{0,40}? =[ \\t]+(?=[\"'`])");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}(?:[/?#].*)?");
    private static final Pattern USER_ONLY = Pattern.compile("://([^\\s:/?#@\"'<>]{8,300})@");
    private static final Pattern OPTION =
            Pattern.compile("(?<![\\w-])--?([A-Za-z][\\w.-]{1,80})[ \\t]+([\"']?)([^\\s\"'-][^\\s\"']*)");
    private static final Pattern USER_OPTION =
            Pattern.compile("(?<![\\w-])(?:-u|--user|--proxy-user)[ =][\"']?[^\\s:\"']{1,100}:([^\\s\"']+)");
    private static final Pattern HEADER = Pattern.compile("(?i)\\b(?:bearer|basic|token) +([A-Za-z0-9._~+/=-]{8,})");
    private static final Pattern NAME_AND_VALUE = Pattern.compile(
            "(?i)\\b(?:name|key)\\\\*[\"']?\\s{0,20}[:=]\\s{0,20}\\\\*[\"']?([\\w.-]{1,80})\\\\*[\"']?[\\s,]{1,80}\\\\*[\"']?value\\\\*[\"']?(\\s{0,20}[:=])");
    private static final Pattern ELEMENT =
            Pattern.compile("<([A-Za-z][\\w.-]{1,80})>(?:<!\\[CDATA\\[(.{1,2000}?)]]>|([^<>]{1,2000}))</\\1>");
    private static final Pattern NAME_AND_VALUE_ELEMENTS =
            Pattern.compile("<(name|key)>\\s*([\\w.-]{1,80})\\s*</\\1>\\s*<value>([^<>]{1,2000})</value>");

    /** A line of a configuration file with a name and a value, such as {@code requirepass x}. */
    private static final Pattern DIRECTIVE =
            Pattern.compile("(?m)^[ \\t]*([A-Za-z][\\w.-]{1,80})[ \\t]+([^\\s=:{][^\\s]*)[ \\t\\r]*$");

    /** A word of prose as well. */
    private static final Pattern WORD_OF_PROSE = Pattern.compile("(?i)password|passphrase|passcode|pass");

    /** Lines of netrc and of HAProxy. */
    private static final Pattern LOGIN =
            Pattern.compile("\\b(?:login|user)\\s+\\S{1,100}\\s+(?:insecure-)?password\\s+(\\S+)");

    /** Options of one letter, of programs that are known to take a password with them. */
    private static final Pattern COMMAND = Pattern.compile(
            "\\b(?:(?:mysql|mariadb)[a-z-]{0,20}\\b[^\\n|;&]{0,200}? -p|sshpass +-p *|redis-cli\\b[^\\n|;&]{0,200}? -a +"
                    + "|(?:docker|podman|nerdctl|oras|skopeo|az|helm registry) +login\\b[^\\n|;&]{0,200}? -p[ =]*)"
                    + "[\"']?([^\\s\"'][^\\s\"']*)");

    private static final Pattern SQL = Pattern.compile("(?i)\\b(?:identified by|password) +'([^'\\r\\n]+)'");
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(.{20,20000}?)(?:-----END|\\z)", Pattern.DOTALL);

    /** Formats of tokens and commands by their first three characters. */
    private static final Map<Integer, List<Format>> FORMATS = new HashMap<>();

    /** A format by its beginning, which is compared first, and as a whole. */
    private record Format(String beginning, Pattern whole) {}

    private static final BitSet NOTHING = new BitSet();

    private static final int ASCII = 128;

    /** The first two characters of the formats, which decide most places. */
    private static final boolean[] BEGINNINGS = new boolean[ASCII * ASCII];

    private static final boolean[] LETTERS_AND_DIGITS = new boolean[ASCII];

    static {
        for (char c = 0; c < ASCII; c++) {
            LETTERS_AND_DIGITS[c] = Character.isLetterOrDigit(c);
        }
        ProgramFile.read(SecretShapes.class, "secret-formats.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", 2))
                .forEach(line -> {
                    BEGINNINGS[beginning(line[0].charAt(0), line[0].charAt(1))] = true;
                    FORMATS.merge(
                            key(line[0], 0),
                            List.of(new Format(line[0], Pattern.compile(Pattern.quote(line[0]) + line[1]))),
                            (one, other) ->
                                    Stream.concat(one.stream(), other.stream()).toList());
                });
    }

    private final String text;
    /** Of most texts nothing. */
    private BitSet hidden = NOTHING;

    /** The place of the next sign with a space before it. */
    private int nextAssignment = -1;

    private SecretShapes(String text) {
        this.text = text;
    }

    private void hide(int from, int to) {
        if (hidden == NOTHING) {
            hidden = new BitSet();
        }
        hidden.set(from, to);
    }

    /** The characters of a text that are part of a secret; not to be changed. */
    static BitSet in(String text) {
        SecretShapes shapes = new SecretShapes(text);
        if (text.length() >= SHORTEST) {
            shapes.find();
        }
        return shapes.hidden;
    }

    private void find() {
        boolean options = false;
        boolean pairs = false;
        boolean addresses = false;
        boolean spaces = false;
        boolean elements = false;
        boolean passwords = false;
        boolean begins = true;
        boolean calls = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (begins) {
                format(i);
            }
            begins = !(c < ASCII ? LETTERS_AND_DIGITS[c] : Character.isLetterOrDigit(c));
            switch (c) {
                case '=', ':' -> {
                    assignment(i);
                    pairs = true;
                    addresses |= text.startsWith("//", i + 1);
                }
                case '-' -> options = true;
                case ' ', '\t' -> spaces = true;
                case '<' -> elements = true;
                case '(' -> calls = true;
                case 'p', 'P' ->
                    passwords |= text.regionMatches(true, i, "pass", 0, 4) || text.regionMatches(true, i, "pw", 0, 2);
                default -> {}
            }
        }
        if (addresses && text.indexOf('@') >= 0) {
            addresses();
        }
        if (calls && (text.contains("@tcp(") || text.contains("@unix("))) {
            matches(USER_AND_NETWORK, matcher -> SecretName.PASSWORD.hides(matcher.group(1)), 1);
        }
        if (calls && text.indexOf(',') >= 0) {
            matches(CALL, matcher -> hides(matcher.group(1), matcher.group(3)), 3);
        }
        if (pairs && (text.contains("432:") || text.contains(":*:"))) {
            matches(PGPASS, matcher -> SecretName.PASSWORD.hides(matcher.group(1)), 1);
        }
        if (options && spaces) {
            matches(
                    OPTION,
                    matcher -> SecretName.of(matcher.group(1)).ordinal() >= SecretName.SECRET.ordinal()
                            && SecretName.of(matcher.group(1)).hides(matcher.group(3)),
                    3);
            if (text.contains("-p") || text.contains("-a")) {
                matches(COMMAND, matcher -> SecretName.PASSWORD.hides(matcher.group(1)), 1);
            }
            matches(USER_OPTION, matcher -> SecretName.SECRET.hides(matcher.group(1)), 1);
        }
        if (spaces && (text.contains("earer ") || text.contains("asic ") || text.contains("oken "))) {
            matches(HEADER, matcher -> SecretName.PERHAPS.hides(matcher.group(1)), 1);
        }
        if (spaces && (passwords || text.contains("masterauth"))) {
            matches(DIRECTIVE, SecretShapes::isDirective, 2);
            matches(LOGIN, matcher -> SecretName.PASSWORD.hides(matcher.group(1)), 1);
        }
        if (spaces && text.indexOf('\'') >= 0) {
            matches(SQL, matcher -> SecretName.PASSWORD.hides(matcher.group(1)), 1);
        }
        if (pairs && text.contains("alue")) {
            namedValues();
        }
        if (elements) {
            matches(ELEMENT, matcher -> hides(matcher.group(1), matcher.group(2)), 2);
            matches(ELEMENT, matcher -> hides(matcher.group(1), matcher.group(3)), 3);
            matches(NAME_AND_VALUE_ELEMENTS, matcher -> hides(matcher.group(2), matcher.group(3)), 3);
        }
        if (text.contains("PRIVATE KEY")) {
            matches(PRIVATE_KEY, matcher -> !matcher.group(1).contains(Secrets.MASK), 1);
        }
    }

    /** Says whether a match is a secret. */
    private interface Condition {

        boolean holds(Matcher matcher);
    }

    private void matches(Pattern pattern, Condition condition, int group) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (condition.holds(matcher)) {
                hide(matcher.start(group), matcher.end(group));
            }
        }
    }

    private static boolean hides(String name, @Nullable String value) {
        return value != null && SecretName.of(name).hides(value);
    }

    private static boolean isDirective(Matcher matcher) {
        String name = matcher.group(1);
        return SecretName.of(name) == SecretName.PASSWORD
                && SecretName.PASSWORD.hides(matcher.group(2))
                && !(WORD_OF_PROSE.matcher(name).matches() && CommonWords.isCommon(matcher.group(2)));
    }

    private void addresses() {
        matches(USER_AND_PASSWORD, SecretShapes::isUserinfo, 2);
        if (text.indexOf('"') >= 0 || text.indexOf('\'') >= 0) {
            matches(USER_AND_QUOTES, SecretShapes::isUserinfo, 2);
        }
        matches(USER_ONLY, matcher -> SecretName.PERHAPS.hides(matcher.group(1)), 1);
    }

    private static boolean isUserinfo(Matcher matcher) {
        String password = matcher.group(2);
        boolean path = matcher.group(1).indexOf('@') >= 0 && password.indexOf('/') >= 0;
        return !path && !PORT.matcher(password).matches() && SecretName.PASSWORD.hides(password);
    }

    private static int key(String text, int at) {
        return text.charAt(at) << 16 ^ text.charAt(at + 1) << 8 ^ text.charAt(at + 2);
    }

    private static int beginning(char first, char second) {
        return first < ASCII && second < ASCII ? first * ASCII + second : 0;
    }

    private void format(int at) {
        if (at + SHORTEST > text.length() || !BEGINNINGS[beginning(text.charAt(at), text.charAt(at + 1))]) {
            return;
        }
        for (Format format : FORMATS.getOrDefault(key(text, at), List.of())) {
            if (text.startsWith(format.beginning(), at)) {
                Matcher matcher = format.whole().matcher(text).region(at, text.length());
                if (matcher.lookingAt()) {
                    hide(matcher);
                }
            }
        }
    }

    /** A token as a whole; of a command its only group, the second group if the first is a secret's name, or lists. */
    private void hide(Matcher format) {
        switch (format.groupCount()) {
            case 0 -> hide(format.start(), format.end());
            case 1 -> {
                if (SecretName.PASSWORD.hides(format.group(1))) {
                    hide(format.start(1), format.end(1));
                }
            }
            case 2 -> {
                if (hides(format.group(1), format.group(2))) {
                    hide(format.start(2), format.end(2));
                }
            }
            default -> {
                Matcher user = USER_LINE.matcher(text).region(format.start(3), format.end(3));
                while (user.find()) {
                    hide(user.start(1), user.end(1));
                }
            }
        }
    }

    /** A pair such as {@code name: DB_PASSWORD, value: x}, on one line or two. */
    private void namedValues() {
        Matcher matcher = NAME_AND_VALUE.matcher(text);
        while (matcher.find()) {
            SecretName name = SecretName.of(matcher.group(1));
            if (name != SecretName.NONE) {
                value(name, matcher.end(2), matcher.start());
            }
        }
    }

    /** A name before {@code =} or {@code :}, and the value behind. */
    private void assignment(int sign) {
        if (text.charAt(sign) == ':'
                && sign + 1 < text.length()
                && continuesWord(text.charAt(sign + 1))
                && !mayBeTyped(sign)) {
            return;
        }
        int end = sign;
        while (end > 0 && "\"'\\ \t]".indexOf(text.charAt(end - 1)) >= 0 && sign - end < 8) {
            end--;
        }
        if (end > 0 && text.charAt(sign) == '=' && ":+".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < LONGEST_NAME && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        if (end - start < 2) {
            return;
        }
        SecretName name = SecretName.of(text.substring(start, end));
        if (name != SecretName.NONE) {
            value(name, sign + 1, start);
        }
    }

    /** Behind a colon: of an ARN, an address, or JSON. */
    private static boolean continuesWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '/' || c == '{' || c == '[';
    }

    /** Whether an assignment may follow, behind a type without spaces. */
    private boolean mayBeTyped(int colon) {
        if (nextAssignment < colon) {
            int next = text.indexOf(" =", colon);
            nextAssignment = next < 0 ? Integer.MAX_VALUE : next;
        }
        return nextAssignment - colon <= LONGEST_TYPE;
    }

    private static boolean isNamePart(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /** Hides the value that begins at a place, or behind a second sign, spaces and a quote. */
    private void value(SecretName name, int from, int nameStart) {
        boolean colon = text.charAt(from - 1) == ':';
        Matcher typed = TYPED.matcher(text).region(from, text.length());
        int start = colon && typed.lookingAt() ? typed.end() : from;
        while (start < text.length() && "=>:~".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int spaces = start;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        if (colon && isOwnLine(nameStart) && block(name, start, nameStart)) {
            return;
        }
        int quote = start;
        while (quote < text.length() && text.charAt(quote) == '\\') {
            quote++;
        }
        boolean quoted = quote < text.length()
                && (text.charAt(quote) == '"'
                        || text.charAt(quote) == '\''
                        || text.charAt(quote) == '`' && start > spaces);
        if (colon && spaces == start && !quoted && start == from) {
            // no YAML, but an ARN or an address
            return;
        }
        int end;
        if (quoted) {
            String mark = text.substring(quote, quote + 1);
            quote += text.startsWith(mark.repeat(3), quote) ? 2 : 0;
            String closing = text.substring(start, quote + 1);
            start = quote + 1;
            end = closing(closing, start);
        } else {
            end = unquoted(start, colon || spaces > from - 1 && start > spaces, nameStart);
        }
        if (start < end && name.hides(text.substring(start, end))) {
            hide(start, end);
        }
    }

    /** Whether nothing but indentation is before a name. */
    private boolean isOwnLine(int nameStart) {
        int before = nameStart;
        while (before > 0 && " \t-".indexOf(text.charAt(before - 1)) >= 0) {
            before--;
        }
        return before == 0 || text.charAt(before - 1) == '\n';
    }

    /** Hides a value of YAML on the lines below its name, with or without {@code |}; false when it is not there. */
    private boolean block(SecretName name, int start, int nameStart) {
        int line = start;
        while (line < text.length() && "|>+-123456789 \r".indexOf(text.charAt(line)) >= 0) {
            line++;
        }
        if (line == text.length() || text.charAt(line) != '\n') {
            return false;
        }
        boolean literal = !text.substring(start, line).isBlank();
        int column = nameStart - text.lastIndexOf('\n', nameStart) - 1;
        while (++line < text.length()) {
            int first = line;
            while (first < text.length() && text.charAt(first) == ' ') {
                first++;
            }
            int next = text.indexOf('\n', line);
            int end = next < 0 ? text.length() : next;
            String content = text.substring(Math.min(first, end), end).strip();
            boolean inside = content.isEmpty() || first - line > column;
            boolean nested = !literal && (content.contains(": ") || content.endsWith(":") || content.startsWith("-"));
            if (!inside || nested) {
                break;
            }
            if (name.hides(content)) {
                hide(first, first + content.length());
            }
            if (!literal && !content.isEmpty()) {
                break;
            }
            line = end;
        }
        return true;
    }

    /** The end of a quoted value: a quote that is not escaped further. */
    private int closing(String closing, int start) {
        int end = text.indexOf(closing, start);
        while (end > 0 && text.charAt(end - 1) == '\\') {
            int slashes = end;
            while (slashes > start && text.charAt(slashes - 1) == '\\') {
                slashes--;
            }
            if ((end - slashes) % 2 == 0 && closing.length() == 1) {
                break;
            }
            end = text.indexOf(closing, end + 1);
        }
        return end < 0 ? text.length() : end;
    }

    /** The end of a value without quotes: of the line where the line has nothing else, or the next separator. */
    private int unquoted(int start, boolean spaced, int nameStart) {
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        boolean ownLine = isOwnLine(nameStart);
        if (ownLine && spaced) {
            int comment = text.indexOf(" #", start);
            return comment >= 0 && comment < end ? comment : end;
        }
        char sign = nameStart > 0 ? text.charAt(nameStart - 1) : '\n';
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean separates = Character.isWhitespace(c)
                    || spaced && (c == ',' || c == '}')
                    || c == '&' && (sign == '?' || sign == '&')
                    || c == '"'
                    || c == '`'
                    || c == '<' && text.startsWith("/", i + 1)
                    || c == '\\' && i + 1 < end && "n\"".indexOf(text.charAt(i + 1)) >= 0
                    || c == ';' && (i + 1 == end || text.charAt(i + 1) == ' ' || text.indexOf('=', i) > 0 && !ownLine)
                    || c == ',' && text.indexOf('=', i) > 0 && sign == ',';
            if (separates) {
                return i;
            }
        }
        return end;
    }
}

package dev.eksplatform.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a MIME multi-part document, such as user data with a cloud-config and a script, with their bodies decoded.
 *
 * @see <a href="https://cloudinit.readthedocs.io/en/latest/explanation/format/mime.html">cloud-init: MIME multi-part archive</a>
 */
final class MimeParts {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?im)^content-type:[ \\t]*multipart/[^\\n]*?boundary=\"?([^\"\\s;]+)");

    /** A header goes on in a line that begins with a space. */
    private static final Pattern FOLD = Pattern.compile("\\n[ \\t]+");

    private static final Pattern ENCODING = Pattern.compile("(?im)^(content-transfer-encoding:[ \\t]*base64)[ \\t]*$");

    /** More levels of documents in documents are left as they are. */
    private static final int MOST_LEVELS = 3;

    private MimeParts() {}

    /** A document with the bodies of its parts decoded; any other text unchanged. */
    static String decoded(String text) {
        return decoded(text, MOST_LEVELS);
    }

    private static String decoded(String text, int levels) {
        String lines = text.replace("\r\n", "\n");
        int end = lines.indexOf("\n\n");
        Matcher boundary = BOUNDARY.matcher(
                end < 0 ? "" : FOLD.matcher(lines.substring(0, end)).replaceAll(" "));
        if (levels == 0 || !boundary.find()) {
            return text;
        }
        String delimiter = "--" + boundary.group(1);
        List<String> result = new ArrayList<>();
        List<String> part = new ArrayList<>();
        boolean inside = false;
        for (String line : lines.split("\n", -1)) {
            String plain = line.stripTrailing();
            if (plain.equals(delimiter) || plain.equals(delimiter + "--")) {
                result.addAll(inside ? decoded(part, levels) : part);
                part.clear();
                result.add(line);
                inside = plain.equals(delimiter);
            } else {
                part.add(line);
            }
        }
        result.addAll(inside ? decoded(part, levels) : part);
        return String.join("\n", result);
    }

    /** The line break before a delimiter belongs to the delimiter. */
    private static List<String> decoded(List<String> part, int levels) {
        int end = part.indexOf("");
        if (end < 0) {
            return part;
        }
        String header = String.join("\n", part.subList(0, end));
        String body = String.join("\n", part.subList(end + 1, part.size()));
        Matcher encoding = ENCODING.matcher(header);
        Optional<String> readable = encoding.find() ? UserDataText.layer(body) : Optional.empty();
        String shown = readable.isPresent() ? encoding.replaceFirst("$1 (decoded)") : header;
        String content = readable.map(inner -> UserDataText.layer(inner).orElse(inner))
                .map(inner -> inner.endsWith("\n") ? inner.substring(0, inner.length() - 1) : inner)
                .orElse(body);
        return List.of(
                (shown + "\n\n" + decoded(header + "\n\n" + content, levels - 1).substring(header.length() + 2))
                        .split("\n", -1));
    }
}

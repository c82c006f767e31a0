package dev.eksplatform.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Literal text for Terraform's JSON syntax, where every string is a template: <code>${</code> and <code>%{</code> of a
 * shell script or a dashboard are written <code>$${</code> and <code>%%{</code>. Applied once, to a body on its way into
 * a resource. References that a construct holds (CDKTF's tokens, <code>${TfToken[TOKEN.1]}</code>) stay references.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1">Terraform
 *     strings</a>
 */
public final class TerraformText {

    private static final Pattern LITERAL = Pattern.compile("\\$\\{(?!TfToken\\[)|%\\{");

    private TerraformText() {}

    /**
     * Escapes one string.
     *
     * @param text literal text
     * @return the template that renders to it
     */
    public static String escape(String text) {
        if (!text.contains("{")) {
            return text;
        }
        return LITERAL.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group().charAt(0) + found.group()));
    }

    /**
     * Escapes texts by name, such as tags or labels.
     *
     * @param texts literal texts
     * @return a copy, in the same order
     */
    public static Map<String, String> escapeTexts(Map<String, String> texts) {
        Map<String, String> escaped = new LinkedHashMap<>();
        texts.forEach((key, value) -> escaped.put(escape(key), escape(value)));
        return escaped;
    }

    /**
     * Escapes every string of a body, keys of maps too.
     *
     * @param body literal content
     * @return a copy, in the same order
     */
    public static Map<String, Object> escape(Map<String, ?> body) {
        Map<String, Object> escaped = new LinkedHashMap<>();
        body.forEach((key, value) -> escaped.put(escape(key), value(value)));
        return escaped;
    }

    private static Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return escape(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> escaped = new LinkedHashMap<>();
            map.forEach((key, item) -> escaped.put(escape(String.valueOf(key)), value(item)));
            return escaped;
        }
        if (value instanceof List<?> list) {
            List<Object> escaped = new ArrayList<>();
            list.forEach(item -> escaped.add(value(item)));
            return escaped;
        }
        if (value == null) {
            throw new IllegalArgumentException("null in a body");
        }
        return value;
    }
}

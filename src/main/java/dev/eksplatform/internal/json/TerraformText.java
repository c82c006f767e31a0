package dev.eksplatform.internal.json;

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
 * a resource, whose spec holds the text as Kubernetes or AWS sees it.
 *
 * <p>CDKTF looks for its own tokens in every text and number, and stops at one that it does not know. What looks like a
 * token is therefore written as a template that Terraform renders to the same value: <code>TfToken[</code>, a number in
 * the range of encoded tokens (the tag {@code main-82e297a} holds one), and the values by which it marks maps.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1">Terraform
 *     strings</a>
 */
public final class TerraformText {

    /** Source: {@code lib/tokens/private/encoding.ts} of CDKTF 0.21: a text that is a token. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{TfToken\\[[A-Za-z0-9_.-]+]}");

    private static final Pattern TOKEN = Pattern.compile("(?i)TfToken\\[");
    private static final Pattern EXPONENT = Pattern.compile("([-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([eE])([-+]?[0-9]+)");

    /** Source: {@code lib/tokens/private/encoding.ts} of CDKTF 0.21: the upper 16 bits of a double that is a token. */
    private static final long NUMBER_TOKEN = 0xfdffL;

    private static final long NUMBER_LIST_TOKEN = 0xfbffL;

    /** Source: {@code lib/tokens/token.ts} of CDKTF 0.21, {@code NUMBER_MAP_TOKEN_VALUE}. */
    private static final long NUMBER_MAP_TOKEN = -123456789;

    /** Source: {@code lib/tokens/token.ts} of CDKTF 0.21, the other {@code MAP_TOKEN_VALUE}s. */
    private static final String MAP_TOKEN = " Map Token Value";

    private static final Pattern EXPRESSION = Pattern.compile("(?<!\\$)\\$\\{|(?<!%)%\\{");

    private TerraformText() {}

    /**
     * Whether Terraform has yet to evaluate a part of a text.
     *
     * @param template a string of Terraform's JSON syntax
     * @return true when it holds an expression; false for literal text, in which {@code $${} and {@code %%{} are escapes
     */
    public static boolean hasExpression(String template) {
        return template.indexOf('{', 1) > 0 && EXPRESSION.matcher(template).find();
    }

    /**
     * Escapes a text in which a construct may have put references: CDKTF's tokens, such as <code>${TfToken[TOKEN.1]}</code>,
     * stay what they are.
     *
     * @param text literal text and references
     * @return the template that renders to it
     */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int end = 0;
        while (reference.find()) {
            escaped.append(literal(text.substring(end, reference.start()))).append(reference.group());
            end = reference.end();
        }
        return escaped.append(literal(text.substring(end))).toString();
    }

    /**
     * Escapes texts by name, such as tags or labels, in which a construct may have put references.
     *
     * @param texts literal texts and references
     * @return a copy, in the same order
     */
    public static Map<String, String> escapeTexts(Map<String, String> texts) {
        Map<String, String> escaped = new LinkedHashMap<>();
        texts.forEach((key, value) -> escaped.put(escape(key), escape(value)));
        return escaped;
    }

    /**
     * Escapes a text that has no references.
     *
     * @param text literal text
     * @return the template that renders to it
     */
    static String literal(String text) {
        String escaped = text.replace("${", "$${").replace("%{", "%%{");
        escaped = TOKEN.matcher(escaped).replaceAll(match -> Matcher.quoteReplacement("${\"" + match.group() + "\"}"));
        escaped = EXPONENT.matcher(escaped)
                .replaceAll(match -> Matcher.quoteReplacement(
                        isToken(Double.parseDouble(match.group()))
                                ? match.group(1) + "${\"" + match.group(2) + "\"}" + match.group(3)
                                : match.group()));
        return text.equals("String" + MAP_TOKEN) || text.equals("Any" + MAP_TOKEN)
                ? escaped.replace(MAP_TOKEN, "${\"" + MAP_TOKEN + "\"}")
                : escaped;
    }

    /**
     * Whether a number is one of CDKTF's encoded tokens.
     *
     * @param number any number
     * @return true for a number, or the first of a list of numbers, that CDKTF would replace
     */
    public static boolean isToken(double number) {
        long mark = Double.doubleToRawLongBits(number) >>> 48;
        return mark == NUMBER_TOKEN || mark == NUMBER_LIST_TOKEN;
    }

    /**
     * Escapes every string of a body, keys of maps too, and the numbers that CDKTF would take for tokens.
     *
     * @param body literal content
     * @return a copy, in the same order
     */
    public static Map<String, Object> escape(Map<String, ?> body) {
        Map<String, Object> escaped = new LinkedHashMap<>();
        body.forEach((key, value) -> escaped.put(literal(key), value(value)));
        return escaped;
    }

    private static Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return literal(text);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> escaped = new LinkedHashMap<>();
            map.forEach((key, item) -> escaped.put(literal(String.valueOf(key)), value(item)));
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

    private static Object number(Number number) {
        if (number.doubleValue() == NUMBER_MAP_TOKEN) {
            return "${" + NUMBER_MAP_TOKEN + "}";
        }
        if (isToken(number.doubleValue())) {
            return "${tonumber(\"" + literal(number.toString()) + "\")}";
        }
        return number;
    }
}

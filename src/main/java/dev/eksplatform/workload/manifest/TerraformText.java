package dev.eksplatform.workload.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Literal text for Terraform's JSON syntax, where every string is a template: <code>${</code> and <code>%{</code> of a
 * shell script or a dashboard are written <code>$${</code> and <code>%%{</code>. Applied once, to a body on its way into
 * a resource; {@link Manifest#body()} holds the text as Kubernetes sees it.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1">Terraform
 *     strings</a>
 */
public final class TerraformText {

    private TerraformText() {}

    /**
     * Escapes one string.
     *
     * @param text literal text
     * @return the template that renders to it
     */
    public static String escape(String text) {
        return text.replace("${", "$${").replace("%{", "%%{");
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

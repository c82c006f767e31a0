package dev.eksplatform.iam.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a policy as compact JSON, in the order of the grammar, a single value without brackets. */
final class PolicyWriter {

    private final boolean terraform;
    private final StringBuilder out = new StringBuilder();

    private PolicyWriter(boolean terraform) {
        this.terraform = terraform;
    }

    static String json(PolicyDocument policy) {
        return new PolicyWriter(false).json(tree(policy));
    }

    static String terraformJson(PolicyDocument policy) {
        return new PolicyWriter(true).json(tree(policy));
    }

    /** The document as maps, lists and texts. */
    static Map<String, Object> tree(PolicyDocument policy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("Version", policy.version());
        put(tree, "Id", policy.id());
        tree.put(
                "Statement",
                policy.statements().stream().map(PolicyWriter::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Statement statement) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "Sid", statement.sid());
        tree.put("Effect", statement.effect().text());
        Principals principals = statement.principals();
        if (principals != null) {
            boolean everyone = principals.byKind().equals(Map.of("AWS", List.of("*")));
            tree.put(principals.except() ? "NotPrincipal" : "Principal", everyone ? "*" : lists(principals.byKind()));
        }
        patterns(tree, "Action", statement.actions());
        if (statement.resources() != null) {
            patterns(tree, "Resource", statement.resources());
        }
        if (!statement.conditions().isEmpty()) {
            Map<String, Map<String, Object>> byOperator = new LinkedHashMap<>();
            for (Condition condition : statement.conditions()) {
                byOperator
                        .computeIfAbsent(condition.operator(), operator -> new LinkedHashMap<>())
                        .put(condition.key(), list(condition.values()));
            }
            tree.put("Condition", byOperator);
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, @Nullable String value) {
        if (value != null) {
            tree.put(key, value);
        }
    }

    private static void patterns(Map<String, Object> tree, String name, Patterns patterns) {
        tree.put(patterns.except() ? "Not" + name : name, list(patterns.values()));
    }

    private static Map<String, Object> lists(Map<String, List<String>> byName) {
        Map<String, Object> tree = new LinkedHashMap<>();
        byName.forEach((name, values) -> tree.put(name, list(values)));
        return tree;
    }

    private static Object list(List<String> values) {
        return values.size() == 1 ? values.get(0) : values;
    }

    private String json(Object tree) {
        write(tree);
        return out.toString();
    }

    private void write(Object value) {
        String separator = "";
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.append(separator);
                text((String) member.getKey());
                out.append(':');
                write(member.getValue());
                separator = ",";
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (Object item : list) {
                out.append(separator);
                write(item);
                separator = ",";
            }
            out.append(']');
        } else {
            text((String) value);
        }
    }

    private void text(String value) {
        out.append('"');
        if (terraform) {
            for (TerraformTemplate.Part part : TerraformTemplate.parts(value)) {
                if (part.expression()) {
                    // Terraform reads the inside of an expression itself: JSON escapes there would be a syntax error.
                    out.append(part.text());
                } else {
                    JsonStringEncoder.getInstance().quoteAsString(TerraformTemplate.escaped(part.text()), out);
                }
            }
        } else {
            JsonStringEncoder.getInstance().quoteAsString(value, out);
        }
        out.append('"');
    }
}

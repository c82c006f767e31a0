package dev.eksplatform.iam.document;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a policy as compact JSON, in the order of the grammar, a single value without brackets. */
final class PolicyWriter {

    private final boolean terraform;
    private final StringBuilder out = new StringBuilder();

    private PolicyWriter(boolean terraform) {
        this.terraform = terraform;
    }

    static String json(PolicyDocument policy) {
        return new PolicyWriter(false).write(policy);
    }

    static String terraformJson(PolicyDocument policy) {
        return new PolicyWriter(true).write(policy);
    }

    private String write(PolicyDocument policy) {
        out.append('{');
        key("Version");
        text(policy.version());
        if (policy.id() != null) {
            out.append(',');
            key("Id");
            text(policy.id());
        }
        out.append(',');
        key("Statement");
        String separator = "[";
        for (Statement statement : policy.statements()) {
            out.append(separator);
            statement(statement);
            separator = ",";
        }
        return out.append("]}").toString();
    }

    private void statement(Statement statement) {
        out.append('{');
        if (statement.sid() != null) {
            key("Sid");
            text(statement.sid());
            out.append(',');
        }
        key("Effect");
        text(statement.effect().text());
        Principals principals = statement.principals();
        if (principals != null) {
            out.append(',');
            key(principals.except() ? "NotPrincipal" : "Principal");
            if (principals.byKind().equals(Map.of("AWS", List.of("*")))) {
                text("*");
            } else {
                lists(principals.byKind());
            }
        }
        patterns("Action", statement.actions());
        if (statement.resources() != null) {
            patterns("Resource", statement.resources());
        }
        conditions(statement.conditions());
        out.append('}');
    }

    private void patterns(String name, Patterns patterns) {
        out.append(',');
        key(patterns.except() ? "Not" + name : name);
        list(patterns.values());
    }

    private void conditions(List<Condition> conditions) {
        if (conditions.isEmpty()) {
            return;
        }
        Map<String, Map<String, List<String>>> byOperator = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            byOperator
                    .computeIfAbsent(condition.operator(), operator -> new LinkedHashMap<>())
                    .put(condition.key(), condition.values());
        }
        out.append(',');
        key("Condition");
        String separator = "{";
        for (Map.Entry<String, Map<String, List<String>>> operator : byOperator.entrySet()) {
            out.append(separator);
            key(operator.getKey());
            lists(operator.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void lists(Map<String, List<String>> byName) {
        String separator = "{";
        for (Map.Entry<String, List<String>> entry : byName.entrySet()) {
            out.append(separator);
            key(entry.getKey());
            list(entry.getValue());
            separator = ",";
        }
        out.append(byName.isEmpty() ? "{}" : "}");
    }

    private void list(List<String> values) {
        if (values.size() == 1) {
            text(values.get(0));
            return;
        }
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            text(values.get(i));
        }
        out.append(']');
    }

    private void key(String name) {
        text(name);
        out.append(':');
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

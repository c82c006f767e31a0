package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One entry of {@code pairs.yaml}: a resource before and after, with the access rows of its review. */
record AccessPair(String name, JsonNode node) {

    private static final JsonNode NONE = MissingNode.getInstance();
    private static final String OWN = "arn:aws:iam::111111111111:role/own";

    static List<AccessPair> all() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/access/pairs.yaml"));
        List<AccessPair> pairs = new ArrayList<>();
        TestJson.tree(new Load(LoadSettings.builder().build()).loadFromString(text))
                .forEach(pair -> pairs.add(new AccessPair(pair.path("name").asText(), pair)));
        return pairs;
    }

    List<String> expected() {
        List<String> rows = new ArrayList<>();
        node.path("rows").forEach(row -> rows.add(row.asText()));
        return rows;
    }

    Review review() {
        ObjectNode plan = JsonNodeFactory.instance.objectNode().put("format_version", "1.2");
        plan.putObject("planned_values");
        ArrayNode changes = plan.putArray("resource_changes");
        String address = node.path("type").asText() + ".x";
        JsonNode own = JsonNodeFactory.instance.objectNode().put("name", "own").put("arn", OWN);
        add(changes, "aws_iam_role.own", own, own, NONE, NONE);
        add(
                changes,
                address,
                written(node.path("before")),
                written(node.path("after")),
                node.path("unknown"),
                node.path("action"));
        node.path("others").properties().forEach(other -> {
            JsonNode values = written(other.getValue());
            add(changes, other.getKey(), values, values, NONE, NONE);
        });
        node.path("created")
                .properties()
                .forEach(other -> add(
                        changes,
                        other.getKey(),
                        JsonNodeFactory.instance.nullNode(),
                        written(other.getValue()),
                        NONE,
                        NONE));
        node.path("data").properties().forEach(data -> {
            ObjectNode change = add(
                    changes,
                    data.getKey(),
                    JsonNodeFactory.instance.nullNode(),
                    written(data.getValue().path("after")),
                    data.getValue().path("unknown"),
                    TestJson.parse("[\"read\"]"));
            change.put("mode", "data");
        });
        if (node.has("references")) {
            ObjectNode resource =
                    plan.withArray("/configuration/root_module/resources").addObject();
            resource.put("address", address);
            node.path("references").properties().forEach(reference -> resource.withObject(
                            "/expressions/" + reference.getKey())
                    .set("references", reference.getValue()));
        }
        return Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of(plan.toString()))), List.of());
    }

    private static ObjectNode add(
            ArrayNode changes, String address, JsonNode before, JsonNode after, JsonNode unknown, JsonNode action) {
        String[] part = address.split("\\.");
        ObjectNode resource = changes.addObject()
                .put("address", address)
                .put("mode", "managed")
                .put("type", part[part.length - 2])
                .put("name", part[part.length - 1]);
        ObjectNode change = resource.putObject("change");
        change.set("before", before);
        change.set("after", after);
        change.set("after_unknown", unknown.isMissingNode() ? TestJson.parse("{}") : unknown);
        String word =
                before.isNull() ? "create" : after.isNull() ? "delete" : before.equals(after) ? "no-op" : "update";
        change.set("actions", action.isMissingNode() ? TestJson.parse("[\"" + word + "\"]") : action);
        return resource;
    }

    /** The values with the text of every field that is written as JSON. */
    private static JsonNode written(JsonNode value) {
        if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> list.add(written(element)));
            return list;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(field -> {
            if (field.getKey().endsWith("+json")) {
                object.put(field.getKey().replace("+json", ""), field.getValue().toString());
            } else {
                object.set(field.getKey(), written(field.getValue()));
            }
        });
        return object;
    }

    List<String> rows() {
        return rows(review());
    }

    static List<String> rows(Review review) {
        return review.access().stream().map(AccessPair::row).toList();
    }

    private static String row(AccessChange row) {
        String marks = row.marks().isEmpty() ? "" : " [" + String.join("; ", row.marks()) + "]";
        return row.severity().word() + " " + row.verdict().name().toLowerCase(Locale.ROOT) + ": " + row.who() + marks
                + ": " + (row.before() == null ? "-" : row.before()) + " -> "
                + (row.after() == null ? "-" : row.after());
    }

    @Override
    public String toString() {
        return name;
    }
}

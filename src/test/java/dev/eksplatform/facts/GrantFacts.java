package dev.eksplatform.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What IAM policies allow, as tuples of action, resource and condition. */
public final class GrantFacts {

    private static final Set<String> ELEMENTS = Set.of("Sid", "Effect", "Action", "Resource", "Condition");

    private GrantFacts() {}

    /** What the documentation of a controller grants it, by version and partition, such as {@code v3.5.0.aws-cn}. */
    public static Set<List<String>> documented(String policy, String document) {
        return Set.copyOf(FactTable.IAM_GRANTS.rows(policy, document));
    }

    /**
     * What a policy document grants.
     *
     * @throws IllegalArgumentException when it says anything else than what it allows
     */
    public static Set<List<String>> of(String json) {
        return of(TestJson.parse(json));
    }

    private static Set<List<String>> of(JsonNode document) {
        Set<List<String>> grants = new HashSet<>();
        for (JsonNode statement : document.path("Statement")) {
            statement.fieldNames().forEachRemaining(element -> {
                if (!ELEMENTS.contains(element)
                        || !statement.path("Effect").asText().equals("Allow")) {
                    throw new IllegalArgumentException("not a plain grant: " + statement);
                }
            });
            String condition = statement.has("Condition") ? condition(statement.path("Condition")) : "";
            for (String action : texts(statement.path("Action"))) {
                for (String resource : texts(statement.path("Resource"))) {
                    grants.add(List.of(action, resource, condition));
                }
            }
        }
        return grants;
    }

    /** The condition with sorted keys and each value in a list. */
    private static String condition(JsonNode condition) {
        Map<String, Map<String, List<String>>> operators = new HashMap<>();
        condition
                .properties()
                .forEach(operator -> operator.getValue().properties().forEach(key -> operators
                        .computeIfAbsent(operator.getKey(), name -> new HashMap<>())
                        .put(key.getKey(), texts(key.getValue()))));
        return Json.compact(operators);
    }

    private static List<String> texts(JsonNode oneOrMany) {
        return oneOrMany.isArray()
                ? oneOrMany.valueStream().map(JsonNode::asText).sorted().toList()
                : List.of(oneOrMany.asText());
    }

    /** Of a folder with a folder for each policy. */
    static String table(Path folder) throws IOException {
        Map<List<String>, SortedSet<String>> documents = new HashMap<>();
        try (Stream<Path> policies = Files.list(folder)) {
            for (Path policy : policies.toList()) {
                FactTable.json(policy).forEach((document, json) -> of(json).forEach(grant -> documents
                        .computeIfAbsent(
                                List.of(policy.getFileName().toString(), grant.get(0), grant.get(1), grant.get(2)),
                                fact -> new TreeSet<>())
                        .add(document)));
            }
        }
        return FactTable.text(documents);
    }
}

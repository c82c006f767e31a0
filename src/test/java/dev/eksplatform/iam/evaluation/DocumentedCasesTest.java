package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.iam.document.PolicyDocument;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every case of {@code documented-cases.yaml}, each drawn from the page that its group names. */
class DocumentedCasesTest {

    @TestFactory
    List<DynamicTest> decisionsAreThoseOfTheDocumentation() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, Object> group : groups()) {
            int number = 0;
            for (Object one : (List<?>) get(group, "cases")) {
                Map<String, Object> test = map(one);
                number++;
                tests.add(DynamicTest.dynamicTest(group.get("about") + " #" + number, () -> assertThat(
                                decide(group, test).verdict().name())
                        .as("%s %s: %s", group.get("source"), test, decide(group, test))
                        .isEqualTo(test.get("expect"))));
            }
        }
        return tests;
    }

    @Test
    void thereAreManyCasesAndEachHasItsSource() throws IOException {
        int cases = 0;
        for (Map<String, Object> group : groups()) {
            assertThat(get(group, "source").toString()).startsWith("https://docs.aws.amazon.com/");
            cases += ((List<?>) get(group, "cases")).size();
        }
        assertThat(cases).isGreaterThanOrEqualTo(150);
    }

    private static AccessDecision decide(Map<String, Object> group, Map<String, Object> test)
            throws JsonProcessingException {
        String[] ask = Objects.toString(test.get("ask"), "s3:GetObject arn:aws:s3:::b/k")
                .split(" ", 2);
        Object caller = test.get("caller");
        if (caller != null) {
            String[] who = caller.toString().split(" ", 2);
            return TrustEvaluation.decide(
                    new AssumeRequest(new Caller(who[0], who[1]), ask[0], context(test)),
                    policy(group, get(group, "trust")));
        }
        Object statements = group.containsKey("condition")
                ? Map.of("Effect", "Allow", "Action", "*", "Resource", "*", "Condition", get(group, "condition"))
                : get(group, "statements");
        List<AttachedPolicy> policies = statements.equals(List.of())
                ? List.of()
                : List.of(new AttachedPolicy.Known("policy", policy(group, statements)));
        return AccessEvaluation.decide(new AccessRequest(ask[0], ask[1], context(test)), policies);
    }

    private static RequestContext context(Map<String, Object> test) {
        RequestContext context = test.get("open") == Boolean.TRUE ? RequestContext.open() : RequestContext.closed();
        for (Map.Entry<String, Object> entry :
                map(test.getOrDefault("with", Map.of())).entrySet()) {
            List<?> values = entry.getValue() instanceof List<?> list ? list : List.of(entry.getValue());
            context = context.with(
                    entry.getKey(), values.stream().map(Object::toString).toArray(String[]::new));
        }
        for (Object key : (List<?>) test.getOrDefault("unknown", List.of())) {
            context = context.withUnknown(key.toString());
        }
        return context;
    }

    private static PolicyDocument policy(Map<String, Object> group, Object statements) throws JsonProcessingException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", group.getOrDefault("version", "2012-10-17"));
        document.put("Statement", statements);
        return PolicyDocument.parse("case", new ObjectMapper().writeValueAsString(document));
    }

    private static List<Map<String, Object>> groups() throws IOException {
        try (InputStream in = DocumentedCasesTest.class.getResourceAsStream("documented-cases.yaml")) {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromInputStream(Objects.requireNonNull(in));
            List<Map<String, Object>> groups = new ArrayList<>();
            ((List<?>) loaded).forEach(group -> groups.add(map(group)));
            return groups;
        }
    }

    private static Object get(Map<String, Object> group, String key) {
        return Objects.requireNonNull(group.get(key), key);
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, one) -> map.put(key.toString(), one));
        return map;
    }
}

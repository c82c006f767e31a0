package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.internal.json.LocatedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every question of {@code cases/iam/hand.jsonl}, each with the page of the IAM User Guide that answers it. */
class HandCasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases/iam/hand.jsonl");
    private static final Map<String, String> WORDS =
            Map.of("ALLOWED", "allowed", "DENIED", "denied", "?", "cannot be decided");

    @TestFactory
    List<DynamicTest> decisions() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(CASES)) {
            JsonNode one = new ObjectMapper().readTree(line);
            tests.add(DynamicTest.dynamicTest(one.path("id").asText(), () -> check(one)));
        }
        assertThat(tests).hasSize(29);
        return tests;
    }

    private static void check(JsonNode one) {
        String expected = one.path("expect").asText();
        boolean trust = one.path("kind").asText().equals("trust");
        if (expected.equals("rejected")) {
            assertThat(trust ? problemsOfTrust(one) : problems(one)).isNotEmpty();
            return;
        }
        if (trust) {
            assertThat(problemsOfTrust(one)).isEmpty();
        }
        AccessDecision decision = trust ? decideTrust(one) : decide(one);
        assertThat(decision.verdict().text()).as("%s", decision).isEqualTo(WORDS.get(expected));
    }

    private static AccessDecision decide(JsonNode one) {
        List<AttachedPolicy> policies = new ArrayList<>();
        one.path("policies").forEach(policy -> policies.add(new AttachedPolicy.Known("policy", document(policy))));
        AccessRequest request = new AccessRequest(
                one.path("action").asText(), one.path("resource").asText(), context(one));
        JsonNode boundary = one.path("boundary");
        return boundary.isNull()
                ? AccessEvaluation.decide(request, policies)
                : AccessEvaluation.decide(request, policies, new AttachedPolicy.Known("boundary", document(boundary)));
    }

    private static AccessDecision decideTrust(JsonNode one) {
        JsonNode caller = one.path("caller");
        return TrustEvaluation.decide(
                new AssumeRequest(
                        new Caller(
                                caller.path("kind").asText(),
                                caller.path("name").asText()),
                        one.path("action").asText(),
                        context(one)),
                document(one.path("trust")));
    }

    private static RequestContext context(JsonNode one) {
        RequestContext context = RequestContext.closed();
        for (Map.Entry<String, JsonNode> key : one.path("context").properties()) {
            List<String> values = new ArrayList<>();
            if (key.getValue().isArray()) {
                key.getValue().forEach(value -> values.add(value.asText()));
            } else {
                values.add(key.getValue().asText());
            }
            context = context.with(key.getKey(), values.toArray(new String[0]));
        }
        return context;
    }

    private static List<String> problems(JsonNode one) {
        List<String> problems = new ArrayList<>();
        one.path("policies").forEach(policy -> InlinePolicy.read(LocatedJson.read("p.json", policy.toString()))
                .findings(Partition.AWS, List.of())
                .errors()
                .forEach(problem -> problems.add(problem.toString())));
        return problems;
    }

    private static List<String> problemsOfTrust(JsonNode one) {
        return document(one.path("trust")).check(PolicyUse.TRUST).stream()
                .map(Object::toString)
                .toList();
    }

    private static PolicyDocument document(JsonNode policy) {
        return PolicyDocument.parse("case", policy.toString());
    }
}

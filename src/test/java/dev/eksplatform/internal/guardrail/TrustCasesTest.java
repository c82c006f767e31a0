package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Trust policies with their ServiceAccounts, issuers and pod identity associations: what is bad is reported, what is good is
 * not, the same in synthesized stacks, in plans, and where a data source renders the policy.
 */
class TrustCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Guardrails GUARDRAILS = Guardrails.load(List.of());
    private static final String SERVICE_ACCOUNT = "kubernetes_service_account_v1";
    private static final String PROVIDER = "aws_iam_openid_connect_provider";
    private static final String ASSOCIATION = "aws_eks_pod_identity_association";

    @TestFactory
    Stream<DynamicTest> synthesized() {
        return judged(each ->
                List.of(configured("infrastructure", infrastructure(each)), configured("workloads", workloads(each))));
    }

    @TestFactory
    Stream<DynamicTest> planned() {
        return judged(each ->
                List.of(planned("infrastructure", infrastructure(each)), planned("workloads", workloads(each))));
    }

    @TestFactory
    Stream<DynamicTest> renderedByADataSource() {
        return judged(each -> {
            ObjectNode resources = infrastructure(each);
            ObjectNode role = (ObjectNode) resources.path("aws_iam_role").path("r");
            role.put("assume_role_policy", "${data.aws_iam_policy_document.trust.json}");
            ObjectNode stack = JSON.createObjectNode();
            stack.putObject("data")
                    .putObject("aws_iam_policy_document")
                    .putObject("trust")
                    .set("statement", blocks(each.path("trust").path("Statement")));
            stack.set("resource", resources);
            return List.of(
                    StackEvidence.unplanned("infrastructure")
                            .withHead(PlanFiles.synthesized("infrastructure", stack.toString())),
                    configured("workloads", workloads(each)));
        });
    }

    /** The stacks of a case. */
    private interface Stacks {
        List<StackEvidence> of(JsonNode each);
    }

    private static Stream<DynamicTest> judged(Stacks stacks) {
        return Stream.of("trusts.jsonl", "more-trusts.jsonl")
                .flatMap(TrustCasesTest::cases)
                .map(each -> DynamicTest.dynamicTest(
                        each.path("group").asText() + " " + each.path("id").asText(), () -> {
                            Set<String> rules = reported(stacks.of(each));
                            switch (each.path("expect").asText()) {
                                case "bad" -> assertThat(rules).isNotEmpty();
                                case "clean" -> assertThat(rules).isEmpty();
                                default ->
                                    assertThat(rules)
                                            .isSubsetOf("trust-subject-without-wildcards", "trust-subject-of-one-ref");
                            }
                        }));
    }

    private static Stream<JsonNode> cases(String file) {
        try (InputStream in = TrustCasesTest.class.getResourceAsStream("/cases/iam/" + file)) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            List<JsonNode> cases = new ArrayList<>();
            for (String line : text.lines().toList()) {
                cases.add(JSON.readTree(line));
            }
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> reported(List<StackEvidence> stacks) {
        return GUARDRAILS.evaluate(stacks, Waivers.none(), LocalDate.of(2026, 3, 1)).stream()
                .filter(finding ->
                        finding.verdict() == Verdict.FAIL && finding.rule().contains("trust"))
                .map(Finding::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ObjectNode infrastructure(JsonNode each) {
        ObjectNode resources = JSON.createObjectNode();
        resources
                .putObject("aws_iam_role")
                .putObject("r")
                .put("name", "r")
                .put("assume_role_policy", each.path("trust").toString());
        int count = 0;
        for (JsonNode issuer : each.path("issuers")) {
            resources
                    .withObject("/" + PROVIDER)
                    .putObject("p" + count++)
                    .put("url", "https://" + issuer.path("issuer").asText())
                    .putArray("client_id_list")
                    .add("sts.amazonaws.com");
        }
        for (JsonNode association : each.path("associations")) {
            resources
                    .withObject("/" + ASSOCIATION)
                    .putObject("a" + count++)
                    .put("cluster_name", "shop")
                    .put("namespace", association.path("namespace").asText())
                    .put("service_account", association.path("name").asText())
                    .put("role_arn", association.path("roleArn").asText());
        }
        return resources;
    }

    private static ObjectNode workloads(JsonNode each) {
        ObjectNode resources = JSON.createObjectNode();
        for (JsonNode account : each.path("serviceAccounts")) {
            ObjectNode metadata = resources
                    .withObject("/" + SERVICE_ACCOUNT)
                    .putObject(account.path("name").asText())
                    .putObject("metadata");
            metadata.put("name", account.path("name").asText())
                    .put("namespace", account.path("namespace").asText());
            metadata.putObject("annotations")
                    .put("eks.amazonaws.com/role-arn", account.path("roleArn").asText());
        }
        return resources;
    }

    private static StackEvidence configured(String name, ObjectNode resources) {
        ObjectNode stack = JSON.createObjectNode();
        stack.set("resource", resources);
        return StackEvidence.unplanned(name).withHead(PlanFiles.synthesized(name, stack.toString()));
    }

    private static StackEvidence planned(String name, ObjectNode resources) {
        ObjectNode plan = JSON.createObjectNode().put("format_version", "1.2").put("terraform_version", "1.13.0");
        ArrayNode changes = plan.putArray("resource_changes");
        ArrayNode written = plan.withObject("/configuration/root_module").putArray("resources");
        resources.properties().forEach(type -> type.getValue().properties().forEach(block -> {
            ObjectNode change = changes.addObject()
                    .put("address", type.getKey() + "." + block.getKey())
                    .put("mode", "managed")
                    .put("type", type.getKey())
                    .put("name", block.getKey())
                    .putObject("change");
            change.putArray("actions").add("create");
            change.putNull("before");
            ObjectNode after = block.getValue().deepCopy();
            if (after.path("metadata").isObject()) {
                after.putArray("metadata").add(block.getValue().path("metadata"));
            }
            change.set("after", after);
            change.putObject("after_unknown").put("id", true).put("arn", true);
            ObjectNode expressions = written.addObject()
                    .put("address", type.getKey() + "." + block.getKey())
                    .putObject("expressions");
            block.getValue()
                    .properties()
                    .forEach(field -> expressions.putObject(field.getKey()).set("constant_value", field.getValue()));
        }));
        return StackEvidence.planned(name, PlanFiles.of(plan.toString()));
    }

    /** The statements as arguments of {@code aws_iam_policy_document}. */
    private static ArrayNode blocks(JsonNode statements) {
        ArrayNode blocks = JSON.createArrayNode();
        for (JsonNode statement : list(statements)) {
            ObjectNode block = blocks.addObject();
            if (statement.has("Sid")) {
                block.set("sid", statement.get("Sid"));
            }
            if (statement.has("Effect")) {
                block.set("effect", statement.get("Effect"));
            }
            Map.of("Action", "actions", "NotAction", "not_actions", "Resource", "resources")
                    .forEach((element, attribute) -> {
                        if (statement.has(element)) {
                            block.set(attribute, list(statement.get(element)));
                        }
                    });
            principals(block, "principals", statement.path("Principal"));
            principals(block, "not_principals", statement.path("NotPrincipal"));
            statement.path("Condition").properties().forEach(operator -> operator.getValue()
                    .properties()
                    .forEach(key -> block.withArray("/condition")
                            .addObject()
                            .put("test", operator.getKey())
                            .put("variable", key.getKey())
                            .set("values", list(key.getValue()))));
        }
        return blocks;
    }

    private static void principals(ObjectNode block, String attribute, JsonNode principals) {
        if (principals.isTextual()) {
            block.withArray("/" + attribute).addObject().put("type", "*").set("identifiers", list(principals));
        }
        principals.properties().forEach(kind -> block.withArray("/" + attribute)
                .addObject()
                .put("type", kind.getKey())
                .set("identifiers", list(kind.getValue())));
    }

    private static ArrayNode list(JsonNode node) {
        return node instanceof ArrayNode array ? array : JSON.createArrayNode().add(node);
    }
}

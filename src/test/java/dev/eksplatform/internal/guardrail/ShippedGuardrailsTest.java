package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.eksplatform.internal.guardrail.RuleTests.Outcome;
import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule that comes with eks-platform does what its own tests say. */
class ShippedGuardrailsTest {

    private static final Path FOLDER = Path.of("policies", "guardrails");
    private static final Guardrails GUARDRAILS = Guardrails.load(List.of());

    @TestFactory
    Stream<DynamicNode> rules() {
        Map<String, List<Outcome>> byRule = RuleTests.run(GUARDRAILS.rules()).stream()
                .collect(Collectors.groupingBy(Outcome::rule, LinkedHashMap::new, Collectors.toList()));
        return byRule.entrySet().stream()
                .map(rule -> dynamicContainer(
                        rule.getKey(),
                        rule.getValue().stream()
                                .map(outcome -> dynamicTest(outcome.test(), () -> assertThat(outcome.message())
                                        .isEmpty()))));
    }

    /** What is wrong with the trust of a role for ServiceAccounts. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "{} => trust-names-subject trust-names-audience",
                "{'StringEquals': {'I:aud': 'A'}} => trust-names-subject",
                "{'StringEquals': {'I:sub': 'shop:orders'}} => trust-names-audience",
                "{'StringEquals': {'I:aud': 'A'}, 'StringLike': {'I:sub': '*:orders'}} => trust-subject-without-wildcards",
                "{'StringEquals': {'I:aud': 'A'}, 'StringLike': {'I:sub': 'sh?p:orders'}} => trust-subject-without-wildcards",
                "{'StringEquals': {'I:aud': 'A'}, 'StringLike': {'I:sub': 'shop*'}} => trust-subject-without-wildcards",
                "{'StringEquals': {'I:aud': 'A'}, 'StringLike': {'I:sub': 'shop:order?'}} => trust-subject-without-wildcards",
                "{'StringEquals': {'I:aud': 'A'}, 'ArnLike': {'I:sub': 'shop:*'}} => trust-subject-without-wildcards",
                "{'StringEquals': {'I:aud': 'A'}, 'ForAnyValue:StringLike': {'I:sub': 'shop:*'}}"
                        + " => trust-subject-without-wildcards",
                "{'StringEquals': {'I:aud': 'A', 'I:sub': 'shop:*'}} => trust-subject-can-match trust-can-be-used",
                "{'StringEquals': {'I:aud': 'A', 'I:sub': 'shop:order?'}} => trust-subject-can-match trust-can-be-used",
                "{'StringEquals': {'I:aud': 'A', 'other:sub': 'shop:orders'}} => trust-conditions-name-the-issuer trust-can-be-used",
                "{'StringEquals': {'I:aud': 'A'}, 'StringEqualsIfExists': {'I:sub': 'shop:orders'}} => trust-subject-is-required",
                "{'StringEquals': {'I:aud': 'A'}, 'ForAllValues:StringEquals': {'I:sub': 'shop:orders'}}"
                        + " => trust-subject-is-required",
                "{'StringEquals': {'I:aud': 'A'}, 'StringNotEquals': {'I:sub': 'shop:orders'}} => trust-subject-is-required",
                "{'StringEquals': {'I:aud': 'A'}, 'Null': {'I:sub': 'false'}} => trust-subject-is-required",
                "{'StringEquals': {'I:aud': 'A'}, 'StringLike': {'I:sub': '**'}}"
                        + " => trust-subject-without-wildcards trust-subject-is-required",
                "{'StringLike': {'I:aud': '*'}, 'StringEquals': {'I:sub': 'shop:orders'}} => trust-names-audience",
                "{'StringEqualsIfExists': {'I:aud': 'A'}, 'StringEquals': {'I:sub': 'shop:orders'}} => trust-names-audience",
                "{'StringEquals': {'I:aud': 'A', 'I:sub': 'shop:default'}} => trust-not-for-default-service-account",
                "{'StringEquals': {'I:aud': 'A', 'I:SUB': 'shop:default'}} => trust-not-for-default-service-account",
                "{'StringEquals': {'I:aud': 'A', 'I:sub': 'shop:orders'}} => ``",
                "{'StringEquals': {'${local.i}:aud': 'A', '${local.i}:sub': '${var.namespace}:orders'}} => ``",
            })
    void rejectsTheTrustOfARole(String condition, String rules) {
        String policy =
                "{'Statement': {'Effect': 'Allow', 'Action': 'sts:AssumeRoleWithWebIdentity', 'Principal': {'Federated':"
                        + " 'arn:aws:iam::111122223333:oidc-provider/I'}, 'Condition': " + condition + "}}";
        assertThat(rejectedBy(policy.replace("'A'", "'sts.amazonaws.com'")
                        .replaceAll("(:SUB|:sub)': '(?!\\*\\*|\\$|false)", "$1': 'system:serviceaccount:")))
                .containsExactlyInAnyOrder(rules.isEmpty() ? new String[0] : rules.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "'Allow', 'Principal': {'AWS': '*'} => role-not-trusting-everybody",
                "'Allow', 'Principal': '*' => role-not-trusting-everybody",
                "'Allow', 'NotPrincipal': {'AWS': '111122223333'} => role-not-trusting-everybody trust-policy-accepted",
                "'Deny', 'Principal': {'AWS': '*'} => ``",
            })
    void rejectsTheTrustOfEverybody(String statement, String rule) {
        assertThat(rejectedBy("{'Statement': {'Action': 'sts:AssumeRole', 'Effect': " + statement + "}}"))
                .containsExactlyInAnyOrder(rule.isEmpty() ? new String[0] : rule.split(" "));
    }

    private static List<String> rejectedBy(String policy) {
        ConfigValue values = ConfigValue.written(
                JsonNodeFactory.instance.objectNode().put("assume_role_policy", policy.replace('\'', '"')));
        GuardedResource role =
                new GuardedResource("shop", "aws_iam_role", "aws_iam_role.r", values, ConfigValue.nothing(), List.of());
        List<String> rejected = new ArrayList<>();
        GUARDRAILS.evaluate(
                List.of(role), new Evaluation(List.of(role), LocalDate.of(2026, 1, 1)), (rule, resource, answer) -> {
                    if (answer.verdict() == Verdict.FAIL) {
                        rejected.add(rule.id());
                    }
                });
        return rejected;
    }

    /** Hiding a value may make a verdict open, but never turn a pass into a fail or the reverse. */
    @TestFactory
    Stream<DynamicNode> neverGuessAnUnknownValue() {
        return GUARDRAILS.rules().stream()
                .map(rule -> dynamicTest(rule.id(), () -> {
                    for (RuleCase test : rule.cases()) {
                        for (GuardedResource hidden : RuleTests.withOneUnknown(test.resource())) {
                            assertThat(RuleTests.answer(rule, test, hidden).verdict())
                                    .as("%s, with a value of %s hidden", test.name(), hidden.values())
                                    .isIn(test.expect(), Verdict.UNKNOWN);
                        }
                    }
                }));
    }

    @Test
    void theIndexListsEveryFile() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            String expected = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .collect(Collectors.joining("\n", "", "\n"));
            Golden.check(FOLDER.resolve("index.txt"), expected);
        }
    }
}

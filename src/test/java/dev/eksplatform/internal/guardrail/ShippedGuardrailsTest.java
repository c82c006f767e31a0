package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.eksplatform.internal.guardrail.RuleTests.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule that comes with eks-platform does what its own tests say. */
class ShippedGuardrailsTest {

    private static final Path FOLDER = Path.of("policies", "guardrails");
    private static final Guardrails GUARDRAILS = Guardrails.shipped();

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
            assertThat(Files.readString(FOLDER.resolve("index.txt"))).isEqualTo(expected);
        }
    }
}

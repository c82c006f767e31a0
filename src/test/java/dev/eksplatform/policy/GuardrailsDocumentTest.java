package dev.eksplatform.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.policy.RuleTests.Outcome;
import dev.eksplatform.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of docs/guardrails.md are what they say they are. */
class GuardrailsDocumentTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void theRuleDoesWhatItsTestsSay() throws IOException {
        Guardrails rules = Guardrails.read(
                Map.of("storage/bucket-versioned.yaml", examples().get(0)), new Problems());

        assertThat(RuleTests.run(rules.rules())).hasSize(4).allMatch(Outcome::passed);
    }

    @Test
    void theWaiverFileIsOne() throws IOException {
        assertThat(Waivers.parse(
                                "waivers.yaml",
                                examples().get(1),
                                Guardrails.shipped().rules())
                        .all())
                .singleElement()
                .satisfies(waiver -> assertThat(waiver.stack()).isEqualTo("demo-*"));
    }

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("docs", "guardrails.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}

package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.guardrail.RuleTests.Outcome;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples of docs/guardrails.md are what they say they are. */
class GuardrailsDocumentTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void theRuleDoesWhatItsTestsSay() throws IOException {
        Guardrails rules =
                Guardrails.of(Map.of("storage/bucket-versioned.yaml", examples().get(0)), new Problems());

        assertThat(RuleTests.run(rules.rules())).hasSize(4).allMatch(Outcome::passed);
    }

    @Test
    void theRuleForRegistriesDoesWhatItsTestsSay() throws IOException {
        Guardrails rules = Guardrails.of(
                Map.of(
                        "kubernetes/images-from-approved-registries.yaml",
                        examples().get(2)),
                new Problems());

        assertThat(RuleTests.run(rules.rules())).hasSize(4).allMatch(Outcome::passed);
    }

    @Test
    void theWaiverFileIsOne() throws IOException {
        Waivers waivers = Waivers.parse(
                "waivers.yaml", examples().get(1), Guardrails.load(List.of()).rules());
        assertThat(Guardrails.load(List.of()).evaluate(List.of(), waivers, LocalDate.of(2100, 1, 1)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("waiver-expired"));
    }

    @Test
    void theListOfShippedRulesIsWhole() throws IOException {
        StringBuilder page = new StringBuilder("""
                # The shipped guardrails

                The meaning, reason and fix of each rule are in `policies/guardrails/<area>/<id>.yaml`; [guardrails.md](guardrails.md)
                describes how to write your own. Rules of the area `change` check what a plan does, the others what the result will be.
                """);
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(Path.of("policies", "guardrails"))) {
            for (Path path : paths.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                files.put(path.toString(), Files.readString(path));
            }
        }
        Map<String, List<Rule>> byArea = Guardrails.of(files, new Problems()).rules().stream()
                .collect(Collectors.groupingBy(Rule::area, LinkedHashMap::new, Collectors.toList()));
        byArea.forEach((area, rules) -> {
            page.append("\n## ").append(area).append("\n\n| rule | severity | title | aliases |\n|---|---|---|---|\n");
            rules.forEach(rule -> page.append("| `")
                    .append(rule.id())
                    .append("` | ")
                    .append(rule.severity().word())
                    .append(" | ")
                    .append(rule.title())
                    .append(" | ")
                    .append(String.join(", ", rule.aliases()))
                    .append(" |\n"));
        });
        Golden.check(Path.of("docs", "guardrails-list.md"), page.toString());
    }

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("docs", "guardrails.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}

package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What Checkov finds in the shipped environments and in recorded plans is found here, too, or docs/checkov.md says why not. {@code
 * src/build/checkov} records Checkov's answers.
 */
class CheckovDocumentTest {

    private static final Path FACTS = Path.of("src/test/resources/facts/checkov.tsv");
    private static final Path REASONS = Path.of("src/test/resources/checkov-reasons.tsv");

    /** By Checkov's id: the rules that have it as an alias. */
    private final Map<String, List<Rule>> rules = new TreeMap<>();

    CheckovDocumentTest() {
        Guardrails.load(List.of()).rules().forEach(rule -> rule.aliases().stream()
                .filter(alias -> alias.startsWith("CKV"))
                .forEach(alias ->
                        rules.computeIfAbsent(alias, id -> new ArrayList<>()).add(rule)));
    }

    @Test
    void everyCheckThatFailsHasARuleOrAReason() throws IOException {
        Map<String, String> reasons = reasons();
        assertThat(facts())
                .isNotEmpty()
                .filteredOn(fact -> !fact.get(2).isEmpty())
                .allSatisfy(fact -> assertThat(rules.containsKey(fact.get(0)) || reasons.containsKey(fact.get(0)))
                        .as("%s %s", fact.get(0), fact.get(1))
                        .isTrue());
    }

    @Test
    void everyAliasIsACheckOfCheckov() throws IOException {
        assertThat(facts()).extracting(fact -> fact.get(0)).containsAll(rules.keySet());
    }

    @Test
    void theDocumentIsWhole() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Checkov's checks and ours

                [Checkov](https://www.checkov.io) was run on the shipped environments (*stacks*), the Kubernetes manifests in them (*manifests*)
                and the recorded plans of the tests (*plans*). Each of its checks that fails there, and each one that a shipped rule
                names as an alias, is in this table: with our rule, with the reason why there is none, or with the reason why our rule decides differently.
                The shipped environments violate rules of severity low only.

                | check | Checkov's title | fails in | here |
                |---|---|---|---|
                """);
        Map<String, String> reasons = reasons();
        for (List<String> fact : facts()) {
            String id = fact.get(0);
            List<String> own = new ArrayList<>();
            rules.getOrDefault(id, List.of()).forEach(rule -> own.add("`" + rule.id() + "`"));
            if (reasons.containsKey(id)) {
                own.add(reasons.get(id));
            }
            if (!own.isEmpty()) {
                page.append("| %s | %s | %s | %s |%n".formatted(id, fact.get(1), fact.get(2), String.join(", ", own)));
            }
        }
        Golden.check(Path.of("docs", "checkov.md"), page.toString());
    }

    /** Of each check: id, title, where it fails. */
    private static List<List<String>> facts() throws IOException {
        return Files.readAllLines(FACTS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    private static Map<String, String> reasons() throws IOException {
        Map<String, String> reasons = new LinkedHashMap<>();
        Files.readAllLines(REASONS).forEach(line -> {
            String[] cells = line.split("\t", -1);
            reasons.put(cells[0], cells[1]);
        });
        return reasons;
    }
}

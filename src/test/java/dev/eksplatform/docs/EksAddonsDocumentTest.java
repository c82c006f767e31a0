package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.release.EksAddonFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of EKS add-ons in docs/eks-addons.md is the program's. */
class EksAddonsDocumentTest {

    @Test
    void theTableIsWhatTheProgramKnows() throws IOException {
        List<String> rows;
        try (Stream<String> lines = Files.lines(Path.of("docs", "eks-addons.md"))) {
            rows = lines.filter(line -> line.startsWith("| [`")).toList();
        }

        assertThat(rows)
                .containsExactlyElementsOf(new TreeMap<>(EksAddonFacts.all())
                        .values().stream().map(EksAddonsDocumentTest::row).toList());
    }

    private static String row(EksAddonFacts facts) {
        String accounts = facts.accounts().stream()
                .map(account -> "`" + account.name() + "`"
                        + (account.policies().isEmpty() ? "" : ": " + code(account.policies())))
                .collect(Collectors.joining("; "));
        String ports = Stream.concat(
                        facts.apiPort().stream().map(port -> port + " (API)"),
                        facts.webhookPort().stream().map(port -> port + " (webhook)"))
                .collect(Collectors.joining(", "));
        return "| "
                + String.join(
                        " | ",
                        "[`" + facts.name() + "`](" + source(facts) + ")",
                        "`" + facts.namespace() + "`",
                        accounts,
                        byDefault(facts),
                        code(facts.needs()),
                        ports,
                        String.join(", ", facts.compute()))
                + " |";
    }

    private static String byDefault(EksAddonFacts facts) {
        if (!facts.modes().isEmpty()) {
            return "a role, " + String.join(" or ", facts.modes()) + " only";
        }
        if (facts.accounts().isEmpty()) {
            return "no role";
        }
        if (facts.asksForPermissions()) {
            return "to be given";
        }
        boolean documented = !facts.accounts().get(0).policies().isEmpty();
        return documented && !facts.usesNodeRole() ? "a role" : "no role of its own";
    }

    private static String code(List<String> words) {
        return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }

    private static String source(EksAddonFacts facts) {
        return facts.rows().getOrDefault("source", List.of(List.of(""))).get(0).get(0);
    }
}

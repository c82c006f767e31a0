package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The risks of single changes, from {@code risks.txt}. */
class RiskTableTest {

    private static final Path TABLE = Path.of("src/test/resources/cases/review/risks.txt");

    static List<String> rows() throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }

    @Test
    void theTableHasRisksAndHarmlessChanges() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(100);
        assertThat(rows().stream().filter(row -> row.endsWith("| none"))).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aChangeHasTheRisksOfTheTable(String row) {
        List<String> cells = List.of(row.split("\\|", -1));
        String type = cells.get(0).strip();
        boolean manifest = type.startsWith("kind: ");
        String address = manifest ? "kubernetes_manifest.x" : type + ".x";
        JsonNode before = values(type, cells.get(1));
        JsonNode after = values(type, cells.get(2));
        PlanBuilder plan = before.isNull()
                ? PlanBuilder.empty().create(address, after)
                : after.isNull()
                        ? PlanBuilder.empty().delete(address, before)
                        : PlanBuilder.empty().update(address, before, after);
        String risks = Reviewer.review(List.of(StackEvidence.planned("s", plan.build())), List.of()).risks().stream()
                .map(risk -> risk.severity().word() + " " + risk.summary())
                .collect(Collectors.joining("; "));
        assertThat(risks.isEmpty() ? "none" : risks).isEqualTo(cells.get(3).strip());
    }

    /** A manifest gets its version, kind and name. */
    private static JsonNode values(String type, String cell) {
        JsonNode values = TestJson.quoted(cell.isBlank() ? "null" : cell);
        if (values instanceof ObjectNode object && type.startsWith("kind: ")) {
            String[] words = type.split(" ", 3);
            object.put("apiVersion", words[1]).put("kind", words[2]);
            object.withObject("/metadata").put("name", "x").put("namespace", "n");
            return JsonNodeFactory.instance.objectNode().set("manifest", object);
        }
        return values;
    }
}

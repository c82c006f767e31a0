package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of features names keys that environment files have, and every key of the main parts is in it. */
class FeaturesDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "features.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final EnvironmentKeys SCHEMA = EnvironmentKeys.read();

    /** Without keys: what every platform has, a decision with its reason, and what is not here. */
    private static final Pattern WITHOUT_KEYS =
            Pattern.compile("automatic(; .*|: .*)?|by choice: .+|not yet|commands? `.*");

    /** A row of the table: the feature and where it is here. */
    private record Row(String feature, String here) {

        List<String> keys() {
            return here.startsWith("command")
                    ? List.of()
                    : CODE.matcher(here)
                            .results()
                            .map((MatchResult match) -> match.group(1))
                            .toList();
        }
    }

    private static List<Row> rows() {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.filter(line -> line.startsWith("| ") && !line.startsWith("| feature |"))
                    .map(line -> line.split(" \\| ", 3))
                    .map(cells -> new Row(cells[0].substring("| ".length()), cells[1].trim()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schemas of a key: where it has several forms, all that have it. */
    private static List<JsonNode> schemas(String key) {
        List<JsonNode> schemas = List.of(SCHEMA.root());
        for (String step : key.split("\\.")) {
            schemas = schemas.stream()
                    .flatMap(schema -> forms(schema).stream())
                    .flatMap(form -> Stream.of(
                            step.equals("*") ? form.path("additionalProperties") : form.at("/properties/" + step),
                            step.equals("*") ? form.path("items") : form.at("/properties/" + step)))
                    .filter(schema -> !schema.isMissingNode() && !schema.isBoolean())
                    .distinct()
                    .toList();
        }
        return schemas;
    }

    private static List<JsonNode> forms(JsonNode schema) {
        List<JsonNode> forms = new ArrayList<>();
        JsonNode resolved = SCHEMA.resolved(schema);
        forms.add(resolved);
        Stream.of("anyOf", "oneOf").forEach(word -> resolved.path(word).forEach(form -> forms.addAll(forms(form))));
        return forms;
    }

    private static Set<String> properties(String key) {
        return schemas(key).stream()
                .flatMap(schema -> forms(schema).stream())
                .flatMap(form -> form.path("properties").propertyStream())
                .map(property -> key + "." + property.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyRowSaysWhereTheFeatureIs() {
        assertThat(rows()).hasSizeGreaterThan(300).allSatisfy(row -> assertThat(row.here())
                .satisfiesAnyOf(here -> assertThat(here).startsWith("`"), here -> assertThat(here)
                        .matches(WITHOUT_KEYS)));
    }

    @Test
    void everyKeyIsInTheSchema() {
        assertThat(rows().stream().flatMap(row -> row.keys().stream()))
                .contains("network.cidr", "cluster.access.*.policies")
                .allSatisfy(key -> assertThat(schemas(key)).as(key).isNotEmpty());
        assertThat(schemas("network.sidr")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network",
                "cluster",
                "cluster.access.*",
                "cluster.addons.*",
                "nodeGroups.*",
                "fargate.*",
                "identities.*",
                "identities.*.podIdentity",
                "roles",
                "state"
            })
    void everyKeyOfThesePartsHasARow(String part) {
        List<String> keys = rows().stream().flatMap(row -> row.keys().stream()).toList();
        assertThat(properties(part)).isNotEmpty().allSatisfy(key -> assertThat(keys)
                .anyMatch(named -> named.equals(key) || named.startsWith(key + ".")));
    }
}

package dev.eksplatform.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values that charts have, by path, with the type of their defaults. */
public final class ChartFacts {

    private ChartFacts() {}

    /** The values of a chart version: the type of its default in JSON, by path. */
    public static Map<String, String> values(String chart, String version) {
        Map<String, String> values = new HashMap<>();
        FactTable.CHART_VALUES.rows(chart, version).forEach(value -> values.put(value.get(0), value.get(1)));
        return values;
    }

    static String table(Path folder) throws IOException {
        Map<List<String>, SortedSet<String>> versions = new HashMap<>();
        for (JsonNode chart : FactTable.json(folder).values()) {
            chart.path("values").properties().forEach(value -> versions.computeIfAbsent(
                            List.of(chart.path("chart").asText(), value.getKey(), type(value.getValue())),
                            fact -> new TreeSet<>())
                    .add(chart.path("version").asText()));
        }
        return FactTable.text(versions);
    }

    /** The type of a value in JSON. */
    public static String type(Object value) {
        return TestJson.tree(value).getNodeType().toString().toLowerCase(Locale.ROOT);
    }
}

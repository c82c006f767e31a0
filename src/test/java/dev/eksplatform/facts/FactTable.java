package dev.eksplatform.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The tables in {@code src/test/resources/facts}: one fact per line, sorted, with tabs between the columns. {@link
 * FactTablesTest} compares them with reference data and refreshes them.
 */
enum FactTable {

    /** Path of an attribute or block, whether it is required, optional or computed, and its type; also the provider's version. */
    HELM_SCHEMA("schema-helm.tsv") {
        @Override
        String from(Path reference) throws IOException {
            return ProviderSchema.table("helm", reference.resolve("schemas"));
        }
    },

    /** The columns of {@link #HELM_SCHEMA}. */
    KUBERNETES_SCHEMA("schema-kubernetes.tsv") {
        @Override
        String from(Path reference) throws IOException {
            return ProviderSchema.table("kubernetes", reference.resolve("schemas"));
        }
    },

    /** Chart, path of a value, type of its default, and the chart versions that have it. */
    CHART_VALUES("chart-values.tsv") {
        @Override
        String from(Path reference) throws IOException {
            return withOtherDocuments(ChartFacts.table(reference.resolve("charts")));
        }
    },

    /** Policy, action, resource, condition, and the documents that grant it, by version and partition. */
    IAM_GRANTS("iam-grants.tsv") {
        @Override
        String from(Path reference) throws IOException {
            return withOtherDocuments(GrantFacts.table(reference.resolve("iam")));
        }
    };

    private final Path file;

    FactTable(String file) {
        this.file = Path.of("src/test/resources/facts", file);
    }

    /** The file of the table. */
    Path file() {
        return file;
    }

    /** The table's text, made from a folder of reference data; of documents that are not in the folder, the table keeps its facts. */
    abstract String from(Path reference) throws IOException;

    /** The rows of the table, by column. */
    List<List<String>> rows() {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> List.of(line.split("\t", -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one document says about a subject: the columns between the subject, which is the first, and the documents, which are the last. */
    List<List<String>> rows(String subject, String document) {
        return rows().stream()
                .filter(row -> row.get(0).equals(subject)
                        && List.of(row.get(row.size() - 1).split(" ", -1)).contains(document))
                .map(row -> row.subList(1, row.size() - 1))
                .toList();
    }

    String withOtherDocuments(String facts) {
        List<List<String>> found =
                facts.lines().map(line -> List.of(line.split("\t", -1))).toList();
        Set<List<String>> known = new HashSet<>();
        found.forEach(row -> documents(row).forEach(document -> known.add(List.of(row.get(0), document))));
        Map<List<String>, SortedSet<String>> all = new HashMap<>();
        found.forEach(row -> documents(row).forEach(document -> add(row, document, all)));
        rows().forEach(row -> documents(row)
                .filter(document -> !known.contains(List.of(row.get(0), document)))
                .forEach(document -> add(row, document, all)));
        return text(all);
    }

    private static void add(List<String> row, String document, Map<List<String>, SortedSet<String>> all) {
        all.computeIfAbsent(row.subList(0, row.size() - 1), key -> new TreeSet<>())
                .add(document);
    }

    private static Stream<String> documents(List<String> row) {
        return Stream.of(row.get(row.size() - 1).split(" ", -1));
    }

    /** A table of facts and the documents that each is known from. */
    static String text(Map<List<String>, ? extends SortedSet<String>> documents) {
        return text(documents.entrySet().stream()
                .map(fact -> String.join("\t", fact.getKey()) + "\t" + String.join(" ", fact.getValue())));
    }

    /** A table of these lines. */
    static String text(Stream<String> lines) {
        return lines.sorted().distinct().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The JSON files in a folder, by name without its ending; they may be compressed. */
    static Map<String, JsonNode> json(Path folder) throws IOException {
        Map<String, JsonNode> documents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try (InputStream in = Files.newInputStream(file);
                        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
                    documents.put(
                            file.getFileName().toString().replaceFirst("\\.json(\\.gz)?$", ""),
                            TestJson.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
        }
        return documents;
    }
}

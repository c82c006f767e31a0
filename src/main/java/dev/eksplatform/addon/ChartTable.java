package dev.eksplatform.addon;

import dev.eksplatform.internal.files.ProgramFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a version of a chart, from {@code chart-values.txt}.
 *
 * @param chart the name of the chart
 * @param version its version
 * @param traits what is special about it, such as {@link #CRDS}
 * @param lines its values
 */
record ChartTable(String chart, ChartVersion version, Set<String> traits, List<String> lines) {

    /** It has a folder of CRDs, which Helm installs with the first release, and never updates. */
    static final String CRDS = "crds";

    /** All its pods are those of DaemonSets. */
    static final String DAEMON_SET = "daemonset";

    private static final String CHART = "chart ";
    private static final int TRAITS = 3;

    /**
     * A value that charts read.
     *
     * @param below the values below it; empty when anything can be there
     */
    record Value(Map<String, Value> below) {}

    /** Read when it is first used. */
    private static final class Tables {

        private static final Map<String, List<ChartTable>> BY_CHART = read();

        private static Map<String, List<ChartTable>> read() {
            Map<String, List<ChartTable>> tables = new LinkedHashMap<>();
            List<String> values = new ArrayList<>();
            String before = "";
            for (String line : ProgramFile.read(ChartTable.class, "chart-values.txt")
                    .lines()
                    .toList()) {
                if (line.startsWith(CHART)) {
                    // The charts of consecutive lines have the same values.
                    values = before.startsWith(CHART) ? values : new ArrayList<>();
                    List<String> words = List.of(line.split(" ", -1));
                    tables.computeIfAbsent(words.get(1), name -> new ArrayList<>())
                            .add(new ChartTable(
                                    words.get(1),
                                    ChartVersion.parse(words.get(2)),
                                    Set.copyOf(words.subList(TRAITS, words.size())),
                                    values));
                } else if (!line.startsWith("#")) {
                    values.add(line);
                }
                before = line;
            }
            return tables;
        }
    }

    /** All versions of a chart that are known. */
    static List<ChartTable> of(String chart) {
        return Tables.BY_CHART.getOrDefault(ChartChecks.nameOf(chart), List.of());
    }

    /** The known version that is nearest to a version, with the same major number, and before 1.0.0 with the same minor number, too. */
    static Optional<ChartTable> nearest(String chart, ChartVersion version) {
        return of(chart).stream()
                .filter(known -> known.version.major() == version.major()
                        && (version.major() > 0 || known.version.minor() == version.minor()))
                .min(Comparator.comparingInt((ChartTable known) -> Math.abs(known.version.minor() - version.minor()))
                        .thenComparingInt(known -> Math.abs(known.version.patch() - version.patch())));
    }

    /** Whether a version of a chart has a trait, as the known one that is nearest to it, or the newest known one. */
    static boolean isAny(String chart, ChartVersion version, String trait) {
        return nearest(chart, version).or(() -> of(chart).stream().findFirst()).stream()
                .anyMatch(known -> known.traits.contains(trait));
    }

    /** Its values. */
    Value values() {
        Map<String, Value> top = new LinkedHashMap<>();
        lines.forEach(line -> new Reader(line).readInto(top));
        return new Value(top);
    }

    /** Reads a line such as {@code image(repository tag)}. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        /** Names with what is in brackets behind them, up to the end or the bracket that ends them. */
        void readInto(Map<String, Value> values) {
            while (at < text.length() && text.charAt(at) != ')') {
                int start = at;
                while (at < text.length() && " ()".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                String name = text.substring(start, at);
                Map<String, Value> below = new LinkedHashMap<>();
                if (at < text.length() && text.charAt(at) == '(') {
                    at++;
                    readInto(below);
                    at++;
                }
                values.put(name, new Value(below));
                if (at < text.length() && text.charAt(at) == ' ') {
                    at++;
                }
            }
        }
    }
}

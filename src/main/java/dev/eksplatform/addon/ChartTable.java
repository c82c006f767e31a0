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
 * @param images its images by the path of the value that names them, each with its registry; a registry for a path that names only it
 * @param lines its values
 */
record ChartTable(
        String chart, ChartVersion version, Set<String> traits, Map<String, String> images, List<String> lines) {

    /** It has a folder of CRDs, which Helm installs with the first release, and never updates. */
    static final String CRDS = "crds";

    /** The beginning of the trait with the key of a taint that its pods tolerate by default; * for all. */
    private static final String TOLERATES = "tolerates=";

    /** All its pods are those of DaemonSets. */
    static final String DAEMON_SET = "daemonset";

    private static final String CHART = "chart ";
    private static final String IMAGE = " ";
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
            Map<String, String> images = new LinkedHashMap<>();
            boolean inHead = false;
            for (String line : ProgramFile.read(ChartTable.class, "chart-values.txt")
                    .lines()
                    .toList()) {
                if (line.startsWith(CHART)) {
                    // Charts between which there are no values have the same ones.
                    values = inHead ? values : new ArrayList<>();
                    inHead = true;
                    images = new LinkedHashMap<>();
                    List<String> words = List.of(line.split(" ", -1));
                    tables.computeIfAbsent(words.get(1), name -> new ArrayList<>())
                            .add(new ChartTable(
                                    words.get(1),
                                    ChartVersion.parse(words.get(2)),
                                    Set.copyOf(words.subList(TRAITS, words.size())),
                                    images,
                                    values));
                } else if (line.startsWith(IMAGE)) {
                    String[] image = line.substring(IMAGE.length()).split(" ", 2);
                    images.put(image[0], image[1]);
                } else if (!line.startsWith("#")) {
                    values.add(line);
                    inHead = false;
                }
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

    /** The keys of taints that its pods tolerate by default; * for all. */
    List<String> tolerated() {
        return traits.stream()
                .filter(trait -> trait.startsWith(TOLERATES))
                .map(trait -> trait.substring(TOLERATES.length()))
                .toList();
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

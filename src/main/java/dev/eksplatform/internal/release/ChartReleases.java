package dev.eksplatform.internal.release;

import dev.eksplatform.internal.logic.Truth;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Helm charts that platforms use, from {@code charts.txt} and {@link AckCharts}: the newest version of each, and the Kubernetes versions that it
 * supports as its {@code kubeVersion} or the documentation of its project says. What is not listed is unknown.
 *
 * @param day the day on which the table was right
 * @param charts by name
 */
public record ChartReleases(LocalDate day, Map<String, Chart> charts) {

    /**
     * A chart.
     *
     * @param newest the newest version
     * @param seen the day on which that version was seen
     * @param repositories where the project publishes it
     * @param retired why it should not be used any more, with what replaces it; empty for a chart that is maintained
     * @param lines its versions in rising order
     */
    public record Chart(
            String newest, LocalDate seen, List<String> repositories, Optional<String> retired, List<Line> lines) {

        /** Keeps copies. */
        public Chart {
            repositories = List.copyOf(repositories);
            lines = List.copyOf(lines);
        }

        private static final String REPOSITORY = "repository ";
        private static final String RETIRED = "retired ";

        static Chart parse(ReleaseTable.Entry entry) {
            List<String> repositories = new ArrayList<>();
            List<Line> lines = new ArrayList<>();
            Optional<String> retired = Optional.empty();
            for (String row : entry.rows()) {
                if (row.startsWith(REPOSITORY)) {
                    repositories.add(row.substring(REPOSITORY.length()));
                } else if (row.startsWith(RETIRED)) {
                    retired = Optional.of(row.substring(RETIRED.length()));
                } else {
                    lines.add(Line.parse(row));
                }
            }
            return new Chart(entry.words().get(1), LocalDate.parse(entry.words().get(2)), repositories, retired, lines);
        }

        /** The line that a version belongs to, if it is not older than all of them. */
        private Optional<Line> line(String version) {
            return ReleaseNumber.of(version).flatMap(number -> lines.stream()
                    .filter(line -> ReleaseNumber.parse(line.from()).compareTo(number) <= 0)
                    .reduce((older, newer) -> newer));
        }
    }

    /**
     * Versions of a chart that support the same Kubernetes versions.
     *
     * @param from the first version
     * @param newest the newest one before the next line
     * @param kubernetes what they support
     */
    public record Line(String from, String newest, MinorRange kubernetes) {

        static Line parse(String row) {
            List<String> words = List.of(row.split(" ", -1));
            return new Line(words.get(0), words.get(1), MinorRange.parse(words.get(2)));
        }
    }

    /** Read when it is first used. */
    private static final class Table {

        private static final ChartReleases RELEASES = read();

        private static ChartReleases read() {
            ReleaseTable table = ReleaseTable.read("charts.txt");
            Map<String, Chart> charts = new LinkedHashMap<>();
            table.entries().forEach(entry -> charts.put(entry.name(), Chart.parse(entry)));
            AckCharts ack = AckCharts.get();
            ack.controllers()
                    .forEach((service, controller) -> charts.putIfAbsent(
                            AckCharts.chart(service),
                            new Chart(
                                    controller.version(),
                                    ack.day(),
                                    List.of(AckCharts.REPOSITORY),
                                    Optional.empty(),
                                    List.of())));
            return new ChartReleases(table.day(), charts);
        }
    }

    /** The table of the program. */
    public static ChartReleases get() {
        return Table.RELEASES;
    }

    /**
     * Whether the table's chart of that name is the one that a repository holds: another project may publish a chart of the
     * same name with other versions.
     *
     * @param chart the chart's name
     * @param repository as environments name it
     */
    public boolean isPublished(String chart, String repository) {
        String plain = repository.endsWith("/") ? repository.substring(0, repository.length() - 1) : repository;
        return find(chart).stream().anyMatch(known -> known.repositories().contains(plain));
    }

    /**
     * Whether a version of a chart supports a Kubernetes version.
     *
     * @param chart the chart's name
     * @param version such as {@code 1.15.1} or {@code v1.21.2}
     * @param minor the minor version of the cluster
     * @return {@code UNKNOWN} for a chart, a version or a combination of which nothing is known
     */
    public Truth supports(String chart, String version, int minor) {
        return find(chart)
                .flatMap(known -> known.line(version))
                .map(line -> line.kubernetes().contains(minor))
                .orElse(Truth.UNKNOWN);
    }

    /**
     * The newest version of a chart.
     *
     * @return empty for an unknown chart
     */
    public Optional<String> newest(String chart) {
        return find(chart).map(Chart::newest);
    }

    /**
     * The day on which the newest version of a known chart was seen.
     *
     * @throws java.util.NoSuchElementException for an unknown chart
     */
    public LocalDate seen(String chart) {
        return find(chart).orElseThrow().seen();
    }

    /**
     * The newest version of a chart that is known to support a Kubernetes version.
     *
     * @return empty when none is known
     */
    public Optional<String> newestFor(String chart, int minor) {
        return find(chart).flatMap(known -> known.lines().stream()
                .filter(line -> line.kubernetes().contains(minor) == Truth.TRUE)
                .reduce((older, newer) -> newer)
                .map(Line::newest));
    }

    /**
     * Why a chart should not be used any more.
     *
     * @return a sentence that names what replaces it; empty for a chart that is maintained or unknown
     */
    public Optional<String> retired(String chart) {
        return find(chart).flatMap(Chart::retired);
    }

    private Optional<Chart> find(String chart) {
        return Optional.ofNullable(charts.get(chart));
    }
}

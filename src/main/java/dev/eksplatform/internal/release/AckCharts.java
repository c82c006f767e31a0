package dev.eksplatform.internal.release;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The controllers of ACK (AWS Controllers for Kubernetes) that have a published chart, from {@code ack-charts.txt}.
 *
 * @param day the day on which the table was right
 * @param controllers by service, sorted
 */
public record AckCharts(LocalDate day, Map<String, Controller> controllers) {

    /** Where ACK publishes its charts. */
    public static final String REPOSITORY = "oci://public.ecr.aws/aws-controllers-k8s";

    /**
     * A controller.
     *
     * @param version the newest version of its chart
     * @param policies the AWS managed policies that its repository recommends; none for one that has a policy of the catalogue
     */
    public record Controller(String version, List<String> policies) {

        /** Keeps a copy. */
        public Controller {
            policies = List.copyOf(policies);
        }
    }

    /** Read when it is first used. */
    private static final class Table {

        private static final AckCharts CHARTS = read();

        private static AckCharts read() {
            ReleaseTable table = ReleaseTable.read("ack-charts.txt");
            Map<String, Controller> controllers = new LinkedHashMap<>();
            table.entries()
                    .forEach(entry -> controllers.put(
                            entry.name(),
                            new Controller(
                                    entry.words().get(1),
                                    entry.words().subList(2, entry.words().size()))));
            return new AckCharts(table.day(), Collections.unmodifiableMap(controllers));
        }
    }

    /** The table of the program. */
    public static AckCharts get() {
        return Table.CHARTS;
    }

    /**
     * The controller of a service.
     *
     * @param service its name in ACK, such as {@code s3}
     * @return empty for a service that the table does not have
     */
    public Optional<Controller> find(String service) {
        return Optional.ofNullable(controllers.get(service));
    }

    /**
     * The chart of a service.
     *
     * @param service its name in ACK
     * @return such as {@code s3-chart}
     */
    public static String chart(String service) {
        return service + "-chart";
    }
}

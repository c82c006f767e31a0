package dev.eksplatform.network;

import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/**
 * How the traffic of a VPC is logged. A change replaces the flow log: what happens between deletion and creation is not
 * logged. Source: <a href="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html">VPC flow logs</a>.
 *
 * @param destination where records are delivered: {@code cloudWatch}, {@code s3} or {@code firehose}; default a log group in
 *     CloudWatch that is created
 * @param format fields of a record, in this order, such as {@code srcaddr}; default those of version 2
 * @param maxAggregationIntervalSeconds the longest time of a record, 60 or 600; default 600. Traffic of instances on the Nitro
 *     system has records of at most 60 seconds anyway
 * @param trafficType {@code all}, {@code accept} or {@code reject}; default {@code all}
 */
@RecordBuilder
public record FlowLogSpec(
        @Example("{s3: {bucketArn: 'arn:aws:s3:::shop-flow-logs'}}")
        Optional<FlowLogDestination> destination,

        @Example("[version, srcaddr, dstaddr, action]") @Limit(unique = true)
        List<String> format,

        @Example("60") @Limit(oneOf = "60 600") Optional<Integer> maxAggregationIntervalSeconds,

        @Example("reject") LoggedTraffic trafficType)
        implements FlowLogs, FlowLogSpecBuilder.With {

    private static final List<String> FIELDS = ProgramFile.read(FlowLogSpec.class, "flow-log-fields.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();

    /** Checks the names of fields and the interval. */
    public FlowLogSpec {
        Components.required("trafficType", trafficType);
        format = Components.list("format", format);
        Problems problems = new Problems();
        for (int i = 0; i < format.size(); i++) {
            String field = format.get(i);
            if (!FIELDS.contains(field)) {
                problems.add(
                        PropertyPath.of("format").index(i),
                        "\"" + field + "\" is not a field of flow logs",
                        String.join(", ", FIELDS),
                        Suggestion.fix(field, FIELDS, "remove it"));
            }
        }
        problems.once(PropertyPath.of("format"), format, "field");
        maxAggregationIntervalSeconds
                .filter(seconds -> seconds != 60 && seconds != 600)
                .ifPresent(seconds -> problems.add(
                        "maxAggregationIntervalSeconds",
                        seconds + " seconds",
                        "60 or 600",
                        "use " + (seconds < 330 ? 60 : 600)));
        problems.throwIfAny();
    }

    /**
     * To CloudWatch, with the defaults.
     *
     * @return the spec
     */
    @Defaults
    public static FlowLogSpec standard() {
        return new FlowLogSpec(Optional.empty(), List.of(), Optional.empty(), LoggedTraffic.ALL);
    }

    @Override
    public Optional<FlowLogSpec> settings() {
        return Optional.of(this);
    }
}

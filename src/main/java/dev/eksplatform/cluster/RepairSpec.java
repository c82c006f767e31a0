package dev.eksplatform.cluster;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether EKS replaces or reboots nodes that are not healthy. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/node-health.html">node auto repair</a>. Everything but {@code
 * enabled} needs AWS provider 6.20.0 or newer.
 *
 * @param enabled whether nodes are repaired; default true. To turn repair off again, set it to false: without {@code repair}
 *     it stays as it is
 * @param maxUnhealthyNodeThresholdCount the number of unhealthy nodes above which no more are repaired
 * @param maxUnhealthyNodeThresholdPercentage the percentage of unhealthy nodes above which no more are repaired
 * @param maxParallelNodesRepairedCount how many nodes are repaired at a time
 * @param maxParallelNodesRepairedPercentage the percentage of unhealthy nodes that are repaired at a time
 * @param overrides what is done about one condition and reason of the node monitoring agent; default what EKS does
 */
@RecordBuilder
public record RepairSpec(
        @Example("true") boolean enabled,

        @Example("5") @Limit(min = 1) Optional<Integer> maxUnhealthyNodeThresholdCount,

        @Example("20") @Limit(min = 1, max = RepairSpec.MOST_PERCENT)
        Optional<Integer> maxUnhealthyNodeThresholdPercentage,

        @Example("1") @Limit(min = 1) Optional<Integer> maxParallelNodesRepairedCount,

        @Example("10") @Limit(min = 1, max = RepairSpec.MOST_PERCENT)
        Optional<Integer> maxParallelNodesRepairedPercentage,

        @Example("[{nodeMonitoringCondition: AcceleratedHardwareReady, nodeUnhealthyReason: NvidiaXID64Error,"
                + " minRepairWaitMinutes: 10, repairAction: reboot}]")
        List<RepairOverride> overrides)
        implements RepairSpecBuilder.With {

    private static final int MOST_PERCENT = 100;

    /**
     * What is done about one condition and reason.
     *
     * @param nodeMonitoringCondition a condition of the node, such as {@code AcceleratedHardwareReady}
     * @param nodeUnhealthyReason the reason of the condition, such as {@code NvidiaXID64Error}
     * @param minRepairWaitMinutes for how long at least the node must have the condition, in minutes
     * @param repairAction what EKS does
     */
    @RecordBuilder
    public record RepairOverride(
            @Example("AcceleratedHardwareReady") @Limit(pattern = RepairOverride.WORD)
            String nodeMonitoringCondition,

            @Example("NvidiaXID64Error") @Limit(pattern = RepairOverride.WORD)
            String nodeUnhealthyReason,

            @Example("10") @Limit(min = 1) int minRepairWaitMinutes,

            @Example("reboot") RepairAction repairAction)
            implements RepairSpecRepairOverrideBuilder.With {

        private static final String WORD = "^[A-Za-z][A-Za-z0-9]*$";
        private static final Pattern WORD_FORM = Pattern.compile(WORD);

        /** Checks condition, reason and time. */
        public RepairOverride {
            Components.required(
                    "nodeMonitoringCondition",
                    nodeMonitoringCondition,
                    "nodeUnhealthyReason",
                    nodeUnhealthyReason,
                    "repairAction",
                    repairAction);
            Problems problems = new Problems();
            word("nodeMonitoringCondition", nodeMonitoringCondition, "AcceleratedHardwareReady", problems);
            word("nodeUnhealthyReason", nodeUnhealthyReason, "NvidiaXID64Error", problems);
            if (minRepairWaitMinutes < 1) {
                problems.add("minRepairWaitMinutes", minRepairWaitMinutes + " minutes", "1 or more", "use 1");
            }
            problems.throwIfAny();
        }

        private static void word(String property, String text, String example, Problems problems) {
            problems.match(
                    property,
                    text,
                    WORD_FORM,
                    "a word",
                    "letters and digits, beginning with a letter",
                    "write it like " + example);
        }

        /**
         * What is done about one condition and reason.
         *
         * @param nodeMonitoringCondition the condition
         * @param nodeUnhealthyReason its reason
         * @param minRepairWaitMinutes for how long at least the node must have it, in minutes
         * @param repairAction what EKS does
         * @return the override
         */
        @Defaults
        public static RepairOverride of(
                String nodeMonitoringCondition,
                String nodeUnhealthyReason,
                int minRepairWaitMinutes,
                RepairAction repairAction) {
            return new RepairOverride(nodeMonitoringCondition, nodeUnhealthyReason, minRepairWaitMinutes, repairAction);
        }
    }

    /** What EKS does about a node that is not healthy. */
    public enum RepairAction {
        /** A new node replaces it. */
        REPLACE("Replace"),
        /** It is restarted. */
        REBOOT("Reboot"),
        /** Nothing. */
        NO_ACTION("NoAction");

        private final String apiName;

        RepairAction(String apiName) {
            this.apiName = apiName;
        }

        String apiName() {
            return apiName;
        }
    }

    /** Checks that there is one number of each kind. */
    public RepairSpec {
        overrides = Components.list("overrides", overrides);
        Problems problems = new Problems();
        one("maxUnhealthyNodeThreshold", maxUnhealthyNodeThresholdCount, maxUnhealthyNodeThresholdPercentage, problems);
        one("maxParallelNodesRepaired", maxParallelNodesRepairedCount, maxParallelNodesRepairedPercentage, problems);
        problems.throwIfAny();
    }

    private static void one(String name, Optional<Integer> count, Optional<Integer> percentage, Problems problems) {
        count.filter(number -> number < 1)
                .ifPresent(number -> problems.add(name + "Count", String.valueOf(number), "1 or more", "use 1"));
        percentage
                .filter(number -> number < 1 || number > MOST_PERCENT)
                .ifPresent(number -> problems.add(name + "Percentage", number + " percent", "1 to 100", "use 100"));
        if (count.isPresent() && percentage.isPresent()) {
            problems.add(
                    PropertyPath.of(name + "Percentage"),
                    name + "Count and " + name + "Percentage cannot be combined",
                    "remove one of them");
        }
    }

    /**
     * Repair as EKS does it.
     *
     * @return the spec
     */
    @Defaults
    public static RepairSpec standard() {
        return new RepairSpec(true, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}

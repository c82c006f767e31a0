package dev.eksplatform.environment;

import dev.eksplatform.addon.AwsNodeTerminationHandlerSpec;
import dev.eksplatform.cluster.AutoModeSpec;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/**
 * The AWS Node Termination Handler where EKS itself drains nodes. Sources: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html">managed node groups</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/automode.html">EKS Auto Mode</a>.
 */
final class TerminationHandlerChecks {

    private static final PropertyPath PROPERTY = PropertyPath.of("addons", AwsNodeTerminationHandlerSpec.NAME);

    private TerminationHandlerChecks() {}

    private static boolean isThere(EnvironmentSpec spec) {
        return spec.addons().named().containsKey(AwsNodeTerminationHandlerSpec.NAME);
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        if (isThere(spec)
                && spec.nodeGroups().isEmpty()
                && spec.cluster().autoMode().filter(AutoModeSpec::enabled).isPresent()) {
            problems.add(PROPERTY, "EKS Auto Mode drains nodes that are interrupted itself", "remove it");
        }
    }

    /** A cluster that is created has nodes in managed node groups, unless others are named. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        boolean needed = spec.cluster().created().isEmpty()
                || spec.addons().named().get(AwsNodeTerminationHandlerSpec.NAME)
                                instanceof AwsNodeTerminationHandlerSpec handler
                        && !handler.autoScalingGroups().isEmpty();
        return !isThere(spec) || needed
                ? List.of()
                : List.of(new Problem(
                        Place.of(PROPERTY),
                        "EKS drains nodes of managed node groups itself when they are interrupted",
                        "remove it, or name autoScalingGroups that are not managed"));
    }
}

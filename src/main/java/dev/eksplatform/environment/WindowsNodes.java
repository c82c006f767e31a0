package dev.eksplatform.environment;

import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/**
 * Windows nodes beside Linux nodes. Source: <a
 * href="https://kubernetes.io/docs/concepts/windows/user-guide/#taints-and-tolerations">taints and tolerations for Windows
 * nodes</a>.
 */
final class WindowsNodes {

    private WindowsNodes() {}

    /** Groups with accelerators that pods cannot use. */
    static List<Problem> withoutDriver(EnvironmentSpec spec) {
        return spec.nodeGroups().entrySet().stream()
                .filter(group -> group.getValue().lacksDriver())
                .map(group -> new Problem(
                        Place.of(PropertyPath.of("nodeGroups", group.getKey(), "image")),
                        (group.getValue().image().isWindows()
                                        ? "the Windows image"
                                        : "the image " + group.getValue().image())
                                + " has no driver for the accelerators of "
                                + String.join(", ", group.getValue().instanceTypes()),
                        "use image: al2023, or types without accelerators"))
                .toList();
    }

    /** Groups on which pods for Linux may be placed, whose images do not run there. */
    static List<Problem> untainted(EnvironmentSpec spec) {
        return spec.nodeGroups().entrySet().stream()
                .filter(group -> group.getValue().image().isWindows()
                        && group.getValue().taints().isEmpty())
                .map(group -> new Problem(
                        Place.of(PropertyPath.of("nodeGroups", group.getKey())),
                        "Windows nodes without a taint: pods without nodeSelector kubernetes.io/os may be placed there,"
                                + " and charts for Linux often have none",
                        "add taints: [{key: os, value: windows, effect: no-schedule}]"))
                .toList();
    }
}

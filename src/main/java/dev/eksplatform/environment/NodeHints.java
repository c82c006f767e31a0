package dev.eksplatform.environment;

import dev.eksplatform.cluster.MaxPods;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.PodAddresses;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Node groups whose nodes have more pods than addresses, or an image that gets no updates. */
final class NodeHints {

    private NodeHints() {}

    static List<Problem> of(EnvironmentSpec spec) {
        List<Problem> found = new ArrayList<>();
        Optional<PodSettings> settings = spec.cluster()
                .created()
                .flatMap(cluster -> spec.network().map(network -> PodSettings.of(network, cluster)))
                .filter(pods -> pods.variable(PodAddresses.PREFIXES).isEmpty());
        spec.nodeGroups().forEach((name, group) -> {
            PropertyPath where = PropertyPath.of("nodeGroups", name);
            settings.flatMap(pods -> withoutAddress(where, group, pods)).ifPresent(found::add);
            if (group.image().isWithoutUpdates()) {
                found.add(new Problem(
                        Place.of(where.key("image")),
                        "the last release of " + group.image() + " is of 2025: nodes get no security patches",
                        "use image: al2023"));
            }
        });
        return found;
    }

    private static Optional<Problem> withoutAddress(PropertyPath where, NodeGroupSpec group, PodSettings settings) {
        MaxPods most = new MaxPods(
                settings.usesPrefixes(), settings.ownSubnets(), group.image().isWindows());
        return group.maxPods().flatMap(pods -> most.of(group.instanceTypes())
                .filter(addresses -> pods > addresses)
                .map(addresses -> new Problem(
                        Place.of(where.key("maxPods")),
                        "up to " + pods + " pods on nodes that have addresses for " + addresses
                                + ": the others would not start",
                        "use " + addresses
                                + (most.prefixes() ? "" : ", or let the VPC CNI assign prefixes (network.pods)"))));
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Problems between the parts of an environment that only follow from a part which could not be read: a cluster is not
 * without a network because its network has a typing error.
 *
 * @param unread the parts that could not be read
 */
record ConsequentialErrors(UnreadablePaths unread) {

    /** What a check at a property looks at besides the property itself. */
    private static final Map<String, List<String>> DEPENDENCIES = Map.of(
            "region", List.of("network.zones"),
            "network", List.of("region", "cluster"),
            "cluster", List.of("network", "nodeGroups", "fargate"),
            "nodeGroups", List.of("fargate", "cluster"),
            "fargate", List.of("cluster"),
            "identity", List.of("identities", "cluster"),
            "addons", List.of("addons", "environment", "identity", "cluster", "cluster.name"),
            "identities", List.of("environment", "identity", "cluster", "cluster.name", "nodeGroups", "fargate"),
            "workloads", List.of("addons", "cluster"));

    /** What a placement, the last key of whatever is placed in the network, is compared with. */
    private static final Map<String, String> PLACEMENTS =
            Map.of("zones", "network.zones", "subnetIds", "network.existing.privateSubnetIds");

    /** Parts that are made of entries: without one of them a check sees less than the file has. */
    private static final Set<String> MADE_OF_ENTRIES = Set.of("nodeGroups", "fargate", "addons", "identities");

    /** Says whether a problem at a property only follows from a part that could not be read. */
    boolean contain(Place place) {
        if (!(place.typed() instanceof Place.InSpec spec)
                || spec.path().steps().isEmpty()
                || !(spec.path().steps().get(0) instanceof PropertyPath.Key first)) {
            return false;
        }
        PropertyPath path = spec.path();
        boolean isWhole = path.steps().size() == 1;
        return (isWhole ? unread.covers(path) : unread.touches(path))
                || DEPENDENCIES.getOrDefault(first.name(), List.of()).stream().anyMatch(this::isLacking)
                || path.steps().stream()
                        .map(step -> step instanceof PropertyPath.Key key ? PLACEMENTS.get(key.name()) : null)
                        .anyMatch(compared -> compared != null && isLacking(compared));
    }

    /** Says whether a ServiceAccount that a manifest uses may be one whose identity could not be read. */
    boolean identitiesAreLacking() {
        return isLacking("identities");
    }

    private boolean isLacking(String property) {
        PropertyPath path = PropertyPath.parse(property);
        return MADE_OF_ENTRIES.contains(property) ? unread.touches(path) : unread.covers(path);
    }
}

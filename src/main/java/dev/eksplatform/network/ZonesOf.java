package dev.eksplatform.network;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;

/** The subnets of a network by their zones. */
final class ZonesOf {

    private ZonesOf() {}

    /**
     * The subnets in some zones.
     *
     * @param known the zones of the network
     * @param subnetIds one subnet in each of them
     * @param zones some of the zones
     * @return their subnets, in the order of {@code zones}
     * @throws dev.eksplatform.problem.InvalidInputException when the network has no such zone
     */
    static List<String> subnets(List<Zone> known, List<String> subnetIds, List<Zone> zones) {
        List<String> ids = new ArrayList<>();
        Problems problems = new Problems();
        for (int i = 0; i < zones.size(); i++) {
            int index = known.indexOf(zones.get(i));
            if (index < 0) {
                problems.add(
                        PropertyPath.of("zones").index(i),
                        zones.get(i) + " is not a zone of the network",
                        known.toString(),
                        "add it at the end of the network's zones, or use one of those");
            } else {
                ids.add(subnetIds.get(index));
            }
        }
        problems.throwIfAny();
        return List.copyOf(ids);
    }
}

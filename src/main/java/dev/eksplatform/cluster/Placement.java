package dev.eksplatform.cluster;

import dev.eksplatform.network.SubnetIds;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/**
 * The private subnets that a control plane, a node group or a Fargate profile is placed in: by zone in a network that is
 * created, by id in one that exists.
 *
 * @param zones the zones; empty unless they are named
 * @param subnetIds the subnets; empty unless they are named
 */
public record Placement(List<Zone> zones, List<String> subnetIds) {

    /** Keeps copies of the lists. */
    public Placement {
        zones = List.copyOf(zones);
        subnetIds = List.copyOf(subnetIds);
    }

    /**
     * Whether neither zones nor subnets are named.
     *
     * @return true for the default
     */
    public boolean isDefault() {
        return zones.isEmpty() && subnetIds.isEmpty();
    }

    /** Checks what does not depend on the network, at the properties {@code zones} and {@code subnetIds}. */
    void check(Problems problems) {
        problems.once(PropertyPath.of("zones"), zones, "zone");
        new SubnetIds(problems).check(PropertyPath.of("subnetIds"), subnetIds);
        if (!zones.isEmpty() && !subnetIds.isEmpty()) {
            problems.add(
                    PropertyPath.of("subnetIds"),
                    "zones and subnetIds cannot be combined",
                    "zones in a network that is created, subnetIds in an existing one",
                    "remove zones or subnetIds");
        }
    }
}

package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * How the VPC CNI gives pods their addresses in an existing network: of subnets of their own (custom networking), or by
 * prefixes. Nodes that exist already keep what they have: replace them after a change.
 *
 * @param subnetIds the subnets of pods by zone, for every zone that has nodes: pods start on no node of another zone;
 *     default those of their nodes
 * @param prefixDelegation whether nodes get prefixes of 16 addresses instead of single ones, so that more pods run on each;
 *     default false
 */
@RecordBuilder
public record ExistingPodsSpec(
        @Example("{eu-central-1a: subnet-0a1b2c3d4e5f60713, eu-central-1b: subnet-0a1b2c3d4e5f60714}")
        @Limit(pattern = SubnetIds.PATTERN)
        Map<Zone, String> subnetIds,

        @Example("true") boolean prefixDelegation)
        implements ExistingPodsSpecBuilder.With {

    /** Checks the ids, and that the zones are of one region. */
    public ExistingPodsSpec {
        subnetIds = Components.map("subnetIds", subnetIds);
        Problems problems = new Problems();
        SubnetIds ids = new SubnetIds(problems);
        PropertyPath where = PropertyPath.of("subnetIds");
        subnetIds.forEach((zone, id) -> ids.check(where.key(zone.name()), id));
        List<Zone> zones = List.copyOf(subnetIds.keySet());
        zones.stream()
                .filter(zone -> !zone.region().equals(zones.get(0).region()))
                .forEach(zone -> problems.add(
                        where.key(zone.name()),
                        zone + " is a zone of " + zone.region(),
                        "zones of one region, here " + zones.get(0).region(),
                        "use " + zones.get(0).region() + zone.letter()));
        problems.throwIfAny();
    }

    /**
     * Addresses of the nodes' subnets, one by one.
     *
     * @return the spec
     */
    @Defaults
    public static ExistingPodsSpec standard() {
        return new ExistingPodsSpec(Map.of(), false);
    }
}

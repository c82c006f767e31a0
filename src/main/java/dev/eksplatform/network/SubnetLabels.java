package dev.eksplatform.network;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The user's tags and names of subnets.
 *
 * @param byKind tags of the subnets of a kind
 * @param byZone tags of the subnets in a zone
 * @param names the names of the subnets of a kind, in the order of the zones
 */
record SubnetLabels(
        Map<SubnetKind, Map<String, String>> byKind,
        Map<Zone, Map<String, String>> byZone,
        Map<SubnetKind, List<String>> names) {

    /** The user's tags of a subnet; those of the kind before those of the zone. */
    Map<String, String> tags(SubnetKind kind, Zone zone) {
        Map<String, String> tags = new TreeMap<>(byZone.getOrDefault(zone, Map.of()));
        tags.putAll(byKind.getOrDefault(kind, Map.of()));
        return tags;
    }

    /** The user's name of a subnet. */
    Optional<String> name(SubnetKind kind, int zone) {
        return Optional.ofNullable(names.get(kind)).map(all -> all.get(zone));
    }

    void check(SubnetLayout layout, List<Zone> zones, Problems problems) {
        byKind.forEach((kind, tags) -> {
            PropertyPath where = PropertyPath.of("subnetTags", kind.word());
            checkKind(where, kind, layout, problems);
            checkKeys(where, tags, problems);
        });
        byZone.forEach((zone, tags) -> {
            PropertyPath where = PropertyPath.of("zoneTags", zone.name());
            if (!zones.contains(zone)) {
                problems.add(where, zone + " is not a zone of the network", zones.toString(), "use one of those");
            }
            checkKeys(where, tags, problems);
        });
        names.forEach((kind, all) -> {
            PropertyPath where = PropertyPath.of("subnetNames", kind.word());
            checkKind(where, kind, layout, problems);
            int count = layout.count(kind);
            if (layout.has(kind) && all.size() != count) {
                problems.add(where, all.size() + " names for " + count + " subnets", "give " + count + " names");
            }
            problems.once(where, all, "name");
        });
    }

    private static void checkKind(PropertyPath where, SubnetKind kind, SubnetLayout layout, Problems problems) {
        if (!layout.has(kind)) {
            String owner = kind == SubnetKind.PODS ? "pods.cidr" : kind.property();
            problems.add(where, "the network has no " + kind.word() + " subnets", "remove it, or add " + owner);
        }
    }

    private static void checkKeys(PropertyPath where, Map<String, String> tags, Problems problems) {
        tags.keySet().forEach(key -> {
            if (key.equals("Name")) {
                problems.add(where.key(key), "names of subnets are given apart from their tags", "use subnetNames");
            } else if (key.equals(SubnetRoleTags.PUBLIC) || key.equals(SubnetRoleTags.PRIVATE)) {
                problems.add(
                        where.key(key), "public and private subnets have the tag " + key + " already", "remove it");
            }
        });
    }
}

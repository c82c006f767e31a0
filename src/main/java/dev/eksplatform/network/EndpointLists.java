package dev.eksplatform.network;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** Lists of endpoints: each service once, by whichever name. */
@API(status = API.Status.INTERNAL)
public final class EndpointLists {

    private EndpointLists() {}

    /**
     * Endpoints that are needed, with the settings of those that are given.
     *
     * @param needed services that are called
     * @param given endpoints with settings, and further ones
     * @param region the region
     * @return the needed ones first, each once
     */
    public static List<NetworkEndpoint> merge(
            List<? extends NetworkEndpoint> needed, List<NetworkEndpoint> given, String region) {
        List<NetworkEndpoint> merged = new ArrayList<>();
        for (NetworkEndpoint service : needed) {
            List<NetworkEndpoint> same = given.stream()
                    .filter(endpoint -> isSame(endpoint, service, region))
                    .toList();
            merged.addAll(same.isEmpty() ? List.of(service) : same);
        }
        merged.addAll(given);
        return merged.stream().distinct().toList();
    }

    /**
     * The services without an endpoint.
     *
     * @param needed services that are called
     * @param given the endpoints
     * @param region the region
     * @return those of {@code needed} that are not in {@code given}
     */
    public static List<EndpointService> missing(
            List<? extends NetworkEndpoint> needed, List<NetworkEndpoint> given, String region) {
        return needed.stream()
                .map(NetworkEndpoint::service)
                .filter(service -> given.stream().noneMatch(endpoint -> isSame(endpoint, service, region)))
                .distinct()
                .toList();
    }

    private static boolean isSame(NetworkEndpoint endpoint, NetworkEndpoint other, String region) {
        return endpoint.service().shortName(region).equals(other.service().shortName(region));
    }

    /** A short and a full name are two names of one service, which may have a gateway and interfaces. */
    static void checkDuplicates(
            PropertyPath property, List<NetworkEndpoint> endpoints, String region, Problems problems) {
        List<String> names = endpoints.stream()
                .map(endpoint -> endpoint.service().shortName(region)
                        + (endpoint.settings().isGateway() ? " by routes" : ""))
                .toList();
        for (int i = 0; i < endpoints.size(); i++) {
            int first = names.indexOf(names.get(i));
            if (first < i) {
                problems.add(
                        property.index(i),
                        "duplicate service " + endpoints.get(i).service() + ": the same as " + property.index(first),
                        "remove one of them");
            }
        }
    }

    static void checkZones(PropertyPath where, EndpointSettings endpoint, List<Zone> known, Problems problems) {
        for (int i = 0; i < endpoint.zones().size(); i++) {
            Zone zone = endpoint.zones().get(i);
            if (!known.contains(zone)) {
                problems.add(
                        where.key("zones").index(i),
                        zone + " is not a zone of the network",
                        known.toString(),
                        "use one of those");
            }
        }
    }
}

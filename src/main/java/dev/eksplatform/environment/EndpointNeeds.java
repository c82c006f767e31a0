package dev.eksplatform.environment;

import dev.eksplatform.addon.AckService;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.network.EndpointService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an environment calls in AWS, beside what every node calls.
 *
 * @param charts services by chart
 * @param ack services by ACK controller
 */
record EndpointNeeds(Map<String, List<EndpointService>> charts, Map<String, List<EndpointService>> ack) {

    private static EndpointNeeds table() {
        return Binder.ofProgram(EndpointNeeds.class, "endpoint-services.yaml");
    }

    /** The services of add-ons, identities and node groups. */
    static List<EndpointService> of(EnvironmentSpec spec, List<ResolvedIdentity> identities) {
        EndpointNeeds table = table();
        List<EndpointService> services = new ArrayList<>();
        identities.stream()
                .map(resolved -> resolved.identity().mode())
                .distinct()
                .forEach(mode -> services.addAll(mode.endpointServices()));
        spec.addons().named().values().forEach(addon -> services.addAll(addon.endpointServices()));
        spec.addons().adot().ifPresent(adot -> services.addAll(adot.endpointServices()));
        if (spec.nodeGroups().values().stream().anyMatch(NodeGroupSpec::autoscaled)) {
            services.add(new EndpointService("autoscaling"));
        }
        if (spec.nodeGroups().values().stream().anyMatch(NodeGroupSpec::ssm)) {
            Stream.of("ssm", "ssmmessages", "ec2messages")
                    .map(EndpointService::new)
                    .forEach(services::add);
        }
        spec.cluster().addons().keySet().stream()
                .flatMap(addon -> addon.facts().stream())
                .flatMap(facts -> facts.endpoints().stream())
                .map(EndpointService::new)
                .forEach(services::add);
        spec.addons().ack().keySet().stream()
                .map(AckService::id)
                .forEach(id -> services.addAll(table.ack.getOrDefault(id, List.of())));
        spec.addons().helm().values().stream()
                .map(HelmReleaseSpec::chart)
                .forEach(chart -> services.addAll(table.charts.getOrDefault(lastName(chart), List.of())));
        return services.stream().distinct().toList();
    }

    /** The name of a chart that is given with its registry. */
    private static String lastName(String chart) {
        return chart.substring(chart.lastIndexOf('/') + 1);
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.addon.AckService;
import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.addon.SensitiveValue;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.network.NetworkSource;
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
        services.addAll(ofSecrets(spec));
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
                .map(release -> lastName(release.chart()))
                .forEach(chart -> {
                    services.addAll(table.charts.getOrDefault(chart, List.of()));
                    AddonsSpec.standard(chart).ifPresent(addon -> services.addAll(addon.endpointServices()));
                });
        return services.stream().distinct().toList();
    }

    /** Terraform reads secrets, in a private cluster from inside of the network. */
    private static List<EndpointService> ofSecrets(EnvironmentSpec spec) {
        List<SensitiveValue> values = spec.network().filter(NetworkSource::privateCluster).stream()
                .flatMap(network -> spec.addons().releaseOptions().stream())
                .flatMap(options -> options.sensitiveValues().values().stream())
                .toList();
        List<EndpointService> services = new ArrayList<>();
        if (values.stream().anyMatch(value -> value.secretsManager().isPresent())) {
            services.add(new EndpointService("secretsmanager"));
        }
        if (values.stream().anyMatch(value -> value.ssmParameter().isPresent())) {
            services.add(new EndpointService("ssm"));
        }
        return services;
    }

    /** The name of a chart that is given with its registry. */
    private static String lastName(String chart) {
        return chart.substring(chart.lastIndexOf('/') + 1);
    }
}

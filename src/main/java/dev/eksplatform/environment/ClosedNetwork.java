package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.network.NatMode;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An environment whose private subnets have no NAT gateway: everything that nodes and pods call needs a VPC endpoint. Source:
 * <a href="https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html">private clusters with limited internet
 * access</a>.
 */
final class ClosedNetwork {

    /** Where endpoint services are named com.amazonaws.(region).(service) without exception. */
    private static final Set<Partition> REGULAR_NAMES = EnumSet.of(Partition.AWS, Partition.AWS_US_GOV);

    private final EnvironmentSpec spec;
    private final NetworkSpec network;

    private ClosedNetwork(EnvironmentSpec spec, NetworkSpec network) {
        this.spec = spec;
        this.network = network;
    }

    static Optional<ClosedNetwork> of(EnvironmentSpec spec) {
        return spec.network().orElse(null) instanceof NetworkSpec network
                        && network.nat() == NatMode.NONE
                        && spec.cluster().created().isPresent()
                ? Optional.of(new ClosedNetwork(spec, network))
                : Optional.empty();
    }

    /** Short names of endpoint services outside of the regular partitions, and an API server that nodes cannot reach. */
    static void check(EnvironmentSpec spec, Problems problems) {
        if (spec.network().orElse(null) instanceof NetworkSpec network
                && !REGULAR_NAMES.contains(Partition.ofRegion(spec.region()))) {
            checkNames(spec, network, problems);
        }
        boolean noEndpoint = spec.cluster()
                .created()
                .filter(cluster -> !cluster.endpoint().privateAccess())
                .isPresent();
        if (of(spec).isPresent() && noEndpoint) {
            problems.add(
                    PropertyPath.of("cluster", "endpoint", "private"),
                    "nodes cannot reach the public endpoint: with nat: none their subnets have no route to the internet",
                    "set private: true");
        }
    }

    private static void checkNames(EnvironmentSpec spec, NetworkSpec network, Problems problems) {
        if (network.endpoints().isEmpty() && network.nat() == NatMode.NONE) {
            problems.add(
                    PropertyPath.of("network", "nat"),
                    "nat: none needs endpoints in " + spec.region()
                            + ", whose endpoint services have names of their own",
                    "add endpoints with full names of `aws ec2 describe-vpc-endpoint-services`, at least those for "
                            + network.endpointServices());
        }
        List<EndpointService> given = network.endpoints().orElse(List.of());
        for (int i = 0; i < given.size(); i++) {
            if (!given.get(i).isFull(spec.region())) {
                problems.add(
                        PropertyPath.of("network", "endpoints").index(i),
                        "short name " + given.get(i) + " in " + spec.region()
                                + ", whose endpoint services have names of their own",
                        "use the name of `aws ec2 describe-vpc-endpoint-services` that ends in " + given.get(i));
            }
        }
    }

    /** What nodes, add-ons and identities of the environment call. */
    List<EndpointService> services(List<ResolvedIdentity> identities) {
        List<EndpointService> services = new ArrayList<>(network.endpointServices());
        identities.stream()
                .map(resolved -> resolved.identity().mode())
                .distinct()
                .forEach(mode -> services.addAll(mode.endpointServices()));
        spec.addons().named().values().forEach(addon -> services.addAll(addon.endpointServices()));
        if (spec.nodeGroups().values().stream().anyMatch(NodeGroupSpec::autoscaled)) {
            services.add(new EndpointService("autoscaling"));
        }
        if (spec.nodeGroups().values().stream().anyMatch(NodeGroupSpec::ssm)) {
            Stream.of("ssm", "ssmmessages", "ec2messages")
                    .map(EndpointService::new)
                    .forEach(services::add);
        }
        spec.cluster().created().ifPresent(cluster -> cluster.addons().keySet().stream()
                .flatMap(addon -> addon.facts().stream())
                .flatMap(facts -> facts.endpoints().stream())
                .forEach(service -> services.add(new EndpointService(service))));
        return services;
    }

    /** Charts whose images are in registries on the internet. */
    List<Problem> warnings(List<HelmAddon> addons) {
        if (addons.isEmpty()) {
            return List.of();
        }
        return List.of(new Problem(
                Place.of(PropertyPath.of("network", "nat")),
                "nodes without a route to the internet cannot pull the images of "
                        + addons.stream().map(HelmAddon::name).collect(Collectors.joining(", "))
                        + " from public registries",
                "copy them to Amazon ECR of this region and name them in values of each add-on, or set nat: single"));
    }
}

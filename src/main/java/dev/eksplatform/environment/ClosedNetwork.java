package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.SecurityGroupRuleSpec;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.EndpointPolicy;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.EndpointLists;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.network.EndpointType;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NatMode;
import dev.eksplatform.network.NetworkEndpoint;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.ReservedBlocks;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An environment whose private subnets have no way to the internet: everything that nodes and pods call needs a VPC endpoint.
 * Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html">private clusters with limited
 * internet access</a>.
 */
final class ClosedNetwork {

    /** Where endpoint services are named com.amazonaws.(region).(service) without exception. */
    private static final Set<Partition> REGULAR_NAMES = EnumSet.of(Partition.AWS, Partition.AWS_US_GOV);

    /**
     * Where the AWS Marketplace keeps images. Source: <a
     * href="https://docs.aws.amazon.com/marketplace/latest/userguide/container-product-policies.html">requirements for
     * container-based products</a>.
     */
    private static final String MARKETPLACE_REGION = "us-east-1";

    private static final int HTTPS = 443;

    private final EnvironmentSpec spec;
    private final NetworkSource network;
    private final PropertyPath property;

    private ClosedNetwork(EnvironmentSpec spec, NetworkSource network) {
        this.spec = spec;
        this.network = network;
        this.property = of(network);
    }

    private static PropertyPath of(NetworkSource network) {
        return network instanceof ExistingNetworkSpec
                ? PropertyPath.of("network", "existing")
                : PropertyPath.of("network");
    }

    static Optional<ClosedNetwork> of(EnvironmentSpec spec) {
        return spec.network()
                .filter(network ->
                        network.privateCluster() || network instanceof NetworkSpec created && created.isClosed())
                .filter(network -> spec.cluster().created().isPresent())
                .map(network -> new ClosedNetwork(spec, network));
    }

    /** Short names of endpoint services outside of the regular partitions, and an API server that nodes cannot reach. */
    static void check(EnvironmentSpec spec, Problems problems) {
        spec.network()
                .filter(network -> !REGULAR_NAMES.contains(Partition.ofRegion(spec.region())))
                .ifPresent(network -> checkNames(spec, network, problems));
        of(spec).ifPresent(closed -> closed.checkEndpoint(problems));
    }

    private void checkEndpoint(Problems problems) {
        spec.cluster().created().ifPresent(cluster -> {
            if (!cluster.endpoint().privateAccess()) {
                problems.add(
                        PropertyPath.of("cluster", "endpoint", "private"),
                        "nodes cannot reach the public endpoint: with " + setting()
                                + " their subnets have no route to the internet",
                        "set private: true");
            }
            if (network.privateCluster() && !cluster.endpoint().publicCidrs().isEmpty()) {
                problems.add(
                        PropertyPath.of("cluster", "endpoint", "public"),
                        "a public endpoint with privateCluster, which has a private one only",
                        "remove public; docs/network.md says how Terraform reaches the private endpoint");
            }
        });
    }

    private String setting() {
        return network.privateCluster() ? "privateCluster" : "nat: none";
    }

    private static void checkNames(EnvironmentSpec spec, NetworkSource network, Problems problems) {
        PropertyPath property = of(network);
        boolean needed = network.privateCluster() || network instanceof NetworkSpec created && created.isClosed();
        if (network.endpoints().isEmpty() && needed) {
            boolean byNat = network instanceof NetworkSpec created
                    && created.nat() == NatMode.NONE
                    && !network.privateCluster();
            problems.add(
                    property.key(byNat ? "nat" : "privateCluster"),
                    (byNat ? "nat: none" : "privateCluster") + " needs endpoints in " + spec.region()
                            + ", whose endpoint services have names of their own",
                    "add endpoints with full names of `aws ec2 describe-vpc-endpoint-services`, at least those for "
                            + EndpointService.ofNodes());
        }
        List<NetworkEndpoint> given = network.endpoints().orElse(List.of());
        for (int i = 0; i < given.size(); i++) {
            EndpointService service = given.get(i).service();
            if (!service.isFull(spec.region())) {
                problems.add(
                        property.key("endpoints").index(i),
                        "short name " + service + " in " + spec.region()
                                + ", whose endpoint services have names of their own",
                        "use the name of `aws ec2 describe-vpc-endpoint-services` that ends in " + service);
            }
        }
    }

    /** What is called but has no endpoint, in a network that has no other way to AWS. */
    void checkMissing(List<ResolvedIdentity> identities, Problems problems) {
        boolean regular = REGULAR_NAMES.contains(Partition.ofRegion(spec.region()));
        boolean otherWay = network instanceof NetworkSpec created
                && !created.privateDestinations().isEmpty();
        List<EndpointService> missing =
                EndpointLists.missing(services(identities), endpoints(identities), spec.region());
        if (!missing.isEmpty() && !otherWay && (network.endpoints().isPresent() || regular)) {
            problems.add(
                    property.key("endpoints"),
                    "nodes reach AWS through endpoints only, and nodes, add-ons or identities call what has none: "
                            + missing,
                    "add " + (regular ? missing.toString() : "the full names of " + missing)
                            + (regular ? ", or remove endpoints: by default there is one of each" : ""));
        }
    }

    private List<EndpointService> services(List<ResolvedIdentity> identities) {
        List<EndpointService> services = new ArrayList<>(EndpointService.ofNodes());
        services.addAll(EndpointNeeds.of(spec, identities));
        return services;
    }

    /** The endpoints to create: what nodes, add-ons and identities of the environment call, unless others are given. */
    List<NetworkEndpoint> endpoints(List<ResolvedIdentity> identities) {
        List<NetworkEndpoint> given = network.endpoints().orElse(List.of());
        boolean add = network.endpoints().isEmpty()
                || network.privateCluster() && REGULAR_NAMES.contains(Partition.ofRegion(spec.region()));
        return add ? EndpointLists.merge(services(identities), given, spec.region()) : given;
    }

    /** Charts whose images are in registries on the internet, and endpoints that nodes do not use. */
    List<Problem> warnings(List<HelmAddon> addons) {
        List<Problem> warnings = new ArrayList<>();
        PropertyPath setting = property.key(network.privateCluster() ? "privateCluster" : "nat");
        String withImages = names(addons, addon -> !hasImagesInEcr(addon));
        if (!withImages.isEmpty()) {
            warnings.add(new Problem(
                    Place.of(setting),
                    "nodes without a route to the internet cannot pull the images of " + withImages
                            + " from public registries",
                    "copy them to Amazon ECR of this region, and name its repositories in addons.images, or the images in values of"
                            + " each add-on"
                            + (network.privateCluster() ? "" : ", or set nat: single")));
        }
        String withCharts = names(addons, addon -> !isInEcr(addon.repository()));
        if (network.privateCluster() && !withCharts.isEmpty()) {
            warnings.add(new Problem(
                    Place.of(setting),
                    "Terraform, which reaches the private endpoint from inside of the network, needs the charts of "
                            + withCharts + " from public repositories",
                    "copy them to Amazon ECR of this region and set repository of each add-on, or run Terraform where it"
                            + " reaches both"));
        }
        spec.cluster().created().ifPresent(cluster -> cluster.addons().keySet().stream()
                .filter(name -> name.isOfMarketplace() && !spec.region().equals(MARKETPLACE_REGION))
                .map(name -> new Problem(
                        Place.of(PropertyPath.of("cluster", "addons", name.id())),
                        "nodes without a route to the internet cannot pull the images of " + name
                                + ", which the AWS Marketplace has in " + MARKETPLACE_REGION,
                        "copy them to Amazon ECR of this region and name them in configuration"))
                .forEach(warnings::add));
        spec.cluster().created().flatMap(this::layersBlocked).ifPresent(warnings::add);
        List<NetworkEndpoint> given = network.endpoints().orElse(List.of());
        for (int i = 0; i < given.size(); i++) {
            warn(property.key("endpoints").index(i), given.get(i), warnings);
        }
        return warnings;
    }

    private static String names(List<HelmAddon> addons, Predicate<HelmAddon> which) {
        return addons.stream().filter(which).map(HelmAddon::name).collect(Collectors.joining(", "));
    }

    private boolean hasImagesInEcr(HelmAddon addon) {
        Map<String, String> mirrors = spec.addons().images();
        return isInEcr(addon.options().allValues())
                || addon.registries()
                        .filter(registries ->
                                registries.stream().map(mirrors::get).allMatch(ClosedNetwork::isInEcr))
                        .isPresent();
    }

    /** Whether a text, or one in values, names a private registry of Amazon ECR, which has an endpoint. */
    private static boolean isInEcr(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(ClosedNetwork::isInEcr);
        }
        return value instanceof Iterable<?> items
                ? StreamSupport.stream(items.spliterator(), false).anyMatch(ClosedNetwork::isInEcr)
                : String.valueOf(value).contains(".dkr.ecr.");
    }

    /**
     * A gateway endpoint leads to the public addresses of S3, where ECR keeps the layers of images, so rules must let nodes send there.
     * Source: <a href="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html">gateway endpoints for Amazon S3,
     * security groups</a>.
     */
    private Optional<Problem> layersBlocked(ClusterSpec cluster) {
        boolean byInterface = network.endpoints().orElse(List.of()).stream()
                .filter(endpoint -> endpoint.service().shortName(spec.region()).equals("s3"))
                .anyMatch(endpoint -> endpoint.settings().type().equals(Optional.of(EndpointType.INTERFACE)));
        boolean lets = cluster.nodeEgress().isEmpty()
                || cluster.nodeEgress().stream()
                        .filter(rule ->
                                rule.port().filter(port -> port != HTTPS).isEmpty())
                        .anyMatch(rule -> rule.cidr() instanceof Cidr block
                                && ReservedBlocks.refusedForPublicEndpoint(block)
                                        .isEmpty())
                || cluster.securityGroupRules().node().values().stream()
                        .anyMatch(rule -> rule.direction() == SecurityGroupRuleSpec.Direction.EGRESS
                                && (rule.prefixListId().isPresent()
                                        || rule.cidr().isPresent()));
        return byInterface || lets || spec.nodeGroups().isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        Place.of(PropertyPath.of("cluster", "nodeEgress")),
                        "the endpoint of s3 leads to public addresses, which no rule lets nodes send to: they cannot pull the layers of"
                                + " images in Amazon ECR",
                        "add {cidr: 0.0.0.0/0, port: 443}, which leads nowhere else from here, or use endpoints: [{service: s3, type:"
                                + " interface}]"));
    }

    private void warn(PropertyPath where, NetworkEndpoint endpoint, List<Problem> warnings) {
        if (endpoint.settings().privateDns().filter(on -> !on).isPresent()) {
            warnings.add(new Problem(
                    Place.of(where.key("privateDns")),
                    "nodes use the DNS name of " + endpoint.service() + ", which does not lead to this endpoint",
                    "remove privateDns, or have a private hosted zone with that name"));
        }
        String layer = "arn:" + Partition.ofRegion(spec.region()).id() + ":s3:::prod-" + spec.region()
                + "-starport-layer-bucket/layer";
        endpoint.settings()
                .policy()
                .filter(policy -> endpoint.service().shortName(spec.region()).equals("s3"))
                .filter(policy -> !policy.mayAllow("s3:GetObject", layer))
                .map(EndpointPolicy::toString)
                .ifPresent(policy -> warnings.add(new Problem(
                        Place.of(where.key("policy")),
                        "the policy does not allow s3:GetObject on the layers of images in Amazon ECR: nodes cannot pull"
                                + " them",
                        "allow it on " + layer.replaceFirst("layer$", "*"))));
    }
}

package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.addon.AckControllerSpec;
import dev.eksplatform.addon.AckService;
import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.addon.LoadBalancerControllerSpec;
import dev.eksplatform.addon.SensitiveValue;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.EndpointSpec;
import dev.eksplatform.cluster.NodeEgress;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.document.EndpointPolicy;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.network.BlockPublicAccessSpec;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.network.EndpointSettings;
import dev.eksplatform.network.EndpointType;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NatMode;
import dev.eksplatform.network.NetworkEndpoint;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.RouteDestination;
import dev.eksplatform.network.TransitGatewaySpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedNetworkTest {

    private static final ClusterSpec CLUSTER = ClusterSpec.of("shop", "1.36");
    private static final NetworkSpec CLOSED =
            NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b").withNat(NatMode.NONE);
    private static final EnvironmentSpec SHOP = EnvironmentSpec.of(
                    "shop", "eu-central-1", AccountId.parse("111122223333"), CLUSTER)
            .withNetwork(Optional.of(CLOSED))
            .withNodeGroups(Map.of("general", NodeGroupSpec.of("m7g.large")));

    private static List<String> endpoints(EnvironmentSpec spec) {
        return ResolvedEnvironment.of(spec).network(CLOSED).endpoints().orElse(List.of()).stream()
                .map(endpoint -> endpoint.service().name())
                .toList();
    }

    private static List<String> problems(EnvironmentSpec spec) {
        return ProblemsOf.making(() -> ResolvedEnvironment.of(spec));
    }

    @Test
    void whatNodesCallHasAnEndpoint() {
        assertThat(endpoints(SHOP)).containsExactly("s3", "ecr.api", "ecr.dkr", "ec2", "sts", "eks");
        assertThat(ResolvedEnvironment.of(SHOP).warnings()).isEmpty();
    }

    @Test
    void whatAddonsAndIdentitiesCallHasOneToo() {
        EnvironmentSpec spec = SHOP.withAddons(AddonsSpec.of(LoadBalancerControllerSpec.standard()))
                .withIdentities(Map.of(
                        ServiceAccountName.parse("shop/orders"),
                        IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess")
                                .withMode(Optional.of(IdentityMode.POD_IDENTITY))))
                .withNodeGroups(Map.of("general", NodeGroupSpec.of("m7g.large").withAutoscaled(true)));
        assertThat(endpoints(spec))
                .containsExactly(
                        "s3",
                        "ecr.api",
                        "ecr.dkr",
                        "ec2",
                        "sts",
                        "eks",
                        "eks-auth",
                        "elasticloadbalancing",
                        "autoscaling");
        assertThat(ResolvedEnvironment.of(spec).warnings())
                .extracting(Problem::toString)
                .containsExactly("network.nat: nodes without a route to the internet cannot pull the images of "
                        + "aws-load-balancer-controller from public registries; fix: copy them to Amazon ECR of "
                        + "this region, and name its repositories in addons.images, or the images in values of each add-on, or"
                        + " set nat: single");
    }

    @Test
    void imagesOfTheMarketplaceAreInAnotherRegion(@TempDir Path folder) throws IOException {
        for (String region : List.of("eu-central-1", "us-east-1")) {
            Path file = Files.writeString(folder.resolve("shop.yaml"), """
                    environment: shop
                    region: %1$s
                    account: "111122223333"
                    network: {cidr: 10.0.0.0/16, zones: [%1$sa, %1$sb], nat: none}
                    cluster: {version: "1.36", addons: {kubecost_kubecost: {}}}
                    nodeGroups: {general: {instanceTypes: [m7g.large]}}
                    """.formatted(region));
            assertThat(Environment.read(file).resolved().warnings())
                    .extracting(Problem::toString)
                    .isEqualTo(
                            region.equals("us-east-1")
                                    ? List.of()
                                    : List.of(
                                            "cluster.addons.kubecost_kubecost: nodes without a route to the internet cannot pull"
                                                    + " the images of kubecost_kubecost, which the AWS Marketplace has in us-east-1; fix:"
                                                    + " copy them to Amazon ECR of this region and name them in configuration"));
        }
    }

    @Test
    void endpointsThatAreGivenAreKept() {
        NetworkSpec given = CLOSED.withEndpoints(Optional.of(CLOSED.endpointServices()));
        assertThat(ResolvedEnvironment.of(SHOP.withNetwork(Optional.of(given))).network(given))
                .isEqualTo(given);
        NetworkSpec open = CLOSED.withNat(NatMode.SINGLE);
        assertThat(ResolvedEnvironment.of(SHOP.withNetwork(Optional.of(open))).network(open))
                .isEqualTo(open);
    }

    private static final TransitGatewaySpec HUB =
            TransitGatewaySpec.of("tgw-0a1b2c3d", List.of(RouteDestination.parse("10.0.0.0/8")));

    @Test
    void whatIsCalledNeedsAnEndpoint() {
        NetworkSpec given = CLOSED.withEndpoints(Optional.of(List.of(
                EndpointService.parse("com.amazonaws.eu-central-1.s3"),
                EndpointService.parse("ecr.api"),
                EndpointService.parse("ec2"),
                EndpointService.parse("sts"))));
        EnvironmentSpec spec = SHOP.withNetwork(Optional.of(given))
                .withNodeGroups(Map.of("general", NodeGroupSpec.of("m7g.large").withAutoscaled(true)));
        assertThat(problems(spec))
                .containsExactly("network.endpoints: nodes reach AWS through endpoints only, and nodes, add-ons or"
                        + " identities call what has none: [ecr.dkr, eks, autoscaling]; fix: add [ecr.dkr, eks, autoscaling],"
                        + " or remove endpoints: by default there is one of each");
    }

    @Test
    void anotherWayToAwsNeedsNoEndpoint() {
        NetworkSpec byHub =
                CLOSED.with(network -> network.endpoints(Optional.of(List.of())).transitGateway(Optional.of(HUB)));
        assertThat(problems(SHOP.withNetwork(Optional.of(byHub)))).isEmpty();
        NetworkSpec byDefaultRoute =
                CLOSED.withTransitGateway(Optional.of(HUB.withRoutes(List.of(RouteDestination.parse("0.0.0.0/0")))));
        EnvironmentSpec spec = SHOP.withNetwork(Optional.of(byDefaultRoute));
        assertThat(problems(spec)).isEmpty();
        assertThat(ResolvedEnvironment.of(spec).network(byDefaultRoute).endpointServices())
                .isEmpty();
    }

    @Test
    void chartsAndAddonsOfTheTableHaveEndpoints() {
        EnvironmentSpec spec = SHOP.withCluster(
                        CLUSTER.withAddons(Map.of(EksAddonName.AWS_EFS_CSI_DRIVER, EksAddonSpec.standard())))
                .withAddons(
                        AddonsSpec.none().with(addons -> addons.ack(Map.of(AckService.S3, AckControllerSpec.standard()))
                                .helm(Map.of(
                                        "scaler",
                                        HelmReleaseSpec.of(
                                                "cluster-autoscaler",
                                                "https://charts.example.com",
                                                "9.46.6",
                                                "kube-system")))));
        assertThat(endpoints(spec))
                .containsExactly("s3", "ecr.api", "ecr.dkr", "ec2", "sts", "eks", "elasticfilesystem", "autoscaling");
    }

    @Test
    void aPrivateClusterHasEndpointsBesideThoseThatAreGiven() {
        NetworkSpec open = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");
        EndpointSettings api =
                EndpointSettings.of(EndpointService.parse("ecr.api")).withZones(List.of(Zone.parse("eu-central-1a")));
        NetworkSpec network = open.with(
                spec -> spec.privateCluster(true).endpoints(Optional.of(List.of(api, EndpointService.parse("kms")))));
        EnvironmentSpec spec = SHOP.withNetwork(Optional.of(network));
        assertThat(problems(spec)).isEmpty();
        List<NetworkEndpoint> endpoints =
                ResolvedEnvironment.of(spec).network(network).endpoints().orElseThrow();
        assertThat(endpoints)
                .extracting(endpoint -> endpoint.service().name())
                .containsExactly("s3", "ecr.api", "ecr.dkr", "ec2", "sts", "eks", "kms");
        assertThat(endpoints).contains(api);
    }

    @Test
    void aPrivateClusterHasAPrivateEndpointOnly() {
        NetworkSpec network =
                NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b").withPrivateCluster(true);
        EndpointSpec both = EndpointSpec.closed().withPublicCidrs(List.of(Cidr.parse("203.0.113.0/24")));
        assertThat(problems(SHOP.withNetwork(Optional.of(network)).withCluster(CLUSTER.withEndpoint(both))))
                .containsExactly(
                        "cluster.endpoint.public: a public endpoint with privateCluster, which has a private one"
                                + " only; fix: remove public; docs/network.md says how Terraform reaches the private endpoint");
    }

    @Test
    void anExistingNetworkMayHaveAPrivateClusterToo() {
        ExistingNetworkSpec network = ExistingNetworkSpec.of(
                        "vpc-0a1b2c3d", List.of(), List.of("subnet-0000000a", "subnet-0000000b"))
                .withPrivateCluster(true);
        EnvironmentSpec spec =
                SHOP.withNetwork(Optional.of(network)).withAddons(AddonsSpec.of(LoadBalancerControllerSpec.standard()));
        assertThat(ResolvedEnvironment.of(spec).network(network).endpoints().orElseThrow())
                .extracting(endpoint -> endpoint.service().name())
                .containsExactly("s3", "ecr.api", "ecr.dkr", "ec2", "sts", "eks", "elasticloadbalancing");
        assertThat(ResolvedEnvironment.of(spec).warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "network.existing.privateCluster: nodes without a route to the internet cannot pull the"
                                + " images of aws-load-balancer-controller from public registries; fix: copy them to Amazon ECR of"
                                + " this region, and name its repositories in addons.images, or the images in values of each"
                                + " add-on",
                        "network.existing.privateCluster: Terraform, which reaches the private endpoint from inside of the"
                                + " network, needs the charts of aws-load-balancer-controller from public repositories; fix:"
                                + " copy them to Amazon ECR of this region and set repository of each add-on, or run"
                                + " Terraform where it reaches both");
    }

    @Test
    void whatIsInEcrIsReached() {
        String registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
        HelmReleaseSpec shop = HelmReleaseSpec.of("shop", "oci://" + registry + "/charts", "1.0.0", "shop")
                .withValues(Map.of("images", List.of(Map.of("repository", registry + "/shop"))));
        NetworkSpec network = CLOSED.withPrivateCluster(true);

        assertThat(ResolvedEnvironment.of(SHOP.withNetwork(Optional.of(network))
                                .withAddons(AddonsSpec.none().withHelm(Map.of("shop", shop))))
                        .warnings())
                .isEmpty();
    }

    @Test
    void imagesFromAMirrorInEcrAreReached() {
        AddonsSpec addons = AddonsSpec.of(LoadBalancerControllerSpec.standard());
        NetworkSpec network = CLOSED.withEndpoints(Optional.empty());

        assertThat(warnings(
                        network,
                        addons.withImages(
                                Map.of("public.ecr.aws", "111122223333.dkr.ecr.eu-central-1.amazonaws.com/public"))))
                .isEmpty();
        assertThat(warnings(network, addons.withImages(Map.of("public.ecr.aws", "mirror.example.com"))))
                .hasSize(1);
    }

    private static List<Problem> warnings(NetworkSpec network, AddonsSpec addons) {
        return ResolvedEnvironment.of(SHOP.withNetwork(Optional.of(network)).withAddons(addons))
                .warnings();
    }

    @Test
    void secretsOfChartsHaveAnEndpointWhereTerraformRunsInTheNetwork() {
        HelmReleaseSpec shop = HelmReleaseSpec.of("shop", "https://charts.example.com", "1.0.0", "shop");
        EnvironmentSpec spec = SHOP.withAddons(AddonsSpec.none()
                .withHelm(Map.of(
                        "shop",
                        shop.withOptions(shop.options()
                                .withSensitiveValues(Map.of(
                                        "a", SensitiveValue.ofSecret("shop/a"),
                                        "b", SensitiveValue.ofParameter("/shop/b")))))));
        NetworkSpec inside = CLOSED.withPrivateCluster(true);

        assertThat(endpoints(spec)).doesNotContain("secretsmanager", "ssm");
        assertThat(ResolvedEnvironment.of(spec.withNetwork(Optional.of(inside)))
                        .network(inside)
                        .endpoints()
                        .orElseThrow())
                .extracting(endpoint -> endpoint.service().name())
                .contains("secretsmanager", "ssm");
    }

    @Test
    void anAddonThatIsInstalledAsAChartCallsTheSameServices() {
        HelmReleaseSpec controller = HelmReleaseSpec.of(
                "aws-load-balancer-controller", "https://aws.github.io/eks-charts", "3.5.0", "kube-system");

        assertThat(endpoints(SHOP.withAddons(AddonsSpec.none().withHelm(Map.of("lb", controller)))))
                .contains("elasticloadbalancing");
    }

    @Test
    void endpointsThatNodesDoNotUseAreWarnings() {
        EndpointPolicy policy = EndpointPolicy.of(Map.of(
                "Statement",
                List.of(Map.of(
                        "Effect", "Allow",
                        "Principal", "*",
                        "Action", "s3:*",
                        "Resource", "arn:aws:s3:::shop-*"))));
        NetworkSpec network = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b")
                .with(spec -> spec.privateCluster(true)
                        .endpoints(Optional.of(List.of(
                                EndpointSettings.of(EndpointService.parse("s3")).withPolicy(Optional.of(policy)),
                                EndpointSettings.of(EndpointService.parse("sts"))
                                        .withPrivateDns(Optional.of(false))))));
        assertThat(ResolvedEnvironment.of(SHOP.withNetwork(Optional.of(network)))
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "network.endpoints[0].policy: the policy does not allow s3:GetObject on the layers of images in Amazon"
                                + " ECR: nodes cannot pull them; fix: allow it on"
                                + " arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
                        "network.endpoints[1].privateDns: nodes use the DNS name of sts, which does not lead to this endpoint;"
                                + " fix: remove privateDns, or have a private hosted zone with that name");
    }

    @Test
    void loadBalancersOnTheInternetContradictBlockPublicAccessAndSharedSubnets() {
        EnvironmentSpec balanced = SHOP.withAddons(AddonsSpec.of(LoadBalancerControllerSpec.standard()));
        NetworkSpec blocked = CLOSED.withNat(NatMode.SINGLE)
                .withBlockPublicAccess(Optional.of(BlockPublicAccessSpec.none()
                        .withMode(Optional.of(BlockPublicAccessSpec.BlockMode.BLOCK_INGRESS))));
        assertThat(ResolvedEnvironment.of(balanced.withNetwork(Optional.of(blocked)))
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "network.blockPublicAccess.mode: load balancers on the internet get no requests: the setting"
                                + " blocks what comes from there; fix: set publicSubnets: allow-bidirectional, or use internal load"
                                + " balancers only");
        ExistingNetworkSpec shared = ExistingNetworkSpec.of(
                        "vpc-0a1b2c3d", List.of(), List.of("subnet-0000000a", "subnet-0000000b"))
                .withShared(true);
        assertThat(ResolvedEnvironment.of(balanced.withNetwork(Optional.of(shared)))
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "network.existing.shared: the AWS Load Balancer Controller does not see the owner's tags of"
                                + " shared subnets; fix: name the subnets of each load balancer: annotation"
                                + " alb.ingress.kubernetes.io/subnets of an Ingress,"
                                + " service.beta.kubernetes.io/aws-load-balancer-subnets of a Service");
    }

    @Test
    void subnetsThatAreLookedUpAreUsedByZone() {
        ExistingNetworkSpec network = ExistingNetworkSpec.byTags(
                Map.of("Name", "shop"),
                List.of(Zone.parse("eu-central-1a"), Zone.parse("eu-central-1b")),
                Map.of("tier", "private"));
        EnvironmentSpec spec = SHOP.withNetwork(Optional.of(network));
        NodeGroupSpec group = NodeGroupSpec.of("m7g.large");
        assertThat(problems(
                        spec.withNodeGroups(Map.of("general", group.withZones(List.of(Zone.parse("eu-central-1b")))))))
                .isEmpty();
        assertThat(problems(
                        spec.withNodeGroups(Map.of("general", group.withZones(List.of(Zone.parse("eu-central-1c")))))))
                .containsExactly("nodeGroups.general.zones[0]: eu-central-1c is not in network.existing.zones; allowed:"
                        + " [eu-central-1a, eu-central-1b]; fix: add it at the end of network.existing.zones, or use one of"
                        + " those");
        assertThat(problems(spec.withNodeGroups(Map.of("general", group.withSubnetIds(List.of("subnet-0000000a"))))))
                .containsExactly(
                        "nodeGroups.general.subnetIds: subnets by id where private subnets are looked up by tags;"
                                + " fix: use zones: [eu-central-1a, eu-central-1b]");
        assertThat(problems(spec.withRegion("eu-west-1")))
                .contains(
                        "region: eu-west-1, but network.existing.zones are zones of eu-central-1; fix: use eu-central-1, or"
                                + " zones: [eu-west-1a, eu-west-1b]");
    }

    @Test
    void nodesNeedThePrivateEndpoint() {
        EndpointSpec publicOnly = EndpointSpec.closed()
                .withPublicCidrs(List.of(Cidr.parse("0.0.0.0/0")))
                .withPrivateAccess(false);
        assertThat(problems(SHOP.withCluster(CLUSTER.withEndpoint(publicOnly))))
                .containsExactly(
                        "cluster.endpoint.private: nodes cannot reach the public endpoint: with nat: none their "
                                + "subnets have no route to the internet; fix: set private: true");
    }

    @Test
    void inOtherPartitionsServicesAreNamedInFull() {
        NetworkSpec china =
                NetworkSpec.of("10.20.0.0/16", "cn-north-1a", "cn-north-1b").withNat(NatMode.NONE);
        EnvironmentSpec shop = SHOP.withRegion("cn-north-1");
        assertThat(problems(shop.withNetwork(Optional.of(china))))
                .containsExactly("network.nat: nat: none needs endpoints in cn-north-1, whose endpoint services have "
                        + "names of their own; fix: add endpoints with full names of `aws ec2 "
                        + "describe-vpc-endpoint-services`, at least those for [s3, ecr.api, ecr.dkr, ec2, sts, "
                        + "eks]");
        assertThat(problems(shop.withNetwork(Optional.of(china.withEndpoints(Optional.of(List.of(
                        EndpointService.parse("cn.com.amazonaws.cn-north-1.ec2"), EndpointService.parse("s3"))))))))
                .containsExactly(
                        "network.endpoints[1]: short name s3 in cn-north-1, whose endpoint services have names "
                                + "of their own; fix: use the name of `aws ec2 describe-vpc-endpoint-services` that ends "
                                + "in s3",
                        "network.endpoints: nodes reach AWS through endpoints only, and nodes, add-ons or identities call"
                                + " what has none: [ecr.api, ecr.dkr, sts, eks]; fix: add the full names of [ecr.api, ecr.dkr,"
                                + " sts, eks]");
    }

    private static List<String> warnings(EnvironmentSpec spec) {
        return ResolvedEnvironment.of(spec).warnings().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void layersOfImagesComeFromPublicAddresses() {
        NodeEgress inside = NodeEgress.to(Cidr.parse("10.20.0.0/16")).withPort(Optional.of(443));
        NodeEgress https = NodeEgress.to(Cidr.parse("0.0.0.0/0")).withPort(Optional.of(443));
        assertThat(warnings(SHOP.withCluster(CLUSTER.withNodeEgress(List.of(inside)))))
                .containsExactly(
                        "cluster.nodeEgress: the endpoint of s3 leads to public addresses, which no rule lets nodes send to: they"
                                + " cannot pull the layers of images in Amazon ECR; fix: add {cidr: 0.0.0.0/0, port: 443}, which"
                                + " leads nowhere else from here, or use endpoints: [{service: s3, type: interface}]");
        assertThat(warnings(SHOP.withCluster(CLUSTER.withNodeEgress(List.of(inside, https)))))
                .isEmpty();
        NetworkSpec byInterface = CLOSED.withNat(NatMode.SINGLE).with(spec -> spec.privateCluster(true)
                .endpoints(Optional.of(List.of(EndpointSettings.of(EndpointService.parse("s3"))
                        .withType(Optional.of(EndpointType.INTERFACE))))));
        assertThat(warnings(SHOP.withNetwork(Optional.of(byInterface))
                        .withCluster(CLUSTER.withNodeEgress(List.of(inside)))))
                .isEmpty();
    }

    @Test
    void regionalNatGatewaysAreNotInEachPartition() {
        EnvironmentSpec gov = EnvironmentSpec.of("shop", "us-gov-west-1", AccountId.parse("111122223333"), CLUSTER)
                .withNetwork(Optional.of(NetworkSpec.of("10.20.0.0/16", "us-gov-west-1a", "us-gov-west-1b")
                        .withNat(NatMode.REGIONAL)))
                .withNodeGroups(Map.of("general", NodeGroupSpec.of("m7g.large")));
        assertThat(warnings(gov))
                .containsExactly(
                        "network.nat: regional NAT gateways may not be available in us-gov-west-1: AWS announced them without"
                                + " the regions of China and AWS GovCloud (US); fix: use per-zone, unless you know that they are");
    }
}

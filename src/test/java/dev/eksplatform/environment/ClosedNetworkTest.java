package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.addon.LoadBalancerControllerSpec;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EndpointSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.network.NatMode;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
                .map(EndpointService::name)
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
                        + "this region and name them in values of each add-on, or set nat: single");
    }

    @Test
    void endpointsThatAreGivenAreKept() {
        NetworkSpec given = CLOSED.withEndpoints(Optional.of(List.of(EndpointService.parse("s3"))));
        assertThat(ResolvedEnvironment.of(SHOP.withNetwork(Optional.of(given))).network(given))
                .isEqualTo(given);
        NetworkSpec open = CLOSED.withNat(NatMode.SINGLE);
        assertThat(ResolvedEnvironment.of(SHOP.withNetwork(Optional.of(open))).network(open))
                .isEqualTo(open);
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
                                + "in s3");
    }
}

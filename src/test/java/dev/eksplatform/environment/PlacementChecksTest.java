package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.network.ExistingNetworkSpec;
import dev.eksplatform.network.NetworkSource;
import dev.eksplatform.network.NetworkSpec;
import dev.eksplatform.network.Zone;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementChecksTest {

    private static final Zone C = Zone.parse("eu-central-1c");
    private static final ClusterSpec CLUSTER = ClusterSpec.of("shop", "1.36");
    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");
    private static final NetworkSpec MADE = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");
    private static final ExistingNetworkSpec EXISTING =
            ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), List.of("subnet-0000000a", "subnet-0000000b"));

    private static EnvironmentSpec environment(NetworkSource network, ClusterSpec cluster, NodeGroupSpec group) {
        return EnvironmentSpec.of("shop", "eu-central-1", AccountId.parse("111122223333"), cluster)
                .withNetwork(Optional.of(network))
                .withNodeGroups(Map.of("general", group));
    }

    private static List<String> problems(EnvironmentSpec spec) {
        return ProblemsOf.making(() -> ResolvedEnvironment.of(spec));
    }

    private static List<String> warnings(EnvironmentSpec spec) {
        return ResolvedEnvironment.of(spec).warnings().stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void zonesAreThoseOfTheNetwork() {
        EnvironmentSpec spec = environment(
                        MADE, CLUSTER.withZones(List.of(MADE.zones().get(0), C)), GENERAL.withZones(List.of(C)))
                .withFargate(Map.of(
                        "batch",
                        FargateProfileSpec.of(List.of(FargateProfileSpec.Selector.of("batch")))
                                .withZones(List.of(Zone.parse("us-east-1a")))));
        assertThat(problems(spec))
                .containsExactly(
                        "cluster.zones[1]: eu-central-1c is not in network.zones; allowed: [eu-central-1a,"
                                + " eu-central-1b]; fix: add it at the end of network.zones, or use one of those",
                        "nodeGroups.general.zones[0]: eu-central-1c is not in network.zones; allowed: [eu-central-1a,"
                                + " eu-central-1b]; fix: add it at the end of network.zones, or use one of those",
                        "fargate.batch.zones[0]: us-east-1a is not in network.zones; allowed: [eu-central-1a,"
                                + " eu-central-1b]; fix: use eu-central-1a");
    }

    @Test
    void aCreatedNetworkHasZonesAndAnExistingOneSubnetIds() {
        assertThat(problems(environment(MADE, CLUSTER, GENERAL.withSubnetIds(List.of("subnet-0000000a")))))
                .containsExactly(
                        "nodeGroups.general.subnetIds: subnets by id are only for an existing network; fix: use "
                                + "zones: [eu-central-1a, eu-central-1b]");
        assertThat(problems(environment(EXISTING, CLUSTER, GENERAL.withZones(List.of(C)))))
                .containsExactly(
                        "nodeGroups.general.zones: zones are only for a network that this file creates, or whose subnets"
                                + " are looked up; fix: use "
                                + "subnetIds: [subnet-0000000a, subnet-0000000b]");
    }

    @Test
    void subnetsOfNodesAreThoseOfTheNetworkWhileAControlPlaneMayHaveItsOwn() {
        assertThat(problems(environment(
                        EXISTING,
                        CLUSTER.withSubnetIds(List.of("subnet-00000011", "subnet-00000012")),
                        GENERAL.withSubnetIds(List.of("subnet-0000000a", "subnet-000000bb")))))
                .containsExactly("nodeGroups.general.subnetIds[1]: subnet-000000bb is not in"
                        + " network.existing.privateSubnetIds; allowed: [subnet-0000000a, subnet-0000000b]; fix: did you"
                        + " mean subnet-0000000b?");
    }

    @Test
    void aZoneInWhichNothingRunsIsAWarning() {
        NetworkSpec three = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b", "eu-central-1c");
        assertThat(warnings(environment(three, CLUSTER, GENERAL)))
                .containsExactly(
                        "network.zones[2]: no control plane, node group or Fargate profile is in eu-central-1c: "
                                + "they are in [eu-central-1a, eu-central-1b]; fix: name it in zones of a node group; "
                                + "before the cluster exists, or if its control plane is there already, in cluster.zones");
        assertThat(warnings(environment(three, CLUSTER.withZones(three.zones()), GENERAL)))
                .isEmpty();
        assertThat(warnings(environment(three, CLUSTER, GENERAL.withZones(List.of(C)))))
                .isEmpty();
        assertThat(warnings(environment(EXISTING, CLUSTER, GENERAL))).isEmpty();
    }
}

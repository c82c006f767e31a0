package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkSpecTest {

    private static List<Cidr> blocks(String... blocks) {
        return Stream.of(blocks).map(Cidr::parse).toList();
    }

    private static List<String> problems(String cidr, List<Cidr> publicSubnets, List<Cidr> privateSubnets) {
        return ProblemsOf.making(() -> NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b")
                .with(network -> network.cidr(Cidr.parse(cidr))
                        .publicSubnets(publicSubnets)
                        .privateSubnets(privateSubnets)));
    }

    @Test
    void defaults() {
        NetworkSpec spec = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");

        assertThat(spec.nat()).isEqualTo(NatMode.SINGLE);
        assertThat(spec.flowLogs()).isEqualTo(FlowLogs.of(true));
        assertThat(spec.subnets()).isEqualTo(SubnetPlan.of(Cidr.parse("10.20.0.0/16"), 2));
    }

    @Test
    void givenSubnetsAreTaken() {
        List<Cidr> publicSubnets = blocks("10.0.0.0/25", "10.0.0.128/25");
        List<Cidr> privateSubnets = blocks("10.0.1.0/25", "10.0.1.128/25");

        assertThat(problems("10.0.0.0/23", publicSubnets, privateSubnets)).isEmpty();
    }

    @Test
    void allMistakesOfTheShortFormAreReportedEachWithItsProperty() {
        assertThat(ProblemsOf.making(() -> NetworkSpec.of("10.20.0.0", "eu-central-1", "eu-central-1b")))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactly("cidr", "zones[0]");
    }

    @Test
    void oneZoneIsNotEnough() {
        assertThat(ProblemsOf.making(() -> NetworkSpec.of("10.20.0.0/16", "eu-central-1a")))
                .containsExactly("zones: 1 given; allowed: two to seven zones: EKS needs subnets in at least two; "
                        + "fix: add a zone of the same region");
    }

    @Test
    void eightZonesAreTooMany() {
        String[] zones = Stream.of("a", "b", "c", "d", "e", "f", "g", "h")
                .map(letter -> "eu-central-1" + letter)
                .toArray(String[]::new);

        assertThat(ProblemsOf.making(() -> NetworkSpec.of("10.20.0.0/16", zones)))
                .containsExactly("zones: 8 given; allowed: two to seven zones: EKS needs subnets in at least two; "
                        + "fix: remove zones");
    }

    @Test
    void aZoneTwiceAndAZoneOfAnotherRegionAreReportedTogether() {
        assertThat(ProblemsOf.making(
                        () -> NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1a", "us-east-1b")))
                .containsExactly(
                        "zones[1]: duplicate zone eu-central-1a; fix: remove one of them",
                        "zones[2]: us-east-1b is a zone of us-east-1; allowed: zones of one region, here eu-central-1; "
                                + "fix: use eu-central-1b");
    }

    @Test
    void theBlockIsOneThatAVpcMayHave() {
        assertThat(problems("10.0.0.0/8", List.of(), List.of()))
                .containsExactly(
                        "cidr: 10.0.0.0/8 is a /8; allowed: a VPC's block is a /16 to a /28; fix: use a /16 of "
                                + "it");
        assertThat(problems("10.0.0.0/29", List.of(), List.of()))
                .containsExactly("cidr: 10.0.0.0/29 is a /29; allowed: a VPC's block is a /16 to a /28; fix: use a "
                        + "larger block");
    }

    @Test
    void aBlockTooSmallForAPlanIsRefused() {
        assertThat(problems("10.0.0.0/24", List.of(), List.of()))
                .containsExactly("cidr: 10.0.0.0/24 is too small to be cut into subnets; allowed: /16 to /22 (the "
                        + "smallest subnet of AWS is a /28); fix: use a larger block, or give publicSubnets and "
                        + "privateSubnets yourself");
    }

    @Test
    void bothListsHaveABlockForEachZone() {
        assertThat(problems("10.0.0.0/16", blocks("10.0.0.0/24"), List.of()))
                .containsExactly(
                        "publicSubnets: 1 blocks for 2 zones; allowed: one block a zone in both lists, or neither list; "
                                + "fix: give 2 blocks",
                        "privateSubnets: 0 blocks for 2 zones; allowed: one block a zone in both lists, or neither "
                                + "list; fix: give 2 blocks");
    }

    @Test
    void subnetsLieWithinTheNetworkShareNothingAndAreLargeEnough() {
        assertThat(problems("10.0.0.0/16", blocks("10.1.0.0/24", "10.0.1.0/29"), blocks("10.0.2.0/23", "10.0.3.0/24")))
                .containsExactly(
                        "publicSubnets[0]: 10.1.0.0/24 lies outside the network; fix: use a part of 10.0.0.0/16",
                        "publicSubnets[1]: 10.0.1.0/29 is too small; allowed: a subnet is a /16 to a /28; fix: use a "
                                + "/28 or larger",
                        "privateSubnets[1]: 10.0.3.0/24 overlaps 10.0.2.0/23 of privateSubnets[0]"
                                + "; fix: move one of them, or leave both lists out to have the subnets planned");
    }

    @Test
    void endpointsAreWhatNodesCallWhereThereIsNoNatGateway() {
        NetworkSpec spec = NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b");
        assertThat(spec.endpointServices()).isEmpty();
        assertThat(spec.withNat(NatMode.NONE).endpointServices())
                .extracting(endpoint -> endpoint.service().name())
                .containsExactly("s3", "ecr.api", "ecr.dkr", "ec2", "sts", "eks");
        assertThat(spec.withNat(NatMode.NONE)
                        .withEndpoints(Optional.of(List.of()))
                        .endpointServices())
                .isEmpty();
    }

    @Test
    void eachEndpointOnce() {
        EndpointService s3 = EndpointService.parse("s3");
        assertThat(ProblemsOf.making(() -> NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b")
                        .withEndpoints(Optional.of(List.of(s3, s3)))))
                .containsExactly(
                        "endpoints[1]: duplicate service s3: the same as endpoints[0]; fix: remove one of them");
        EndpointService full = EndpointService.parse("com.amazonaws.eu-central-1.s3");
        assertThat(ProblemsOf.making(() -> NetworkSpec.of("10.20.0.0/16", "eu-central-1a", "eu-central-1b")
                        .withEndpoints(Optional.of(List.of(s3, full)))))
                .containsExactly("endpoints[1]: duplicate service com.amazonaws.eu-central-1.s3: the same as "
                        + "endpoints[0]; fix: remove one of them");
        assertThat(ProblemsOf.making(() -> EndpointService.parse("ECR")))
                .containsExactly(
                        "\"ECR\" is not the name of an endpoint service; allowed: lower case letters, digits, -"
                                + " and dots; fix: write it like s3 or ecr.api: the end of a name of `aws ec2"
                                + " describe-vpc-endpoint-services`");
    }
}

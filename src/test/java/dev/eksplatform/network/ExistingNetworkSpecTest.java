package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExistingNetworkSpecTest {

    @Test
    void defaults() {
        ExistingNetworkSpec spec =
                ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), List.of("subnet-0000000a", "subnet-0000000b"));

        assertThat(spec.tagSubnets()).isTrue();
    }

    @Test
    void everyWrongIdIsReported() {
        assertThat(ProblemsOf.making(() -> ExistingNetworkSpec.of(
                        "vpc-1", List.of("subnet-0000000a", "net-1"), List.of("subnet-0000000a"))))
                .containsExactly(
                        "vpcId: \"vpc-1\" is not a VPC id; allowed: vpc- and 8 to 17 hex digits; fix: copy it from `aws "
                                + "ec2 describe-vpcs`",
                        "publicSubnetIds[1]: \"net-1\" is not a subnet id; allowed: subnet- and 8 to 17 hex digits; "
                                + "fix: copy it from `aws ec2 describe-subnets`",
                        "privateSubnetIds[0]: duplicate subnet subnet-0000000a; fix: remove one of them",
                        "privateSubnetIds: 1 given; allowed: private subnets in at least two zones: EKS needs them for "
                                + "its control plane; fix: add a private subnet of another zone");
    }

    private static final ExistingNetworkSpec BY_ID =
            ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), List.of("subnet-0000000a", "subnet-0000000b"));

    @Test
    void vpcAndPrivateSubnetsAreNeeded() {
        assertThat(ProblemsOf.making(ExistingNetworkSpec.incomplete()::requireComplete))
                .containsExactly(
                        "vpcId: neither vpcId nor vpcTags; fix: add vpcId: vpc-0a1b2c3d4e5f60718, or vpcTags: {Name: shop}",
                        "privateSubnetIds: 0 given; allowed: private subnets in at least two zones: EKS needs them for its"
                                + " control plane; fix: add private subnets of two zones, or privateSubnetTags and zones");
    }

    @Test
    void eachIsGivenInOneWay() {
        assertThat(ProblemsOf.making(() -> BY_ID.with(spec -> spec.vpcTags(Map.of("Name", "shop"))
                        .publicSubnetIds(List.of("subnet-0000000c"))
                        .publicSubnetTags(Map.of("tier", "public"))
                        .privateSubnetTags(Map.of("tier", "private"))
                        .privateRouteTableIds(List.of("rtb-1")))))
                .containsExactly(
                        "vpcTags: vpcId and vpcTags; fix: remove one of them",
                        "privateSubnetTags: privateSubnetIds and privateSubnetTags; fix: remove one of them",
                        "publicSubnetTags: publicSubnetIds and publicSubnetTags; fix: remove one of them",
                        "zones: 0 given; allowed: two or more zones: one subnet is looked up in each; fix: add zones of the"
                                + " region",
                        "privateRouteTableIds[0]: \"rtb-1\" is not a route table id; allowed: rtb- and 8 to 17 hex digits;"
                                + " fix: copy it from `aws ec2 describe-route-tables`");
        assertThat(ProblemsOf.making(() ->
                        BY_ID.with(spec -> spec.zones(List.of(Zone.parse("eu-central-1a"), Zone.parse("eu-west-1b")))
                                .endpoints(Optional.of(List.of(EndpointSettings.of(EndpointService.parse("sts"))
                                        .withZones(List.of(Zone.parse("eu-central-1a")))))))))
                .containsExactly(
                        "zones: zones of subnets that are given by id; fix: remove zones, or use privateSubnetTags instead of"
                                + " privateSubnetIds",
                        "zones[1]: eu-west-1b is a zone of eu-west-1; allowed: zones of one region, here eu-central-1; fix:"
                                + " use eu-central-1b",
                        "endpoints[0].zones: zones of subnets that are given by id; fix: use subnetIds");
    }

    @Test
    void whatOnlyTheOwnerOfASharedNetworkCanDoIsRefused() {
        assertThat(BY_ID.withShared(true).tagSubnets()).isFalse();
        assertThat(ProblemsOf.making(() -> BY_ID.with(spec -> spec.shared(true)
                        .privateCluster(true)
                        .publicSubnetTags(Map.of("tier", "public"))
                        .zones(List.of(Zone.parse("eu-central-1a"), Zone.parse("eu-central-1b")))
                        .flowLogs(FlowLogs.of(true)))))
                .containsExactly(
                        "shared: tags of a shared network, which its owner does not share; fix: use vpcId, publicSubnetIds and"
                                + " privateSubnetIds",
                        "endpoints: only the owner of a shared network creates VPC endpoints; fix: ask the owner for them, and"
                                + " remove endpoints and privateCluster here",
                        "flowLogs: only the owner of a shared network logs its traffic; fix: ask the owner for it, and remove"
                                + " flowLogs here");
    }
}

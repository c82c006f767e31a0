package dev.eksplatform.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
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
}

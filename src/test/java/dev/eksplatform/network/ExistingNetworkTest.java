package dev.eksplatform.network;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExistingNetworkTest {

    private static final List<String> PRIVATE = List.of("subnet-0000000b", "subnet-0000000c");

    @Test
    void minimal() {
        TerraformStack stack = TestStack.make();
        new ExistingNetwork(stack, "network", ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of(), PRIVATE));

        TestStack.checkGolden("existing-network-minimal", stack);
    }

    @Test
    void full() {
        TerraformStack stack = TestStack.make();
        ExistingNetwork network = new ExistingNetwork(
                stack, "network", ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of("subnet-0000000a"), PRIVATE));

        TestStack.checkGolden("existing-network-full", stack);
        assertThat(network.vpcId()).isEqualTo("vpc-0a1b2c3d");
        assertThat(network.publicSubnetIds()).containsExactly("subnet-0000000a");
        assertThat(network.privateSubnetIds()).isEqualTo(PRIVATE);
    }

    @Test
    void tagsNothingWhenTagsAreOff() {
        TerraformStack stack = TestStack.make();
        new ExistingNetwork(
                stack,
                "network",
                ExistingNetworkSpec.of("vpc-0a1b2c3d", List.of("subnet-0000000a"), PRIVATE)
                        .withTagSubnets(false));

        assertThat(stack).hasNoResource("aws_ec2_tag");
    }
}

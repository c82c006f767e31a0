package dev.eksplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.environment.Environment;
import dev.eksplatform.stack.Synthesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network without NAT gateways, with Windows and GPU nodes in a zone of their own: made, not changed again, taken away. */
@RequiresPrograms({"terraform", "python3", "node"})
class ClosedNetworkDeploymentIT {

    private static final String REGION = "eu-central-1";
    private static final String ENVIRONMENT = """
            environment: closed
            region: eu-central-1
            account: "111122223333"
            network:
              cidr: 10.20.0.0/16
              zones: [eu-central-1a, eu-central-1b, eu-central-1c]
              nat: none
            cluster:
              version: "1.36"
              zones: [eu-central-1b, eu-central-1a]
              nodeEgress: [{cidr: 0.0.0.0/0, port: 443}]
            nodeGroups:
              general: {instanceTypes: [m7g.large], autoscaled: true}
              gpu: {instanceTypes: [g5.xlarge], zones: [eu-central-1c]}
              windows:
                instanceTypes: [m7i.large]
                image: windows-2022
                taints: [{key: os, value: windows, effect: no-schedule}]
            identity: pod-identity
            identities:
              default/orders: {policies: [AmazonS3ReadOnlyAccess]}
            """;

    @Test
    void isMadeNotChangedAgainAndTakenAway(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("closed.yaml"), ENVIRONMENT);
        Synthesis.write(List.of(Environment.read(file)), folder.resolve("out"));
        try (Moto aws = Moto.start("111122223333")) {
            SortedSet<String> before = aws.inventory(REGION);
            TerraformRunner terraform = TerraformRunner.of(
                    "closed-network", folder.resolve("out/stacks/closed-infrastructure/cdk.tf.json"), aws);
            terraform.init();
            terraform.validate();
            terraform.apply();
            assertThat(terraform.state())
                    .filteredOn(address -> address.startsWith("aws_vpc_endpoint."))
                    .hasSize(8);
            assertThat(terraform.planDetailed()).as("the plan after the apply").isEmpty();
            terraform.destroy();
            assertThat(aws.inventory(REGION)).as("left behind").isEqualTo(before);
        }
    }
}

package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesizedStackTest {

    @TempDir
    private Path folder;

    private static final String STACK = """
            {"//": {"metadata": {"stackName": "shop-infrastructure", "version": "0.21.0"}},
             "data": {"aws_caller_identity": {"me": {"//": {"metadata": {"path": "shop-infrastructure/me"}}}}},
             "resource": {
               "aws_vpc": {"network_vpc": {
                 "//": {"metadata": {"path": "shop-infrastructure/network/vpc", "uniqueId": "network_vpc"}},
                 "cidr_block": "10.0.0.0/16", "tags": {"Name": "$${literal}"}}},
               "aws_eks_cluster": {"cluster": {
                 "//": {"metadata": {"path": "shop-infrastructure/cluster/cluster"}},
                 "name": "shop", "role_arn": "${aws_iam_role.cluster.arn}",
                 "vpc_config": {"endpoint_public_access": false, "subnet_ids": ["${aws_subnet.a.id}", "subnet-1"]}}}},
             "terraform": {"required_providers": {"aws": {"source": "aws", "version": "5.100.0"}}}}
            """;

    private static SynthesizedStack parse(String json) {
        return PlanFiles.synthesized("folder", json);
    }

    @Test
    void knowsItsResourcesAndTheirConstructs() {
        SynthesizedStack stack = parse(STACK);
        assertThat(stack.name()).isEqualTo("shop-infrastructure");
        assertThat(stack.providerVersions()).containsExactly(Map.entry("aws", "5.100.0"));
        assertThat(stack.resources())
                .extracting(
                        Resource::address, resource -> resource.constructPath().orElseThrow())
                .containsExactly(
                        tuple("aws_vpc.network_vpc", "shop-infrastructure/network/vpc"),
                        tuple("aws_eks_cluster.cluster", "shop-infrastructure/cluster/cluster"),
                        tuple("data.aws_caller_identity.me", "shop-infrastructure/me"));
        assertThat(stack.resources()).noneMatch(resource -> resource.values().has("//"));
    }

    @Test
    void knowsTheVersionsOfTheLockFileBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("cdk.tf.json"), STACK);
        assertThat(SynthesizedStack.read(file).lockedVersions()).isEmpty();

        Files.writeString(folder.resolve(".terraform.lock.hcl"), """
                # This file is maintained automatically by "terraform init".
                provider "registry.terraform.io/hashicorp/aws" {
                  version     = "6.25.0"
                  constraints = ">= 5.100.0, < 7.0.0"
                  hashes = [
                    "h1:AAAA=",
                  ]
                }

                provider "registry.terraform.io/hashicorp/helm" {
                  version = "3.1.1"
                }
                """);
        assertThat(SynthesizedStack.read(file).lockedVersions())
                .containsOnly(Map.entry("aws", "6.25.0"), Map.entry("helm", "3.1.1"));
    }

    @Test
    void refusesOtherJson() {
        assertThatThrownBy(() -> parse("{\"a\": 1}"))
                .hasMessage("cdk.tf.json: JSON without terraform, resource and data"
                        + "; fix: name cdktf.out/stacks/<stack>/cdk.tf.json");
        assertThatThrownBy(() -> parse("{\"a\": S3cr3t}"))
                .hasMessage(
                        "cdk.tf.json:1:7: not JSON, or cut off; allowed: a cdk.tf.json that CDKTF synthesized; fix: write"
                                + " the file again; the text is not quoted here, it may be secret");
    }
}

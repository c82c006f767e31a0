package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SynthesizedStackTest {

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
        assertThat(stack.resource("aws_vpc.network_vpc").orElseThrow().values().has("//"))
                .isFalse();
    }

    @Test
    void anExpressionIsUnknown() {
        Resource cluster = parse(STACK).resource("aws_eks_cluster.cluster").orElseThrow();
        ValueMarks network = cluster.unknown().at("vpc_config");
        assertThat(cluster.unknown().at("name").any()).isFalse();
        assertThat(cluster.unknown().at("role_arn").whole()).isTrue();
        assertThat(network.at("endpoint_public_access").any()).isFalse();
        assertThat(network.at("subnet_ids").at("0").whole()).isTrue();
        assertThat(network.at("subnet_ids").at("1").any()).isFalse();
    }

    @Test
    void anEscapedExpressionIsText() {
        Resource vpc = parse(STACK).resource("aws_vpc.network_vpc").orElseThrow();
        assertThat(vpc.unknown().any()).isFalse();
    }

    @Test
    void refusesOtherJson() {
        assertThatThrownBy(() -> parse("{\"a\": 1}"))
                .hasMessage("cdk.tf.json: JSON without terraform, resource and data; allowed: a cdk.tf.json that CDKTF"
                        + " synthesized; fix: name cdktf.out/stacks/<stack>/cdk.tf.json");
        assertThatThrownBy(() -> parse("{\"a\": S3cr3t}"))
                .hasMessage(
                        "cdk.tf.json:1:7: not JSON, or cut off; allowed: a cdk.tf.json that CDKTF synthesized; fix: write"
                                + " the file again; the text is not quoted here, it may be secret");
    }
}

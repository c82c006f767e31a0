package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.hashicorp.cdktf.App;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.provider.AwsProvider;
import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import com.hashicorp.cdktf.providers.aws.vpc.VpcConfig;
import dev.eksplatform.testing.StackAssertions;
import dev.eksplatform.testing.TestJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnresolvedTokensTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"${TfToken[TOKEN.12]}\"",
                "\"a-${TFTOKEN[TOKEN.12]}-b\"",
                "\"#{TfToken[TOKEN.12]}\"",
                "{\"&{TfToken[TOKEN.12]}\": \"x\"}",
                "\"TfToken[TOK\"",
                "[-8.113092112004494e+298]",
                "\"port -8.113092112004494e+298\"",
                "\"port -8.113092112004494E298\"",
                "-1.8889465931478583e+289",
                "-2147483648"
            })
    void aTokenIsFoundInAnyForm(String value) throws JsonProcessingException {
        assertThat(in("aws_vpc", value))
                .singleElement()
                .asString()
                .startsWith("aws_vpc.a (construct shop/vpc), attribute x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"nginx@sha256:8f335768880da6baf72b70c701002b45f4932acae8d574dedfddaf967fe298ac\"",
                "\"vpc-0e298456789abcdef\"",
                "\"E298\"",
                "-2147483648",
                "{\"value\": -2147483648, \"e298\": [\"-2147483648\"]}",
                "\"$${${\\\"TfToken[\\\"}TOKEN.12]}\"",
                "\"main-82${\\\"e\\\"}297a\"",
                "8.2e298",
                "1.5"
            })
    void ordinaryContentIsNoToken(String value) throws JsonProcessingException {
        assertThat(in("kubernetes_manifest", value)).isEmpty();
    }

    @Test
    void theErrorNamesAttributeAndConstruct() {
        App app = StackAssertions.app();
        TerraformStack stack = new TerraformStack(app, "shop");
        new AwsProvider(stack, "aws");
        Vpc vpc = new Vpc(
                stack, "vpc", VpcConfig.builder().cidrBlock("10.0.0.0/16").build());
        new Vpc(
                stack,
                "other",
                VpcConfig.builder()
                        .cidrBlock("10.1.0.0/16")
                        .tags(Map.of("Peer", vpc.getId().toUpperCase(Locale.ROOT)))
                        .build());

        assertThatThrownBy(() -> Synthesis.write(app))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the configuration of shop holds unresolved tokens of CDKTF")
                .hasMessageContaining("aws_vpc.other (construct shop/other), attribute tags.Peer: \"${TFTOKEN[");
    }

    private static List<String> in(String type, String value) throws JsonProcessingException {
        return UnresolvedTokens.in(TestJson.parse("""
                        {"resource": {"%s": {"a": {"//": {"metadata": {"path": "shop/vpc"}}, "x": %s}}}}
                        """.formatted(type, value)));
    }
}

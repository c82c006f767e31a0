package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.runtime.CelUnknownSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shape in which rules see the statements of a policy. */
class IamStatementsTest {

    @Test
    void aStatementHasAllElementsAsLists() throws Exception {
        assertThat(statements("""
                        {"Statement": {"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["a", "b"],
                         "Principal": {"AWS": ["111122223333", "*"], "Service": "eks.amazonaws.com"},
                         "Condition": {"ForAllValues:StringLikeIfExists": {"oidc.example/id/A:sub": "x"},
                                       "Bool": {"aws:SecureTransport": true}}}}"""))
                .hasToString("[{\"effect\":\"Allow\",\"actions\":[\"s3:GetObject\"],\"notActions\":[],"
                        + "\"resources\":[\"a\",\"b\"],\"notResources\":[],"
                        + "\"principals\":[{\"type\":\"AWS\",\"value\":\"111122223333\"},{\"type\":\"AWS\",\"value\":\"*\"},"
                        + "{\"type\":\"Service\",\"value\":\"eks.amazonaws.com\"}],\"notPrincipals\":[],"
                        + "\"conditions\":[{\"operator\":\"ForAllValues:StringLikeIfExists\",\"set\":\"ForAllValues\","
                        + "\"test\":\"StringLike\",\"ifExists\":true,\"key\":\"oidc.example/id/A:sub\","
                        + "\"issuer\":\"oidc.example/id/A\",\"claim\":\"sub\",\"values\":[\"x\"]},"
                        + "{\"operator\":\"Bool\",\"set\":\"\",\"test\":\"Bool\",\"ifExists\":false,"
                        + "\"key\":\"aws:SecureTransport\",\"issuer\":\"aws\",\"claim\":\"SecureTransport\","
                        + "\"values\":[\"true\"]}]}]");
    }

    @Test
    void negatedElementsHaveNamesOfTheirOwn() throws Exception {
        assertThat(statements("""
                        {"Statement": [{"Effect": "Deny", "NotAction": ["a:b"], "NotResource": "*", "NotPrincipal": "*"}]}"""))
                .hasToString("[{\"effect\":\"Deny\",\"actions\":[],\"notActions\":[\"a:b\"],\"resources\":[],"
                        + "\"notResources\":[\"*\"],\"principals\":[],"
                        + "\"notPrincipals\":[{\"type\":\"AWS\",\"value\":\"*\"}],\"conditions\":[]}]");
    }

    @Test
    void whatTerraformFillsInIsUnknown() throws Exception {
        List<?> statements = statements("""
                {"Statement": [
                  {"Effect": "Allow", "Action": ["s3:*", "${var.action}"], "Resource": "${aws_s3_bucket.b.arn}/*"},
                  {"Effect": "${var.effect}", "Action": "s3:*", "Resource": "*"},
                  {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "${var.principal}"},
                  "${jsonencode(local.statement)}"]}""");

        ConfigValue first = (ConfigValue) statements.get(0);
        assertThat(first.at("actions.0").isUnknown()).isFalse();
        assertThat(first.at("actions.1").isUnknown()).isTrue();
        assertThat(first.at("resources.0").isUnknown()).isTrue();
        assertThat(statements.subList(1, 4)).allMatch(CelUnknownSet.class::isInstance);
        assertThat(statements("{\"Statement\": \"${local.statements}\"}")).allMatch(CelUnknownSet.class::isInstance);
        assertThat(statements("{}")).singleElement().isInstanceOf(CelUnknownSet.class);
    }

    private static List<Object> statements(String policy) throws Exception {
        return IamStatements.of(ConfigValue.written(new ObjectMapper().readTree(policy)));
    }
}

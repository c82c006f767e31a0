package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.yaml.PlainTree;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor says of the policy of an identity. */
class PolicySchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(ProgramFile.read(EnvironmentSpec.class, "environment.schema.json"), InputFormat.JSON);

    private static boolean takes(String policy) throws IOException {
        Object environment = PlainTree.of(YamlDocument.parse(
                        "shop.yaml",
                        "{environment: shop, region: eu-central-1, account: '111122223333', cluster: {existing: {name: shop}},"
                                + " identities: {shop/orders: {policy: " + policy + "}}}")
                .root());
        return SCHEMA.validate(TestJson.tree(environment).toString(), InputFormat.JSON)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policies/orders.json",
                "../orders.yml",
                "{Statement: {Effect: Allow, Action: '*', Resource: '*'}}",
                "{Version: 2012-10-17, Statement: [{Effect: Deny, NotAction: ['s3:*'], NotResource: ['arn:aws:s3:::b']}]}",
                "{Statement: [{Sid: One, Effect: Allow, Action: 's3:Get*', Resource: '*', Condition: {Bool:"
                        + " {aws:SecureTransport: true}, ForAnyValue:StringLikeIfExists: {aws:TagKeys: [a, 1]}}}]}"
            })
    void policiesPass(String policy) throws IOException {
        assertThat(takes(policy)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders.txt",
                "/etc/orders.json",
                "7",
                "{}",
                "{Statement: []}",
                "{Statements: [{Effect: Allow, Action: '*', Resource: '*'}]}",
                "{Version: 2012-10-18, Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}",
                "{Statement: [{Effect: allow, Action: '*', Resource: '*'}]}",
                "{Statement: [{Effect: Allow, Action: GetObject, Resource: '*'}]}",
                "{Statement: [{Effect: Allow, Action: '*:GetObject', Resource: '*'}]}",
                "{Statement: [{Effect: Allow, Action: [], Resource: '*'}]}",
                "{Statement: [{Effect: Allow, Action: '*', Resource: b}]}",
                "{Statement: [{Effect: Allow, Action: '*'}]}",
                "{Statement: [{Effect: Allow, Action: '*', NotAction: '*', Resource: '*'}]}",
                "{Statement: [{Effect: Allow, Action: '*', Resource: '*', Principal: '*'}]}",
                "{Statement: [{Sid: a b, Effect: Allow, Action: '*', Resource: '*'}]}",
                "{Statement: [{Effect: Allow, Action: '*', Resource: '*', Condition: {Equals: {aws:userid: x}}}]}",
                "{Statement: [{Effect: Allow, Action: '*', Resource: '*', Condition: {StringEquals: {userid: x}}}]}",
                "{Statement: [{Effect: Allow, Action: '*', Resource: '*', Condition: {StringEquals: {aws:userid: []}}}]}"
            })
    void mistakesDoNot(String policy) throws IOException {
        assertThat(takes(policy)).isFalse();
    }
}

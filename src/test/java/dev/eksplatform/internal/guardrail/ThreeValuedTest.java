package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.eksplatform.internal.plan.ValueMarks;
import dev.eksplatform.testing.TestJson;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An expression over values that are not all known: what it says must hold whatever they will be. */
class ThreeValuedTest {

    private static final RuleLanguage LANGUAGE = new RuleLanguage();

    private static final String VALUES = """
            {"on": true, "off": false, "open": "${aws_vpc.v.id}", "n": 30, "ports": ["a", "${x.y}"], "known": ["a", "b"],
             "vpc_config": {"endpoint_public_access": "${var.public}", "private": true},
             "rules": [{"cidr": "${var.cidr}"}, {"cidr": "0.0.0.0/0"}],
             "escaped": "$${HOME}", "labels": {"a.b/c": "x"},
             "policy": "{\\"Statement\\": {\\"Effect\\": \\"Allow\\", \\"Action\\": \\"s3:*\\", \\"Resource\\": \\"${aws_s3_bucket.b.arn}\\"}}"}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '"',
            value = {
                "resource.get('on') => PASS",
                "resource.get('off') => FAIL",
                "resource.get('open') == 'vpc-1' => UNKNOWN",
                "resource.get('open') == 'vpc-1' || true => PASS",
                "true || resource.get('open') == 'vpc-1' => PASS",
                "resource.get('open') == 'vpc-1' || false => UNKNOWN",
                "resource.get('open') == 'vpc-1' && false => FAIL",
                "false && resource.get('open') == 'vpc-1' => FAIL",
                "resource.get('open') == 'vpc-1' && true => UNKNOWN",
                "resource.get('open') == 'x' ? true : true => UNKNOWN",
                "!resource.get('vpc_config.endpoint_public_access') => UNKNOWN",
                "resource.get('vpc_config').get('endpoint_public_access') == true => UNKNOWN",
                "resource.get('vpc_config.0.private') => PASS",
                "resource.get('vpc_config.endpoint_public_access.deeper') == 1 => FAIL",
                "resource.get('missing', 7) == 7 => PASS",
                "resource.get('missing') == null => PASS",
                "resource.get('n') >= 30 && resource.get('n') < 30.5 => PASS",
                "'a' in resource.get('ports') => PASS",
                "'c' in resource.get('ports') => UNKNOWN",
                "'c' in resource.get('known') => FAIL",
                "resource.get('open') in ['x'] => UNKNOWN",
                "resource.get('ports') == ['a', 'b'] => UNKNOWN",
                "resource.get('ports') == ['b', 'b'] => FAIL",
                "resource.get('ports') == ['a'] => FAIL",
                "resource.get('ports') != ['a'] => PASS",
                "resource.get('known') == ['a', 'b'] => PASS",
                "size(resource.get('ports')) == 2 => PASS",
                "resource.get('ports')[1] == 'b' => UNKNOWN",
                "resource.get('ports')[0] == 'a' => PASS",
                "resource.get('ports').all(p, p.startsWith('a')) => UNKNOWN",
                "resource.get('ports').all(p, p.startsWith('b')) => FAIL",
                "resource.get('ports').exists(p, p == 'a') => PASS",
                "resource.blocks('rules').exists(r, openCidr(r.get('cidr'))) => PASS",
                "resource.blocks('rules').all(r, openCidr(r.get('cidr'))) => UNKNOWN",
                "resource.blocks('rules').all(r, !openCidr(r.get('cidr'))) => FAIL",
                "size(resource.blocks('rules').filter(r, openCidr(r.get('cidr')))) > 0 => UNKNOWN",
                "size(resource.blocks('missing')) == 0 => PASS",
                "size(resource.blocks('vpc_config')) == 1 => PASS",
                "resource.sets('open') && !resource.sets('missing') => PASS",
                "resource.get('escaped').contains('HOME') => PASS",
                "resource.get(\"labels.'a.b/c'\") == 'x' => PASS",
                "resource.document('policy').get('Statement.Action') == 's3:*' => PASS",
                "resource.document('policy').get('Statement.Resource') == '*' => UNKNOWN",
                "resource.statements('policy').exists(s, s.allows('s3:GetObject')) => PASS",
                "resource.statements('policy').exists(s, s.allows('ec2:RunInstances')) => FAIL",
                "resource.statements('policy').all(s, '*' in s.get('resources')) => UNKNOWN",
                "json('{\"a\": [1, 2]}').get('a') == [1, 2] => PASS",
                "yaml('a: {b: c}').get('a.b') == 'c' => PASS",
                "json(resource.get('open')).get('a') == 1 => UNKNOWN",
                "'v1.15.3'.major() == 1 && 'v1.15.3'.minor() == 15 => PASS",
                "resource.get('n') => UNKNOWN",
                "resource.get('n') == 30 || resource.get('n').startsWith('x') => PASS",
                "resource.get('n').startsWith('x') => UNKNOWN",
            })
    void saysWhatHoldsWhateverTheUnknownWillBe(String expression, Verdict expected) throws Exception {
        GuardedResource subject = subject(ConfigValue.written(TestJson.parse(VALUES)));

        assertThat(evaluate(expression, subject)).isEqualTo(expected);
    }

    @Test
    void readsThePlansMarksAtAnyDepth() throws Exception {
        JsonNode after = TestJson.parse("{\"vpc_config\": [{\"private\": true}], \"tags\": {\"a\": \"b\"}}");
        JsonNode shadow = TestJson.parse("{\"id\": true, \"vpc_config\": [{\"public\": true, \"cidrs\": [true]}]}");
        GuardedResource subject = subject(ConfigValue.planned(after, ValueMarks.of(shadow), MissingNode.getInstance()));

        assertThat(evaluate("resource.get('vpc_config.public') == true", subject))
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluate("resource.get('vpc_config.0.public') == true", subject))
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluate("size(resource.get('vpc_config.cidrs')) == 0", subject))
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluate("resource.get('vpc_config.private')", subject)).isEqualTo(Verdict.PASS);
        assertThat(evaluate("resource.get('id') == 'x'", subject)).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluate("resource.sets('id')", subject)).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluate("resource.sets('tags') && !resource.sets('name')", subject))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void looksBehindAnUnknownPlanValueAtWhatIsWritten() throws Exception {
        JsonNode written = TestJson.parse("""
                {"assume_role_policy": "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"sts:AssumeRole\\", \\"Principal\\": {\\"AWS\\": \\"${aws_iam_role.a.arn}\\"}}]}",
                 "kms_key_id": "${aws_kms_key.k.arn}"}
                """);
        ValueMarks unknown =
                ValueMarks.of(TestJson.parse("{\"assume_role_policy\": true, \"kms_key_id\": true, \"id\": true}"));
        GuardedResource subject = subject(ConfigValue.planned(TestJson.parse("{}"), unknown, written));

        assertThat(evaluate(
                        "resource.statements('assume_role_policy').all(s, 'sts:AssumeRole' in s.get('actions'))",
                        subject))
                .isEqualTo(Verdict.PASS);
        assertThat(evaluate(
                        "resource.statements('assume_role_policy').exists(s, s.get('principals').exists(p, p.get('value') == '*'))",
                        subject))
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluate("resource.sets('kms_key_id')", subject)).isEqualTo(Verdict.PASS);
        assertThat(evaluate("resource.sets('id')", subject)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void takesTheDefaultForWhatTheConfigurationLeavesToTheProvider() throws Exception {
        ValueMarks unknown = ValueMarks.of(TestJson.parse("{\"cidrs\": true, \"arn\": true}"));
        GuardedResource left =
                subject(ConfigValue.planned(TestJson.parse("{}"), unknown, TestJson.parse("{\"name\": \"a\"}")));
        GuardedResource generated = subject(
                ConfigValue.planned(TestJson.parse("{}"), unknown, TestJson.parse("{\"dynamic\": {\"cidrs\": {}}}")));

        assertThat(evaluate("resource.get('cidrs', ['x']) == ['x']", left)).isEqualTo(Verdict.PASS);
        assertThat(evaluate("size(resource.blocks('cidrs')) == 0", left)).isEqualTo(Verdict.PASS);
        assertThat(evaluate("resource.document('cidrs') == null", left)).isEqualTo(Verdict.PASS);
        assertThat(evaluate("resource.get('arn') == null", left)).isEqualTo(Verdict.UNKNOWN);
        assertThat(evaluate("size(resource.blocks('cidrs')) == 0", generated)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void findsReferencesByTextAndByIdentity() throws Exception {
        GuardedResource vpc = new GuardedResource(
                "s",
                "aws_vpc",
                "aws_vpc.main",
                ConfigValue.written(TestJson.parse("{\"id\": \"vpc-1\"}")),
                ConfigValue.nothing(),
                List.of());
        ResourceIndex scope = new ResourceIndex(List.of(vpc));

        assertThat(refers("{\"vpc_id\": \"${aws_vpc.main.id}\"}", scope)).isEqualTo(Verdict.PASS);
        assertThat(refers("{\"vpc_id\": \"vpc-1\"}", scope)).isEqualTo(Verdict.PASS);
        assertThat(refers("{\"vpc_id\": \"vpc-2\"}", scope)).isEqualTo(Verdict.FAIL);
        assertThat(refers("{\"vpc_id\": \"${aws_vpc.main2.id}\"}", scope)).isEqualTo(Verdict.FAIL);
        assertThat(refers("{\"vpc_id\": \"${local.vpc}\"}", scope)).isEqualTo(Verdict.UNKNOWN);
    }

    private static Verdict refers(String values, ResourceIndex scope) throws Exception {
        GuardedResource subject = subject(ConfigValue.written(TestJson.parse(values)));
        return LANGUAGE.compile("stack.resources('aws_vpc').exists(v, resource.refersTo('vpc_id', v))")
                .evaluate(RuleExpression.variables(subject, scope, scope, LocalDate.EPOCH))
                .verdict();
    }

    private static GuardedResource subject(ConfigValue values) {
        return new GuardedResource("s", "aws_x", "aws_x.y", values, ConfigValue.nothing(), List.of());
    }

    private static Verdict evaluate(String expression, GuardedResource subject) throws Exception {
        ResourceIndex scope = new ResourceIndex(List.of(subject));
        return LANGUAGE.compile(expression)
                .evaluate(RuleExpression.variables(subject, scope, scope, LocalDate.EPOCH))
                .verdict();
    }
}

package dev.eksplatform.internal.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules judge stacks: synthesized alone, or with their plan; waivers accept what is known. */
class GuardrailsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private static final Guardrails RULES =
            Guardrails.of(Map.of("a/logs-kept.yaml", """
                    id: logs-kept
                    title: Logs are kept
                    why: They are needed later.
                    severity: high
                    aliases: [CKV_AWS_338]
                    applies: {types: [aws_cloudwatch_log_group], when: configuration}
                    expression: resource.get('retention_in_days', 0) >= 365
                    fix: Set retention_in_days.
                    """, "a/logs-not-deleted.yaml", """
                    id: logs-not-deleted
                    title: Log groups stay
                    why: Logs go with them.
                    severity: critical
                    applies: {types: [aws_cloudwatch_log_group], when: change}
                    expression: "!(change.get('delete') || change.get('replace'))"
                    fix: Keep it.
                    """), new Problems());

    private static final String SYNTHESIZED = """
            {"resource": {"aws_cloudwatch_log_group": {
              "a": {"name": "a", "retention_in_days": 30},
              "b": {"name": "b", "retention_in_days": "${var.days}"},
              "c": {"name": "c", "retention_in_days": 400}}}}
            """;

    private static final String PLAN = """
            {"format_version": "1.2", "resource_changes": [
              {"address": "aws_cloudwatch_log_group.a", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "a",
               "change": {"actions": ["no-op"], "before": {"retention_in_days": 30}, "after": {"retention_in_days": 30}, "after_unknown": {}}},
              {"address": "aws_cloudwatch_log_group.b", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "b",
               "change": {"actions": ["delete", "create"], "before": {"retention_in_days": 400}, "after": {}, "after_unknown": {"retention_in_days": true}}},
              {"address": "aws_cloudwatch_log_group.d", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "d",
               "change": {"actions": ["delete"], "before": {"retention_in_days": 1}, "after": null, "after_unknown": {}}}]}
            """;

    @Test
    void judgesSynthesizedConfigurationWithoutAPlan() {
        assertThat(summary(evaluate(unplanned(synthesized()), Waivers.none())))
                .containsExactly(
                        "fail high logs-kept shop/aws_cloudwatch_log_group.a",
                        "unknown high logs-kept shop/aws_cloudwatch_log_group.b");
    }

    @Test
    void judgesWhatAPlanChanges() {
        assertThat(summary(evaluate(StackEvidence.planned("shop", plan()).withHead(synthesized()), Waivers.none())))
                .containsExactly(
                        "fail critical logs-not-deleted shop/aws_cloudwatch_log_group.b",
                        "fail critical logs-not-deleted shop/aws_cloudwatch_log_group.d",
                        "fail high logs-kept shop/aws_cloudwatch_log_group.a",
                        "unknown high logs-kept shop/aws_cloudwatch_log_group.b");
    }

    @Test
    void aFindingIsUnchangedWhenTheRuleWasViolatedBefore() {
        String plan = """
                {"format_version": "1.2", "resource_changes": [
                  {"address": "aws_cloudwatch_log_group.same", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "same",
                   "change": {"actions": ["no-op"], "before": {"retention_in_days": 30}, "after": {"retention_in_days": 30}, "after_unknown": {}}},
                  {"address": "aws_cloudwatch_log_group.less", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "less",
                   "change": {"actions": ["update"], "before": {"retention_in_days": 30}, "after": {"retention_in_days": 7}, "after_unknown": {}}},
                  {"address": "aws_cloudwatch_log_group.broken", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "broken",
                   "change": {"actions": ["update"], "before": {"retention_in_days": 400}, "after": {"retention_in_days": 7}, "after_unknown": {}}},
                  {"address": "aws_cloudwatch_log_group.new", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "new",
                   "change": {"actions": ["create"], "before": null, "after": {"retention_in_days": 7}, "after_unknown": {}}},
                  {"address": "aws_cloudwatch_log_group.gone", "mode": "managed", "type": "aws_cloudwatch_log_group", "name": "gone",
                   "change": {"actions": ["delete"], "before": {"retention_in_days": 7}, "after": null, "after_unknown": {}}}]}
                """;

        assertThat(unchanged(RULES, planned(plan)))
                .containsExactly(
                        "logs-not-deleted aws_cloudwatch_log_group.gone changed",
                        "logs-kept aws_cloudwatch_log_group.broken changed",
                        "logs-kept aws_cloudwatch_log_group.less unchanged",
                        "logs-kept aws_cloudwatch_log_group.new changed",
                        "logs-kept aws_cloudwatch_log_group.same unchanged");
    }

    @Test
    void aFindingIsNotUnchangedWhenAnotherResourceCausesIt() {
        String group = """
                {"address": "aws_security_group.g", "mode": "managed", "type": "aws_security_group", "name": "g",
                 "change": {"actions": ["no-op"], "before": {"id": "sg-1"}, "after": {"id": "sg-1"}, "after_unknown": {}}}""";
        String instance = """
                {"address": "aws_instance.i", "mode": "managed", "type": "aws_instance", "name": "i",
                 "change": {"actions": ["delete"], "before": {"vpc_security_group_ids": ["sg-1"]}, "after": null, "after_unknown": {}}}""";
        Guardrails rules = Guardrails.of(Map.of("a/groups-used.yaml", """
                        id: groups-used
                        title: Groups are used
                        why: Nobody needs the others.
                        severity: low
                        applies: {types: [aws_security_group], when: configuration}
                        expression: stack.resources('aws_instance').exists(i, i.refersTo('vpc_security_group_ids', resource))
                        fix: Delete it.
                        """), new Problems());
        String plan = "{\"format_version\": \"1.2\", \"resource_changes\": [%s]}";

        assertThat(unchanged(rules, planned(plan.formatted(group))))
                .containsExactly("groups-used aws_security_group.g unchanged");
        assertThat(unchanged(rules, planned(plan.formatted(group + "," + instance))))
                .containsExactly("groups-used aws_security_group.g changed");
    }

    @Test
    void aFindingWithoutAPlanIsUnchangedWhenTheBaseViolatesTheRule() {
        String logs =
                "{\"resource\": {\"aws_cloudwatch_log_group\": {\"a\": {\"retention_in_days\": %s, \"kms_key_id\": \"%s\"}}}}";
        StackEvidence stack = unplanned(PlanFiles.synthesized("shop", logs.formatted(30, "b")));

        assertThat(unchanged(RULES, stack)).containsExactly("logs-kept aws_cloudwatch_log_group.a changed");
        assertThat(unchanged(RULES, stack.withBase(PlanFiles.synthesized("shop", logs.formatted(30, "a")))))
                .containsExactly("logs-kept aws_cloudwatch_log_group.a unchanged");
        assertThat(unchanged(RULES, stack.withBase(PlanFiles.synthesized("shop", logs.formatted(400, "a")))))
                .containsExactly("logs-kept aws_cloudwatch_log_group.a changed");
    }

    private static List<String> unchanged(Guardrails rules, StackEvidence stack) {
        return rules.evaluate(List.of(stack), Waivers.none(), TODAY).stream()
                .map(finding ->
                        finding.rule() + " " + finding.address() + (finding.unchanged() ? " unchanged" : " changed"))
                .toList();
    }

    private static StackEvidence planned(String plan) {
        return StackEvidence.planned("shop", PlanFiles.of(plan));
    }

    @Test
    void saysWhyItCannotDecide() {
        assertThat(evaluate(unplanned(synthesized()), Waivers.none()).get(1).detail())
                .isEqualTo("depends on a value that is known only after apply");
    }

    @Test
    void marksWhatIsWaivedAndPutsItLast() {
        Waivers waivers = waivers("2026-03-01", "aws_cloudwatch_log_group.a");

        List<Finding> findings = evaluate(unplanned(synthesized()), waivers);

        assertThat(summary(findings))
                .containsExactly(
                        "unknown high logs-kept shop/aws_cloudwatch_log_group.b",
                        "waived fail high logs-kept shop/aws_cloudwatch_log_group.a");
        assertThat(findings.get(1).waiver())
                .hasValueSatisfying(waiver -> assertThat(waiver.owner()).isEqualTo("ada"));
    }

    @Test
    void countsAFindingAgainWhenItsWaiverExpired() {
        assertThat(summary(evaluate(unplanned(synthesized()), waivers("2026-02-28", "*.a"))))
                .containsExactly(
                        "fail high logs-kept shop/aws_cloudwatch_log_group.a",
                        "fail medium waiver-expired /waivers.yaml:2:5 waivers[0]",
                        "unknown high logs-kept shop/aws_cloudwatch_log_group.b");
    }

    @Test
    void reportsAWaiverThatNothingNeeds() {
        List<Finding> findings = evaluate(unplanned(synthesized()), waivers("2027-01-01", "*.c"));

        assertThat(summary(findings)).contains("fail low waiver-unused /waivers.yaml:2:5 waivers[0]");
        assertThat(findings)
                .extracting(Finding::detail)
                .contains("the waiver of logs-kept for *.c (ada) covers nothing");
    }

    @Test
    void leavesAloneTheWaiversOfStacksNotUnderReview() {
        Waivers waivers = Waivers.parse(
                "waivers.yaml",
                "waivers:\n  - {rule: logs-kept, stack: other-*, address: '*', reason: r, owner: o, expires: 2027-01-01}",
                RULES.rules());

        assertThat(evaluate(unplanned(synthesized()), waivers))
                .extracting(Finding::rule)
                .containsOnly("logs-kept");
    }

    @Test
    void refusesABadWaiver() {
        assertThatThrownBy(() -> Waivers.parse(
                        "waivers.yaml",
                        "waivers:\n  - {rule: logs-kep, address: '*', reasn: r, owner: o, expires: soon}",
                        RULES.rules()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("waivers.yaml:2:12 waivers[0].rule: no rule \"logs-kep\"; fix: did you mean logs-kept?\n"
                        + "waivers.yaml:2:36 waivers[0].reasn: unknown key \"reasn\"; allowed: rule, address, stack, reason,"
                        + " owner, expires; fix: did you mean reason?\n"
                        + "waivers.yaml:2:65 waivers[0].expires: \"soon\"; allowed: a date, year-month-day; fix: write it as"
                        + " 2026-12-31");
    }

    @Test
    void anUnknownRuleOfAWaiverNamesTheCommandThatListsTheRules() {
        assertThatThrownBy(() -> Waivers.parse(
                        "waivers.yaml",
                        "waivers: [{rule: x, address: '*', reason: r, owner: o, expires: 2026-01-01}]",
                        RULES.rules()))
                .hasMessage("waivers.yaml:1:18 waivers[0].rule: no rule \"x\"; fix: list the rules with: policies test"
                        + " --verbose");
    }

    @Test
    void looksAcrossTheStacksOfAReview() {
        SynthesizedStack infrastructure = PlanFiles.synthesized("shop-infrastructure", """
                {"resource": {"aws_iam_role": {"r": {"name": "orders", "assume_role_policy":
                  "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"sts:AssumeRoleWithWebIdentity\\", \\"Principal\\": {\\"Federated\\": \\"${aws_iam_openid_connect_provider.p.arn}\\"}, \\"Condition\\": {\\"StringEquals\\": {\\"${local.i}:aud\\": \\"sts.amazonaws.com\\", \\"${local.i}:sub\\": \\"system:serviceaccount:shop:orders\\"}}}]}"}}}}
                """);
        SynthesizedStack platform = PlanFiles.synthesized("shop-platform", """
                {"resource": {"kubernetes_service_account_v1": {"a": {"metadata": {"name": "orders-v2", "namespace": "shop",
                  "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/orders"}}}}}}
                """);

        assertThat(summary(Guardrails.load(List.of())
                        .evaluate(List.of(unplanned(infrastructure), unplanned(platform)), Waivers.none(), TODAY)))
                .containsExactly(
                        "fail high service-account-trusted-by-its-role shop-platform/kubernetes_service_account_v1.a",
                        "unknown medium trust-conditions-name-the-issuer shop-infrastructure/aws_iam_role.r");
    }

    @Test
    void comparesProviderVersionsWithTheConfigurationBefore() {
        String versions =
                "{\"terraform\": {\"required_providers\": {\"aws\": {\"version\": \"%s\"}, \"helm\": {\"version\": \"3.1.1\"}}}}";
        StackEvidence stack = unplanned(PlanFiles.synthesized("shop", versions.formatted("6.0.0")))
                .withBase(PlanFiles.synthesized("shop", versions.formatted("5.100.0")));

        assertThat(summary(Guardrails.load(List.of()).evaluate(List.of(stack), Waivers.none(), TODAY)))
                .containsExactly("fail medium provider-major-kept shop/terraform_provider.aws");
    }

    @Test
    void readsWhatAPlanRepeatsOfTheConfiguration() {
        String plan = """
                {"format_version": "1.2", "resource_changes": [
                  {"address": "aws_security_group.g", "mode": "managed", "type": "aws_security_group", "name": "g",
                   "change": {"actions": ["create"], "before": null, "after": {"description": "d"},
                    "after_unknown": {"id": true, "ingress": true, "egress": true, "vpc_id": true}}},
                  {"address": "aws_launch_template.t", "mode": "managed", "type": "aws_launch_template", "name": "t",
                   "change": {"actions": ["create"], "before": null, "after": {"metadata_options": [{"http_tokens": "required", "http_put_response_hop_limit": 1}],
                     "block_device_mappings": [{"device_name": "/dev/xvda", "ebs": [{"encrypted": "true"}]}]},
                    "after_unknown": {"id": true, "vpc_security_group_ids": true}}}],
                 "configuration": {"root_module": {"resources": [
                  {"address": "aws_security_group.g", "expressions": {"description": {"constant_value": "d"}, "vpc_id": {"references": ["var.vpc"]}}},
                  {"address": "aws_launch_template.t", "expressions": {"metadata_options": [{"http_tokens": {"constant_value": "required"}, "http_put_response_hop_limit": {"constant_value": 1}}],
                   "block_device_mappings": [{"device_name": {"constant_value": "/dev/xvda"}, "ebs": [{"encrypted": {"constant_value": "true"}}]}],
                   "vpc_security_group_ids": {"references": ["aws_security_group.g.id", "aws_security_group.g"]}}}]}}}
                """;
        StackEvidence stack = planned(plan);

        assertThat(Guardrails.load(List.of()).evaluate(List.of(stack), Waivers.none(), TODAY))
                .isEmpty();
    }

    /** What {@code terraform plan -target} leaves out may be there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`'complete': true` | fail",
                "`'terraform_version': '1.7.0'` | fail",
                "`'complete': false` | unknown",
                "`'errored': true` | unknown",
                "`'complete': false, 'errored': true` | unknown"
            })
    void doesNotConcludeFromWhatAPlanLeavesOut(String fields, String verdict) {
        String plan = """
                {"format_version": "1.2", %s, "resource_changes": [
                  {"address": "aws_vpc.v", "mode": "managed", "type": "aws_vpc", "name": "v",
                   "change": {"actions": ["create"], "before": null, "after": {"cidr_block": "10.0.0.0/16"}, "after_unknown": {"id": true}}},
                  {"address": "aws_iam_role_policy_attachment.a", "mode": "managed", "type": "aws_iam_role_policy_attachment", "name": "a",
                   "change": {"actions": ["create"], "before": null, "after_unknown": {},
                    "after": {"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess", "role": "ci"}}}]}
                """.formatted(fields.replace('\'', '"'));

        assertThat(summary(Guardrails.load(List.of()).evaluate(List.of(planned(plan)), Waivers.none(), TODAY)))
                .contains(
                        verdict + " medium vpc-flow-logs shop/aws_vpc.v",
                        verdict + " medium default-security-group-closed shop/aws_vpc.v")
                .anyMatch(finding -> finding.startsWith("fail ") && finding.contains(" no-administrator-access "));
    }

    @Test
    void aRuleThatCannotBeEvaluatedQuotesNoValues() {
        Guardrails rules = Guardrails.of(Map.of("a/readable.yaml", """
                id: readable
                title: Values can be read
                why: They are needed.
                severity: high
                applies: {types: [helm_release], when: configuration}
                expression: resource.documents('values').size() == 1
                fix: Write YAML.
                """), new Problems());
        StackEvidence stack = unplanned(PlanFiles.synthesized("shop", """
                {"resource": {"helm_release": {"a": {"values": ["password: hunter2\\n  - : ["]}}}}"""));
        assertThat(rules.evaluate(List.of(stack), Waivers.none(), TODAY))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("'documents' cannot read the resource's values")
                        .doesNotContain("hunter2", "arg(s)"));
    }

    private static Waivers waivers(String expires, String address) {
        String text = """
                waivers:
                  - rule: logs-kept
                    address: "%s"
                    reason: debug logs only
                    owner: ada
                    expires: %s
                """.formatted(address, expires);
        return Waivers.parse("waivers.yaml", text, RULES.rules());
    }

    private static StackEvidence unplanned(SynthesizedStack head) {
        return StackEvidence.unplanned(head.name()).withHead(head);
    }

    private static List<Finding> evaluate(StackEvidence stack, Waivers waivers) {
        return RULES.evaluate(List.of(stack), waivers, TODAY);
    }

    private static List<String> summary(List<Finding> findings) {
        return findings.stream()
                .map(finding -> (finding.isWaived() ? "waived " : "")
                        + finding.verdict().word() + " " + finding.severity().word() + " " + finding.rule() + " "
                        + finding.stack() + "/" + finding.address())
                .toList();
    }

    private static SynthesizedStack synthesized() {
        return PlanFiles.synthesized("shop", SYNTHESIZED);
    }

    private static Plan plan() {
        return PlanFiles.of(PLAN);
    }
}

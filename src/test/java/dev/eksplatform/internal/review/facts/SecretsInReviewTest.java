package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.FindingsSarif;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Plan;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.SourceMap;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.render.JUnitReview;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.internal.review.render.MarkdownReviewTest;
import dev.eksplatform.problem.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A secret that is flagged or secret by nature in one place is in no output, wherever else it stands. */
class SecretsInReviewTest {

    private static final String SECRET = "S3cr3t-planted-T1";
    private static final String BASE64 = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));

    private static final Map<String, Function<Review, String>> FORMATS = new LinkedHashMap<>();

    static {
        FORMATS.put("Markdown", review -> MarkdownReview.render(review, "the page"));
        FORMATS.put("HTML", Rendered::html);
        FORMATS.put("SARIF", review -> FindingsSarif.render(review.findings(), true));
        FORMATS.put("JUnit XML", review -> JUnitReview.render(review, Gate.on(Severity.LOW)));
        FORMATS.put("JSON", Rendered::json);
    }

    /** Where a secret is known to be one. */
    private static final Map<String, String> ORIGINS = new LinkedHashMap<>();

    static {
        ORIGINS.put("a flagged attribute after", plan("""
                "after": {"v": "S"}, "after_sensitive": {"v": true}"""));
        ORIGINS.put("a flagged attribute before", plan("""
                "before": {"v": "S"}, "before_sensitive": {"v": true}"""));
        ORIGINS.put("a wholly flagged object", plan("""
                "after": {"v": {"w": ["S"]}}, "after_sensitive": {"v": true}"""));
        ORIGINS.put("the prior state", planWith("""
                "prior_state": {"values": {"root_module": {"child_modules": [{"resources": [
                  {"type": "x_y", "values": {"v": "S"}, "sensitive_values": {"v": true}}]}]}}}"""));
        ORIGINS.put("the planned values' outputs", planWith("""
                "planned_values": {"outputs": {"o": {"sensitive": true, "value": "S"}}}"""));
        ORIGINS.put("a sensitive variable", planWith("""
                "variables": {"t": {"value": "S"}},
                "configuration": {"root_module": {"variables": {"t": {"sensitive": true}}}}"""));
        ORIGINS.put("a sensitive output", planWith("""
                "output_changes": {"o": {"actions": ["create"], "before": null, "after": "S", "after_sensitive": true}}"""));
        ORIGINS.put("a provider's password", planWith("""
                "configuration": {"provider_config": {"helm": {"expressions": {"password": {"constant_value": "S"}}}}}"""));
        ORIGINS.put("Helm set_sensitive", plan("helm_release", """
                "after": {"set_sensitive": [{"name": "a", "value": "S"}]}"""));
        ORIGINS.put("Helm values under a secret name", plan("helm_release", """
                "after": {"values": ["db:\\n  password: S\\n"]}"""));
        ORIGINS.put("a Secret", plan("kubernetes_secret_v1", """
                "after": {"data": {"x": "S"}}"""));
        ORIGINS.put("a Secret manifest in base64", plan("kubernetes_manifest", """
                "after": {"manifest": {"kind": "Secret", "data": {"x": "B64"}}}"""));
        ORIGINS.put("a container's environment", plan("kubernetes_deployment_v1", """
                "after": {"spec": [{"env": [{"name": "DB_PASSWORD", "value": "S"}]}]}"""));
    }

    private static String plan(String change) {
        return plan("x_y", change);
    }

    private static String plan(String type, String change) {
        return plan(type, change, """
                "planned_values": {}""");
    }

    private static String planWith(String more) {
        return plan("x_y", """
                "after": {}""", more.contains("planned_values") ? more : more + """
                , "planned_values": {}""");
    }

    /** The secret again, in places that nothing flags. */
    private static String plan(String type, String change, String more) {
        return """
                {"format_version": "1.2",
                 "resource_changes": [
                  {"address": "TYPE.a", "type": "TYPE", "name": "a", "change": {"actions": ["update"], CHANGE}},
                  {"address": "aws_iam_role.S", "type": "aws_iam_role", "name": "S", "change": {"actions": ["create"], "before": null,
                    "after": {"name": "role-S", "assume_role_policy":
                      "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\", \\"Action\\": \\"S\\", \\"Principal\\": \\"S\\"}]}"}}},
                  {"address": "helm_release.h", "type": "helm_release", "name": "h", "change": {"actions": ["update"],
                    "before": {"metadata": {"values": "{\\"a\\": \\"S\\"}"}, "values": ["a: S\\n"]},
                    "after": {"metadata": {"values": "{}"}, "values": ["b: [S]\\n"], "description": "B64"}}},
                  {"address": "aws_x.r[\\"S\\"]", "type": "aws_x", "name": "r", "previous_address": "aws_x.S", "action_reason": "S",
                    "change": {"actions": ["delete", "create"], "before": {"S": "1", "n": "S"}, "after": {"S": "2", "n": "prefix-S-suffix"},
                      "replace_paths": [["n"]], "importing": {"id": "S"}}},
                  {"address": "aws_vpc_security_group_ingress_rule.r", "type": "aws_vpc_security_group_ingress_rule", "name": "r",
                    "change": {"actions": ["create"], "before": null, "after": {"ip_protocol": "tcp", "from_port": 1, "to_port": 1,
                      "security_group_id": "S", "cidr_ipv4": "S"}}}],
                 "resource_drift": [{"address": "aws_x.r", "type": "aws_x", "name": "r",
                   "change": {"actions": ["update"], "before": {"n": "a"}, "after": {"n": "S"}}}],
                 "checks": [{"address": {"to_display": "check.S"}, "status": "fail",
                   "instances": [{"problems": [{"message": "is S"}]}]}],
                 MORE}
                """.replace("TYPE", type)
                .replace("CHANGE", change)
                .replace("MORE", more)
                .replaceAll("\\bS\\b", SECRET)
                .replace("B64", BASE64);
    }

    private static Review review(Plan plan) {
        Finding finding = Example.finding(
                "rule", "title", Severity.HIGH, "s", "helm_release.h[\"" + SECRET + "\"]", "meaning", "fix");
        SourceMap sources = new SourceMap(
                new TreeMap<>(Map.of("helm_release.h", new SourcePosition("stacks/" + SECRET + ".yaml", 1, 1))));
        return Reviewer.review(
                List.of(StackEvidence.planned("s", plan).withSources(sources)),
                List.of(finding, Example.waived(finding, SECRET, SECRET), Example.undecided(finding, SECRET)));
    }

    @TestFactory
    List<DynamicTest> aSecretOf() {
        return ORIGINS.entrySet().stream()
                .flatMap(origin -> FORMATS.entrySet().stream()
                        .map(format ->
                                DynamicTest.dynamicTest(origin.getKey() + " is not in " + format.getKey(), () -> {
                                    String out = format.getValue().apply(review(PlanFiles.of(origin.getValue())));
                                    assertThat(out).doesNotContain(SECRET).doesNotContain(BASE64);
                                    assertThat(out).contains("(sensitive)");
                                })))
                .toList();
    }

    @TestFactory
    List<DynamicTest> thePlantedSecretsOfRecordedPlans() {
        return List.of(
                        "a-create",
                        "a-drift",
                        "a-noop",
                        "a-replace-cluster",
                        "a-update",
                        "b-create",
                        "b-update-charts",
                        "recorded/sensitive")
                .stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    assertThat(new String(PlanFiles.recordedBytes(name), StandardCharsets.UTF_8))
                            .as("planted")
                            .contains("S3cr3t");
                    Review review = MarkdownReviewTest.recorded(name);
                    FORMATS.values()
                            .forEach(format -> assertThat(format.apply(review)).doesNotContain("S3cr3t"));
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> aSecretOfSynthesizedJson() {
        String json =
                "{\"terraform\":{},\"resource\":{\"kubernetes_manifest\":{\"m\":{\"manifest\":{\"kind\":\"Secret\",\"data\":{\"a\":\""
                        + BASE64 + "\"}}}},\"aws_x\":{\"y\":{\"name\":\"" + SECRET + "\"}}}}";
        SynthesizedStack head = PlanFiles.synthesized("s", json);
        Review review = Reviewer.review(List.of(StackEvidence.unplanned("s").withHead(head)), List.of());
        return FORMATS.entrySet().stream()
                .map(format -> DynamicTest.dynamicTest("is not in " + format.getKey(), () -> assertThat(
                                format.getValue().apply(review))
                        .doesNotContain(SECRET)
                        .doesNotContain(BASE64)))
                .toList();
    }
}

package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.render.JUnitReview;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.testing.TestJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of plans of newer versions of Terraform and OpenTofu, see {@code plans/fields} and {@code cases/review}. */
class PlanFieldsTest {

    private static Review of(String plan) {
        return Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.field(plan))), List.of());
    }

    private static Review ofCase(String name) {
        return Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.ofCase(name))), List.of());
    }

    /** Every change in a line, with what is said about it. */
    private static List<String> changes(Review review) {
        List<String> lines = new ArrayList<>();
        for (ChangeGroup group : review.groups()) {
            for (Change change : group.changes()) {
                lines.add(change.address() + " " + change.inWords()
                        + (change.importing() == null ? "" : " <" + change.importing() + ">")
                        + (change.note().isEmpty() ? "" : " (" + change.note() + ")"));
            }
        }
        return lines;
    }

    private static List<String> warnings(Review review) {
        return review.stacks().get(0).warnings();
    }

    private static void assertNeverNoChanges(Review review) {
        assertThat(review.isEmpty()).isFalse();
        assertThat(MarkdownReview.render(review, "the page")).doesNotContain("No changes");
        assertThat(Rendered.html(review)).doesNotContain("No changes", "Nothing changes, nothing drifted");
        assertThat(Rendered.json(review)).doesNotContain("No changes");
    }

    @Test
    void aReplacementIsNeverWithoutEffect() {
        Review review = Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of("""
                        {"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"aws_instance.x",
                        "mode":"managed","type":"aws_instance","name":"x","change":{"actions":["create","delete"],
                        "before":{"id":"i-1"},"after":{"id":"i-1"},"after_unknown":{}}}]}"""))), List.of());
        assertThat(review.headline()).endsWith("1 replaced.");
        assertThat(changes(review)).containsExactly("aws_instance.x replaced (create before destroy)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action-invocations | Invokes action.aws_ec2_stop_instance.bastion: an instance is stopped. 3 actions invoked; no resource is replaced or deleted.",
                "deferred-action-invocations | No known changes; the review is not complete.",
                "deferred-changes | No known changes; the review is not complete.",
                "unknown-fields | No known changes; the review is not complete.",
                "importing | Replaces aws_s3_bucket.replaced: a bucket is deleted, or the apply fails while it holds data. 1 replaced, 1 changed, 5 imported.",
                "moved | 1 changed, 2 moved; nothing is replaced or deleted.",
                "only-read | Nothing changes; apply only reads.",
                "sensitivity | 3 changed; nothing is replaced or deleted.",
                "outputs-only | Only outputs change.",
                "errored | Do not apply: planning failed part-way.",
                "targeted | 1 changed; nothing is replaced or deleted.",
            })
    void theHeadlineSaysWhatHappens(String plan, String headline) {
        Review review = of(plan);
        assertThat(review.headline()).isEqualTo(headline);
        assertNeverNoChanges(review);
    }

    @Test
    void actionsAreListedWithTriggerAndConfiguration() {
        Review review = of("action-invocations");
        assertThat(changes(review))
                .containsExactly(
                        "action.aws_ec2_stop_instance.bastion invoked (by -invoke)",
                        "module.db[\"a.b\"].action.aws_lambda_invoke.seed[0] invoked"
                                + " (after_create of aws_eks_node_group.n, on failure continue)",
                        "action.aws_sns_publish.done invoked (by -invoke for aws_eks_node_group.n)");
        String markdown = MarkdownReview.render(review, "the page");
        assertThat(markdown)
                .contains(
                        "<b>Actions</b>: 3 invoked",
                        "+ instance_id: i-0123456789abcdef0",
                        "+ force: true",
                        "+ function_name: seed",
                        "+ payload: (sensitive)",
                        "+ log_type: (known after apply)")
                .doesNotContain("h4rdToGuess");
        assertThat(Rendered.html(review)).contains("i-0123456789abcdef0").doesNotContain("h4rdToGuess");
        JsonNode json = TestJson.parse(Rendered.json(review));
        assertThat(json.at("/counts/invoked").asInt()).isEqualTo(3);
    }

    @Test
    void actionsHaveTheSeverityOfTheirEffect() {
        Review review = of("action-invocations");
        assertThat(review.risks())
                .extracting(risk ->
                        risk.severity().word() + " " + risk.address() + " " + risk.inWords() + ": " + risk.summary())
                .containsExactly(
                        "high action.aws_ec2_stop_instance.bastion invoked: an instance is stopped",
                        "medium module.db[\"a.b\"].action.aws_lambda_invoke.seed[0] invoked: a function is invoked",
                        "low action.aws_sns_publish.done invoked: a message is sent");
        assertThat(review.seriousness()).isEqualTo(Severity.HIGH);
        assertThat(new Gate(Severity.CRITICAL, null, Severity.HIGH).reasons(review))
                .isNotEmpty();
        assertThat(Rendered.html(review)).contains("an instance is stopped");
    }

    @ParameterizedTest
    @CsvSource({
        "aws_s3_empty_bucket, critical, a bucket is emptied",
        "aws_cloudfront_create_invalidation, low, cached content is dropped",
        "acme_vm_terminate, high, an action is invoked that by its name stops or deletes something",
        "acme_do_magic, medium, an action is invoked whose effect is not known"
    })
    void anActionThatIsNotKnownIsCalledThat(String type, String severity, String summary) {
        Review review = Reviewer.review(
                List.of(StackEvidence.planned("s", PlanFiles.of("""
                        {"format_version":"1.2","planned_values":{},"resource_changes":[],"action_invocations":[
                        {"address":"action.TYPE.a","type":"TYPE","name":"a","config_values":{},"invoke_action_trigger":{}}]}
                        """.replace("TYPE", type)))), List.of());
        assertThat(review.risks())
                .extracting(risk -> risk.severity().word() + " " + risk.summary())
                .containsExactly(severity + " " + summary);
    }

    @Test
    void unknownFieldsOfAChangeAreReported() {
        Review review = Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of("""
                        {"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"aws_instance.x",
                        "mode":"managed","type":"aws_instance","name":"x","index":0,"provider_name":"aws","later":"a",
                        "change":{"actions":["no-op"],"before":{"id":"i"},"after":{"id":"i"},"after_unknown":{},
                        "before_sensitive":{},"after_sensitive":{},"detaches":true,"empty":{},"never":false}}],
                        "output_changes":{"o":{"actions":["no-op"],"before":1,"after":1,"moves":["b"]}}}"""))), List.of());
        assertThat(warnings(review))
                .containsExactly(
                        "This plan has output_changes.*.moves, which this version of eks-platform does not know: what it does"
                                + " is not in this review.",
                        "This plan has resource_changes[].change.detaches, which this version of eks-platform does not know:"
                                + " what it does is not in this review.",
                        "This plan has resource_changes[].later, which this version of eks-platform does not know: what it"
                                + " does is not in this review.");
        assertThat(review.headline()).isEqualTo("No known changes; the review is not complete.");
    }

    @Test
    void whatIsLeftForALaterPlanIsSaidWithItsReason() {
        assertThat(warnings(of("deferred-action-invocations")))
                .contains("Left for a later plan: action.aws_lambda_invoke.seed (invoked after_create of"
                        + " aws_db_instance.d), because a prerequisite for this resource is deferred.");
        assertThat(warnings(of("deferred-changes")))
                .containsExactly(
                        "The plan is not complete: another plan and apply are needed after this one.",
                        "Left for a later plan: aws_subnet.s0 (deleted), because the number of resource instances is unknown.",
                        "Left for a later plan: aws_subnet.s1 (changed), because the resource configuration is unknown.",
                        "Left for a later plan: aws_subnet.s2 (created), because the provider configuration is unknown.",
                        "Left for a later plan: aws_subnet.s3 (replaced (destroy before create)), because a prerequisite for"
                                + " this resource is deferred.",
                        "Left for a later plan: aws_subnet.s4 (created), because a prerequisite for this resource has not yet"
                                + " been created.",
                        "Left for a later plan: aws_subnet.s5 (created), for an unknown reason.",
                        "Left for a later plan: aws_subnet.s6 (created), for an unknown reason.",
                        "Left for a later plan: aws_s3_bucket.b (created, imported), because the resource configuration is unknown.");
    }

    @Test
    void importsAreImportsWhateverNamesTheObject() {
        assertThat(changes(of("importing")))
                .containsExactlyInAnyOrder(
                        "aws_iam_role.by_id imported <r>",
                        "aws_iam_role.by_identity imported <account_id = 111122223333, name = s>",
                        "aws_s3_bucket.changed changed <bucket = b> (Terraform generates its configuration)",
                        "aws_s3_bucket.replaced replaced (destroy before create) <c> (this destroys the imported object)",
                        "aws_vpc.unsaid imported <>");
        assertThat(MarkdownReview.render(of("importing"), "the page"))
                .contains(
                        "`aws_iam_role.by_id` (r) imported from `r`",
                        "changed, imported from `bucket = b` (Terraform",
                        "`aws_vpc.unsaid` (10.0.0.0/16) imported\n");
    }

    @Test
    void whatIsForgottenIsSaidAsSuch() {
        Review review = of("forget");
        assertThat(changes(review))
                .containsExactlyInAnyOrder(
                        "aws_s3_bucket.kept forgotten",
                        "aws_s3_bucket.again replaced (the old object is forgotten)",
                        "aws_vpc.v deposed object forgotten (the deposed object deadbeef, left over from a replacement that"
                                + " failed part-way)");
        assertThat(review.headline()).endsWith("1 replaced, 2 forgotten, 1 deposed object forgotten.");
    }

    @Test
    void plansOfOpenTofuAreReviewed() {
        Review review = of("tofu");
        assertThat(changes(review))
                .containsExactlyInAnyOrder(
                        "aws_s3_bucket.again replaced (the old object is forgotten) (is tainted, so must be replaced)",
                        "aws_s3_bucket.kept forgotten (because lifecycle.destroy = false was configured before this resource"
                                + " was removed from the configuration)",
                        "aws_s3_bucket.off deleted (because enabled is false)",
                        "ephemeral.aws_secretsmanager_secret_version.db opened (config refers to values not yet known)",
                        "ephemeral.vault_lease.l renewed",
                        "ephemeral.vault_lease.l2 closed");
        assertThat(review.stacks().get(0).complete()).isTrue();
        assertThat(review.stacks().get(0).applyable()).isTrue();
    }

    @Test
    void aChangeOfSensitivityIsSaidExactly() {
        Review review = of("sensitivity");
        assertThat(changes(review))
                .containsExactlyInAnyOrder(
                        "aws_ssm_parameter.hidden changed (only the mark changes: value becomes sensitive)",
                        "aws_ssm_parameter.shown changed (value is no longer sensitive)",
                        "aws_ssm_parameter.part changed (only the mark changes: part of tags is no longer sensitive)",
                        "output.url changed (only the mark changes: it becomes sensitive)",
                        "output.untracked changed");
        assertThat(changes(of("outputs-only")))
                .containsExactly("output.url changed (only the mark changes: it is no longer sensitive)");
    }

    @Test
    void whatNoPlanShowsIsMentioned() {
        assertThat(changes(of("write-only")))
                .containsExactly("aws_db_instance.d changed (writes the write-only password_wo)");
        assertThat(changes(of("identity"))).containsExactly("aws_iam_role.r changed (its identity changes)");
    }

    @Test
    void unknownFieldsAreNamedAndEmptyOnesAreNot() {
        assertThat(warnings(of("unknown-fields")))
                .containsExactly(
                        "This plan has generations, which this version of eks-platform does not know: what it does is not in"
                                + " this review.",
                        "This plan has query_results, which this version of eks-platform does not know: what it does is not"
                                + " in this review.");
    }

    @Test
    void failedChecksFailTheGate() {
        Review review = of("checks");
        assertThat(Gate.on(Severity.CRITICAL).reasons(review)).isNotEmpty();
        assertThat(warnings(review))
                .containsExactly(
                        "Check aws_subnet.s failed: aws_subnet.s[1]: The subnet must be private. aws_subnet.s[1]: It needs a"
                                + " tag.",
                        "Check output.url could not be evaluated.",
                        "Check var.name failed: A name has no spaces.",
                        "Check check.inner could not be evaluated.");
        assertThat(review.headline())
                .isEqualTo("Failed checks: aws_subnet.s, output.url, var.name, check.inner. No changes.");
        assertThat(JUnitReview.render(review, Gate.on(Severity.CRITICAL)))
                .contains(
                        "tests=\"4\" failures=\"4\" errors=\"0\"",
                        "<failure message=\"Check output.url could not be evaluated.\"/>");
        assertThat(TestJson.parse(Rendered.json(review))
                        .at("/stacks/0/checks/0/status")
                        .asText())
                .isEqualTo("fail");
        Review passed = of("checks-passed");
        assertThat(passed.isEmpty()).isTrue();
        assertThat(Gate.on(Severity.INFO).reasons(passed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"errored", "not-applyable"})
    void whatCannotBeAppliedFailsTheGate(String plan) {
        Review review = of(plan);
        assertThat(Gate.on(Severity.CRITICAL).reasons(review)).isNotEmpty();
        assertThat(review.headline()).startsWith("Do not apply: ");
        assertThat(changes(review)).isNotEmpty();
        assertThat(JUnitReview.render(review, Gate.on(Severity.CRITICAL)))
                .contains("errors=\"1\"", "this plan cannot be applied");
    }

    @Test
    void aPlanThatIsLimitedToTargetsDoesNotFail() {
        Review review = of("targeted");
        assertThat(Gate.on(Severity.INFO).reasons(review)).isEmpty();
        assertThat(warnings(review)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "replace_because_tainted | delete,create | is tainted, so must be replaced",
                "replace_by_request | delete,create | will be replaced, as requested",
                "replace_by_triggers | create,delete | will be replaced due to changes in replace_triggered_by",
                "delete_because_no_resource_config | delete | because aws_vpc.v is not in configuration",
                "delete_because_no_module | delete | because module.m[\"x.y\"] is not in configuration",
                "delete_because_count_index | delete | because index [\"a.b\"] is out of range for count",
                "delete_because_each_key | delete | because key [\"a.b\"] is not in for_each map",
                "delete_because_wrong_repetition | delete | because resource does not use for_each",
                "delete_because_no_move_target | delete | because aws_vpc.old was moved to module.m[\"x.y\"].aws_vpc.v[\"a.b\"], which is not in configuration",
                "delete_because_enabled_false | delete | because enabled is false",
                "forgot_because_lifecycle_destroy_in_config | forget | because lifecycle.destroy = false is set in the configuration",
                "because_of_something_newer | delete | because of something newer",
            })
    void theReasonIsInTheWordsOfTerraform(String reason, String actions, String words) {
        String json = """
                {"format_version":"1.2","planned_values":{},"resource_changes":[{
                 "address":"module.m[\\"x.y\\"].aws_vpc.v[\\"a.b\\"]","module_address":"module.m[\\"x.y\\"]","mode":"managed",
                 "previous_address":"aws_vpc.old","type":"aws_vpc","name":"v","index":"a.b","action_reason":"REASON",
                 "change":{"actions":["ACTIONS"],"before":{"cidr_block":"10.0.0.0/16"},"after":null}}]}""".replace("REASON", reason).replace("ACTIONS", actions.replace(",", "\",\""));
        Review review = Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of(json))), List.of());
        assertThat(changes(review)).singleElement().asString().endsWith(" (" + words + ")");
    }

    @ParameterizedTest
    @CsvSource({"aws_vpc.v,because resource uses count or for_each", "aws_vpc.v[0],because resource does not use count"
    })
    void theWrongRepetitionDependsOnTheKey(String address, String words) {
        String json = """
                {"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"ADDRESS","mode":"managed",
                 "type":"aws_vpc","name":"v","action_reason":"delete_because_wrong_repetition",
                 "change":{"actions":["delete"],"before":{},"after":null}}]}""".replace("ADDRESS", address);
        Review review = Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of(json))), List.of());
        assertThat(changes(review)).containsExactly(address + " deleted (" + words + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feat-actions-only",
                "feat-actions",
                "feat-identity-noop",
                "feat-identity",
                "feat-errored-empty",
                "feat-checks",
                "feat-tainted",
                "feat-replace-triggered",
                "feat-delete-reason",
                "feat-sensitive-only",
                "feat-tofu-open",
                "feat-deferred-only",
                "feat-module",
                "feat-not-applyable",
                "deposed",
                "emoji1"
            })
    void noCaseIsCalledNoChanges(String name) {
        assertNeverNoChanges(ofCase(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "feat-actions-only | action.aws_lambda_invoke.drain invoked (after_update of aws_eks_node_group.n)",
                "feat-actions-only | action.aws_ec2_stop_instance.s invoked (by -invoke)",
                "feat-actions | action.aws_lambda_invoke.drain invoked (after_update of aws_eks_node_group.n)",
                "feat-identity-noop | aws_iam_role.r imported <name = r>",
                "feat-identity | aws_iam_role.r changed <name = r, account_id = 111122223333>",
                "feat-tainted | aws_eks_node_group.n replaced (destroy before create) (is tainted, so must be replaced)",
                "feat-replace-triggered | aws_eks_node_group.n replaced (destroy before create) (will be replaced due to changes in replace_triggered_by)",
                "feat-delete-reason | aws_eks_node_group.n[\"b\"] deleted (because key [\"b\"] is not in for_each map)",
                "feat-sensitive-only | aws_ssm_parameter.p changed (only the mark changes: value becomes sensitive)",
                "feat-tofu-open | ephemeral.random_password.p opened",
                "feat-module | module.eks[\"a.b\"].module.x[0].aws_eks_cluster.c[0] deleted",
                "feat-not-applyable | aws_eks_node_group.n changed",
                "deposed | aws_vpc.v deposed object deleted (the deposed object abcd1234, left over from a replacement that failed part-way)",
            })
    void aCaseSays(String name, String change) {
        assertThat(changes(ofCase(name))).contains(change);
    }

    @ParameterizedTest
    @CsvSource({
        "feat-errored-empty,true",
        "feat-checks,true",
        "feat-not-applyable,true",
        "feat-deferred-only,false",
        "feat-actions-only,false",
        "feat-identity-noop,false",
        "feat-sensitive-only,false",
        "feat-tofu-open,false"
    })
    void aCaseFailsTheGate(String name, boolean fails) {
        assertThat(!Gate.on(Severity.CRITICAL).reasons(ofCase(name)).isEmpty()).isEqualTo(fails);
    }

    @Test
    void theHeadlinesOfCases() {
        assertThat(ofCase("feat-identity-noop").headline()).isEqualTo("1 imported; nothing is replaced or deleted.");
        assertThat(ofCase("feat-identity").headline())
                .isEqualTo("1 changed, 1 imported; nothing is replaced or deleted.");
        assertThat(ofCase("feat-checks").headline()).startsWith("Failed checks: aws_eks_cluster.c, check.health. ");
        assertThat(warnings(ofCase("feat-checks")))
                .containsExactly(
                        "Check aws_eks_cluster.c failed: version must be 1.33",
                        "Check check.health could not be evaluated.");
        assertThat(warnings(ofCase("feat-deferred-only")))
                .contains(
                        "Left for a later plan: aws_subnet.s[\"*\"] (deleted), because the number of resource instances is"
                                + " unknown.");
        assertThat(ofCase("deposed").headline()).contains("1 changed, 1 deposed object deleted; nothing else is");
    }

    @Test
    void halfOfASurrogatePairIsNeverCutOff() {
        Review review = ofCase("emoji1");
        Optional<String> shown = review.groups().stream()
                .flatMap(group -> group.changes().stream())
                .flatMap(change -> change.differences().stream())
                .map(difference -> difference.after())
                .findFirst();
        assertThat(shown.orElseThrow()).endsWith("… (202 more characters)");
        for (String output :
                List.of(MarkdownReview.render(review, "the page"), Rendered.html(review), Rendered.json(review))) {
            assertThat(output.codePoints().filter(c -> c >= 0xd800 && c < 0xe000))
                    .isEmpty();
            assertThat(output.codePoints().filter(c -> c == 0x1f511).count()).isGreaterThan(300);
        }
    }
}

package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Outcome;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.render.MarkdownReview;
import dev.eksplatform.testing.TestJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was changed outside of Terraform, and what a plan does about it. */
class DriftTest {

    private static final String LOGS = "aws_cloudwatch_log_group.audit";

    private static Review of(PlanBuilder plan) {
        return Reviewer.review(List.of(StackEvidence.planned("s", plan.build())), List.of());
    }

    private static Review ofField(String plan) {
        return Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.field(plan))), List.of());
    }

    /** {@code FATE path: before -> after} of each difference. */
    private static List<String> drifts(Review review) {
        return review.drifts().stream()
                .flatMap(drift -> drift.differences().stream().map(difference -> drift.fate() + " " + text(difference)))
                .toList();
    }

    private static String text(Difference difference) {
        return difference.path() + ": " + difference.before() + " -> " + difference.after();
    }

    private static PlanBuilder configured() {
        return PlanBuilder.empty()
                .configured(LOGS, Map.of("name", "audit", "retention_in_days", 30, "tags", Map.of("a", "1")));
    }

    @Test
    void eachAttributeHasItsOwnFate() {
        Map<String, Object> before = Map.of("name", "a", "retention_in_days", 30, "tags", Map.of("a", "1", "b", "1"));
        Map<String, Object> now =
                Map.of("name", "a", "retention_in_days", 1, "tags", Map.of("a", "2", "b", "2", "c", "2"));
        Map<String, Object> after = Map.of("name", "a", "retention_in_days", 30, "tags", Map.of("a", "3", "b", "2"));
        Review review = of(configured().changedOutside(LOGS, before, now).update(LOGS, now, after));
        assertThat(drifts(review))
                .containsExactly(
                        "REVERTED retention_in_days: 30 -> 1",
                        "REVERTED tags.c: null -> 2",
                        "KEPT tags.b: 1 -> 2",
                        "OVERWRITTEN tags.a: 1 -> 2");
        // it does more than change back what was changed
        assertThat(review.counts().number(Outcome.UPDATED)).isEqualTo(1);
        assertThat(review.groups()).hasSize(1);
        assertThat(MarkdownReview.render(review, "the page"))
                .contains(
                        "was changed; this plan changes it back",
                        "was changed; this plan leaves it so",
                        "was changed; this plan changes it to something else");
        assertThat(review.headline()).endsWith("Changed outside of Terraform and kept: 1 resource.");
        assertThat(TestJson.parse(Rendered.json(review)).at("/drifts/0/undone").asBoolean())
                .isTrue();
    }

    @Test
    void whatAReplacementUndoesIsAReplacement() {
        Map<String, Object> before = Map.of("name", "a", "retention_in_days", 30);
        Map<String, Object> now = Map.of("name", "b", "retention_in_days", 30);
        Review review = of(configured().changedOutside(LOGS, before, now).replace(LOGS, now, before));
        assertThat(review.counts().number(Outcome.REPLACED)).isEqualTo(1);
        assertThat(review.counts().number(Outcome.UNDONE)).isZero();
        assertThat(drifts(review)).containsExactly("REVERTED name: a -> b");
    }

    @Test
    void aRiskOfWhatIsChangedBackIsShown() {
        String nodes = "aws_eks_node_group.n";
        Map<String, Object> before = Map.of("version", "1.32");
        Map<String, Object> now = Map.of("version", "1.33");
        Review review = of(PlanBuilder.empty()
                .configured(nodes, before)
                .changedOutside(nodes, before, now)
                .update(nodes, now, before));
        assertThat(review.counts().number(Outcome.UNDONE)).isEqualTo(1);
        assertThat(review.groups()).isEmpty();
        assertThat(review.risks()).extracting(risk -> risk.address()).containsExactly(nodes);
    }

    @Test
    void whatIsDeletedOutsideIsCreatedAgainOrGone() {
        Map<String, Object> values = Map.of("name", "audit");
        assertThat(of(configured().deletedOutside(LOGS, values).create(LOGS, values))
                        .drifts())
                .extracting(Drift::fate, Drift::inWords)
                .containsExactly(tuple(Drift.Fate.REVERTED, "was deleted; this plan creates it again"));
        Review gone = of(PlanBuilder.empty().deletedOutside(LOGS, values));
        assertThat(gone.drifts()).extracting(Drift::inWords).containsExactly("was deleted");
        assertThat(gone.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource_version",
                "generation",
                "last_updated_time",
                "managedFields",
                "uid",
                "etag",
                "status",
                "arn",
                "attachment_count"
            })
    void whatChangesByItselfIsNoDrift(String attribute) {
        Map<String, Object> before = Map.of("name", "audit", attribute, "1");
        Map<String, Object> now = Map.of("name", "audit", attribute, "2");
        Review known = of(configured().changedOutside(LOGS, before, now).keep(LOGS, now));
        assertThat(known.isEmpty()).isTrue();
        Review unknown = of(PlanBuilder.empty().changedOutside(LOGS, before, now));
        assertThat(unknown.isEmpty()).isTrue();
        assertThat(MarkdownReview.render(unknown, "the page")).contains("**No changes.**");
    }

    @Test
    void metadataCountsWithoutWhatTheApiServerWrites() {
        String address = "kubernetes_config_map_v1.c";
        Map<String, Object> before = Map.of(
                "data",
                Map.of("a", "1"),
                "metadata",
                List.of(Map.of("name", "c", "generation", 1, "resource_version", "10", "uid", "x")));
        Map<String, Object> now = Map.of(
                "data",
                Map.of("a", "2"),
                "metadata",
                List.of(Map.of("name", "c", "generation", 2, "resource_version", "20", "uid", "x")));
        PlanBuilder plan = PlanBuilder.empty().configured(address, Map.of("metadata", "x", "data", Map.of("a", "1")));
        assertThat(drifts(of(plan.changedOutside(address, before, now).update(address, now, before))))
                .containsExactly("REVERTED data.a: 1 -> 2");
        assertThat(drifts(of(plan.changedOutside(address, before, now)))).containsExactly("KEPT data.a: 1 -> 2");
    }

    @Test
    void withoutAConfigurationWhatIsSetCounts() {
        Map<String, Object> before = Map.of("retention_in_days", 30, "arn", "a", "tags_all", Map.of());
        Map<String, Object> now =
                Map.of("retention_in_days", 1, "arn", "b", "tags_all", Map.of("x", "y"), "log_group_class", "STANDARD");
        assertThat(drifts(of(PlanBuilder.empty().changedOutside(LOGS, before, now))))
                .containsExactly("KEPT retention_in_days: 30 -> 1");
    }

    @Test
    void aRefreshOnlyPlanOfComputedAttributesIsQuiet() {
        Review review = ofField("refresh-only-computed");
        assertThat(review.isEmpty()).isTrue();
        assertThat(review.headline()).isEqualTo("No changes.");
    }

    /** Version 6 of the AWS provider reads {@code region} of each resource, and 6.52 the egress mode of a control plane. */
    @Test
    void whatANewerProviderReadsForTheFirstTimeIsQuiet() {
        String cluster = "aws_eks_cluster.c";
        Map<String, Object> zones = Map.of("subnet_ids", List.of("subnet-1"), "endpoint_private_access", true);
        Map<String, Object> newer = new HashMap<>(zones);
        newer.put("control_plane_egress_mode", "AWS_MANAGED");
        PlanBuilder plan = configured()
                .configured(cluster, Map.of("vpc_config", List.of(zones)))
                .changedOutside(
                        LOGS,
                        Map.of("name", "audit"),
                        Map.of("name", "audit", "region", "eu-central-1", "deletion_protection_enabled", false))
                .changedOutside(
                        cluster,
                        Map.of("vpc_config", List.of(zones)),
                        Map.of("vpc_config", List.of(newer), "region", "eu-central-1", "deletion_protection", false));
        Review review = of(plan);
        assertThat(drifts(review)).isEmpty();
        assertThat(review.headline()).isEqualTo("No changes.");
    }

    @Test
    void aChangeOfWhatANewerProviderReadsCounts() {
        Map<String, Object> before = Map.of("subnet_ids", List.of("s"), "control_plane_egress_mode", "AWS_MANAGED");
        Map<String, Object> now = Map.of("subnet_ids", List.of("s"), "control_plane_egress_mode", "CUSTOMER_ROUTED");
        PlanBuilder plan = PlanBuilder.empty()
                .configured("aws_eks_cluster.c", Map.of("vpc_config", List.of(Map.of("subnet_ids", List.of("s")))));
        assertThat(drifts(of(plan.changedOutside(
                        "aws_eks_cluster.c",
                        Map.of("vpc_config", List.of(before)),
                        Map.of("vpc_config", List.of(now))))))
                .containsExactly("KEPT vpc_config.control_plane_egress_mode: AWS_MANAGED -> CUSTOMER_ROUTED");
    }

    @Test
    void thePriorStateExplainsWhatAppearsInOtherResources() {
        Review review = ofField("refresh-only-explained");
        assertThat(review.drifts()).isEmpty();
        assertThat(review.isEmpty()).isTrue();
    }

    @Test
    void aRefreshOnlyPlanShowsWhatSomebodyDid() {
        Review review = ofField("refresh-only-changed");
        assertThat(drifts(review))
                .contains("KEPT ingress.cidr_blocks: null -> [0.0.0.0/0]", "KEPT ingress.from_port: null -> 22");
        assertThat(review.headline()).isEqualTo("No changes. Changed outside of Terraform and kept: 1 resource.");
        assertThat(review.stacks().get(0).warnings())
                .containsExactly("The state will have aws_vpc.old at its new address aws_vpc.new.");
    }

    @Test
    void driftInAnInstanceOfAModuleCounts() {
        assertThat(drifts(ofField("drift-in-module")))
                .containsExactly(
                        "KEPT arn_of_other: x -> y",
                        "KEPT retention_in_days: 30 -> 1",
                        "KEPT setting[a].name: a -> null",
                        "KEPT setting[a].value: 1 -> null",
                        "KEPT setting[b].name: null -> b",
                        "KEPT setting[b].value: null -> 1");
    }

    @ParameterizedTest
    @CsvSource({"a-noop", "a-update", "a-replace-cluster", "b-update-charts", "c-bucket-replaced", "recorded/update"})
    void whatSettlesAfterTheLastApplyIsNoDrift(String plan) {
        Review review = Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.recorded(plan))), List.of());
        assertThat(review.drifts()).isEmpty();
    }

    @Test
    void aRecordedPlanChangesBackWhatSomebodyDidByHand() {
        Review review =
                Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.recorded("recorded/drift"))), List.of());
        assertThat(drifts(review)).contains("REVERTED retention_in_days: 30 -> 1");
        assertThat(review.groups().stream()
                        .flatMap(group -> group.changes().stream())
                        .map(Change::address)
                        .collect(Collectors.toSet()))
                .isEmpty();
    }
}

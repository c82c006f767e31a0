package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.Waivers;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.Review;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a review says where there is no plan. */
class ReviewWithoutPlanTest {

    private static StackEvidence input(String base, String head) {
        return StackEvidence.unplanned("shop")
                .withBase(PlanFiles.synthesized("shop", base.replace('\'', '"')))
                .withHead(PlanFiles.synthesized("shop", head.replace('\'', '"')));
    }

    static Review review(String base, String head) {
        return Reviewer.review(List.of(input(base, head)), List.of());
    }

    private static Map<String, Action> actions(String base, String head) {
        return review(base, head).groups().stream()
                .flatMap(group -> group.changes().stream())
                .collect(Collectors.toMap(Change::address, Change::action));
    }

    private static String cluster(String name, String lifecycle) {
        return "{'resource': {'aws_eks_cluster': {'c': {'name': '" + name + "', 'tags': {'a': '" + name + "'}"
                + lifecycle + "}}}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['name', 'tags']",
                "'all'",
                "['${name}', 'tags[\\\"a\\\"]']",
                "['name', 'tags.a']",
            })
    void changesThatAreIgnoredAreNone(String ignored) {
        String lifecycle = ", 'lifecycle': {'ignore_changes': " + ignored + "}";
        assertThat(actions(cluster("one", lifecycle), cluster("two", lifecycle)))
                .isEmpty();
    }

    private static String autoMode(boolean on, String more) {
        return "{'resource': {'aws_eks_cluster': {'c': {'name': 'shop', 'compute_config': {'enabled': " + on + more
                + "}, 'kubernetes_network_config': {'elastic_load_balancing': {'enabled': " + on
                + "}}, 'storage_config': {'block_storage': {'enabled': " + on + "}}}}}}";
    }

    @Test
    void switchingAutoModeReplacesNoCluster() {
        String without = "{'resource': {'aws_eks_cluster': {'c': {'name': 'shop'}}}}";
        String on = autoMode(true, ", 'node_pools': ['general-purpose', 'system'], 'node_role_arn': 'arn'");
        assertThat(actions(without, on)).containsExactly(Map.entry("aws_eks_cluster.c", Action.UPDATE));
        assertThat(actions(on, autoMode(false, ""))).containsExactly(Map.entry("aws_eks_cluster.c", Action.UPDATE));
        assertThat(actions(
                        without,
                        "{'resource': {'aws_eks_cluster': {'c': {'name': 'shop', 'kubernetes_network_config':"
                                + " {'service_ipv4_cidr': '172.30.0.0/16'}}}}}"))
                .containsExactly(Map.entry("aws_eks_cluster.c", Action.REPLACE_DELETE_FIRST));
    }

    @Test
    void switchingAutoModeSaysWhatBecomesOfNodes() {
        String without = "{'resource': {'aws_eks_cluster': {'c': {'name': 'shop'}}}}";
        String on = autoMode(true, ", 'node_pools': ['general-purpose', 'system'], 'node_role_arn': 'arn'");
        assertThat(review(without, on).risks())
                .extracting(risk -> risk.severity().word() + ": " + risk.summary())
                .containsExactly("medium: EKS Auto Mode is switched on");
        assertThat(review(on, autoMode(false, "")).risks())
                .extracting(risk -> risk.severity().word() + ": " + risk.summary())
                .contains("high: EKS Auto Mode is switched off and its nodes are deleted");
        assertThat(review(on, autoMode(true, ", 'node_pools': ['system'], 'node_role_arn': 'arn'"))
                        .risks())
                .extracting(risk -> risk.severity().word() + ": " + risk.summary())
                .containsExactly("high: nodes of a built-in node pool are deleted");
    }

    @Test
    void onlyWhatIsIgnoredIsIgnored() {
        String lifecycle = ", 'lifecycle': {'ignore_changes': ['name']}";
        assertThat(actions(cluster("one", lifecycle), cluster("two", lifecycle)))
                .containsExactly(Map.entry("aws_eks_cluster.c", Action.UPDATE));
    }

    @Test
    void aNestedAttributeIsIgnoredInABlockWithOrWithoutItsList() {
        String group =
                "{'resource': {'aws_eks_node_group': {'g': {'scaling_config': %s{'desired_size': %d}%s, 'lifecycle':"
                        + " {'ignore_changes': ['scaling_config[0].desired_size']}}}}}";
        assertThat(actions(group.formatted("", 1, ""), group.formatted("", 2, "")))
                .isEmpty();
        assertThat(actions(group.formatted("[", 1, "]"), group.formatted("[", 2, "]")))
                .isEmpty();
    }

    @Test
    void createBeforeDestroyReachesWhatItDependsOn() {
        String json =
                "{'resource': {'aws_security_group': {'g': {'name': '%1$s'}}, 'aws_eks_cluster': {'c': {'name': '%1$s',"
                        + " 'group': '${aws_security_group.g.id}', 'lifecycle': {'create_before_destroy': true}}},"
                        + " 'aws_subnet': {'s': {'cidr_block': '%1$s'}}}}";
        assertThat(actions(json.formatted("a"), json.formatted("b")))
                .containsOnly(
                        Map.entry("aws_security_group.g", Action.REPLACE_CREATE_FIRST),
                        Map.entry("aws_eks_cluster.c", Action.REPLACE_CREATE_FIRST),
                        Map.entry("aws_subnet.s", Action.REPLACE_DELETE_FIRST));
    }

    @Test
    void whatIsPreventedIsReportedAsRefused() {
        String lifecycle = ", 'lifecycle': {'prevent_destroy': true}";
        Review review = review(cluster("one", lifecycle), cluster("two", lifecycle));
        assertThat(review.stacks().get(0).warnings())
                .contains("Terraform will refuse to replace aws_eks_cluster.c: its lifecycle has prevent_destroy.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"terraform_data.r", "${terraform_data.r}", "terraform_data.r.input", "terraform_data.r.output"})
    void replaceTriggeredByIsFollowed(String trigger) {
        String json =
                "{'resource': {'terraform_data': {'r': {'input': '%s'}}, 'aws_instance': {'i': {'ami': 'x', 'lifecycle':"
                        + " {'replace_triggered_by': ['" + trigger
                        + "']}}, 'j': {'ami': 'x', 'lifecycle': {'replace_triggered_by':"
                        + " ['aws_instance.i']}}}}}";
        Map<String, Action> actions = actions(json.formatted("1"), json.formatted("2"));
        assertThat(actions).containsEntry("terraform_data.r", Action.UPDATE);
        if (trigger.endsWith("output")) {
            assertThat(actions).hasSize(1);
        } else {
            assertThat(actions)
                    .containsEntry("aws_instance.i", Action.REPLACE_DELETE_FIRST)
                    .containsEntry("aws_instance.j", Action.REPLACE_DELETE_FIRST);
        }
        assertThat(actions(json.formatted("1"), json.formatted("1"))).isEmpty();
    }

    @Test
    void whatBelongsToTerraformIsNoChangeOfAnObject() {
        assertThat(actions(
                        cluster("one", ""),
                        cluster("one", ", 'lifecycle': {'prevent_destroy': true}, 'depends_on': ['aws_vpc.v']")))
                .isEmpty();
    }

    private static String manifest(String manifest) {
        return "{'resource': {'kubernetes_manifest': {'m': {'manifest': " + manifest + "}}}}";
    }

    @Test
    void anObjectUnderAnotherNameIsAnotherObject() {
        String map = "{'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': '%s', 'namespace': 'x'}}";
        assertThat(actions(manifest(map.formatted("a")), manifest(map.formatted("b"))))
                .containsExactly(Map.entry("kubernetes_manifest.m", Action.REPLACE_DELETE_FIRST));
    }

    @Test
    void aFieldThatCannotChangeIsRefusedInAManifestAndReplacedInATypedResource() {
        String deployment =
                "{'apiVersion': 'apps/v1', 'kind': 'Deployment', 'metadata': {'name': 'web'}, 'spec': {'selector':"
                        + " {'matchLabels': {'app': '%s'}}}}";
        StackEvidence input = input(manifest(deployment.formatted("a")), manifest(deployment.formatted("b")));
        Review review = Reviewer.review(List.of(input), List.of());
        assertThat(review.headline())
                .isEqualTo(
                        "Changes kubernetes_manifest.m: Kubernetes does not allow spec.selector of a Deployment to change. 1 refused by"
                                + " Kubernetes; nothing is replaced or deleted.");
        assertThat(Guardrails.load(List.of()).evaluate(List.of(input), Waivers.none(), LocalDate.of(2026, 1, 1)))
                .extracting(Finding::rule)
                .contains("immutable-field-kept");
        String typed =
                "{'resource': {'kubernetes_deployment_v1': {'m': {'metadata': {'name': 'web'}, 'spec': {'selector':"
                        + " {'match_labels': {'app': '%s'}}}}}}}";
        assertThat(actions(typed.formatted("a"), typed.formatted("b")))
                .containsExactly(Map.entry("kubernetes_deployment_v1.m", Action.REPLACE_DELETE_FIRST));
    }
}

package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.SourceMap;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.plan.SynthesizedStack;
import dev.eksplatform.internal.review.AccessChange;
import dev.eksplatform.internal.review.Change;
import dev.eksplatform.internal.review.ChangeGroup;
import dev.eksplatform.internal.review.Difference;
import dev.eksplatform.internal.review.Drift;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.render.MarkdownReviewTest;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewTest {

    private static Review of(String resources, String more) {
        return Reviewer.review(
                List.of(StackEvidence.planned(
                        "s",
                        PlanFiles.of("{\"format_version\":\"1.2\",\"planned_values\":{},\"resource_changes\":["
                                + resources + "]" + more + "}"))),
                List.of());
    }

    private static String change(String address, String actions, String before, String after) {
        String[] parts = address.split("\\.", -1);
        return "{\"address\":\"" + address + "\",\"mode\":\"managed\",\"type\":\"" + parts[0] + "\",\"name\":\""
                + parts[1] + "\",\"change\":{\"actions\":[" + actions + "],\"before\":" + before + ",\"after\":" + after
                + "}}";
    }

    private static String role(String policy) {
        return "{\"name\":\"r\",\"assume_role_policy\":\"" + policy.replace("\"", "\\\"") + "\"}";
    }

    @Test
    void namesTheWorstFirst() {
        Review review = MarkdownReviewTest.recorded("a-replace-cluster");
        assertThat(review.headline())
                .isEqualTo(
                        "Replaces aws_eks_cluster.c: a new cluster, so every workload is lost and every IRSA trust breaks."
                                + " 12 replaced, 2 changed.");
        assertThat(review.risks().subList(0, 4))
                .extracting(Risk::severity, Risk::address, Risk::follows)
                .containsExactly(
                        tuple(Severity.CRITICAL, "aws_eks_cluster.c", null),
                        tuple(Severity.CRITICAL, "aws_iam_openid_connect_provider.oidc", "aws_eks_cluster.c"),
                        tuple(Severity.HIGH, "aws_eks_node_group.n", null),
                        tuple(Severity.HIGH, "aws_iam_role.lbc", null));
    }

    @Test
    void whatMerelySettlesIsNoDrift() {
        assertThat(MarkdownReviewTest.recorded("a-noop").isEmpty()).isTrue();
        for (String plan : List.of("a-update", "a-replace-cluster", "b-update-charts", "c-bucket-replaced")) {
            assertThat(MarkdownReviewTest.recorded(plan).drifts()).as(plan).isEmpty();
        }
    }

    @Test
    void whatSomebodyChangedByHandIsDriftAndNotIntent() {
        Review review = MarkdownReviewTest.recorded("a-drift");
        assertThat(review.drifts())
                .containsExactly(new Drift(
                        "a",
                        "aws_vpc.v",
                        false,
                        List.of(new Difference("tags.by-hand", null, "yes", false)),
                        true,
                        null));
        assertThat(review.groups()).isEmpty();
        assertThat(review.headline())
                .isEqualTo("Undoes what was changed outside of Terraform in 1 resource; nothing else changes.");
    }

    @Test
    void aPortOpenedByHandIsDriftAlthoughTheGroupDoesNotConfigureIt() {
        String before = "{\"ingress\":[]}";
        String rule = "{\"from_port\":%d,\"to_port\":%d,\"protocol\":\"tcp\",\"cidr_blocks\":[\"%s\"],\"self\":false}";
        String after = "{\"ingress\":[" + rule.formatted(22, 22, "0.0.0.0/0") + ","
                + rule.formatted(443, 443, "10.0.0.0/8") + "]}";
        String settled = "{\"ingress\":[" + rule.formatted(443, 443, "10.0.0.0/8") + "]}";
        String own = "{\"from_port\":443,\"to_port\":443,\"ip_protocol\":\"tcp\",\"cidr_ipv4\":\"10.0.0.0/8\"}";
        String changes = change("aws_security_group.g", "\"no-op\"", after, after) + ","
                + change("aws_vpc_security_group_ingress_rule.https", "\"no-op\"", own, own);
        assertThat(of(
                                changes,
                                ",\"resource_drift\":[" + change("aws_security_group.g", "\"update\"", before, settled)
                                        + "]")
                        .drifts())
                .isEmpty();
        Review review = of(
                changes, ",\"resource_drift\":[" + change("aws_security_group.g", "\"update\"", before, after) + "]");
        assertThat(review.drifts())
                .extracting(Drift::address, Drift::undone)
                .containsExactly(tuple("aws_security_group.g", false));
        assertThat(review.headline()).isEqualTo("No changes. Changed outside of Terraform and kept: 1 resource.");
    }

    @Test
    void aResourceDeletedByHandIsDrift() {
        Review review = of(
                change("aws_subnet.a", "\"create\"", "null", "{\"cidr_block\":\"10.0.0.0/24\"}"),
                ",\"resource_drift\":["
                        + change("aws_subnet.a", "\"delete\"", "{\"cidr_block\":\"10.0.0.0/24\"}", "null") + "]");
        assertThat(review.drifts()).extracting(Drift::deleted, Drift::undone).containsExactly(tuple(true, true));
    }

    @Test
    void aTrustWrittenAnotherWayIsTheSameTrust() {
        Review review = of(
                change(
                        "aws_iam_role.r",
                        "\"update\"",
                        role(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\"],\"Principal\":{\"Service\":[\"a.b\",\"c.d\"]}}]}"),
                        role(
                                "{\"Statement\":{\"Principal\":{\"Service\":[\"c.d\",\"a.b\"]},\"Action\":\"STS:assumeRole\",\"Effect\":\"Allow\"}}")),
                "");
        assertThat(review.access()).isEmpty();
        assertThat(review.groups().get(0).changes().get(0).differences()).isEmpty();
    }

    @Test
    void aTrustThatIsReadDuringApplyIsComparedByWhatIsKnownOfIt() {
        assertThat(MarkdownReviewTest.recorded("a-update").access()).isEmpty();
        assertThat(MarkdownReviewTest.recorded("a-replace-cluster").access())
                .extracting(AccessChange::who, AccessChange::before, AccessChange::after)
                .contains(tuple(
                        "ServiceAccount kube-system/aws-load-balancer-controller",
                        "assume role proof-lbc (IRSA through oidc.eks.us-east-1.amazonaws.com/id/UObM47vobz)",
                        "assume role proof-lbc2 (IRSA through an issuer that is known after apply)"));
    }

    @Test
    void aWidenedTrustIsTold() {
        String narrow =
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Principal\":{\"Federated\":"
                        + "\"arn:aws:iam::1:oidc-provider/oidc.example/id/A\"},\"Condition\":{\"%s\":{\"oidc.example/id/A:sub\":"
                        + "\"system:serviceaccount:%s\"}}}]}";
        Review review = of(
                change(
                        "aws_iam_role.r",
                        "\"update\"",
                        role(narrow.formatted("StringEquals", "app:web")),
                        role(narrow.formatted("StringLike", "*:*"))),
                "");
        assertThat(review.access())
                .extracting(AccessChange::verdict, AccessChange::who, AccessChange::wide)
                .containsExactly(
                        tuple(AccessChange.Verdict.GAINED, "any ServiceAccount like */*", true),
                        tuple(AccessChange.Verdict.LOST, "ServiceAccount app/web", false));
        assertThat(review.headline())
                .isEqualTo(
                        "Lets any ServiceAccount like */* assume role r (IRSA through oidc.example/id/A). 1 changed; nothing"
                                + " is replaced or deleted.");
    }

    @Test
    void sayWhichPortsOpenAndClose() {
        String rule =
                "{\"ip_protocol\":\"tcp\",\"from_port\":%d,\"to_port\":%d,\"security_group_id\":\"sg-1\",\"cidr_ipv4\":\"%s\"}";
        Review review = of(
                change(
                                "aws_vpc_security_group_ingress_rule.a",
                                "\"update\"",
                                rule.formatted(443, 443, "10.0.0.0/8"),
                                rule.formatted(22, 23, "0.0.0.0/0"))
                        + ","
                        + change(
                                "aws_vpc_security_group_ingress_rule.b",
                                "\"delete\"",
                                rule.formatted(80, 80, "10.0.0.0/8"),
                                "null")
                        + ","
                        + change(
                                "aws_vpc_security_group_ingress_rule.c",
                                "\"create\"",
                                "null",
                                rule.formatted(80, 80, "10.0.0.0/8")),
                "");
        assertThat(review.ports())
                .extracting(PortChange::opened, PortChange::ports, PortChange::peer, PortChange::world)
                .containsExactly(
                        tuple(true, "tcp 22-23", "0.0.0.0/0", true), tuple(false, "tcp 443", "10.0.0.0/8", false));
        assertThat(review.headline()).startsWith("Opens tcp 22-23 of sg-1 to the internet.");
    }

    @Test
    void aPortOpenedByAGeneratedBlockIsTold() {
        assertThat(MarkdownReviewTest.recorded("recorded/dynamic").ports())
                .extracting(PortChange::ports, PortChange::target, PortChange::peer)
                .containsExactly(
                        tuple("tcp 22", "aws_security_group.open", "0.0.0.0/0"),
                        tuple("tcp 443", "aws_security_group.open", "0.0.0.0/0"));
    }

    @Test
    void helmValuesAreComparedByMeaning() {
        Change chart = MarkdownReviewTest.recorded("b-update-charts")
                .groups()
                .get(0)
                .changes()
                .get(1);
        assertThat(chart.differences())
                .extracting(Difference::path)
                .containsExactly(
                        "values.enableServiceMutatorWebhook",
                        "values.podAnnotations.note",
                        "values.replicaCount",
                        "version");
    }

    @Test
    void whatAProviderDecidesDuringApplyIsNotTold() {
        Change cluster = MarkdownReviewTest.recorded("a-replace-cluster")
                .groups()
                .get(1)
                .changes()
                .get(4);
        assertThat(cluster.address()).isEqualTo("aws_eks_cluster.c");
        assertThat(cluster.differences()).containsExactly(new Difference("name", "proof", "proof2", true));
    }

    @Test
    void changesAreGroupedByConstructAndKnowTheirLine() {
        SynthesizedStack head = SynthesizedStack.parse(
                Example.bytes(
                        "{\"resource\":{\"aws_cloudwatch_log_group\":{\"audit\":{\"//\":{\"metadata\":{\"path\":\"shop/cluster/logs/group\"}}}}}}"),
                "cdk.tf.json",
                "shop");
        SourceMap sources =
                new SourceMap(Map.of("aws_cloudwatch_log_group.audit", new SourcePosition("stacks/shop.yaml", 7, 3)));
        Review review = Reviewer.review(
                List.of(StackEvidence.planned("shop", PlanFiles.recorded("recorded/update"))
                        .withHead(head)
                        .withSources(sources)),
                List.of());
        assertThat(review.groups()).extracting(ChangeGroup::part).containsExactly("cluster");
        assertThat(review.groups().get(0).changes())
                .extracting(Change::constructPath, change -> String.valueOf(change.position()))
                .containsExactly(tuple("shop/cluster/logs/group", "stacks/shop.yaml:7:3"));
    }

    @Test
    void aStackWithoutAPlanIsReviewedBySynthesizedDifference() {
        String json =
                "{\"terraform\":{\"required_providers\":{\"aws\":{\"version\":\"%s\"}}},\"resource\":{\"aws_eks_cluster\":{\"c\":{\"name\":\"%s\","
                        + "\"role_arn\":\"${aws_iam_role.r.arn}\"}},\"aws_iam_role\":{\"r\":{\"name\":\"r\"}}}}";
        Review review = Reviewer.review(
                List.of(StackEvidence.unplanned("shop")
                        .withBase(
                                SynthesizedStack.parse(Example.bytes(json.formatted("5.100.0", "one")), "base", "shop"))
                        .withHead(
                                SynthesizedStack.parse(Example.bytes(json.formatted("6.0.0", "two")), "head", "shop"))),
                List.of());
        assertThat(review.groups().get(0).changes())
                .extracting(Change::action, Change::address)
                .containsExactly(tuple(Action.REPLACE_DELETE_FIRST, "aws_eks_cluster.c"));
        assertThat(review.stacks().get(0).warnings())
                .containsExactly(
                        "There is no plan yet: configurations are compared, not what is in the account. Replacements"
                                + " are predicted from known attributes; some may be missing.",
                        "Provider aws is upgraded from 5.100.0 to 6.0.0.");
    }

    @Test
    void whoMayDoWhatIsToldWithoutAPlan() {
        String json = """
                {"resource": {
                  "aws_iam_role": {"orders": {"name": "shop-orders", "assume_role_policy": "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\",
                    \\"Action\\": \\"sts:AssumeRoleWithWebIdentity\\", \\"Principal\\": {\\"Federated\\": \\"${aws_iam_openid_connect_provider.p.arn}\\"},
                    \\"Condition\\": {\\"StringEquals\\": {\\"${local.issuer}:sub\\": \\"system:serviceaccount:shop:orders\\"}}}]}"}},
                  "aws_iam_role_policy_attachment": {"orders": {"role": "${aws_iam_role.orders.name}", "policy_arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}}}}
                """.replaceAll("\\n +", " ");
        Review review = Reviewer.review(
                List.of(StackEvidence.unplanned("shop")
                        .withHead(SynthesizedStack.parse(Example.bytes(json), "head", "shop"))),
                List.of());
        assertThat(review.access())
                .extracting(AccessChange::who, AccessChange::after)
                .containsExactly(
                        tuple(
                                "ServiceAccount shop/orders",
                                "assume role shop-orders (IRSA through an issuer that is known after apply)"),
                        tuple("role shop-orders", "do what policy AmazonS3ReadOnlyAccess allows (attached)"));
    }

    @Test
    void aPlanThatFailedHalfWayMustNotBeApplied() {
        assertThat(MarkdownReviewTest.recorded("recorded/errored").headline())
                .isEqualTo("Do not apply: planning failed part-way.");
    }

    @Test
    void aGateLooksAtOpenFindingsOnly() {
        Review review = Example.replacedCluster();
        assertThat(review.highestSeverity()).contains(Severity.CRITICAL);
        assertThat(review.fails(Severity.HIGH)).isTrue();
        List<Finding> waivedOnly =
                review.waived().stream().map(PlacedFinding::finding).toList();
        Review calm =
                Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.recorded("recorded/update"))), waivedOnly);
        assertThat(calm.highestSeverity()).isEqualTo(Optional.empty());
        assertThat(calm.fails(Severity.INFO)).isFalse();
    }

    @Test
    void aDeposedObjectIsNotTheLiveOne() {
        Review review = of(
                change(
                                "aws_vpc.v",
                                "\"update\"",
                                "{\"id\":\"vpc-12345678\",\"tags\":{\"a\":\"1\"}}",
                                "{\"id\":\"vpc-12345678\",\"tags\":{\"a\":\"2\"}}")
                        + ","
                        + change("aws_vpc.v", "\"delete\"", "{\"id\":\"vpc-00000000\"}", "null")
                                .replace("\"change\"", "\"deposed\":\"abcd1234\",\"change\""),
                "");
        assertThat(review.headline())
                .isEqualTo("1 changed, 1 deposed object deleted; nothing else is replaced or deleted.");
        assertThat(review.risks())
                .extracting(Risk::severity, Risk::summary)
                .containsExactly(tuple(Severity.LOW, "a deposed object is deleted"));
        assertThat(review.groups().get(0).changes())
                .extracting(Change::action, Change::note)
                .containsExactly(
                        tuple(
                                Action.DELETE,
                                "the deposed object abcd1234, left over from a replacement that failed part-way"),
                        tuple(Action.UPDATE, ""));
    }

    private static String update(String address, String before, String after) {
        return change(address, "\"update\"", before.replace('\'', '"'), after.replace('\'', '"'));
    }

    @Test
    void aDowngradeIsNotCalledAnUpgrade() {
        String charts = "{'name':'x','chart':'cert-manager','version':'%s'}";
        String addons = "{'addon_name':'vpc-cni','addon_version':'%s'}";
        assertThat(of(
                                update("helm_release.a", charts.formatted("v1.18.2"), charts.formatted("v1.18.1")) + ","
                                        + update(
                                                "helm_release.b", charts.formatted("1.9.0"), charts.formatted("1.10.0"))
                                        + ","
                                        + update(
                                                "aws_eks_addon.a",
                                                addons.formatted("v1.19.5-eksbuild.10"),
                                                addons.formatted("v1.19.5-eksbuild.9"))
                                        + ","
                                        + update(
                                                "aws_eks_addon.b",
                                                addons.formatted("v1.9.0-eksbuild.1"),
                                                addons.formatted("v1.10.0-eksbuild.1"))
                                        + ","
                                        + update("aws_eks_cluster.a", "{'version':'1.33'}", "{'version':'1.32'}") + ","
                                        + update("aws_eks_cluster.b", "{'version':'1.9'}", "{'version':'1.10'}"),
                                "")
                        .risks())
                .extracting(Risk::address, Risk::summary)
                .containsExactlyInAnyOrder(
                        tuple("helm_release.a", "a chart is downgraded"),
                        tuple("helm_release.b", "a chart is upgraded"),
                        tuple("aws_eks_addon.a", "an add-on is downgraded"),
                        tuple("aws_eks_addon.b", "an add-on is upgraded"),
                        tuple("aws_eks_cluster.a", "EKS refuses to go back to an older version"),
                        tuple("aws_eks_cluster.b", "the control plane is upgraded, which cannot be undone"));
    }

    private static String natRoute(String gateway) {
        return "{'route_table_id':'rtb-12345678','destination_cidr_block':'0.0.0.0/0','nat_gateway_id':'" + gateway
                + "'}";
    }

    @Test
    void aNatGatewayThatGoesIsJudgedByTheRoutesThatRemain() {
        String gateways =
                change("aws_nat_gateway.a", "\"no-op\"", "{\"id\":\"nat-aaaaaaaa\"}", "{\"id\":\"nat-aaaaaaaa\"}") + ","
                        + change("aws_nat_gateway.b", "\"delete\"", "{\"id\":\"nat-bbbbbbbb\"}", "null");
        String moved = "," + update("aws_route.b", natRoute("nat-bbbbbbbb"), natRoute("nat-aaaaaaaa"));
        assertThat(of(gateways + moved, "").risks())
                .extracting(Risk::severity, Risk::summary)
                .containsExactly(tuple(Severity.MEDIUM, "nodes use another gateway"));
        String unknown = "," + update("aws_route.b", natRoute("nat-bbbbbbbb"), natRoute(""));
        assertThat(of(gateways + unknown, "").risks())
                .extracting(Risk::meaning)
                .singleElement()
                .asString()
                .startsWith("The routes that pointed to it point elsewhere.");
        String deleted = ","
                + change("aws_route.b", "\"delete\"", natRoute("nat-bbbbbbbb").replace('\'', '"'), "null");
        assertThat(of(gateways + deleted, "").risks())
                .extracting(Risk::severity, Risk::address, Risk::summary)
                .containsExactly(
                        tuple(Severity.HIGH, "aws_nat_gateway.b", "nodes in private subnets lose their way out"),
                        tuple(Severity.HIGH, "aws_route.b", "subnets lose their way out"));
        String instead = deleted + ","
                + change(
                        "aws_route.c",
                        "\"create\"",
                        "null",
                        natRoute("nat-aaaaaaaa").replace('\'', '"'));
        assertThat(of(gateways + instead, "").risks())
                .extracting(Risk::severity, Risk::summary)
                .containsExactly(
                        tuple(Severity.MEDIUM, "nodes use another gateway"),
                        tuple(Severity.LOW, "another route to the same destination remains"));
        String kept = ","
                + change(
                        "aws_route.b",
                        "\"no-op\"",
                        natRoute("nat-bbbbbbbb").replace('\'', '"'),
                        natRoute("nat-bbbbbbbb").replace('\'', '"'));
        assertThat(of(gateways + kept, "").risks()).extracting(Risk::severity).containsExactly(Severity.HIGH);
    }

    @Test
    void aFieldThatKubernetesNeverChangesIsRefused() {
        String claim =
                "{'manifest':{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'d'},'spec':{'storageClassName':'%s'}}}";
        Review review = of(update("kubernetes_manifest.d", claim.formatted("gp2"), claim.formatted("gp3")), "");
        assertThat(review.risks()).singleElement().satisfies(risk -> {
            assertThat(risk.severity()).isEqualTo(Severity.HIGH);
            assertThat(risk.because()).extracting(Difference::path).containsExactly("manifest.spec.storageClassName");
            assertThat(risk.advice())
                    .startsWith("Undo it; or make another claim beside it")
                    .doesNotContain("-replace");
        });
        assertThat(review.groups().get(0).changes().get(0).note())
                .isEqualTo("Kubernetes refuses this: spec cannot change");
    }

    @Test
    void anUpdateThatSaysTheSameHasNoEffect() {
        String policy =
                "{\"policy\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":%s,\\\"Resource\\\":\\\"*\\\"}]}\"}";
        Review review = of(
                change(
                        "aws_iam_policy.p",
                        "\"update\"",
                        policy.formatted("[\\\"a:b\\\",\\\"c:d\\\"]"),
                        policy.formatted("[\\\"c:d\\\",\\\"a:b\\\"]")),
                "");
        assertThat(review.headline()).isEqualTo("No effect: 1 resource is updated to what it already is.");
    }

    @Test
    void anUnknownSeverityIsRefusedWithASuggestion() {
        assertThat(Severity.of("High")).isEqualTo(Severity.HIGH);
        assertThatThrownBy(() -> Severity.of("hihg"))
                .hasMessage(
                        "no severity \"hihg\"; allowed: critical, high, medium, low, info; fix: did you mean high?");
    }
}

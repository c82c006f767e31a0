package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.Action;
import dev.eksplatform.internal.plan.PlanBuilder;
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
import dev.eksplatform.internal.review.Gate;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.render.MarkdownReviewTest;
import dev.eksplatform.problem.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReviewTest {

    private static Review of(PlanBuilder plan) {
        return Reviewer.review(List.of(StackEvidence.planned("s", plan.build())), List.of());
    }

    private static Change change(Review review, String address) {
        return review.groups().stream()
                .flatMap(group -> group.changes().stream())
                .filter(change -> change.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> role(String trust) {
        return Map.of("name", "r", "assume_role_policy", trust);
    }

    @Test
    void namesTheWorstFirst() {
        Review review = MarkdownReviewTest.recorded("a-replace-cluster");
        assertThat(review.headline())
                .isEqualTo(
                        "Replaces aws_eks_cluster.c: a new cluster, so every workload is lost and every IRSA trust breaks."
                                + " 3 more risks are severe: 1 critical, 2 high. 12 replaced, 2 changed.");
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
                        Drift.Fate.REVERTED,
                        null));
        assertThat(review.groups()).isEmpty();
        assertThat(review.headline())
                .isEqualTo("Undoes what was changed outside of Terraform in 1 resource; nothing else changes.");
    }

    private static Map<String, Object> ingress(int port, String cidr) {
        return Map.of(
                "from_port", port, "to_port", port, "protocol", "tcp", "cidr_blocks", List.of(cidr), "self", false);
    }

    private static Map<String, Object> ruleResource(int from, int to, String cidr) {
        return Map.of(
                "ip_protocol", "tcp", "from_port", from, "to_port", to, "security_group_id", "sg-1", "cidr_ipv4", cidr);
    }

    @Test
    void aPortOpenedByHandIsDriftAlthoughTheGroupDoesNotConfigureIt() {
        Object before = Map.of("ingress", List.of());
        Object settled = Map.of("ingress", List.of(ingress(443, "10.0.0.0/8")));
        Object after = Map.of("ingress", List.of(ingress(22, "0.0.0.0/0"), ingress(443, "10.0.0.0/8")));
        PlanBuilder plan = PlanBuilder.empty()
                .keep("aws_security_group.g", after)
                .keep("aws_vpc_security_group_ingress_rule.https", ruleResource(443, 443, "10.0.0.0/8"));

        assertThat(of(plan.changedOutside("aws_security_group.g", before, settled))
                        .drifts())
                .isEmpty();
        Review review = of(plan.changedOutside("aws_security_group.g", before, after));
        assertThat(review.drifts())
                .extracting(Drift::address, Drift::undone)
                .containsExactly(tuple("aws_security_group.g", false));
        assertThat(review.headline()).isEqualTo("No changes. Changed outside of Terraform and kept: 1 resource.");
    }

    @Test
    void aResourceDeletedByHandIsDrift() {
        Object subnet = Map.of("cidr_block", "10.0.0.0/24");
        Review review = of(PlanBuilder.empty().create("aws_subnet.a", subnet).deletedOutside("aws_subnet.a", subnet));
        assertThat(review.drifts()).extracting(Drift::deleted, Drift::undone).containsExactly(tuple(true, true));
    }

    @Test
    void aTrustWrittenAnotherWayIsTheSameTrust() {
        Review review = of(PlanBuilder.empty().update("aws_iam_role.r", role("""
                                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
                                  "Principal": {"Service": ["a.b", "c.d"]}}]}
                                """), role("""
                                {"Statement": {"Principal": {"Service": ["c.d", "a.b"]}, "Action": "STS:assumeRole",
                                  "Effect": "Allow"}}
                                """)));
        assertThat(review.access()).isEmpty();
        assertThat(change(review, "aws_iam_role.r").differences()).isEmpty();
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
    void aWidenedTrustIsReported() {
        String trust = """
                {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
                  "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/oidc.example/id/A"},
                  "Condition": {"%s": {"oidc.example/id/A:sub": "system:serviceaccount:%s"}}}]}
                """;
        Review review = of(PlanBuilder.empty()
                .update(
                        "aws_iam_role.r",
                        role(trust.formatted("StringEquals", "app:web")),
                        role(trust.formatted("StringLike", "*:*"))));
        assertThat(review.access())
                .extracting(AccessChange::verdict, AccessChange::who, AccessChange::severity)
                .containsExactly(tuple(AccessChange.Verdict.GAINED, "any ServiceAccount like */*", Severity.HIGH));
        assertThat(review.headline())
                .isEqualTo(
                        "Lets any ServiceAccount like */* assume role r (IRSA through oidc.example/id/A, for any audience). 1 changed;"
                                + " nothing is replaced or deleted.");
    }

    @Test
    void sayWhichPortsOpenAndClose() {
        Review review = of(PlanBuilder.empty()
                .update(
                        "aws_vpc_security_group_ingress_rule.a",
                        ruleResource(443, 443, "10.0.0.0/8"),
                        ruleResource(22, 23, "0.0.0.0/0"))
                .delete("aws_vpc_security_group_ingress_rule.b", ruleResource(80, 80, "10.0.0.0/8"))
                .create("aws_vpc_security_group_ingress_rule.c", ruleResource(80, 80, "10.0.0.0/8")));
        assertThat(review.ports())
                .extracting(PortChange::opened, PortChange::ports, PortChange::peer, PortChange::world)
                .containsExactly(
                        tuple(true, "tcp 22-23", "0.0.0.0/0", true), tuple(false, "tcp 443", "10.0.0.0/8", false));
        assertThat(review.headline()).startsWith("Opens tcp 22-23 of sg-1 to the internet.");
    }

    @Test
    void aPortOpenedByAGeneratedBlockIsReported() {
        assertThat(MarkdownReviewTest.recorded("recorded/dynamic").ports())
                .extracting(PortChange::ports, PortChange::target, PortChange::peer)
                .containsExactly(
                        tuple("tcp 22", "aws_security_group.open", "0.0.0.0/0"),
                        tuple("tcp 443", "aws_security_group.open", "0.0.0.0/0"));
    }

    @Test
    void helmValuesAreComparedByMeaning() {
        Change chart = change(MarkdownReviewTest.recorded("b-update-charts"), "helm_release.lbc");
        assertThat(chart.differences())
                .extracting(Difference::path)
                .containsExactly(
                        "values.enableServiceMutatorWebhook",
                        "values.podAnnotations.note",
                        "values.replicaCount",
                        "version");
    }

    @Test
    void whatAProviderDecidesDuringApplyIsNotShown() {
        Change cluster = change(MarkdownReviewTest.recorded("a-replace-cluster"), "aws_eks_cluster.c");
        assertThat(cluster.differences()).containsExactly(new Difference("name", "proof", "proof2", true));
    }

    @Test
    void whatOverridesSetIsNotedWhereItChanges() {
        SourceMap sources = new SourceMap(new TreeMap<>(Map.of(
                "aws_eks_cluster.c#name", new SourcePosition("stacks/shop.yaml", 9, 5),
                "aws_eks_cluster.c2#name", new SourcePosition("stacks/shop.yaml", 8, 5),
                "aws_eks_node_group.n#subnet_ids", new SourcePosition("stacks/shop.yaml", 7, 5))));
        Review review = Reviewer.review(
                List.of(StackEvidence.planned("shop", PlanFiles.recorded("a-replace-cluster"))
                        .withSources(sources)),
                List.of());
        assertThat(change(review, "aws_eks_cluster.c").note())
                .isEqualTo("set by overrides: name (stacks/shop.yaml:9:5)");
        assertThat(change(review, "aws_eks_node_group.n").note())
                .endsWith("set by overrides: subnet_ids (stacks/shop.yaml:7:5)");
    }

    @Test
    void changesAreGroupedByConstructAndKnowTheirLine() {
        SynthesizedStack head = PlanFiles.synthesized("shop", """
                        {"resource": {"aws_cloudwatch_log_group": {"audit": {
                          "//": {"metadata": {"path": "shop/cluster/logs/group"}}}}}}
                        """);
        SourceMap sources = new SourceMap(
                new TreeMap<>(Map.of("aws_cloudwatch_log_group.audit", new SourcePosition("stacks/shop.yaml", 7, 3))));
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
        String json = """
                {"terraform": {"required_providers": {"aws": {"version": "%s"}}},
                 "resource": {"aws_eks_cluster": {"c": {"name": "%s", "role_arn": "${aws_iam_role.r.arn}"}},
                   "aws_iam_role": {"r": {"name": "r"}}}}
                """;
        Review review = Reviewer.review(
                List.of(StackEvidence.unplanned("shop")
                        .withBase(PlanFiles.synthesized("shop", json.formatted("5.100.0", "one")))
                        .withHead(PlanFiles.synthesized("shop", json.formatted("6.0.0", "two")))),
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
    void accessChangesAreReportedWithoutAPlan() {
        String json = """
                {"resource": {
                  "aws_iam_role": {"orders": {"name": "shop-orders", "assume_role_policy": "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\",
                    \\"Action\\": \\"sts:AssumeRoleWithWebIdentity\\", \\"Principal\\": {\\"Federated\\": \\"${aws_iam_openid_connect_provider.p.arn}\\"},
                    \\"Condition\\": {\\"StringEquals\\": {\\"${local.issuer}:sub\\": \\"system:serviceaccount:shop:orders\\"}}}]}"}},
                  "aws_iam_role_policy_attachment": {"orders": {"role": "${aws_iam_role.orders.name}", "policy_arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}}}}
                """.replaceAll("\\n +", " ");
        Review review = Reviewer.review(
                List.of(StackEvidence.unplanned("shop").withHead(PlanFiles.synthesized("shop", json))), List.of());
        assertThat(review.access())
                .extracting(AccessChange::who, AccessChange::after)
                .containsExactly(
                        tuple(
                                "ServiceAccount shop/orders",
                                "assume role shop-orders (IRSA through an issuer that is known after apply, for any audience)"),
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
        assertThat(Gate.on(Severity.HIGH).reasons(review)).isNotEmpty();
        List<Finding> waivedOnly =
                review.waived().stream().map(PlacedFinding::finding).toList();
        Review calm =
                Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.recorded("recorded/update"))), waivedOnly);
        assertThat(calm.highestSeverity()).isEqualTo(Optional.empty());
        assertThat(Gate.on(Severity.INFO).reasons(calm)).isEmpty();
    }

    @Test
    void aDeposedObjectIsNotTheLiveOne() {
        Review review = of(PlanBuilder.empty()
                .update(
                        "aws_vpc.v",
                        Map.of("id", "vpc-12345678", "tags", Map.of("a", "1")),
                        Map.of("id", "vpc-12345678", "tags", Map.of("a", "2")))
                .deleteDeposed("aws_vpc.v", "abcd1234", Map.of("id", "vpc-00000000")));
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

    private static Map<String, String> chart(String version) {
        return Map.of("name", "x", "chart", "cert-manager", "version", version);
    }

    private static Map<String, String> addon(String version) {
        return Map.of("addon_name", "vpc-cni", "addon_version", version);
    }

    private static Map<String, String> cluster(String version) {
        return Map.of("version", version);
    }

    @Test
    void aDowngradeIsNotCalledAnUpgrade() {
        PlanBuilder plan = PlanBuilder.empty()
                .update("helm_release.a", chart("v1.18.2"), chart("v1.18.1"))
                .update("helm_release.b", chart("1.9.0"), chart("1.10.0"))
                .update("aws_eks_addon.a", addon("v1.19.5-eksbuild.10"), addon("v1.19.5-eksbuild.9"))
                .update("aws_eks_addon.b", addon("v1.9.0-eksbuild.1"), addon("v1.10.0-eksbuild.1"))
                .update("aws_eks_cluster.a", cluster("1.33"), cluster("1.32"))
                .update("aws_eks_cluster.b", cluster("1.9"), cluster("1.10"));

        assertThat(of(plan).risks())
                .extracting(Risk::address, Risk::summary)
                .containsExactlyInAnyOrder(
                        tuple("helm_release.a", "a chart is downgraded"),
                        tuple("helm_release.b", "a chart is upgraded"),
                        tuple("aws_eks_addon.a", "an add-on is downgraded"),
                        tuple("aws_eks_addon.b", "an add-on is upgraded"),
                        tuple("aws_eks_cluster.a", "EKS refuses nearly every downgrade"),
                        tuple(
                                "aws_eks_cluster.b",
                                "the control plane is upgraded, which can be undone for seven days only"));
    }

    private static Map<String, String> natRoute(String gateway) {
        return Map.of(
                "route_table_id", "rtb-12345678", "destination_cidr_block", "0.0.0.0/0", "nat_gateway_id", gateway);
    }

    @Test
    void aNatGatewayThatGoesIsJudgedByTheRoutesThatRemain() {
        PlanBuilder gateways = PlanBuilder.empty()
                .keep("aws_nat_gateway.a", Map.of("id", "nat-aaaaaaaa"))
                .delete("aws_nat_gateway.b", Map.of("id", "nat-bbbbbbbb"));
        assertThat(of(gateways.update("aws_route.b", natRoute("nat-bbbbbbbb"), natRoute("nat-aaaaaaaa")))
                        .risks())
                .extracting(Risk::severity, Risk::summary)
                .containsExactly(tuple(Severity.MEDIUM, "nodes use another gateway"));
        assertThat(of(gateways.update("aws_route.b", natRoute("nat-bbbbbbbb"), natRoute("")))
                        .risks())
                .extracting(Risk::meaning)
                .singleElement()
                .asString()
                .startsWith("The routes that pointed to it point elsewhere.");
        PlanBuilder deleted = gateways.delete("aws_route.b", natRoute("nat-bbbbbbbb"));
        assertThat(of(deleted).risks())
                .extracting(Risk::severity, Risk::address, Risk::summary)
                .containsExactly(
                        tuple(Severity.HIGH, "aws_nat_gateway.b", "nodes in private subnets lose internet access"),
                        tuple(Severity.HIGH, "aws_route.b", "subnets lose their way out"));
        assertThat(of(deleted.create("aws_route.c", natRoute("nat-aaaaaaaa"))).risks())
                .extracting(Risk::severity, Risk::summary)
                .containsExactly(
                        tuple(Severity.MEDIUM, "nodes use another gateway"),
                        tuple(Severity.LOW, "another route to the same destination remains"));
        assertThat(of(gateways.keep("aws_route.b", natRoute("nat-bbbbbbbb"))).risks())
                .extracting(Risk::severity)
                .containsExactly(Severity.HIGH);
    }

    private static Map<String, Object> claim(String storageClass) {
        return Map.of(
                "manifest",
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "PersistentVolumeClaim",
                        "metadata",
                        Map.of("name", "d"),
                        "spec",
                        Map.of("storageClassName", storageClass)));
    }

    @Test
    void aFieldThatKubernetesNeverChangesIsRefused() {
        Review review = of(PlanBuilder.empty().update("kubernetes_manifest.d", claim("gp2"), claim("gp3")));
        assertThat(review.risks()).singleElement().satisfies(risk -> {
            assertThat(risk.severity()).isEqualTo(Severity.HIGH);
            assertThat(risk.because()).extracting(Difference::path).containsExactly("manifest.spec.storageClassName");
            assertThat(risk.advice())
                    .startsWith("Undo it; or create another claim")
                    .doesNotContain("-replace");
        });
        assertThat(change(review, "kubernetes_manifest.d").note())
                .isEqualTo("Kubernetes refuses this: spec cannot change");
    }

    private static Map<String, String> policy(String actions) {
        return Map.of(
                "policy",
                "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": " + actions + ", \"Resource\": \"*\"}]}");
    }

    @Test
    void anUpdateThatSaysTheSameHasNoEffect() {
        Review review = of(PlanBuilder.empty()
                .update("aws_iam_policy.p", policy("[\"a:b\", \"c:d\"]"), policy("[\"c:d\", \"a:b\"]")));
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

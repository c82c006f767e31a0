package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Example;
import dev.eksplatform.internal.review.PortChange;
import dev.eksplatform.internal.review.Rendered;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import dev.eksplatform.internal.review.render.MarkdownReview;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ports, routes and renames, judged by what remains. */
class ConnectionRisksTest {

    private static final String LBC = "the webhook of the AWS Load Balancer Controller";

    private static Review review(PlanBuilder... plans) {
        Map<String, PlanBuilder> stacks = new LinkedHashMap<>();
        for (PlanBuilder plan : plans) {
            stacks.put("s" + stacks.size(), plan);
        }
        return Reviewer.review(
                stacks.entrySet().stream()
                        .map(stack -> StackEvidence.planned(
                                stack.getKey(), stack.getValue().build()))
                        .toList(),
                List.of());
    }

    private static List<String> risks(PlanBuilder... plans) {
        return review(plans).risks().stream()
                .map(risk -> risk.severity().word() + " " + risk.summary())
                .toList();
    }

    private static Map<String, Object> rule(int from, int to, String peer) {
        Map<String, Object> rule = new HashMap<>(Map.of("ip_protocol", "tcp", "from_port", from, "to_port", to));
        rule.put("security_group_id", "sg-nodenode");
        rule.put(peer.contains("/") ? "cidr_ipv4" : "referenced_security_group_id", peer);
        return rule;
    }

    private static PlanBuilder cluster() {
        return PlanBuilder.empty()
                .keep(
                        "aws_eks_cluster.c",
                        Map.of(
                                "id",
                                "c",
                                "vpc_config",
                                List.of(Map.of(
                                        "security_group_ids",
                                        List.of("sg-control1"),
                                        "cluster_security_group_id",
                                        "sg-ekscluster"))))
                .keep("aws_security_group.node", Map.of("id", "sg-nodenode"));
    }

    private static final String RULE = "aws_vpc_security_group_ingress_rule.";

    @Test
    void halfOfTheInternetIsTheInternet() {
        for (String peer : List.of("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/2")) {
            assertThat(review(cluster().create(RULE + "a", rule(22, 22, peer))).ports())
                    .as(peer)
                    .singleElement()
                    .matches(PortChange::world);
        }
        for (String peer : List.of("10.0.0.0/8", "203.0.113.0/24")) {
            assertThat(review(cluster().create(RULE + "a", rule(22, 22, peer))).ports())
                    .as(peer)
                    .singleElement()
                    .matches(port -> !port.world());
        }
    }

    @Test
    void aPortIsClosedWhenNoRuleKeepsItOpen() {
        PlanBuilder closed = cluster().delete(RULE + "a", rule(9443, 9443, "sg-control1"));
        assertThat(risks(closed)).containsExactly("high " + LBC + " can no longer be called");
        assertThat(risks(
                        cluster().update(RULE + "a", rule(9443, 9443, "sg-control1"), rule(9444, 9444, "sg-control1"))))
                .containsExactly("high " + LBC + " can no longer be called");
        assertThat(risks(cluster()
                        .update(RULE + "a", rule(1025, 65535, "sg-control1"), rule(1025, 9442, "sg-control1"))))
                .containsExactly("high " + LBC + " and the webhook of cert-manager and the kubelet fails");
    }

    @Test
    void aPortIsOpenWhileARuleCoversIt() {
        PlanBuilder closed = cluster().delete(RULE + "a", rule(9443, 9443, "sg-control1"));
        List<String> harmless = List.of("low a connection is no longer allowed");
        assertThat(risks(closed.keep(RULE + "range", rule(1025, 65535, "sg-control1"))))
                .isEqualTo(harmless);
        assertThat(risks(closed.keep(RULE + "other", rule(9443, 9443, "sg-ekscluster"))))
                .isEqualTo(harmless);
        assertThat(risks(closed.keep(RULE + "network", rule(0, 65535, "10.0.0.0/8"))))
                .isEqualTo(harmless);
        assertThat(risks(closed.create(RULE + "new", rule(9000, 9999, "sg-control1"))))
                .isEqualTo(harmless);
        assertThat(risks(closed.keep(RULE + "elsewhere", rule(9443, 9443, "203.0.113.0/24"))))
                .containsExactly("high " + LBC + " can no longer be called");
        assertThat(risks(cluster().delete(RULE + "a", rule(5432, 5432, "sg-control1"))))
                .isEqualTo(harmless);
        assertThat(risks(cluster().delete(RULE + "a", rule(9443, 9443, "sg-somebody"))))
                .isEqualTo(harmless);
    }

    @Test
    void theWebhookIsThatOfWhatIsInstalled() {
        PlanBuilder closed = cluster().delete(RULE + "a", rule(9443, 9443, "sg-control1"));
        PlanBuilder kyverno = PlanBuilder.empty().keep("helm_release.k", Map.of("chart", "kyverno"));
        assertThat(risks(closed, kyverno)).containsExactly("high the webhook of Kyverno can no longer be called");
        PlanBuilder moved = PlanBuilder.empty()
                .keep(
                        "helm_release.l",
                        Map.of(
                                "chart",
                                "oci://example/aws-load-balancer-controller",
                                "values",
                                List.of("webhookBindPort: 9999")));
        assertThat(risks(closed, moved)).containsExactly("low a connection is no longer allowed");
        assertThat(risks(cluster().delete(RULE + "a", rule(9999, 9999, "sg-control1")), moved))
                .containsExactly("high " + LBC + " can no longer be called");
    }

    @Test
    void closingTheWayOutIsARisk() {
        Map<String, Object> out =
                Map.of("ip_protocol", "-1", "security_group_id", "sg-nodenode", "cidr_ipv4", "0.0.0.0/0");
        Map<String, Object> https = Map.of(
                "ip_protocol",
                "tcp",
                "from_port",
                443,
                "to_port",
                443,
                "security_group_id",
                "sg-nodenode",
                "cidr_ipv4",
                "0.0.0.0/0");
        PlanBuilder closed = cluster().delete("aws_vpc_security_group_egress_rule.a", out);
        assertThat(risks(closed)).containsExactly("high connections to the internet are no longer allowed");
        assertThat(risks(closed.create("aws_vpc_security_group_egress_rule.b", https)))
                .containsExactly("low a connection is no longer allowed");
    }

    private static Map<String, Object> out(String attribute, String peer) {
        return Map.of("ip_protocol", "-1", "security_group_id", "sg-nodenode", attribute, peer);
    }

    @Test
    void halvesOfTheInternetAreAWayOut() {
        String rule = "aws_vpc_security_group_egress_rule.";
        PlanBuilder halves = cluster()
                .delete(rule + "all", out("cidr_ipv4", "0.0.0.0/0"))
                .create(rule + "low", out("cidr_ipv4", "0.0.0.0/1"))
                .create(rule + "high", out("cidr_ipv4", "128.0.0.0/1"));
        assertThat(risks(halves)).containsExactly("low a connection is no longer allowed");
        PlanBuilder closed = cluster()
                .delete(rule + "low", out("cidr_ipv4", "0.0.0.0/1"))
                .delete(rule + "high", out("cidr_ipv4", "128.0.0.0/1"));
        assertThat(risks(closed)).containsOnly("high connections to the internet are no longer allowed");
        assertThat(risks(closed.keep(rule + "list", out("prefix_list_id", "pl-12345678"))))
                .containsOnly("medium connections to the internet may no longer be allowed");
    }

    private static Map<String, Object> manifest(String version, String kind, String name, Map<String, Object> rest) {
        Map<String, Object> manifest = new HashMap<>(rest);
        manifest.put("apiVersion", version);
        manifest.put("kind", kind);
        manifest.putIfAbsent("metadata", Map.of("name", name));
        return Map.of("manifest", manifest);
    }

    private static Map<String, Object> parameters(Map<String, Object> spec) {
        return manifest("elbv2.k8s.aws/v1beta1", "IngressClassParams", "p", Map.of("spec", spec));
    }

    private static final Map<String, Object> CLASS = manifest(
            "networking.k8s.io/v1",
            "IngressClass",
            "c",
            Map.of("spec", Map.of("parameters", Map.of("kind", "IngressClassParams", "name", "p"))));

    private static Map<String, Object> ingress(Map<String, String> annotations) {
        return manifest(
                "networking.k8s.io/v1",
                "Ingress",
                "shop",
                Map.of(
                        "metadata",
                        Map.of("name", "shop", "namespace", "shop", "annotations", annotations),
                        "spec",
                        Map.of("ingressClassName", "c")));
    }

    @Test
    void theClassOfAnIngressDecidesBeforeItsAnnotations() {
        String address = "kubernetes_manifest.";
        Map<String, Object> internet =
                parameters(Map.of("scheme", "internet-facing", "inboundCIDRs", List.of("0.0.0.0/0")));
        PlanBuilder plan = PlanBuilder.empty().keep(address + "class", CLASS);
        Map<String, String> internal = Map.of("alb.ingress.kubernetes.io/scheme", "internal");
        Review created = review(plan.keep(address + "p", internet).create(address + "shop", ingress(internal)));
        assertThat(created.ports()).singleElement().matches(port -> port.opened() && port.world());
        assertThat(created.risks()).extracting(Risk::summary).contains("a load balancer is opened to the internet");
        assertThat(created.picture().platforms().get(0).entries())
                .singleElement()
                .satisfies(box -> assertThat(box.open()).isTrue());
        Review closed = review(plan.keep(address + "p", parameters(Map.of("scheme", "internal")))
                .create(address + "shop", ingress(Map.of("alb.ingress.kubernetes.io/scheme", "internet-facing"))));
        assertThat(closed.ports()).isEmpty();
        assertThat(closed.picture().platforms().get(0).entries()).isEmpty();
        Review opened = review(plan.update(address + "p", parameters(Map.of("scheme", "internal")), internet)
                .keep(address + "shop", ingress(internal)));
        assertThat(opened.ports())
                .extracting(PortChange::address, PortChange::opened, PortChange::world)
                .containsExactly(tuple(address + "shop", true, true));
        assertThat(opened.risks())
                .extracting(Risk::summary)
                .contains("load balancers of a class are opened to the internet");
    }

    @Test
    void theChartOfTheControllerCreatesAClass() {
        PlanBuilder plan = PlanBuilder.empty()
                .keep(
                        "helm_release.lbc",
                        Map.of(
                                "chart",
                                "aws-load-balancer-controller",
                                "values",
                                List.of("ingressClass: c\ningressClassParams: {spec: {scheme: internet-facing}}")))
                .create("kubernetes_manifest.shop", ingress(Map.of()));
        assertThat(review(plan).ports()).singleElement().matches(PortChange::world);
    }

    @Test
    void aCertificateThatIsKnownAfterApplyIsOne() {
        String cert = "alb.ingress.kubernetes.io/certificate-arn";
        String plan = """
                {"format_version": "1.2", "planned_values": {}, "resource_changes": [{"address": "kubernetes_manifest.shop",
                "mode": "managed", "type": "kubernetes_manifest", "name": "shop", "change": {"actions": ["update"],
                "before": {"manifest": {"kind": "Ingress", "metadata": {"name": "shop", "annotations": {"%s": "arn:c"}}}},
                "after": {"manifest": {"kind": "Ingress", "metadata": {"name": "shop", "annotations": {}}}},
                "after_unknown": {"manifest": {"metadata": {"annotations": {"%s": true}}}}}}]}""".formatted(cert, cert);
        assertThat(Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of(plan))), List.of())
                        .risks())
                .isEmpty();
    }

    @Test
    void anObjectOfAListIsNamedAndMayHaveBeenMoved() {
        Map<String, Object> namespace =
                Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "a"));
        Map<String, Object> list =
                Map.of("manifest", Map.of("apiVersion", "v1", "kind", "List", "items", List.of(namespace)));
        Map<String, Object> empty = Map.of("manifest", Map.of("apiVersion", "v1", "kind", "List", "items", List.of()));
        PlanBuilder removed = PlanBuilder.empty().update("kubernetes_manifest.list", list, empty);
        assertThat(review(removed).risks()).singleElement().satisfies(risk -> {
            assertThat(risk.label()).isEqualTo("Namespace a");
            assertThat(risk.inWords()).isEqualTo("deleted");
        });
        assertThat(risks(removed.create("kubernetes_manifest.own", Map.of("manifest", namespace))))
                .containsExactly("critical the same is deleted and created again under another address");
        assertThat(risks(PlanBuilder.empty()
                        .delete("kubernetes_manifest.list", list)
                        .create("kubernetes_manifest.other", empty)))
                .containsExactly("critical a namespace is deleted with everything in it");
    }

    private static Map<String, Object> table(String attribute, String target) {
        return Map.of(
                "id",
                "rtb-12345678",
                "route",
                target.isEmpty() ? List.of() : List.of(Map.of("cidr_block", "0.0.0.0/0", attribute, target)));
    }

    @Test
    void theRoutesOfATableAreJudgedByWhereTheyLead() {
        String address = "aws_route_table.t";
        Map<String, Object> nat = table("nat_gateway_id", "nat-1");
        assertThat(risks(PlanBuilder.empty().update(address, nat, table("", ""))))
                .containsExactly("high subnets lose their way out");
        assertThat(risks(PlanBuilder.empty().update(address, nat, table("gateway_id", "igw-1"))))
                .containsExactly("high subnets lose their NAT gateway");
        assertThat(risks(PlanBuilder.empty().update(address, nat, table("transit_gateway_id", "tgw-1"))))
                .containsExactly("medium a route leads elsewhere");
        assertThat(risks(PlanBuilder.empty().update(address, table("gateway_id", "igw-1"), nat)))
                .containsExactly("high subnets can no longer be reached from the internet");
        assertThat(risks(PlanBuilder.empty().update(address, table("", ""), nat)))
                .isEmpty();
    }

    @Test
    void aRouteThatMovesFromATableToAResourceOfItsOwnStays() {
        PlanBuilder moved =
                PlanBuilder.empty().update("aws_route_table.t", table("nat_gateway_id", "nat-1"), table("", ""));
        assertThat(risks(moved.create("aws_route.r", route("nat_gateway_id", "nat-1"))))
                .isEmpty();
        assertThat(risks(moved.create("aws_route.r", route("gateway_id", "igw-1"))))
                .containsExactly("high subnets lose their NAT gateway");
        Map<String, Object> other = new HashMap<>(route("nat_gateway_id", "nat-1"));
        other.put("destination_cidr_block", "10.9.0.0/16");
        assertThat(risks(moved.create("aws_route.r", other))).containsExactly("high subnets lose their way out");
        PlanBuilder back = PlanBuilder.empty()
                .delete("aws_route.r", route("nat_gateway_id", "nat-1"))
                .update("aws_route_table.t", table("nat_gateway_id", "nat-1"), table("nat_gateway_id", "nat-1"));
        assertThat(risks(back)).containsExactly("high subnets lose their way out");
        assertThat(risks(back.configured("aws_route_table.t", Map.of("route", List.of()))))
                .doesNotContain("high subnets lose their way out");
    }

    private static Map<String, Object> route(String attribute, String target) {
        return Map.of("route_table_id", "rtb-12345678", "destination_cidr_block", "0.0.0.0/0", attribute, target);
    }

    @Test
    void aRouteThatTakesThePlaceOfAnotherIsJudgedByItsTarget() {
        PlanBuilder deleted = PlanBuilder.empty().delete("aws_route.a", route("nat_gateway_id", "nat-1"));
        assertThat(risks(deleted.create("aws_route.b", route("nat_gateway_id", "nat-2"))))
                .containsExactly("low another route to the same destination remains");
        assertThat(risks(deleted.create("aws_route.b", route("gateway_id", "igw-1"))))
                .containsExactly("high subnets lose their NAT gateway");
        assertThat(risks(PlanBuilder.empty()
                        .delete("aws_route_table_association.a", Map.of("subnet_id", "s", "route_table_id", "rtb-1"))
                        .create("aws_route_table_association.b", Map.of("subnet_id", "s", "route_table_id", "rtb-2"))))
                .containsExactly("medium a subnet gets the routes of another table");
    }

    @Test
    void whatIsCreatedAgainUnderAnotherAddressIsRenamed() {
        Map<String, Object> topic = Map.of("name", "t", "fifo_topic", false);
        Review review = review(PlanBuilder.empty()
                .delete("aws_ecs_tag.old", topic)
                .create("aws_ecs_tag.new", topic)
                .delete("aws_dynamodb_table.old", Map.of("name", "d", "arn", "a"))
                .create("aws_dynamodb_table.new", Map.of("name", "d"))
                .delete("aws_sqs_queue.old", Map.of("name", "q"))
                .create("aws_sqs_queue.new", Map.of("name", "other")));
        assertThat(review.risks())
                .extracting(risk -> risk.address() + " " + risk.severity().word() + " " + risk.summary())
                .containsExactly(
                        "aws_dynamodb_table.old critical the same is deleted and created again under another address",
                        "aws_sqs_queue.old critical data is lost: the messages in the queue",
                        "aws_ecs_tag.old low the same is deleted and created again under another address");
        assertThat(review.risks().get(0).advice())
                .startsWith("Add a moved block from aws_dynamodb_table.old to aws_dynamodb_table.new");
    }

    @Test
    void whatIsMovedOrForgottenIsNotDeleted() {
        assertThat(Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.recorded("recorded/move"))), List.of())
                        .risks())
                .isEmpty();
        assertThat(Reviewer.review(
                                List.of(StackEvidence.planned("s", PlanFiles.recorded("recorded/forget"))), List.of())
                        .risks())
                .extracting(Risk::severity)
                .containsOnly(Severity.LOW);
    }

    private static Map<String, Object> budget(int least) {
        return Map.of(
                "manifest",
                Map.of(
                        "kind",
                        "PodDisruptionBudget",
                        "spec",
                        Map.of("minAvailable", least, "selector", Map.of("matchLabels", Map.of("app", "a")))));
    }

    private static Map<String, Object> deployment(int replicas) {
        return Map.of(
                "manifest",
                Map.of(
                        "kind",
                        "Deployment",
                        "spec",
                        Map.of(
                                "replicas",
                                replicas,
                                "template",
                                Map.of("metadata", Map.of("labels", Map.of("app", "a", "b", "c"))))));
    }

    @Test
    void aBudgetThatNeedsAllPodsBlocksDraining() {
        String pdb = "kubernetes_manifest.budget";
        String app = "kubernetes_manifest.app";
        assertThat(risks(PlanBuilder.empty().create(pdb, budget(2)).keep(app, deployment(2))))
                .containsExactly("medium nodes cannot be drained");
        assertThat(risks(PlanBuilder.empty().create(pdb, budget(1)).keep(app, deployment(2))))
                .isEmpty();
        assertThat(risks(PlanBuilder.empty().keep(pdb, budget(2)).update(app, deployment(3), deployment(2))))
                .containsExactly("medium nodes cannot be drained", "low there are fewer replicas");
    }

    @Test
    void aPolicyThatDeniesIsARiskWithoutAPlan() {
        String policy =
                "{'resource': {'kubernetes_network_policy_v1': {'p': {'metadata': {'name': 'p', 'namespace': 'n'},"
                        + " 'spec': {'pod_selector': {}, 'policy_types': ['Ingress'] %s}}}}}";
        String open = policy.formatted(", 'ingress': [{'from': [{'pod_selector': {}}]}]");
        assertThat(ReviewWithoutPlanTest.review(open, policy.formatted("")).risks())
                .extracting(Risk::summary)
                .containsExactly("pods lose all connections (ingress)");
        assertThat(ReviewWithoutPlanTest.review("{'resource': {}}", policy.formatted(""))
                        .risks())
                .extracting(Risk::summary)
                .containsExactly("pods lose all connections (ingress)");
        assertThat(ReviewWithoutPlanTest.review(open, open).risks()).isEmpty();
    }

    @Test
    void settingsAndRoutesAreRisksWithoutAPlan() {
        String stack = "{'resource': {'aws_eks_node_group': {'g': {'scaling_config': {'desired_size': %d}}},"
                + " 'aws_route': {'r': {'route_table_id': '${aws_route_table.t.id}', 'destination_cidr_block': '0.0.0.0/0',"
                + " '%s': '${%s.id}'}}, 'aws_route_table': {'t': {'vpc_id': 'v'}}}}";
        assertThat(ReviewWithoutPlanTest.review(
                                stack.formatted(2, "nat_gateway_id", "aws_nat_gateway.n"),
                                stack.formatted(0, "gateway_id", "aws_internet_gateway.i"))
                        .risks())
                .extracting(Risk::summary)
                .containsExactlyInAnyOrder("nodes are scaled to zero", "subnets lose their NAT gateway");
    }

    @Test
    void equalRisksAreGroupedInHeadlineAndPage() {
        PlanBuilder plan = PlanBuilder.empty();
        for (int i = 0; i < 12; i++) {
            plan = plan.delete("aws_eks_node_group.n" + i, Map.of("node_group_name", "n" + i));
        }
        Review review = review(plan);
        assertThat(review.headline())
                .isEqualTo("Deletes 12 EKS node groups: nodes are deleted, with what runs on them. 12 deleted.");
        assertThat(MarkdownReview.render(review, "the page"))
                .contains("| 12 EKS node groups:<br>`aws_eks_node_group.n0`", "and 7 more")
                .containsOnlyOnce("their pods stay pending");
        assertThat(Rendered.html(review)).contains("12 EKS node groups: nodes are deleted", "aws_eks_node_group.n11");
    }

    @Test
    void theWorstSectionComesFirst() {
        Finding finding =
                Example.finding("a-rule", "A rule", Severity.CRITICAL, "s0", "aws_vpc.v", "it is broken", "fix it");
        StackEvidence stack = StackEvidence.planned(
                "s0",
                PlanBuilder.empty()
                        .update("aws_vpc.v", Map.of("tags", Map.of()), Map.of("tags", Map.of("a", "b")))
                        .delete("aws_flow_log.f", Map.of("id", "f"))
                        .build());
        Review severe = Reviewer.review(List.of(stack), List.of(finding));
        assertThat(severe.headline()).contains("Violates a-rule: aws_vpc.v.");
        for (String page : List.of(MarkdownReview.render(severe, "the page"), Rendered.html(severe))) {
            assertThat(page.lastIndexOf("a-rule"))
                    .isPositive()
                    .isLessThan(page.lastIndexOf("addresses a node talked to"));
        }
        Review calm = Reviewer.review(List.of(stack), List.of());
        assertThat(calm.headline()).doesNotContain("Violates");
    }
}

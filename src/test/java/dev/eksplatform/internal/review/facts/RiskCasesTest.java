package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.guardrail.Guardrails;
import dev.eksplatform.internal.guardrail.PlacedFinding;
import dev.eksplatform.internal.guardrail.Severity;
import dev.eksplatform.internal.guardrail.Waivers;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Review;
import dev.eksplatform.internal.review.Risk;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans whose risks were missed once. */
class RiskCasesTest {

    private static Review review(String name) {
        List<StackEvidence> stacks = List.of(StackEvidence.planned("s", PlanFiles.reviewCase(name)));
        List<Finding> findings = Guardrails.load(List.of()).evaluate(stacks, Waivers.none(), LocalDate.of(2026, 1, 1));
        return Reviewer.review(stacks, findings);
    }

    private static List<String> risks(Review review) {
        return review.risks().stream()
                .map(risk -> risk.address() + " " + risk.severity().word() + ": " + risk.summary())
                .toList();
    }

    @Test
    void theRuleThatADeletionBreaksIsAFindingOfTheChange() {
        Review review = review("sem-01-flowlog-deleted");
        assertThat(review.unreported().stream().map(PlacedFinding::finding).filter(finding -> !finding.unchanged()))
                .extracting(Finding::rule, Finding::address)
                .containsExactly(tuple("vpc-flow-logs", "aws_vpc.v"));
        assertThat(review.headline()).contains("Deletes aws_flow_log.f: network traffic is no longer logged.");
    }

    @Test
    void aWebhookThatCanNoLongerBeCalledIsNamed() {
        Review review = review("sem-04-webhook-port-closed");
        assertThat(risks(review))
                .containsExactly(
                        "aws_vpc_security_group_ingress_rule.eksnode9443 high: the webhook of the AWS Load Balancer Controller"
                                + " can no longer be called",
                        "aws_vpc_security_group_ingress_rule.node9443 high: the webhook of the AWS Load Balancer Controller can"
                                + " no longer be called");
        assertThat(review.headline())
                .contains(
                        "Deletes 2 VPC security group ingress rules: the webhook of the AWS Load Balancer Controller can no"
                                + " longer be called.");
    }

    @Test
    void controlPlaneLogsThatStopAreARisk() {
        assertThat(risks(review("sem-05-logs-off")))
                .containsExactly("aws_eks_cluster.c high: control plane logs are switched off");
    }

    @Test
    void nodesThatLoseTheirWayOutAreARisk() {
        assertThat(risks(review("sem-07-nat-route-deleted")))
                .containsExactly("aws_route.prv high: subnets lose their way out");
    }

    @Test
    void whatHoldsDataIsNamedAsDataAndEachKindHasItsWords() {
        List<String> risks = risks(review("sem-16-deletes"));
        assertThat(risks)
                .contains(
                        "aws_s3_bucket.x critical: a bucket is deleted with all its objects",
                        "aws_db_instance.x critical: data is lost: the database and its automated backups",
                        "aws_rds_cluster.x high: data is deleted after a final snapshot: the databases of the cluster and its"
                                + " automated backups",
                        "aws_dynamodb_table.x critical: data is lost: what is stored in the table or index",
                        "aws_efs_file_system.x critical: data is lost: the files",
                        "aws_ebs_volume.x critical: data is lost: what is on the volume",
                        "aws_ecr_repository.x critical: data is lost: the images of the repository",
                        "aws_secretsmanager_secret.x critical: data is lost: the secret",
                        "aws_elasticache_cluster.x critical: data is lost: what is in the cache",
                        "aws_sqs_queue.x critical: data is lost: the messages in the queue",
                        "aws_acm_certificate.x high: data is lost: the certificate",
                        "aws_lb.x high: a load balancer is deleted",
                        "aws_autoscaling_group.x high: instances are terminated",
                        "aws_vpc_peering_connection.x high: the connection to another network is lost",
                        "aws_iam_instance_profile.x high: instances lose their role",
                        "aws_iam_policy.x medium: permissions are lost",
                        "aws_launch_template.x medium: groups of nodes can no longer grow",
                        "kubernetes_manifest.PersistentVolumeClaim critical: a volume's data is lost",
                        "kubernetes_manifest.PersistentVolume high: a volume's data may be lost",
                        "kubernetes_manifest.StatefulSet high: a workload with data is deleted",
                        "kubernetes_manifest.CustomResourceDefinition critical: every object of a kind is deleted",
                        "kubernetes_manifest.Namespace critical: a namespace is deleted with everything in it",
                        "kubernetes_manifest.Secret high: a Secret is lost",
                        "kubernetes_manifest.ConfigMap medium: configuration of pods is deleted",
                        "kubernetes_manifest.ClusterIssuer high: certificates are no longer renewed",
                        "kubernetes_manifest.NetworkPolicy medium: pods accept more connections",
                        "kubernetes_manifest.StorageClass medium: a storage class is deleted",
                        "kubernetes_manifest.ValidatingWebhookConfiguration medium: objects are no longer checked",
                        "kubernetes_manifest.PodDisruptionBudget medium: all pods may be evicted at once",
                        "kubernetes_manifest.DBInstance critical: the data behind a custom resource is lost",
                        "kubernetes_network_policy_v1.x medium: pods accept more connections",
                        "kubernetes_stateful_set_v1.x high: a workload with data is deleted",
                        "helm_release.crds high: cert-manager is uninstalled, and no certificate is renewed")
                .noneMatch(risk -> risk.matches(".*: (a resource|an object) is deleted"))
                .hasSize(42);
        assertThat(review("sem-16-deletes").risks())
                .filteredOn(risk -> risk.address().equals("aws_route53_zone.x"))
                .extracting(Risk::severity, Risk::meaning)
                .singleElement()
                .satisfies(zone -> assertThat(zone.toString()).contains("HIGH", "data: the DNS records of the zone"));
    }

    @Test
    void whatSwitchesSomethingOffIsARisk() {
        Review review = review("sem-17-updates");
        assertThat(risks(review))
                .contains(
                        "aws_kms_key.k critical: nothing that the key encrypted can be read",
                        "helm_release.vals high: a workload of a chart is scaled to zero",
                        "kubernetes_deployment_v1.z high: a workload is scaled to zero",
                        "aws_eks_cluster.c high: EKS refuses to skip a version",
                        "aws_eks_cluster.d high: EKS refuses nearly every downgrade",
                        "aws_eks_addon.cni medium: an add-on is downgraded",
                        "helm_release.down medium: a chart is downgraded",
                        "aws_vpc.v high: names of AWS services no longer lead to endpoints in the network",
                        "aws_cloudwatch_log_group.l high: logs are deleted earlier",
                        "aws_route.r high: subnets lose their NAT gateway",
                        "aws_network_acl_rule.n high: subnets lose connections",
                        "kubernetes_network_policy_v1.np high: pods lose all connections (ingress and egress)");
        assertThat(review.headline())
                .startsWith(
                        "Changes aws_kms_key.k: nothing that the key encrypted can be read. 10 more risks are high. Violates oidc-provider-accepts-sts:"
                                + " aws_iam_openid_connect_provider.o.");
    }

    @Test
    void listenersAreThoseThatTheControllerCreates() {
        Review review = review("ing1");
        assertThat(review.ports())
                .extracting(port -> port.address().substring(20) + " " + port.ports() + " " + port.peer())
                .containsExactlyInAnyOrder(
                        "tls_only tcp 80 the internet",
                        "p8443 tcp 8443 the internet",
                        "chg tcp 8080 the internet",
                        "waf tcp 80 the internet",
                        "waf tcp 80 10.0.0.0/8");
        assertThat(review.risks())
                .extracting(Risk::address, Risk::severity)
                .containsExactlyInAnyOrder(
                        tuple("kubernetes_manifest.chg", Severity.HIGH),
                        tuple("kubernetes_manifest.waf", Severity.HIGH),
                        tuple("kubernetes_manifest.tls_only", Severity.MEDIUM),
                        tuple("kubernetes_manifest.p8443", Severity.MEDIUM));
    }

    /** After a replacement that failed, the deposed object is the original: a database with its data. */
    @Test
    void aDeposedObjectThatHoldsDataIsNamedAsData() {
        String plan = """
                {"format_version": "1.2", "planned_values": {}, "resource_changes": [
                  {"address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance", "name": "main", "deposed": "ab12cd34",
                   "change": {"actions": ["delete"], "after": null, "before": {"identifier": "shop", "skip_final_snapshot": true}}}]}
                """;
        Review review = Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of(plan))), List.of());
        assertThat(review.risks()).extracting("severity").first().isEqualTo(Severity.CRITICAL);
        assertThat(review.headline()).contains("aws_db_instance.main", "data");
    }
}

package dev.eksplatform.iam.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.Patterns;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyCatalogueTest {

    private static final PolicyCatalogue CONTROLLER = PolicyCatalogue.of("aws-load-balancer-controller");

    @ParameterizedTest
    @CsvSource({
        "2.8.2, v2.8.2.aws, aws",
        "2.11.0, v2.11.0.aws, aws",
        "2.13.0, v2.13.0.aws, aws",
        "3.5.0, v3.5.0.aws, aws",
        "3.5.0, v3.5.0.aws-cn, aws-cn",
        "3.5.0, v3.5.0.aws-us-gov, aws-us-gov"
    })
    void theControllersPolicyGrantsWhatItsProjectDocuments(String version, String document, String partition) {
        PolicyDocument ours = CONTROLLER.forVersion(version).render(Partition.parse(partition));

        assertThat(GrantFacts.of(ours.toJson()))
                .isNotEmpty()
                .isEqualTo(GrantFacts.documented("aws-load-balancer-controller", document));
    }

    @ParameterizedTest
    @EnumSource
    void theControllersPolicyFitsItsQuotaInEveryPartition(Partition partition) {
        PolicyDocument policy = CONTROLLER.latest().render(partition);
        assertThat(policy.check(PolicyUse.MANAGED)).isEmpty();
        assertThat(policy.isOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2.8.2, 2.8.2",
        "2.8.9, 2.8.2",
        "v2.9.0, 2.9.0",
        "2.10.1, 2.10.0",
        "2.11.0, 2.11.0",
        "2.12.9, 2.12.0",
        "2.13.0, 2.13.0",
        "3.5.0, 2.13.0",
        "4.0.0, 2.13.0"
    })
    void ofAnUnlistedVersionTheNearestOlderOneCounts(String version, String document) {
        assertThat(CONTROLLER.forVersion(version).version()).isEqualTo(document);
    }

    /** The release notes of the versions in between, whose documents are not compared above. */
    @ParameterizedTest
    @CsvSource({
        "elasticloadbalancing:DescribeListenerAttributes, 2.8.2, 2.9.0",
        "elasticloadbalancing:ModifyListenerAttributes, 2.8.2, 2.9.0",
        "ec2:GetSecurityGroupsForVpc, 2.9.0, 2.10.0",
        "elasticloadbalancing:DescribeCapacityReservation, 2.10.0, 2.11.0",
        "ec2:DescribeIpamPools, 2.11.0, 2.12.0",
        "elasticloadbalancing:SetRulePriorities, 2.11.0, 2.12.0",
        "ec2:DescribeRouteTables, 2.12.0, 2.13.0"
    })
    void anActionJoinsWithItsVersion(String action, String before, String since) {
        assertThat(CONTROLLER.forVersion(before).document().toJson()).doesNotContain("\"" + action + "\"");
        assertThat(CONTROLLER.forVersion(since).document().toJson()).contains("\"" + action + "\"");
    }

    @Test
    void aVersionOlderThanAllIsRefused() {
        assertThatThrownBy(() -> CONTROLLER.forVersion("2.4.7"))
                .hasMessage(
                        "aws-load-balancer-controller 2.4.7 is older than every policy known here; allowed: 2.8.2 or"
                                + " newer (the policy changed at 2.8.2, 2.9.0, 2.10.0, 2.11.0, 2.12.0, 2.13.0); fix: use a newer"
                                + " aws-load-balancer-controller, or give its policy document yourself");
        assertThatThrownBy(() -> CONTROLLER.forVersion("2.8"))
                .hasMessage("\"2.8\" is not a version; allowed: three numbers, such as 2.8.2; fix: write all three");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> PolicyCatalogue.of("aws-loadbalancer-controller"))
                .hasMessage(
                        "there is no policy for \"aws-loadbalancer-controller\"; fix: write the policy document into the"
                                + " environment");
    }

    @Test
    void aParameterMayBeATerraformReferenceButNoWildcard() {
        PolicyTemplate template = PolicyCatalogue.of("ack-s3-controller").latest();
        assertThat(template.render(Partition.AWS, Map.of("namePrefix", "${var.prefix}"))
                        .toTerraformJson())
                .contains("\"arn:aws:s3:::${var.prefix}*\"");
        assertThatThrownBy(() -> template.render(Partition.AWS, Map.of("namePrefix", "shop-*")))
                .hasMessage("namePrefix: \"shop-*\"; allowed: the beginning of the names of the buckets to manage;"
                        + " empty for all; fix: match [a-z0-9.-]{0,63}");
        assertThatThrownBy(() -> template.render(Partition.AWS, Map.of("namePrefx", "shop")))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "namePrefx: not a parameter of ack-s3-controller; allowed: namePrefix; fix: did you mean"
                                + " namePrefix?",
                        "namePrefix: no value; allowed: the beginning of the names of the buckets to manage; empty for"
                                + " all; fix: give ack-s3-controller its namePrefix"));
    }

    @Test
    void aParameterMayHaveSeveralValues() {
        PolicyTemplate template = PolicyCatalogue.of("external-dns").latest();

        assertThat(resources(template, List.of("Z1", "Z2")))
                .containsExactly("[arn:aws-cn:route53:::hostedzone/Z1, arn:aws-cn:route53:::hostedzone/Z2]", "[*]");
        assertThat(resources(template, List.of("*"))).containsExactly("[arn:aws-cn:route53:::hostedzone/*]", "[*]");
    }

    @Test
    void aStatementWithoutAResourceIsLeftOut() {
        PolicyTemplate template = PolicyCatalogue.of("external-dns").latest();

        assertThat(resources(template, List.of())).containsExactly("[*]");
    }

    private static List<String> resources(PolicyTemplate template, List<String> zones) {
        return template.renderLists(Partition.AWS_CN, Map.of("zones", zones)).statements().stream()
                .map(statement ->
                        Objects.requireNonNull(statement.resources()).values().toString())
                .toList();
    }

    @Test
    void eachValueOfAListIsChecked() {
        PolicyTemplate template = PolicyCatalogue.of("external-dns").latest();

        assertThatThrownBy(() -> template.renderLists(Partition.AWS, Map.of("zones", List.of("Z1", "z2", "Z*"))))
                .hasMessage(
                        String.join(
                                System.lineSeparator(),
                                "zones: \"z2\"; allowed: the IDs of the hosted zones; * for all; fix: match \\*|Z[A-Z0-9]{1,31}",
                                "zones: \"Z*\"; allowed: the IDs of the hosted zones; * for all; fix: match \\*|Z[A-Z0-9]{1,31}"));
    }

    @Test
    void theBucketControllerIsLimitedToAPrefix() {
        PolicyTemplate template = PolicyCatalogue.of("ack-s3-controller").forVersion("1.0.0");
        PolicyDocument policy = template.render(Partition.AWS, Map.of("namePrefix", "ostoy-"));
        assertThat(policy.statements().get(1).resources()).isEqualTo(Patterns.of("arn:aws:s3:::ostoy-*"));
        assertThat(policy.check(PolicyUse.MANAGED)).isEmpty();
        assertThat(template.render(Partition.AWS, Map.of("namePrefix", ""))
                        .statements()
                        .get(1)
                        .resources())
                .isEqualTo(Patterns.of("arn:aws:s3:::*"));
    }

    @Test
    void everyManagedPolicyInTheIndexIsThere() {
        assertThat(ManagedPolicy.names()).isSorted().contains("AmazonS3ReadOnlyAccess", "AmazonEBSCSIDriverPolicy");
        for (String name : ManagedPolicy.names()) {
            ManagedPolicy policy =
                    ManagedPolicy.find(name, Partition.AWS_US_GOV).orElseThrow();
            assertThat(policy.version()).matches("v[0-9]+");
            List<Problem> found = new ArrayList<>(policy.document().check(PolicyUse.MANAGED));
            // AWS's own may be larger than those of an account.
            policy.document().sizeProblem(PolicyUse.MANAGED).ifPresent(found::remove);
            assertThat(found).as(name).isEmpty();
            assertThat(policy.document().toJson()).doesNotContain("${partition}", "arn:aws:");
        }
    }

    @Test
    void everyManagedPolicySaysWhenAwsEditedIt() {
        for (String name : ManagedPolicy.names()) {
            assertThat(PolicyCatalogue.string(PolicyCatalogue.resource("managed/" + name + ".json"), "edited"))
                    .as(name)
                    .matches("20[0-9]{2}-[01][0-9]-[0-3][0-9]");
        }
    }

    /** Version 6 of March 2026. */
    @Test
    void theNetworkPluginMayReadSecurityGroups() {
        ManagedPolicy policy =
                ManagedPolicy.find("AmazonEKS_CNI_Policy", Partition.AWS).orElseThrow();

        assertThat(policy.version()).isEqualTo("v6");
        assertThat(policy.document().toJson()).contains("\"ec2:DescribeSecurityGroups\"");
    }

    @Test
    void aManagedPolicyIsFoundByItsArn() {
        assertThat(ManagedPolicy.find("arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy", Partition.AWS))
                .map(ManagedPolicy::version)
                .contains("v15");
        assertThat(ManagedPolicy.find("arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicy", Partition.AWS))
                .isEmpty();
        assertThat(ManagedPolicy.find("arn:aws:iam::111122223333:policy/AmazonS3FullAccess", Partition.AWS))
                .isEmpty();
    }
}

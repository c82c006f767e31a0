package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.catalogue.AwsManagedPolicies;
import dev.eksplatform.iam.catalogue.ManagedPolicy;
import dev.eksplatform.iam.document.Effect;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.internal.release.AckCharts;
import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.problem.ProblemsOf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Controllers of ACK: each published chart works by its name. */
class AckControllerSpecTest {

    private static final AckControllerSpec STANDARD = AckControllerSpec.standard();

    /** What a controller calls by itself or makes another service call, beside the calls that its source names. */
    private static final Set<String> BESIDE_CALLS = Set.of(
            "iam:CreateServiceLinkedRole",
            "iam:GetServiceLinkedRoleDeletionStatus",
            "iam:PassRole",
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey");

    static Stream<String> services() {
        return AckCharts.get().controllers().keySet().stream();
    }

    /** Service, prefix of its actions, calls. */
    static Stream<List<String>> calls() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(AckControllerSpecTest.class.getResourceAsStream("ack-calls.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> List.of(line.split(" ", -1)))
                            .toList()
                            .stream();
        }
    }

    private static AddonController controller(String service, AckControllerSpec spec) {
        return spec.resolve(AckService.parse(service), Partition.AWS)
                .controllers()
                .get(0);
    }

    /** What its policy or the recommended managed policies allow. */
    private static List<Statement> allowed(String service) {
        AddonController controller = controller(service, STANDARD);
        List<Statement> statements = new ArrayList<>();
        controller.policy().map(PolicyDocument::statements).ifPresent(statements::addAll);
        controller
                .identity()
                .policies()
                .forEach(policy -> statements.addAll(ManagedPolicy.find(policy.reference(), Partition.AWS)
                        .orElseThrow()
                        .document()
                        .statements()));
        return statements;
    }

    private static boolean allows(List<Statement> statements, String action) {
        return statements.stream()
                .filter(statement -> statement.effect().equals(Effect.ALLOW))
                .flatMap(statement -> statement.actions().values().stream())
                .anyMatch(pattern -> action.toLowerCase(Locale.ROOT)
                        .matches(pattern.toLowerCase(Locale.ROOT)
                                .replace("*", ".*")
                                .replace("?", ".")));
    }

    @ParameterizedTest
    @MethodSource("services")
    void everyPublishedControllerWorksByItsName(String service) {
        HelmAddon addon = STANDARD.resolve(AckService.parse(service), Partition.AWS);

        assertThat(addon.chart()).isEqualTo(service + "-chart");
        assertThat(addon.version().text())
                .isEqualTo(ChartReleases.get().newest(service + "-chart").orElseThrow());
        assertThat(addon.repository()).isEqualTo("oci://public.ecr.aws/aws-controllers-k8s");
        assertThat(addon.namespace()).isEqualTo("ack-system");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        AddonController controller = addon.controllers().get(0);
        assertThat(controller.serviceAccount()).hasToString("ack-system/ack-" + service + "-controller");
        assertThat(controller.isGiven()).isTrue();
        assertThat(controller.policy().isPresent())
                .isNotEqualTo(!controller.identity().policies().isEmpty());
        controller.policy().ifPresent(policy -> assertThat(policy.check(PolicyUse.MANAGED))
                .isEmpty());
        controller.identity().policies().forEach(policy -> assertThat(AwsManagedPolicies.isKnown(policy.reference()))
                .as(policy.reference())
                .isTrue());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallOfAControllerIsAllowed(List<String> calls) {
        List<Statement> allowed = allowed(calls.get(0));

        assertThat(calls.subList(2, calls.size())).allMatch(call -> allows(allowed, calls.get(1) + ":" + call));
    }

    /** Each action of a policy of the catalogue is a call, or belongs to another service or a call by another name that is listed here. */
    @ParameterizedTest
    @CsvSource({
        "dynamodb, ''",
        "ecr, ''",
        "iam, ''",
        "kinesis, 'kinesis:ListTagsForResource kinesis:TagResource kinesis:UntagResource'",
        "kms, ''",
        "rds, 'secretsmanager:CreateSecret secretsmanager:TagResource'",
        "route53, 'ec2:DescribeVpcs route53:ListHostedZones route53:ListHostedZonesByName'",
        "secretsmanager, ''",
        "sns, ''",
        "sqs, ''",
        "ssm, 'ssm:DescribeParameters'",
    })
    void thePolicyOfTheCatalogueAllowsNothingElse(String service, String others) throws IOException {
        Set<String> expected = new TreeSet<>();
        calls().filter(line -> line.get(0).equals(service))
                .forEach(line -> line.subList(2, line.size()).forEach(call -> expected.add(line.get(1) + ":" + call)));
        assertThat(expected).isNotEmpty();
        Stream.of(others.split(" ", -1)).filter(action -> !action.isEmpty()).forEach(expected::add);
        Set<String> found = new TreeSet<>();
        allowed(service).forEach(statement -> found.addAll(statement.actions().values()));
        Set<String> beside = new TreeSet<>(found);
        beside.removeAll(expected);

        assertThat(BESIDE_CALLS).containsAll(beside);
        assertThat(found).containsAll(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "sqs, arn:aws:sqs:*:*:shop-*",
        "sns, arn:aws:sns:*:*:shop-*",
        "dynamodb, arn:aws:dynamodb:*:*:table/shop-*",
        "ecr, arn:aws:ecr:*:*:repository/shop-*",
        "kinesis, arn:aws:kinesis:*:*:stream/shop-*",
        "lambda, arn:aws:lambda:*:*:function:shop-*",
        "rds, arn:aws:rds:*:*:db:shop-*",
        "secretsmanager, arn:aws:secretsmanager:*:*:secret:shop-*",
        "iam, arn:aws:iam::*:role/shop-*",
        "s3, arn:aws:s3:::shop-*"
    })
    void namesNarrowThePolicy(String service, String resource) {
        String policy = controller(service, STANDARD.withNamePrefix("shop-"))
                .policy()
                .orElseThrow()
                .toJson();

        assertThat(policy).contains("\"" + resource + "\"");
        assertThat(controller(service, STANDARD).policy().orElseThrow().toJson())
                .contains("\"" + resource.replace("shop-", "") + "\"");
    }

    @Test
    void whatNothingNarrowsIsRefused() {
        assertThat(ProblemsOf.making(() -> controller("eks", STANDARD.withNamePrefix("shop-"))))
                .containsExactly("namePrefix: not used: no policy of the catalogue narrows the controller of eks; fix: "
                        + "remove it, or give it policies of your own");
        AckControllerSpec own = STANDARD.withIdentity(
                ControllerIdentity.standard().withPolicies(List.of(PolicyReference.parse("AmazonSQSFullAccess"))));
        assertThat(controller("sqs", own).policy()).isEmpty();
        assertThat(ProblemsOf.making(() -> controller("sqs", own.withNamePrefix("shop-"))))
                .containsExactly(
                        "namePrefix: not used: policies replace the policy that it narrows; fix: remove one of them");
        assertThat(ProblemsOf.making(() -> controller("sqs", STANDARD.withNamePrefix("shop.*"))))
                .containsExactly(
                        "namePrefix: \"shop.*\"; allowed: the beginning of the names of the queues to manage; empty"
                                + " for all; fix: match [A-Za-z0-9_-]{0,80}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceThatIsNotKnownNeedsVersionAndPolicies(boolean version) {
        AckControllerSpec half = version
                ? STANDARD.withChartVersion(Optional.of(ChartVersion.parse("1.0.0")))
                : STANDARD.withIdentity(ControllerIdentity.standard()
                        .withPolicies(List.of(PolicyReference.parse("AmazonFSxFullAccess"))));

        assertThat(ProblemsOf.making(() -> controller("fsx", half)))
                .singleElement()
                .asString()
                .startsWith("fsx is not a service whose controller this release knows; allowed: acm, acmpca, ");
        AckControllerSpec whole = STANDARD.withChartVersion(Optional.of(ChartVersion.parse("1.0.0")))
                .withIdentity(ControllerIdentity.standard()
                        .withPolicies(List.of(PolicyReference.parse("AmazonFSxFullAccess"))));
        assertThat(whole.resolve(AckService.parse("fsx"), Partition.AWS).chart())
                .isEqualTo("fsx-chart");
    }

    @Test
    void itsIdentityHasTheSameSettingsAsThatOfOtherAddons() {
        AddonController controller = controller(
                "rds",
                STANDARD.withIdentity(ControllerIdentity.standard()
                        .withMode(Optional.of(IdentityMode.POD_IDENTITY))
                        .withPolicyName(Optional.of("ack-rds"))));

        assertThat(controller.identity().mode()).contains(IdentityMode.POD_IDENTITY);
        assertThat(controller.identity().policyName()).contains("ack-rds");
        assertThat(controller.policy()).isPresent();
    }

    @Test
    void thePolicyIsThatOfThePartition() {
        AddonController controller = STANDARD.resolve(AckService.parse("sqs"), Partition.AWS_CN)
                .controllers()
                .get(0);

        assertThat(controller.policy().orElseThrow().toJson())
                .contains("arn:aws-cn:sqs:*:*:*")
                .doesNotContain("arn:aws:");
    }

    @Test
    void chartValues() {
        Map<String, Object> values = STANDARD.withDeletionPolicy(AckControllerSpec.DeletionPolicy.RETAIN)
                .resolve(AckService.parse("sqs"), Partition.AWS)
                .values()
                .apply(new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-1", List.of(), Map.of()));

        assertThat(values)
                .isEqualTo(Map.of(
                        "aws",
                        Map.of("region", "eu-central-1"),
                        "installScope",
                        "cluster",
                        "deletionPolicy",
                        "retain",
                        "serviceAccount",
                        Map.of("create", false, "name", "ack-sqs-controller")));
    }
}

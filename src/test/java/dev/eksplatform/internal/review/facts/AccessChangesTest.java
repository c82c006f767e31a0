package dev.eksplatform.internal.review.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.plan.PlanBuilder;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.review.Review;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gains and who loses access. */
class AccessChangesTest {

    static List<AccessPair> pairs() throws IOException {
        return AccessPair.all();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyChangeOfAccessIsARow(AccessPair pair) {
        assertThat(pair.rows()).isEqualTo(pair.expected());
    }

    @Test
    void thePairsAreMany() throws IOException {
        assertThat(pairs()).hasSizeGreaterThan(100);
    }

    private static Review planned(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Objects.requireNonNull(
                AccessChangesTest.class.getResourceAsStream("/cases/review/" + name + ".json.gz")))) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Reviewer.review(List.of(StackEvidence.planned("s", PlanFiles.of(json))), List.of());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sem-02-policy-widened    | role proof-lbc call s3:DeleteObject, sts:AssumeRole on everything (policy proof-lbc)
            sem-08-boundary-removed  | role proof-admin do everything its policies allow, no longer at most what policy b allows (permissions boundary)
            sem-10-admin-attached    | role proof-lbc do what policy AdministratorAccess allows (attached)
            sem-11-sa-role-foreign   | ServiceAccount n/s assume role b of account 999999999999 (annotation eks.amazonaws.com/role-arn)
            sem-13-aws-auth-masters  | principal arn:aws:iam::999999999999:role/evil enter the cluster (aws-auth, in groups system:masters)
            sem-14-crb-cluster-admin | everybody with any credentials of the cluster (group system:authenticated) act as ClusterRole cluster-admin (ClusterRoleBinding x, in every namespace)
            """)
    void whatIsSevereIsInTheHeadline(String name, String sentence) throws IOException {
        Review review = planned(name);
        assertThat(review.access()).hasSize(1);
        assertThat(review.access().get(0).isSevere()).isTrue();
        assertThat(review.headline()).contains("Lets " + sentence + ".");
    }

    @Test
    void anotherAccountIsMarkedWhereNoResourceNamesTheOwn() throws IOException {
        assertThat(planned("sem-11-sa-role-foreign").access().get(0).marks())
                .containsExactly("another account: 999999999999");
        assertThat(planned("sem-13-aws-auth-masters").access().get(0).marks())
                .containsExactly("another account: 999999999999", "everything");
    }

    private static List<String> unplanned(String base, String head) {
        return AccessPair.rows(ReviewWithoutPlanTest.review(base, head));
    }

    private static String policy(String action, String resource) {
        return "{'resource': {'aws_iam_policy': {'p': {'name': 'p', 'policy': '{\\\"Statement\\\": [{\\\"Effect\\\":"
                + " \\\"Allow\\\", \\\"Action\\\": " + action + ", \\\"Resource\\\": \\\"" + resource + "\\\"}]}'}}}}";
    }

    @Test
    void withoutAPlanThePoliciesOfBothConfigurationsAreCompared() {
        assertThat(unplanned(policy("\\\"s3:GetObject\\\"", "*"), policy("[\\\"s3:GetObject\\\", \\\"s3:*\\\"]", "*")))
                .containsExactly("medium gained: whoever has policy p: - -> call s3:* on everything (policy p)");
        assertThat(unplanned(
                        policy("\\\"s3:GetObject\\\"", "${aws_s3_bucket.b.arn}/*"),
                        policy("[\\\"s3:getobject\\\"]", "${aws_s3_bucket.b.arn}/*")))
                .isEmpty();
    }

    private static String document(String statement) {
        return "{'resource': {'aws_iam_role_policy': {'p': {'role': '${aws_iam_role.r.id}', 'policy':"
                + " '${data.aws_iam_policy_document.d.json}'}}, 'aws_iam_role': {'r': {'name': 'orders'}}}, 'data':"
                + " {'aws_iam_policy_document': {'d': {'statement': " + statement + "}}}}";
    }

    /** Terraform's JSON syntax has a single block with or without a list. */
    @Test
    void withoutAPlanDocumentsOfDataSourcesAreCompared() {
        String one = "{'actions': ['s3:GetObject'], 'resources': ['*']}";
        assertThat(unplanned(document(one), document("[" + one + "]"))).isEmpty();
        String more = "{'actions': ['s3:GetObject', 'iam:PassRole'], 'resources': ['*']}";
        assertThat(unplanned(document(one), document(more)))
                .containsExactly("medium gained: role orders: - -> call iam:PassRole on everything (inline policy)");
        assertThat(unplanned(document(more), document(one)))
                .containsExactly("info lost: role orders: call iam:PassRole on everything (inline policy) -> -");
    }

    @Test
    void manyWhoGainTheSameAreOneRow() {
        PlanBuilder plan = PlanBuilder.empty();
        for (int i = 10; i < 60; i++) {
            plan = plan.create(
                    "aws_iam_role_policy_attachment.a" + i,
                    Map.of("role", "r" + i, "policy_arn", "arn:aws:iam::aws:policy/ReadOnlyAccess"));
        }
        Review review = Reviewer.review(List.of(StackEvidence.planned("s", plan.build())), List.of());
        assertThat(AccessPair.rows(review))
                .containsExactly(
                        "low gained: role r10, role r11, role r12, role r13, role r14, role r15, role r16, role r17"
                                + " and 42 more: - -> do what policy ReadOnlyAccess allows (attached)");
    }
}

package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyReader;
import dev.eksplatform.iam.evaluation.AccessDecision.Verdict;
import dev.eksplatform.iam.evaluation.ResourcePattern.Coverage;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.Problems;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** For sets of resources it says what {@link AccessEvaluation} says for each of their resources. */
class SetEvaluationTest {

    private static final String OBJECT = "arn:aws:s3:::${BucketName}/${ObjectName}";
    private static final String BUCKET = "arn:aws:s3:::${BucketName}";
    private static final String TABLE = "arn:aws:dynamodb:${Region}:${Account}:table/${TableName}";
    private static final String INDEX = "arn:aws:dynamodb:${Region}:${Account}:table/${TableName}/index/${IndexName}";

    private static final List<String> RESOURCES = List.of(
            "\"*\"",
            "\"arn:aws:s3\"",
            "\"arn:aws:s3:*\"",
            "\"arn:aws:s3:::a\"",
            "\"arn:aws:s3:::a/*\"",
            "\"arn:aws:s3:::a*\"",
            "\"arn:aws:s3:::*/x\"",
            "\"arn:aws:s3:::?/x*\"",
            "\"arn:aws:s3:::a/x:y*z\"",
            "[\"arn:aws:s3:::b/*\", \"arn:aws:s3:::a/x\"]",
            "\"arn:aws:s3:::${aws:PrincipalTag/team}/*\"",
            "\"arn:aws:s3:::${aws:username}/*\"",
            "\"arn:*:s3:::b/*\"");

    private static final List<String> OBJECTS = List.of(
            "arn:aws:s3:::a/x",
            "arn:aws:s3:::a/x:y:z",
            "arn:aws:s3:::a/x:yz",
            "arn:aws:s3:::ab/y",
            "arn:aws:s3:::b/x",
            "arn:aws:s3:::b/xy",
            "arn:aws:s3:::c/d/x",
            "arn:aws:s3:::c/y");

    @Test
    void eachResourceIsDecidedAsInItsPart() {
        Random random = new Random(11);
        int less = 0;
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
        for (int i = 0; i < 400; i++) {
            RequestContext context = RequestContext.open().with("aws:username");
            List<AttachedPolicy> policies = policies(random);
            List<SetEvaluation.Part> parts = SetEvaluation.decide("s3:GetObject", context, set("*"), policies)
                    .orElseThrow();
            for (String object : OBJECTS) {
                Verdict each = AccessEvaluation.decide(new AccessRequest("s3:GetObject", object, context), policies)
                        .verdict();
                Verdict part = parts.stream()
                        .filter(one -> one.resources().stream().anyMatch(label -> includes(label, object, context)))
                        .findFirst()
                        .orElseThrow()
                        .decision()
                        .verdict();
                seen.merge(each, 1, Integer::sum);
                if (part == Verdict.CANNOT_DECIDE) {
                    less += each == part ? 0 : 1;
                } else {
                    assertThat(part)
                            .as(object + " by " + policies + " in " + parts)
                            .isEqualTo(each);
                }
            }
        }
        assertThat(seen.values()).hasSize(3).allMatch(count -> count > 100);
        // where what nothing allows overlaps with what may be denied, and of patterns whose meaning is documented in
        // part
        assertThat(less).isLessThan(500);
    }

    @Test
    void aPatternNarrowsTheSet() {
        List<AttachedPolicy> policies = List.of(policy("""
                {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a/*"}"""));

        assertThat(verdicts(set("arn:aws:s3:::a/b*"), policies)).containsExactly("allowed arn:aws:s3:::a/*");
        assertThat(verdicts(set("arn:aws:s3:::a*"), policies)).containsExactly("allowed arn:aws:s3:::a/*", "denied *");
        assertThat(verdicts(set("arn:aws:s3:::b/*"), policies)).containsExactly("denied *");
        assertThat(set("arn:aws:s3:::b").isEmpty()).isTrue();
        assertThat(set("arn:aws:s3:::b*").isEmpty()).isFalse();
    }

    @Test
    void aBucketIsNoObjectAndAnIndexIsNoTable() {
        assertThat(set(List.of(BUCKET), List.of(OBJECT), "arn:aws:s3:::a").isEmpty())
                .isFalse();
        assertThat(set(List.of(BUCKET), List.of(OBJECT), "arn:aws:s3:::a/b").isEmpty())
                .isTrue();
        String table = "arn:aws:dynamodb:eu-central-1:111122223333:table/t";
        assertThat(set(List.of(TABLE), List.of(INDEX), table).isEmpty()).isFalse();
        assertThat(set(List.of(TABLE), List.of(INDEX), table + "/index/i").isEmpty())
                .isTrue();
        assertThat(set(List.of(TABLE, INDEX), List.of(), table + "/index/i").isEmpty())
                .isFalse();
    }

    @Test
    void aPolicyOfUnknownContentLeavesOnlyACertainDeny() {
        List<AttachedPolicy> policies =
                List.of(AttachedPolicy.managed("arn:aws:iam::111122223333:policy/theirs", Partition.AWS), policy("""
                        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                        {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::a/*"}"""));

        assertThat(verdicts(set("*"), policies)).containsExactly("denied arn:aws:s3:::a/*", "cannot be decided *");
    }

    @Test
    void patternsThatAreTooManyToCompareAreNotDecided() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            many.append(i == 0 ? "" : ", ")
                    .append("\"arn:aws:s3:::*")
                    .append((char) ('a' + i))
                    .append("*\"");
        }
        List<AttachedPolicy> policies =
                List.of(policy("{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": [" + many + "]}"));

        assertThat(SetEvaluation.decide("s3:GetObject", RequestContext.open(), set("*"), policies))
                .isEmpty();
    }

    private static List<String> verdicts(ArnSet set, List<AttachedPolicy> policies) {
        return SetEvaluation.decide("s3:GetObject", RequestContext.open(), set, policies).orElseThrow().stream()
                .map(part -> part.decision().verdict().text() + " " + String.join(", ", part.resources()))
                .toList();
    }

    private static boolean includes(String label, String object, RequestContext context) {
        if (label.equals(SetEvaluation.REST)) {
            return true;
        }
        if (label.startsWith("all but ")) {
            return List.of(label.substring(8).split(", ")).stream()
                    .noneMatch(one -> coverage(one, object, context) != Coverage.NONE);
        }
        return coverage(label, object, context) != Coverage.NONE;
    }

    private static Coverage coverage(String pattern, String object, RequestContext context) {
        return ResourcePattern.of(pattern, PolicyDocument.CURRENT_VERSION, context)
                .coverage(object);
    }

    private static ArnSet set(String pattern) {
        return set(List.of(OBJECT), List.of(BUCKET), pattern);
    }

    private static ArnSet set(List<String> types, List<String> others, String pattern) {
        return new ArnSet(types, others, Optional.of("111122223333"), pattern);
    }

    private static List<AttachedPolicy> policies(Random random) {
        List<String> statements = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String condition = random.nextInt(5) == 0
                    ? ", \"Condition\": {\"StringEquals\": {\"aws:PrincipalTag/team\": \"a\"}}"
                    : "";
            statements.add("{\"Effect\": \"" + (i > 0 && random.nextBoolean() ? "Deny" : "Allow")
                    + "\", \"Action\": \"s3:*\", \"" + (random.nextInt(6) == 0 ? "NotResource" : "Resource") + "\": "
                    + RESOURCES.get(random.nextInt(RESOURCES.size())) + condition + "}");
        }
        return List.of(policy(String.join(", ", statements)));
    }

    private static AttachedPolicy policy(String statements) {
        LocatedJson json =
                LocatedJson.read("policy.json", "{\"Version\": \"2012-10-17\", \"Statement\": [" + statements + "]}");
        return new AttachedPolicy.Known("own", Objects.requireNonNull(new PolicyReader(new Problems()).policy(json)));
    }
}

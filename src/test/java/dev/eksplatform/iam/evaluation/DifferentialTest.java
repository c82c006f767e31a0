package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.testing.TestJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The evaluator and a second one, written apart from it, answer thousands of generated questions alike. */
class DifferentialTest {

    private static final int QUESTIONS = 6_000;
    private static final long SEED = 20_261_126;

    private record Question(
            List<JsonNode> policies,
            JsonNode boundary,
            String action,
            String resource,
            Map<String, List<String>> context,
            Set<String> unknown) {

        String first() {
            return first(resource);
        }

        String first(String asked) {
            RequestContext known = RequestContext.closed();
            for (Map.Entry<String, List<String>> key : context.entrySet()) {
                known = known.with(key.getKey(), key.getValue().toArray(new String[0]));
            }
            for (String key : unknown) {
                known = known.withUnknown(key);
            }
            List<AttachedPolicy> attached = new ArrayList<>();
            policies.forEach(policy -> attached.add(known("policy", policy)));
            AccessRequest request = new AccessRequest(action, asked, known);
            return (boundary.isMissingNode()
                            ? AccessEvaluation.decide(request, attached)
                            : AccessEvaluation.decide(request, attached, known("boundary", boundary)))
                    .verdict()
                    .name();
        }

        String second() {
            return second(resource);
        }

        String second(String asked) {
            Map<String, List<String>> lower = new TreeMap<>();
            context.forEach((key, values) -> lower.put(key.toLowerCase(Locale.ROOT), values));
            Set<String> lowerUnknown = new LinkedHashSet<>();
            unknown.forEach(key -> lowerUnknown.add(key.toLowerCase(Locale.ROOT)));
            return new SecondEvaluator(lower, lowerUnknown)
                    .decide(
                            policies,
                            boundary.isMissingNode() ? null : boundary,
                            action,
                            action.equals(WITHOUT_RESOURCE) ? "*" : asked);
        }

        private static AttachedPolicy known(String name, JsonNode policy) {
            return new AttachedPolicy.Known(name, PolicyDocument.parse(name, policy.toString()));
        }
    }

    private static final String WITHOUT_RESOURCE = "s3:ListAllMyBuckets";

    private static final List<String> ACTIONS = List.of(
            "s3:GetObject", "s3:GetObject", "s3:PutObject", "sqs:SendMessage", "iam:PassRole", WITHOUT_RESOURCE);
    private static final List<String> ACTION_PATTERNS = List.of(
            "*",
            "*",
            "s3:*",
            "s3:*",
            "S3:get*",
            "s3:GetObject",
            "s3:?etObject",
            "s3:*Object",
            "s3:L*",
            "sqs:*",
            "SQS:SendMessage",
            "iam:Pass*",
            "iam:*",
            "ec2:*",
            "*:GetObject",
            "s?:*",
            "s3*",
            "GetObject",
            "**");

    private static final List<String> RESOURCES = List.of(
            "arn:aws:s3:::reports/a",
            "arn:aws:s3:::reports/team/blue/x.csv",
            "arn:aws:s3:::reports/a:b",
            "arn:aws:s3:::b",
            "arn:aws-cn:s3:::reports/a",
            "arn:aws:sqs:us-east-1:111122223333:orders",
            "arn:aws:sqs:eu-west-1:999999999999:orders-dlq",
            "arn:aws-us-gov:sqs:us-gov-west-1:111122223333:orders",
            "arn:aws:iam::111122223333:role/app/ci",
            "arn:aws:sqs:us-east-1:999999999999:x:111122223333:orders");

    private static final Map<String, List<String>> VALUES = Map.of(
            "aws:PrincipalTag/team", List.of("blue", "Blue", "green", "", "*", "b?ue", "x:y", ":", "a/b"),
            "aws:username", List.of("alice", "bob", "reports"),
            "aws:TagKeys", List.of("team", "Team", "cost", "", "owner"),
            "s3:max-keys", List.of("10", "10.0", "9", "100", "-1", "+10", "many", "", "1e1", "0010"),
            "aws:CurrentTime",
                    List.of(
                            "2026-01-31T12:00:00Z",
                            "2026-01-31T13:00:00+01:00",
                            "2026",
                            "2026-01",
                            "2026-01-31",
                            "1769860800",
                            "0",
                            "2026-01-31T12:00:00.5Z",
                            "2026-01-31T12:00Z",
                            "tomorrow",
                            "2026-13-01",
                            "2026-01-31T12:00:00",
                            "-1",
                            "86400"),
            "aws:SecureTransport", List.of("true", "false", "True", "yes"),
            "aws:SourceIp",
                    List.of(
                            "203.0.113.7",
                            "203.0.113.0/24",
                            "203.0.0.0/16",
                            "0.0.0.0/0",
                            "2001:db8::1",
                            "2001:DB8::/32",
                            "::/0",
                            "10.0.0.1",
                            "10.0.0.1/33",
                            "300.1.1.1",
                            "010.0.0.1",
                            "203.0.113.9/24",
                            "office"),
            "aws:PrincipalArn",
                    List.of(
                            "arn:aws:iam::111122223333:role/app/ci",
                            "arn:aws:iam::111122223333:user/alice",
                            "arn:aws-cn:iam::111122223333:role/app/ci",
                            "arn:aws:iam::111122223333",
                            "arn:aws:iam::111122223333:1:ci",
                            "arn:aws:*:1*:*:ci",
                            "alice"),
            "a:key", List.of("YQ==", "YWI=", "", "%%"));

    private static final Map<String, List<String>> OPERATORS = Map.of(
            "aws:PrincipalTag/team",
                    List.of(
                            "StringEquals",
                            "StringNotEquals",
                            "StringLike",
                            "StringNotLike",
                            "StringEqualsIgnoreCase",
                            "StringNotEqualsIgnoreCase",
                            "Null"),
            "aws:username", List.of("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "Null"),
            "aws:TagKeys", List.of("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "Null"),
            "s3:max-keys",
                    List.of(
                            "NumericEquals",
                            "NumericNotEquals",
                            "NumericLessThan",
                            "NumericLessThanEquals",
                            "NumericGreaterThan",
                            "NumericGreaterThanEquals"),
            "aws:CurrentTime",
                    List.of(
                            "DateEquals",
                            "DateNotEquals",
                            "DateLessThan",
                            "DateLessThanEquals",
                            "DateGreaterThan",
                            "DateGreaterThanEquals"),
            "aws:SecureTransport", List.of("Bool", "Null"),
            "aws:SourceIp", List.of("IpAddress", "NotIpAddress"),
            "aws:PrincipalArn", List.of("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike"),
            "a:key", List.of("BinaryEquals"));

    private static final List<String> KEYS = VALUES.keySet().stream().sorted().toList();

    private static final List<String> PATTERN_VALUES = List.of(
            "*",
            "b*",
            "?lue",
            "${aws:username}",
            "${aws:PrincipalTag/none}",
            "${aws:PrincipalTag/none, 'blue'}",
            "${aws:TagKeys}",
            "${*}",
            "bl${?}e",
            "${aws:PrincipalTag/team}",
            "${aws:username,'alice'}");

    private final Random random;
    private final Map<String, Integer> seen = new TreeMap<>();

    DifferentialTest() {
        random = new Random(SEED);
    }

    @Test
    void bothGiveTheSameAnswers() {
        List<String> different = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            Question question = question();
            String first = question.first();
            String second = question.second();
            seen.merge(first, 1, Integer::sum);
            if (!first.equals(second)) {
                different.add(first + ", the second says " + second + ": " + question);
            }
        }
        assertThat(different).isEmpty();
        // Each answer is frequent, so that the comparison means something.
        assertThat(seen).hasSize(3).allSatisfy((verdict, times) -> assertThat(times)
                .isGreaterThan(QUESTIONS / 10));
    }

    @Test
    void whatHoldsForASetHoldsForItsMembers() {
        List<String> different = new ArrayList<>();
        int decided = 0;
        for (int i = 0; i < QUESTIONS / 4; i++) {
            Question question = question();
            String set = pattern(question.resource(), false);
            String first = question.first(set);
            if (first.equals("CANNOT_DECIDE") || !set.matches(".*[*?].*") || set.split(":", 6).length < 6) {
                continue;
            }
            decided++;
            for (String member : members(set)) {
                if (!question.second(member).equals(first)) {
                    different.add(first + " on " + set + ", but not on " + member + ": " + question);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(decided).isGreaterThan(QUESTIONS / 40);
    }

    private List<String> members(String set) {
        List<String> members = new ArrayList<>();
        for (String some : List.of("", "a", "x1", "orders", "team/blue", "reports/a")) {
            members.add(set.replace("*", some).replace("?", "b"));
        }
        return members;
    }

    private Question question() {
        String resource = of(RESOURCES);
        List<JsonNode> policies = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            policies.add(policy(resource));
        }
        JsonNode boundary =
                random.nextInt(5) == 0 ? policy(resource) : TestJson.parse("{}").path("none");
        Map<String, List<String>> context = new LinkedHashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String key : KEYS) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                unknown.add(key);
            } else if (kind < 8) {
                int values = key.equals("aws:TagKeys") || random.nextInt(12) == 0 ? 1 + random.nextInt(2) : 1;
                context.put(
                        random.nextInt(4) == 0 ? key.toUpperCase(Locale.ROOT) : key, some(pool(VALUES, key), values));
            }
        }
        return new Question(policies, boundary, of(ACTIONS), resource, context, unknown);
    }

    private JsonNode policy(String resource) {
        List<Object> statements = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            statements.add(statement(resource));
        }
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("Version", random.nextInt(8) == 0 ? "2008-10-17" : "2012-10-17");
        policy.put("Statement", statements);
        return TestJson.tree(policy);
    }

    private Map<String, Object> statement(String resource) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", random.nextInt(4) == 0 ? "Deny" : "Allow");
        statement.put(random.nextInt(8) == 0 ? "NotAction" : "Action", list(() -> of(ACTION_PATTERNS)));
        statement.put(
                random.nextInt(6) == 0 ? "NotResource" : "Resource",
                list(() -> pattern(random.nextInt(3) == 0 ? of(RESOURCES) : resource, true)));
        if (random.nextInt(2) == 0) {
            statement.put("Condition", condition());
        }
        return statement;
    }

    private Map<String, Object> condition() {
        Map<String, Object> condition = new LinkedHashMap<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String key = of(KEYS);
            String operator = of(pool(OPERATORS, key));
            if (operator.equals("Null")) {
                condition.put(operator, Map.of(key, list(() -> of(List.of("true", "false", "true", "false", "True")))));
                continue;
            }
            int set = random.nextInt(key.equals("aws:TagKeys") ? 3 : 8);
            String qualified = (set == 0 ? "ForAllValues:" : set == 1 ? "ForAnyValue:" : "")
                    + operator
                    + (random.nextInt(5) == 0 ? "IfExists" : "");
            boolean texts = operator.startsWith("String") || operator.startsWith("Arn");
            condition.put(
                    qualified,
                    Map.of(
                            random.nextInt(6) == 0 ? key.toLowerCase(Locale.ROOT) : key,
                            list(() -> operator.startsWith("Arn") && random.nextBoolean()
                                    ? pattern("arn:aws:iam::111122223333:role/app/ci", true)
                                    : texts && random.nextInt(3) == 0 ? of(PATTERN_VALUES) : of(pool(VALUES, key)))));
        }
        return condition;
    }

    /** A pattern that is near a resource: each part of it may be a wildcard, a variable, something else or missing. */
    private String pattern(String resource, boolean variables) {
        if (random.nextInt(8) == 0) {
            return of(List.of("*", "*", "*", "arn:*", "arn", "reports/*", "**", "arn:aws:s3:::", "arn:aws*:s3:::*"));
        }
        List<String> fields = new ArrayList<>(List.of(resource.split(":", 6)));
        for (int i = 1; i < 6; i++) {
            if (random.nextInt(i == 2 ? 30 : 4) == 0) {
                fields.set(i, changed(fields.get(i), i == 5, variables));
            }
        }
        if (random.nextInt(6) == 0) {
            int kept = 2 + random.nextInt(4);
            fields = fields.subList(0, kept);
        }
        return String.join(":", fields);
    }

    private String changed(String field, boolean last, boolean variables) {
        int cut = random.nextInt(field.length() + 1);
        int from = Math.min(field.length(), cut + random.nextInt(4));
        return switch (random.nextInt(variables ? last ? 9 : 6 : 5)) {
            case 0 -> "*";
            case 1 -> field.substring(0, cut) + "*";
            case 2 -> field.substring(0, cut) + "*" + field.substring(from);
            case 3 ->
                field.isEmpty()
                        ? "?"
                        : field.substring(0, cut)
                                + (cut < field.length() ? "?" : "")
                                + field.substring(Math.min(field.length(), cut + 1));
            case 4 -> of(List.of("aws-cn", "111122223333", "us-east-1", "x", ""));
            case 5 -> "${aws:username}" + field.substring(cut);
            case 6 -> field.substring(0, cut) + of(PATTERN_VALUES);
            case 7 -> field.substring(0, cut) + "*" + of(PATTERN_VALUES) + "*";
            default -> "${aws:username}/*";
        };
    }

    private Object list(java.util.function.Supplier<String> value) {
        int count = random.nextInt(40) == 0 ? 0 : 1 + random.nextInt(2);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value.get());
        }
        return values.size() == 1 && random.nextBoolean() ? values.get(0) : values;
    }

    private static List<String> pool(Map<String, List<String>> pools, String key) {
        return pools.getOrDefault(key, List.of());
    }

    private List<String> some(List<String> all, int count) {
        List<String> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, count));
    }

    private String of(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}

package dev.eksplatform.iam.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.Permissions;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.PolicyUse;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.internal.json.LocatedJson;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Policies as nobody writes them: every one is read, reported or refused, and none breaks the program. */
class OddPoliciesTest {

    private static final int POLICIES = 1_000;
    private static final List<Object> ODD = List.of(
            "",
            " ",
            "*",
            "**",
            "?",
            "arn",
            "arn:",
            "arn:aws:s3:::b/${",
            "${}",
            "${aws:x",
            "${ aws:x }",
            "${aws:x, 'a}b'}",
            "${aws:x, 'a",
            "${${aws:x}}",
            "$${aws:x}",
            "${*}${?}${$}",
            "%{if}",
            "${aws_s3_bucket.b.arn}/*",
            "'\"\\\u0000\n\u2028",
            "\uD83D\uDE00",
            "\uD83D",
            ":::::::::",
            "a".repeat(1_500),
            "*a".repeat(400),
            "${aws:x}".repeat(300),
            "${" + "x".repeat(2_000) + "}",
            "${aws:x, '" + "'x'".repeat(600),
            "1e999999999",
            "-99999999999999999999999",
            "::ffff:1.2.3.4/999",
            "2026-02-30T25:61:61Z",
            0,
            -1.5,
            1e300,
            true,
            List.of(),
            List.of(List.of("x")),
            Map.of(),
            Map.of("AWS", Map.of("AWS", List.of())));

    private static final List<String> NAMES = List.of(
            "",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition",
            "Sid",
            "Effect",
            "Version",
            "Statement",
            "AWS",
            "Service",
            "StringEquals",
            "ForAllValues:",
            "ForAnyValue:NullIfExists",
            "ForAnyValue:StringNotLikeIfExists",
            "IfExists",
            "NumericLessThan",
            "DateEquals",
            "IpAddress",
            "BinaryEquals",
            "ArnLike",
            "aws:x",
            "${x}:sub",
            "\u0000");

    private final Random random = new Random(11);

    @Test
    void noneBreaksTheProgram() throws IOException {
        List<JsonNode> originals = originals();
        int read = 0;
        for (int i = 0; i < POLICIES; i++) {
            Object policy = TestJson.plain(originals.get(random.nextInt(originals.size())));
            boolean textsOnly = random.nextBoolean();
            int changes = 1 + random.nextInt(4);
            for (int j = 0; j < changes; j++) {
                policy = textsOnly ? withOddTexts(policy, "") : changed(policy, 0);
            }
            String json = TestJson.tree(policy).toString();
            read += takes(random.nextInt(4) == 0 ? cut(json) : json) ? 1 : 0;
        }
        assertThat(read).isBetween(POLICIES / 4, POLICIES);
    }

    @Test
    void longTextsAreNoDeepOnes() {
        for (String variable :
                List.of("x".repeat(50_000), "aws:" + "x".repeat(50_000), "aws:x, '" + "'x'".repeat(20_000))) {
            PolicyDocument policy = PolicyDocument.of(
                    Statement.allow("s3:*").on("arn:aws:s3:::b/${" + variable + "}", "${" + variable));

            assertThat(policy.check(PolicyUse.INLINE)).isNotEmpty();
            assertThat(AccessEvaluation.decide(
                                    new AccessRequest("s3:GetObject", "arn:aws:s3:::b/k", RequestContext.open()),
                                    List.of(new AttachedPolicy.Known("p", policy)))
                            .verdict())
                    .isEqualTo(AccessDecision.Verdict.CANNOT_DECIDE);
        }
    }

    /** Whether the policy can be read; fails for anything but an answer or a refusal. */
    private boolean takes(String json) {
        try {
            InlinePolicy inline = InlinePolicy.read(LocatedJson.read("p.json", json));
            inline.findings(Partition.AWS, List.of()).errors().forEach(problem -> assertThat(problem.toString())
                    .isNotEmpty());
            inline.findings(null, List.of("s3:*"));
            InlinePolicy.of(map(json));
            answers(inline.policy());
        } catch (InvalidInputException e) {
            assertThat(e.problems()).isNotEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            fail(json, e);
        }
        try {
            PolicyDocument document = PolicyDocument.parse("p.json", json);
            answers(document);
            assertThat(PolicyDocument.parse("again", document.toJson())).isEqualTo(document);
            return true;
        } catch (InvalidInputException e) {
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail(json, e);
        }
    }

    private void answers(PolicyDocument policy) {
        for (PolicyUse use : PolicyUse.values()) {
            policy.check(use).forEach(problem -> assertThat(problem.toString()).isNotEmpty());
        }
        policy.toTerraformJson();
        Permissions.of(policy);
        List<AttachedPolicy> policies = List.of(new AttachedPolicy.Known("p", policy));
        assertThat(RoleExplanation.of("r", policy, policies).toString()).isNotEmpty();
        RequestContext context = (random.nextBoolean() ? RequestContext.open() : RequestContext.closed())
                .with("aws:x", text())
                .with("aws:username", text(), text());
        AccessEvaluation.decide(new AccessRequest("s3:GetObject", "arn:aws:s3:::reports/a", context), policies);
        AccessEvaluation.decide(new AccessRequest(text(), text(), context), policies);
        TrustEvaluation.decide(new AssumeRequest(Caller.service(text()), "sts:AssumeRole", context), policy);
        TrustEvaluation.decide(
                new AssumeRequest(new Caller("AWS", "arn:aws:iam::111122223333:role/ci"), "sts:AssumeRole", context),
                policy);
        TrustEvaluation.decide(new AssumeRequest(new Caller("AWS", text()), text(), context), policy);
    }

    /** With odd texts where any text follows the grammar. */
    private Object withOddTexts(Object value, String key) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((name, one) -> all.put(name.toString(), withOddTexts(one, name.toString())));
            return all;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(one -> withOddTexts(one, key)).toList();
        }
        return key.equals("Effect") || key.equals("Version") || random.nextInt(3) > 0 ? value : text();
    }

    private Object changed(Object value, int depth) {
        if (depth > 6 || random.nextInt(6) == 0) {
            return odd();
        }
        if (value instanceof Map<?, ?> map) {
            return changedMap(map, depth);
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            List<Object> all = new ArrayList<>(list);
            int at = random.nextInt(all.size());
            switch (random.nextInt(4)) {
                case 0 -> all.remove(at);
                case 1 -> all.add(odd());
                default -> all.set(at, changed(all.get(at), depth + 1));
            }
            return all;
        }
        return odd();
    }

    private Object changedMap(Map<?, ?> map, int depth) {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((key, one) -> all.put(key.toString(), one));
        List<String> keys = new ArrayList<>(all.keySet());
        String key = keys.isEmpty() ? "" : keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(6)) {
            case 0 -> all.remove(key);
            case 1 -> all.put(NAMES.get(random.nextInt(NAMES.size())), odd());
            case 2 -> all.put(NAMES.get(random.nextInt(NAMES.size())), all.remove(key));
            default -> all.computeIfPresent(key, (name, one) -> changed(one, depth + 1));
        }
        return all;
    }

    private Object odd() {
        return random.nextInt(20) == 0 ? Map.of("aws:x", List.of(text())) : ODD.get(random.nextInt(ODD.size()));
    }

    private String text() {
        return ODD.get(random.nextInt(ODD.size())).toString();
    }

    private String cut(String json) {
        int at = random.nextInt(json.length());
        int to = Math.min(json.length(), at + random.nextInt(8));
        return random.nextBoolean() ? json.substring(0, at) : json.substring(0, at) + json.substring(to);
    }

    private static Map<String, Object> map(String json) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (TestJson.plain(TestJson.parse(json)) instanceof Map<?, ?> all) {
            all.forEach((key, one) -> map.put(key.toString(), one));
        }
        return map;
    }

    private static List<JsonNode> originals() throws IOException {
        List<JsonNode> policies = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/cases/iam/hand.jsonl"))) {
            JsonNode one = TestJson.parse(line);
            one.path("policies").forEach(policies::add);
            if (one.has("trust")) {
                policies.add(one.path("trust"));
            }
        }
        return policies;
    }
}

package dev.eksplatform.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.plan.PlanFiles;
import dev.eksplatform.testing.TestJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged inputs of every kind are read or refused: no internal error, and no secret in a message. */
class MutatedInputsTest {

    private static final int MUTATIONS = 60;
    private static final String SECRET = "kW9x2Tq7LmZp4vB8";

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "\"text\"",
            "\"\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\": null}",
            "\"\\ud800\"",
            "{\"a\": {\"b\": [1, \"c\"]}}",
            "12345678901234567890");

    private static final List<String> TEXTS =
            List.of("", "[]", "{}", "null", "1e999", "!!binary x", "&a *a", "\t", "- x", ": ", "\u0000", "${x}", "\"");

    @TempDir
    Path folder;

    /** An input and the command that reads it. */
    enum Input {
        PLAN,
        SYNTHESIZED,
        ENVIRONMENT,
        RULE,
        POLICY
    }

    @ParameterizedTest
    @EnumSource
    void anyDamageIsReadOrRefused(Input input) throws Exception {
        for (int seed = 0; seed < MUTATIONS; seed++) {
            String text = mutated(original(input), input, new Random(seed));
            CommandRun run = run(input, text);
            assertThat(run.status()).as("%s %d: %s", input, seed, run.err()).isBetween(0, 2);
            assertThat(run.out() + run.err())
                    .as("%s %d", input, seed)
                    .doesNotContain("internal error", "Exception", SECRET);
        }
    }

    private static String original(Input input) throws Exception {
        return switch (input) {
            case PLAN -> plan();
            case SYNTHESIZED -> """
                    {"terraform": {"backend": {"local": {"path": "x"}}}, "provider": {"aws": [{"region": "eu-central-1"}]},
                     "resource": {"aws_ssm_parameter": {"p": {"name": "/a", "type": "SecureString", "value": "%s"}},
                       "aws_iam_role": {"r": {"name": "r", "assume_role_policy": "{\\"Statement\\": [{\\"Effect\\": \\"Allow\\"}]}"}},
                       "helm_release": {"h": {"name": "h", "chart": "h", "values": ["password: %s"]}}}}
                    """.formatted(SECRET, SECRET);
            case ENVIRONMENT, POLICY -> Files.readString(Path.of("stacks/ostoy-eks.yaml"));
            case RULE -> Files.readString(Path.of("policies/guardrails/iam/trust-can-be-used.yaml"));
        };
    }

    private static String plan() throws Exception {
        ObjectNode plan =
                (ObjectNode) TestJson.parse(new String(PlanFiles.recordedBytes("a-update"), StandardCharsets.UTF_8));
        plan.withArray("/resource_changes").add(TestJson.parse("""
                {"address": "aws_ssm_parameter.db", "mode": "managed", "type": "aws_ssm_parameter", "name": "db", "change": {
                  "actions": ["update"], "before": {"value": "old"}, "after": {"value": "%s"},
                  "before_sensitive": {"value": true}, "after_sensitive": {"value": true}}}""".formatted(SECRET)));
        return plan.toString();
    }

    private static String mutated(String text, Input input, Random random) throws Exception {
        boolean json = input == Input.PLAN || input == Input.SYNTHESIZED;
        if (random.nextInt(5) == 0) {
            return text.substring(0, random.nextInt(text.length()));
        }
        if (json) {
            JsonNode root = TestJson.parse(text);
            List<Runnable> replacements = new ArrayList<>();
            collect(root, TestJson.parse(VALUES.get(random.nextInt(VALUES.size()))), replacements);
            replacements.get(random.nextInt(replacements.size())).run();
            return root.toString();
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        int line = random.nextInt(lines.size());
        String old = lines.get(line);
        String value = TEXTS.get(random.nextInt(TEXTS.size()));
        lines.set(line, old.contains(": ") && random.nextBoolean() ? old.replaceFirst(": .*", ": ") + value : value);
        return String.join("\n", lines) + "\n";
    }

    /** One replacement for each value in a document. */
    private static void collect(JsonNode node, JsonNode value, List<Runnable> replacements) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                replacements.add(() -> object.set(entry.getKey(), value));
                collect(entry.getValue(), value, replacements);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                replacements.add(() -> array.set(index, value));
                collect(array.get(i), value, replacements);
            }
        }
    }

    private CommandRun run(Input input, String text) throws Exception {
        return switch (input) {
            case PLAN -> {
                Path file = Files.write(folder.resolve("plan.json"), text.getBytes(StandardCharsets.UTF_8));
                yield CommandRun.of("review", "--today", "2026-03-01", "--stack", "s=" + file);
            }
            case SYNTHESIZED -> {
                Path stack = Files.createDirectories(folder.resolve("out/stacks/s"));
                Files.write(stack.resolve("cdk.tf.json"), text.getBytes(StandardCharsets.UTF_8));
                yield CommandRun.of(
                        "check",
                        "--today",
                        "2026-03-01",
                        "--config",
                        folder.resolve("out").toString());
            }
            case ENVIRONMENT -> {
                Path file = Files.writeString(folder.resolve("shop.yaml"), text);
                yield CommandRun.of("explain", "access", file.toString());
            }
            case POLICY -> {
                Path file = Files.writeString(folder.resolve("shop.yaml"), text);
                yield CommandRun.of(
                        "explain",
                        "access",
                        file.toString(),
                        "--as",
                        "ostoy-demo/ostoy-sa",
                        "--action",
                        "s3:PutObject");
            }
            case RULE -> {
                Path rules = Files.createDirectories(folder.resolve("rules/own"));
                Files.writeString(
                        rules.resolve("own-rule.yaml"), text.replace("id: trust-can-be-used", "id: own-rule"));
                yield CommandRun.of(
                        "policies",
                        "test",
                        "--policies",
                        folder.resolve("rules").toString());
            }
        };
    }
}

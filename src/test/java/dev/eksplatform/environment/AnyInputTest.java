package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.testing.ExampleApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Whatever an environment file says, the answer is an environment or an error at its line: every value and every key of
 * environments that have every key is replaced by wrong ones. This tries a share of them, {@link AnyInputIT} all.
 */
class AnyInputTest {

    private static final Path ENVIRONMENTS = Path.of("src/test/resources/environments");

    /** In flow style, so that each fits wherever a value was. */
    private static final List<String> VALUES = List.of(
            "null",
            "\"\"",
            "\" \"",
            "some text",
            "7",
            "true",
            "[]",
            "[null]",
            "{}",
            "{\"\": null}",
            "\"a\\0b/*\"",
            "\"\\uD83D\"",
            "",
            "0",
            "-1",
            "-2147483648",
            "9223372036854775808",
            "1e400",
            ".nan",
            "-.inf",
            "0o17",
            "\"no\"",
            "[[]]",
            "[\"\"]",
            "[a, a]",
            "[7, {}]",
            "{a: b}",
            "{\"a.b[0]\": {c: [null]}}",
            "\"\\0\"",
            "\"\\x01\\x1b\\x7f\\x85\"",
            "\"a\\nb\"",
            "\"\\U0001F600\"",
            "\"\\u202e\\ufeff\"",
            "x".repeat(10_000),
            "${x}",
            "\"%{if x}\"",
            "e298",
            "\"TfToken[TOKEN.1]\"",
            "\"${TfToken[TOKEN.1]}\"",
            "\"../../etc/passwd\"",
            "\"*\"",
            "\"arn:aws:iam::111122223333:role/x\"",
            "\"\\\\\"",
            "\"quo\\\"te\"",
            "a.b.c",
            "2026-11-26",
            "!custom x",
            "!!binary aGVsbG8=",
            "!!float x",
            "!!int \"\"",
            "!!null x",
            "!!bool maybe",
            "!!map []",
            "*unknown",
            "&anchor [*anchor]",
            "{<<: {a: 1}, <<: 2}",
            "{<<: *none}",
            "{a: 1, a: 2}",
            "{[a]: b}",
            "{? {a: b} : c}",
            "{null: a}",
            "\"unclosed",
            "[unclosed",
            "}",
            "@x",
            "`x`",
            "- x",
            "a: b: c");

    /** So many are written in every place, each of the others in every thirteenth. */
    private static final int OFTEN = 5;

    private static final List<String> KEYS = List.of(
            "null",
            "\"\"",
            "\" \"",
            "unknown",
            "7",
            "-2147483648",
            "true",
            "1e400",
            "e298",
            "\"\\0\"",
            "\"a\\nb\"",
            "\"\\U0001F600\"",
            "\"\\uD83D\"",
            "\"quo\\\"te\"",
            "\"back\\\\slash\"",
            "\"a.b[0]\"",
            "\"[0]\"",
            "\"..\"",
            "\"a/b/c\"",
            "\"${x}\"",
            "x".repeat(1_000),
            "[a]",
            "{a: b}",
            "<<",
            "!custom x",
            "&a a",
            "*a",
            "system:x",
            "default/orders");

    private static final int LONGEST_POLICY = 6_144;

    @TempDir
    private Path folder;

    /** One of how many wrong values and keys is tried. */
    int oneOf() {
        return 11;
    }

    /** A place in a file, and what can be written there. */
    private record Spot(int begin, int end, boolean isKey) {}

    static Stream<Path> environments() throws IOException {
        try (Stream<Path> files = Files.list(ENVIRONMENTS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    private static List<Spot> spots(String text) {
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        List<Spot> spots = new ArrayList<>();
        collect(new Compose(settings).composeString(text).orElseThrow(), text, spots);
        return spots;
    }

    private static void collect(Node node, String text, List<Spot> spots) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                spots.add(spot(tuple.getKeyNode(), text, true));
                spots.add(spot(tuple.getValueNode(), text, false));
                collect(tuple.getValueNode(), text, spots);
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                spots.add(spot(item, text, false));
                collect(item, text, spots);
            }
        }
    }

    private static Spot spot(Node node, String text, boolean isKey) {
        int begin = node.getStartMark().map(Mark::getIndex).orElseThrow();
        int end = node.getEndMark().map(Mark::getIndex).orElseThrow();
        while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return new Spot(begin, end, isKey);
    }

    private void copyManifests() throws IOException {
        ExampleApp.copyTo(folder);
    }

    /** What is wrong with the answer to a file; empty when nothing is. */
    private String judge(Path file, String text, int line) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        try {
            Environment environment = Environment.read(file);
            environment.resolved().addons();
            environment.resolved().namespaces();
            environment.resolved().identities().forEach(one -> {
                environment.resolved().roleArn(one.identity());
                environment.resolved().trust(one.identity());
            });
            return "";
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                if (!problem.place().toString().matches("(?s)" + folder + "/\\S+\\.yaml:\\d+:\\d+.*")) {
                    return "no place: " + problem;
                }
                if (problem.toString().length() > 2_500) {
                    return "a long problem: " + problem;
                }
            }
            boolean atItsLine = e.problems().stream().anyMatch(problem -> isAt(problem, file, line));
            return atItsLine ? "" : "elsewhere: " + e.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            return e + " at " + List.of(e.getStackTrace()).subList(0, Math.min(6, e.getStackTrace().length));
        }
    }

    /** At the line, or at the next one, where the value of a key may begin. */
    private static boolean isAt(Problem problem, Path file, int line) {
        return problem.place().toString().startsWith(file + ":" + line + ":")
                || problem.place().toString().startsWith(file + ":" + (line + 1) + ":");
    }

    @ParameterizedTest
    @MethodSource("environments")
    void aWrongValueOrKeyIsAnErrorAtItsLine(Path original) throws IOException {
        copyManifests();
        String text = Files.readString(original);
        Path file = folder.resolve("shop.yaml");
        assertThat(judge(file, text, 0)).isEmpty();
        List<String> wrong = new ArrayList<>();
        int candidates = 0;
        for (Spot spot : spots(text)) {
            int line = (int) text.substring(0, spot.begin())
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            List<String> all = spot.isKey() ? KEYS : VALUES;
            for (int i = 0; i < all.size(); i++) {
                if (i >= OFTEN && (i + spot.begin()) % 13 != 0 || candidates++ % oneOf() != 0) {
                    continue;
                }
                String written = all.get(i);
                String changed = text.substring(0, spot.begin()) + written + text.substring(spot.end());
                String fault = judge(file, changed, line);
                if (!fault.isEmpty() && !(fault.startsWith("elsewhere") && mayBeElsewhere(written, spot.isKey()))) {
                    String old = text.substring(spot.begin(), spot.end())
                            .lines()
                            .findFirst()
                            .orElse("");
                    wrong.add(original.getFileName() + ":" + line + " " + old + " -> "
                            + written.substring(0, Math.min(60, written.length())) + ": " + fault);
                }
            }
        }
        wrong.sort(Comparator.comparing((String fault) -> fault.contains(": elsewhere")));
        assertThat(String.join("\n", wrong)).isEmpty();
    }

    /**
     * What leaves a part out is right by itself, and other parts may need it; a quote or a bracket may be closed by another
     * one further down; a key that is right by itself leaves the former one out; keys that are merged into their owner
     * are wrong there; and what is too long only together with others is wrong where all of it begins.
     */
    private static boolean mayBeElsewhere(String written, boolean isKey) {
        return Set.of("", "null", "{}", "[]", "!!null x", "\"unclosed", "[unclosed")
                        .contains(written)
                || written.length() > LONGEST_POLICY
                || isKey && (Set.of("<<", "*a", "&a a").contains(written) || written.matches("[a-z0-9]+"));
    }
}

package dev.eksplatform.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlDocumentTest {

    private static YamlDocument read(Path file) {
        return YamlDocument.parse(file.toString(), YamlDocument.text(file));
    }

    @TempDir
    private Path folder;

    private static @Nullable Object tree(String... lines) {
        return PlainTree.of(
                YamlDocument.parse("a.yaml", String.join("\n", lines)).root());
    }

    private static List<String> problems(String... lines) {
        return problemsOf(() -> YamlDocument.parse("a.yaml", String.join("\n", lines)));
    }

    private static List<String> problemsOf(Runnable reading) {
        InvalidInputException thrown = catchThrowableOfType(InvalidInputException.class, reading::run);
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aFreeTreeFollowsTheCoreSchema() {
        assertThat(tree("a: [1, 0x1F, 0o17, 1.5, true, yes, null, ~, '1', 99999999999999999999, 2026-01-01]"))
                .hasToString("{a=[1, 31, 15, 1.5, true, yes, null, null, 1, 99999999999999999999, 2026-01-01]}");
        assertThat(tree("{.inf: -.inf, n: .nan}")).hasToString("{.inf=-Infinity, n=NaN}");
    }

    @Test
    void aliasesStandForTheirAnchor() {
        assertThat(tree("a: &x {k: [1]}", "b: *x", "c: &y text", "d: *y"))
                .hasToString("{a={k=[1]}, b={k=[1]}, c=text, d=text}");
    }

    @Test
    void aKeyOfTheMappingWinsOverAMergedOne() {
        assertThat(tree("base: &x {a: 1, b: 2}", "late: {<<: *x, b: 3}", "early: {b: 3, <<: *x}"))
                .hasToString("{base={a=1, b=2}, late={b=3, a=1}, early={b=3, a=1}}");
    }

    @Test
    void theEarlierOfSeveralMergedMappingsWins() {
        assertThat(tree("x: &x {a: 1}", "y: &y {a: 2, b: 2}", "z: {<<: [*x, *y]}"))
                .hasToString("{x={a=1}, y={a=2, b=2}, z={a=1, b=2}}");
    }

    @Test
    void aQuotedMergeKeyIsAnOrdinaryKey() {
        assertThat(tree("'<<': 1")).hasToString("{<<=1}");
    }

    @Test
    void somethingElseThanAMappingCannotBeMerged() {
        assertThat(problems("a: 1", "b:", "  <<: [{c: 1}, 5]"))
                .containsExactly("a.yaml:3:16 b[\"<<\"]: \"<<\" with the number 5; allowed: an alias to a mapping, or a"
                        + " list of such aliases; fix: write <<: *name, where &name marks a mapping");
        assertThat(problems("x: &x {a: 1}", "b:", "  <<: *x", "  <<: *x"))
                .containsExactly("a.yaml:4:3 b[\"<<\"]: duplicate key \"<<\"; fix: write <<:" + " [*first, *second]");
    }

    @Test
    void anAliasBombIsRefused() {
        String bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 12)
                        .mapToObj(i -> "a" + i + ": &a" + i + " ["
                                + String.join(", ", Collections.nCopies(10, "*a" + (i - 1))) + "]")
                        .collect(Collectors.joining("\n"));
        assertThat(problems(bomb))
                .containsExactly(
                        "a.yaml:5:5 a4: more than 100000 values once its aliases are written out; fix: use fewer aliases to aliases, or several files");
    }

    @Test
    void anAliasThatContainsItselfIsRefused() {
        assertThat(problems("a: &a", "  b: *a"))
                .containsExactly(
                        "a.yaml:1:4 a.b: an alias to a value that contains the alias; fix: write the value out instead of the alias");
    }

    @Test
    void deepNestingIsRefusedBeforeItOverflowsTheStack() {
        assertThat(problems("a: " + "[".repeat(500_000)))
                .containsExactly("a.yaml:1:67: more than 64 levels of nesting; fix: nest less" + " deeply");
        String deep = "a: &a " + "[".repeat(40) + "]".repeat(40) + "\nb: " + "[".repeat(40) + "*a" + "]".repeat(40);
        assertThat(problems(deep))
                .containsExactly(
                        "a.yaml:2:19 b" + "[0]".repeat(15) + ": more than 64 levels of nesting; fix: nest less deeply");
    }

    @Test
    void everyDuplicateKeyIsReported() {
        assertThat(problems("a: 1", "b: {c: 1, c: 2}", "a: 2", "? [x]", ": 1", "d: !!set {}"))
                .containsExactly(
                        "a.yaml:2:11 b.c: duplicate key \"c\", first in line 2; fix:" + " remove one of the two",
                        "a.yaml:3:1 a: duplicate key \"a\", first in line 1; fix: remove" + " one of the two",
                        "a.yaml:4:3: a list or mapping as a key; fix: write the key as text",
                        "a.yaml:6:4 d: the YAML tag tag:yaml.org,2002:set; allowed: the tags of the YAML 1.2 core"
                                + " schema; fix: remove the tag");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(problems("a: 1", "---", "b: 1"))
                .containsExactly("a.yaml:3:1: a second document; fix: remove the --- between them");
    }

    @Test
    void aFileMayHaveSeveralDocuments() {
        PlacedProblems problems = new PlacedProblems("a.yaml");
        assertThat(YamlDocument.all("a.yaml", "a: 1\n---\n---\nb: 2\n", YamlDialect.CORE, problems))
                .extracting(document -> String.valueOf(PlainTree.of(document.root())))
                .containsExactly("{a=1}", "null", "{b=2}");
        assertThat(YamlDocument.all("a.yaml", "a: 1\n---\nb: [\n", YamlDialect.CORE, problems))
                .extracting(document -> String.valueOf(PlainTree.of(document.root())))
                .containsExactly("{a=1}");
        assertThat(problemsOf(problems::throwIfAny))
                .containsExactly("a.yaml:4:1: not YAML: expected the node content, but found '<stream end>'"
                        + "; fix: check indentation, colons, quotes and brackets there and above");
    }

    @Test
    void aReaderMayHaveTagsOfItsOwn() {
        YamlDialect dialect = new YamlDialect(Set.of("!json", "!unknown"), 10, false);
        YamlNode.Mapping root =
                (YamlNode.Mapping) YamlDocument.parse("a.yaml", "a: !json {b: 1}\nc: !unknown\n", dialect)
                        .root();
        assertThat(root.get("a")).isInstanceOfSatisfying(YamlNode.Tagged.class, tagged -> {
            assertThat(tagged.tag()).isEqualTo("!json");
            assertThat(PlainTree.of(tagged.value())).hasToString("{b=1}");
        });
        assertThat(root.get("c")).isInstanceOfSatisfying(YamlNode.Tagged.class, tagged -> assertThat(tagged.tag())
                .isEqualTo("!unknown"));
        assertThat(problems("a: !json {b: 1}"))
                .containsExactly("a.yaml:1:4 a: the YAML tag !json; allowed: the tags of the YAML 1.2 core schema; fix:"
                        + " remove the tag");
    }

    record Node(YamlNode value, List<String> names) {}

    @Test
    void aComponentMayBeFreeYamlWithItsPositions() {
        Node node = Binder.bind(YamlDocument.parse("a.yaml", "names: [a]\nvalue: {b: [1, c]}"), Node.class)
                .orThrow();
        assertThat(node.value().start()).hasToString("a.yaml:2:8");
        assertThat(PlainTree.of(node.value())).hasToString("{b=[1, c]}");
    }

    @ParameterizedTest
    @CsvSource({"''", "'# nothing but a comment'", "---", "~"})
    void anEmptyFileIsReported(String text) {
        YamlDocument document = YamlDocument.parse("a.yaml", text);
        assertThat(document.root().isNothing()).isTrue();
        assertThat(problemsOf(() -> Binder.bind(document, Shop.class).orThrow()))
                .containsExactly("a.yaml:1:1: an empty file; fix: write at least name, account");
        record Optional(List<String> names) {
            @Defaults
            static Optional none() {
                return new Optional(List.of());
            }
        }
        assertThat(Binder.bind(document, Optional.class).orThrow().names()).isEmpty();
    }

    @Test
    void syntaxErrorsHaveTheirPlace() {
        assertThat(problems("a:", "\tb: 1"))
                .containsExactly("a.yaml:2:1: not YAML: a tab; allowed: YAML 1.2, which has no tabs; fix: indent"
                        + " with spaces");
        assertThat(problems("a: [1, 2", "b: 1"))
                .containsExactly("a.yaml:2:2: not YAML: expected ',' or ']', but got :; fix: check"
                        + " indentation, colons, quotes and brackets there and above");
        assertThat(problems("a: 1", "b: *nowhere"))
                .containsExactly("a.yaml:2:4: not YAML: found undefined alias nowhere; fix: check"
                        + " indentation, colons, quotes and brackets there and above");
        assertThat(problems("a: 1", "b: \u0007"))
                .containsExactly("a.yaml:2:4: the character U+0007; allowed: printable characters; fix: remove it");
    }

    @Test
    void aFileIsReadAsUtf8AndShownAsGiven() throws IOException {
        Path file = Files.write(folder.resolve("a.yaml"), "\uFEFFa: ä\n".getBytes(StandardCharsets.UTF_8));
        YamlDocument document = read(file);
        assertThat(document.file()).isEqualTo(file.toString());
        assertThat(PlainTree.of(document.root())).hasToString("{a=ä}");
    }

    @Test
    void textThatCannotBeWrittenIsRefused() {
        assertThat(problems("a: \"x\\0\"\nb: \"\\uD83D\"\nc: \"${TfToken[TOKEN.1]}\"\n"))
                .containsExactly(
                        "a.yaml:1:4 a: the character U+0000; fix: remove it",
                        "a.yaml:2:4 b: the character U+D83D; fix: write the whole character instead of half of it",
                        "a.yaml:3:4 c: the text \"TfToken[\", by which CDKTF marks references; allowed: text without it:"
                                + " CDKTF would put the value of a reference there; fix: write it in another way, or in a"
                                + " manifest, where it is literal");
    }

    @Test
    void aFileThatCannotBeReadIsReported() throws IOException {
        Path none = folder.resolve("none.yaml");
        assertThat(problemsOf(() -> read(none))).containsExactly(none + ": no such file; fix: check the path");
        assertThat(problemsOf(() -> read(folder))).containsExactly(folder + ": a folder; fix: name a file in it");
        Path latin =
                Files.write(folder.resolve("latin.yaml"), "a: 1\nb: \u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problemsOf(() -> read(latin)))
                .containsExactly(latin + ":2:4: bytes that are not UTF-8; fix: save the file as UTF-8");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThat(problemsOf(() -> read(large)))
                .containsExactly(large + ": a file of more than 1 MiB; fix: split it into several files");
    }

    @Property(tries = 200)
    void mergingIsTheFirstToSayAKey(
            @ForAll @Size(max = 4) Map<@IntRange(max = 9) Integer, @IntRange(max = 99) Integer> own,
            @ForAll @Size(max = 4)
                    List<@Size(max = 4) Map<@IntRange(max = 9) Integer, @IntRange(max = 99) Integer>> bases,
            @ForAll boolean mergeFirst) {
        Map<String, Object> expected = new HashMap<>();
        own.forEach((key, value) -> expected.put("k" + key, (long) value));
        StringBuilder text = new StringBuilder("bases:\n");
        for (int i = 0; i < bases.size(); i++) {
            text.append("- &b")
                    .append(i)
                    .append(" {")
                    .append(entries(bases.get(i)))
                    .append("}\n");
            bases.get(i).forEach((key, value) -> expected.putIfAbsent("k" + key, (long) value));
        }
        String merge = "<<: ["
                + IntStream.range(0, bases.size()).mapToObj(i -> "*b" + i).collect(Collectors.joining(", ")) + "]";
        text.append("own: {")
                .append(mergeFirst ? merge + ", " : "")
                .append(entries(own))
                .append(mergeFirst || own.isEmpty() ? "" : ", ")
                .append(mergeFirst ? "" : merge)
                .append("}");
        assertThat(tree(text.toString()))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("own", expected);
    }

    private static String entries(Map<Integer, Integer> entries) {
        return entries.entrySet().stream()
                .map(entry -> "k" + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}

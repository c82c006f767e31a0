package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.kubernetes.YamlScalar;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {

    private static final String THING = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a}\n";

    @Test
    void documentsAreSeparatedAndEmptyOnesSkipped() {
        ManifestSet manifests = Read.all("\uFEFF# a comment\n---\n---\n"
                + Read.configMap("") + "---\nnull\n---\n"
                + Read.configMap("").replace("name: a", "name: b") + "...\n");

        assertThat(manifests.inOrder()).extracting(KubernetesDocument::name).containsExactly("a", "b");
    }

    @Test
    void aListStandsForItsItems() {
        ManifestSet manifests = Read.all("""
                apiVersion: v1
                kind: List
                items:
                  - apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: a}
                  - apiVersion: v1
                    kind: Service
                    metadata: {name: b}
                    spec: {ports: [{port: 80}]}
                """);

        assertThat(manifests.inOrder())
                .extracting(KubernetesDocument::identity)
                .containsExactly("v1 ConfigMap default/a", "v1 Service default/b");
        assertThat(manifests.inOrder().get(1).source().place(PropertyPath.of("metadata", "name")))
                .hasToString("a.yaml:9:22 metadata.name");
    }

    @Test
    void anchorsAndMergeKeysWork() {
        Map<?, ?> data = (Map<?, ?>) Read.field(Read.configMap("""
                          labels: &labels
                            team: web
                            tier: front
                          annotations:
                            <<: *labels
                            tier: back
                        """), "metadata", "annotations");

        assertThat(data).isEqualTo(Map.of("team", "web", "tier", "back"));
    }

    /** scalars.tsv: what sigs.k8s.io/yaml 1.4.0, through which kubectl reads YAML, makes of each text. */
    @Test
    void plainScalarsMeanWhatTheyMeanToKubectl() throws IOException {
        String table;
        try (var resource = Objects.requireNonNull(getClass().getResourceAsStream("scalars.tsv"))) {
            table = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(table.lines().count()).isGreaterThan(60);
        assertThat(table.lines()).allSatisfy(line -> {
            String[] columns = line.split("\t", -1);
            if (columns[1].equals("ERR")) {
                assertThat(YamlScalar.isNotJson(columns[0])).as(columns[0]).isTrue();
                return;
            }
            Object expected = TestJson.plain(TestJson.parse(columns[1]));
            Object actual = YamlScalar.resolve(columns[0]);
            if (expected instanceof Number number) {
                assertThat(new BigDecimal(String.valueOf(actual)))
                        .as(columns[0])
                        .isEqualByComparingTo(new BigDecimal(number.toString()));
            } else {
                assertThat(actual).as(columns[0]).isEqualTo(expected);
            }
        });
    }

    @Test
    void quotedScalarsAreText() {
        assertThat(Read.field(Read.configMap("data: {a: 'yes', b: \"0644\", c: !!str 1}\n"), "data"))
                .isEqualTo(Map.of("a", "yes", "b", "0644", "c", "1"));
    }

    @Test
    void tagsSayWhatAScalarIs() {
        assertThat(Read.field(
                        THING + "spec: {a: &x !!str no, b: *x, c: !!bool \"yes\", d: !!int \"0644\", !!str on: e}\n",
                        "spec"))
                .isEqualTo(Map.of("a", "no", "b", "no", "c", true, "d", 420L, "on", "e"));
    }

    @Test
    void aTagThatDoesNotFitItsValueIsRefused() {
        assertThat(Read.problems(THING + "spec:\n  a: !!bool maybe\n  b: !!int 1.5\n  c: !!null x\n  d: !!float x\n"))
                .containsExactly(
                        "a.yaml:5:6 spec.a: the tag !!bool on the text \"maybe\"; fix: remove the tag",
                        "a.yaml:6:6 spec.b: the tag !!int on the text \"1.5\"; fix: remove the tag",
                        "a.yaml:7:6 spec.c: the tag !!null on the text \"x\"; fix: remove the tag",
                        "a.yaml:8:6 spec.d: the tag !!float on the text \"x\"; fix: remove the tag");
    }

    @Test
    void aSyntaxErrorHasItsLine() {
        assertThat(Read.problems("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n data: {}\n"))
                .containsExactly("a.yaml:5:2: not YAML: expected <block end>, but found '<block mapping start>'"
                        + "; fix: check indentation, colons, quotes and brackets there and above");
    }

    @Test
    void aTabIsASyntaxError() {
        assertThat(Read.problems("apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: a\n"))
                .singleElement()
                .asString()
                .startsWith("a.yaml:4:1: not YAML: a tab");
    }

    @Test
    void helmTemplatesAreRecognised() {
        String problem = ": this is a Helm or Go template, not YAML; fix: render the chart first (helm template), or "
                + "install it as an add-on";

        assertThat(Read.problems(Read.configMap("data:\n  a: {{ .Values.a }}\n")))
                .first()
                .isEqualTo("a.yaml:6:6 data.a" + problem);
        assertThat(Read.problems(Read.configMap("data:\n  a: x-{{ .Release.Name }}\n")))
                .containsExactly("a.yaml:6:6 data.a" + problem);
        assertThat(Read.problems("{{- if .Values.enabled }}\n" + Read.configMap("{{- end }}\n")))
                .singleElement()
                .asString()
                .endsWith(problem);
    }

    @Test
    void bracesOfOtherTemplatesAreText() {
        String text = "data:\n  rule: Instance {{ $labels.instance }} is down\n  chart: |\n    {{ .Values.a }}\n";

        assertThat(Read.field(Read.configMap(text), "data"))
                .isEqualTo(Map.of("rule", "Instance {{ $labels.instance }} is down", "chart", "{{ .Values.a }}\n"));
    }

    @Test
    void aDocumentThatIsNoMappingIsRefused() {
        assertThat(Read.problems("- a\n---\nhello\n"))
                .containsExactly(
                        "a.yaml:1:1: this document is a list; allowed: a Kubernetes object: a mapping with apiVersion, kind"
                                + " and metadata; fix: write the object's fields here, or remove the document",
                        "a.yaml:3:1: this document is the text \"hello\"; allowed: a Kubernetes object: a mapping with"
                                + " apiVersion, kind and metadata; fix: write the object's fields here, or remove the"
                                + " document");
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() {
        assertThat(Read.problems(Read.configMap("data:\n  a: x\n  a: y\n")))
                .containsExactly("a.yaml:7:3 data.a: duplicate key \"a\", first in line 6; fix: remove one of the two");
    }

    @Test
    void aKeyThatIsNotTextToKubernetesIsRefused() {
        assertThat(Read.problems(Read.configMap("data:\n  on: x\n  0644: v\n  8080: z\n")))
                .containsExactly(
                        "a.yaml:6:3 data.on: the key on, which Kubernetes reads as true; fix: quote it: \"on\"",
                        "a.yaml:7:3 data.0644: the key 0644, which Kubernetes reads as 420; fix: quote it: \"0644\"");
    }

    @Test
    void tagsAndInfinityAreRefused() {
        assertThat(Read.problems(Read.configMap("data:\n  a: !Ref x\n  b: .inf\n")))
                .containsExactly(
                        "a.yaml:6:6 data.a: the YAML tag !Ref; allowed: the tags of the YAML 1.2 core schema; fix: "
                                + "remove the tag",
                        "a.yaml:7:6 data.b: the number .inf, which JSON does not have; fix: quote it: \".inf\"");
    }

    @Test
    void anAliasOfItselfIsRefused() {
        assertThat(Read.problems(Read.configMap("data: &a\n  x: *a\n")))
                .containsExactly(
                        "a.yaml:5:7 data.x: an alias to a value that contains the alias; fix: write the value out "
                                + "instead of the alias");
    }

    @Test
    void aliasBombsAreRefused() {
        StringBuilder bomb = new StringBuilder("data:\n  l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String alias = "*l" + (i - 1);
            bomb.append("  l" + i + ": &l" + i + " ["
                    + String.join(", ", List.of(alias, alias, alias, alias, alias, alias, alias, alias)) + "]\n");
        }

        assertThat(Read.problems(Read.configMap(bomb.toString())))
                .containsExactly(
                        "a.yaml:11:7 data.l5: more than 200000 values once its aliases are written out; fix: use fewer "
                                + "aliases to aliases, or several files");
    }
}

package dev.eksplatform.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.PropertyPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditsTest {

    private static final PropertyPath VERSION = PropertyPath.of("cluster", "version");

    private static String edited(String text) {
        YamlEdits edits = new YamlEdits("a.yaml", text);
        edits.set(VERSION, "1.37");
        return edits.apply();
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> edited(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    /** The § is where the version is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster:\n  version: \"§\"\n",
                "cluster:\n  version: '§'   # not 1.36\n",
                "cluster:\n  version: §",
                "cluster:\n  version: § # 1.36\n",
                "cluster: {name: shop, version: §, logs: {retentionDays: 90}}",
                "{\"cluster\": {\"version\": \"§\"}}",
                "cluster: {\"version\":\"§\"}",
                "cluster:\n  version: |-\n    §\nregion: a\n",
                "cluster:\n  version: >-  # was 1.36\n\n      §\n\n\n  name: a\n",
                "cluster:\n  version: |- # 1.36\n    §",
                "cluster:\n  version: !!str §\n",
                "cluster:\n  version: !!str \"§\"\n",
                "cluster:\n  version: &unused §\n",
                "cluster:\n  version: &unused\n    \"§\"\n",
                "cluster:\n  version:\n    # 1.36\n    '§'\n",
                "? cluster\n: ? version\n  : §\n",
                "%YAML 1.2\n---\n# 1.36\ncluster:\n  version: '§'\n...\n",
                "--- {cluster: {version: '§'}}\n",
                "\uFEFFcluster:\n  version: \"§\"\n",
                "\uFEFF# 1.36\n\uD83D\uDE00: {}\ncluster: {a: \uD83D\uDE00, version: §}",
                "cluster:\r\n  version: \"§\"\r\nregion: a\r\n",
                "cluster:\r\n  version: |-\r\n    §\r\nregion: a\r\n",
                "cluster:\n  name: é\uD83D\uDE00 # \uD83D\uDE00\n  version: \"§\" # \uD83D\uDE00\n",
                "cluster:\n  name: 1.36\n  version: \"§\"\ntags: {version: \"1.36\"}\n",
                "base: &base {version: 1.36}\ncluster: {<<: *base, version: §}\n",
                "a: &v 1.36\ncluster: {version: &v §}\nb: &v c\nd: *v\n",
                "base: &base {name: a}\ncluster:\n  <<: *base\n  version: '§'   \n",
            })
    void onlyTheScalarChanges(String text) {
        assertThat(edited(text.replace("§", "1.36"))).isEqualTo(text.replace("§", "1.37"));
    }

    @Test
    void anEscapedValueIsWrittenPlainly() {
        assertThat(edited("cluster: {version: \"1.\\x336\"} # 1.36\n"))
                .isEqualTo("cluster: {version: \"1.37\"} # 1.36\n");
    }

    @Test
    void aValueOverSeveralLinesIsRefused() {
        refused(
                "cluster:\n  version: \"1.\\\n    36\"\n",
                "a.yaml:2:12 cluster.version: a value over several lines, which cannot be changed in place; fix: write it"
                        + " in one line");
    }

    @Test
    void anAliasIsRefusedWhenItsAnchorHasAnotherMeaning() {
        refused(
                "tags: {version: &v \"1.36\"}\ncluster:\n  version: *v\n",
                "a.yaml:1:17 tags.version: tags.version would change with cluster.version: an alias or a merge key shares"
                        + " the value; fix: write the value out instead of the alias or merge key");
    }

    @Test
    void anAnchorIsRefusedWhenItsAliasHasAnotherMeaning() {
        refused(
                "cluster:\n  version: &v \"1.36\"\nnodeGroups: {a: {version: *v}}\n",
                "a.yaml:2:12 nodeGroups.a.version: nodeGroups.a.version would change with cluster.version: an alias or a"
                        + " merge key shares the value; fix: write the value out instead of the alias or merge key");
    }

    @Test
    void aMergedValueIsRefusedWhenItIsMergedElsewhere() {
        refused(
                "a: &a {version: 1.36}\ncluster: {<<: *a}\n",
                "a.yaml:1:17 a.version: a.version would change with cluster.version: an alias or a merge key shares the"
                        + " value; fix: write the value out instead of the alias or merge key");
    }

    @Test
    void aSharedValueChangesWhenAllThatShareItDo() {
        YamlEdits edits =
                new YamlEdits("a.yaml", "cluster: {version: &v \"1.36\"}\nnodes: {version: *v, b: &b 1, c: *b}\n");
        edits.set(VERSION, "1.37");
        edits.set(PropertyPath.of("nodes", "version"), "1.37");
        assertThat(edits.apply()).isEqualTo("cluster: {version: &v \"1.37\"}\nnodes: {version: *v, b: &b 1, c: *b}\n");
    }

    @Test
    void aSharedValueCannotBecomeTwo() {
        YamlEdits edits = new YamlEdits("a.yaml", "cluster: {version: &v \"1.36\"}\nnodes: {version: *v}\n");
        edits.set(VERSION, "1.37");
        edits.set(PropertyPath.of("nodes", "version"), "1.36");
        assertThatThrownBy(edits::apply)
                .hasMessage(
                        "a.yaml:1:20 nodes.version: nodes.version and cluster.version are one value, by an alias or a"
                                + " merge key, and need different ones; fix: write the value out instead of the alias or merge"
                                + " key");
    }

    @Test
    void severalScalarsOfALineChange() {
        YamlEdits edits = new YamlEdits("a.yaml", "{b: {v: v1.9.0}, cluster: {version: '1.36'}, c: 'v1.10.0+x'}");
        edits.set(PropertyPath.of("c"), "v2.0.0-rc_1");
        edits.set(PropertyPath.of("b", "v"), "v1.10.0");
        edits.set(VERSION, "1.37");
        assertThat(edits.apply()).isEqualTo("{b: {v: v1.10.0}, cluster: {version: '1.37'}, c: 'v2.0.0-rc_1'}");
    }

    @Test
    void aSecondDocumentIsRefused() {
        refused(
                "cluster: {version: 1.36}\n---\ncluster: {version: 1.36}\n",
                "a.yaml:3:1: a second document; fix: remove the --- between them");
    }

    @Test
    void whatIsNotAScalarIsNoScalar() {
        YamlEdits edits = new YamlEdits("a.yaml", "{a: [], b: {}, c: , d: ~, e: 1}");
        assertThat(edits.scalar(PropertyPath.of("a"))).isEmpty();
        assertThat(edits.scalar(PropertyPath.of("b"))).isEmpty();
        assertThat(edits.scalar(PropertyPath.of("c"))).isEmpty();
        assertThat(edits.scalar(PropertyPath.of("d"))).isEmpty();
        assertThat(edits.scalar(PropertyPath.of("e"))).contains("1");
        assertThat(edits.scalar(PropertyPath.of("e", "f"))).isEmpty();
        assertThat(edits.scalar(PropertyPath.of("g"))).isEmpty();
    }
}

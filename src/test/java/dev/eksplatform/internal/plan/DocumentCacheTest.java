package dev.eksplatform.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which documents are read again. */
class DocumentCacheTest {

    private final List<String> read = new ArrayList<>();
    private final DocumentCache cache = new DocumentCache(10);

    private Optional<JsonNode> get(String text) {
        return cache.get(text, each -> {
            read.add(each);
            return each.startsWith("no") ? Optional.empty() : Optional.of(TextNode.valueOf(each));
        });
    }

    @Test
    void aDocumentIsReadOnceAlsoWhenItIsNone() {
        assertThat(get("a")).contains(TextNode.valueOf("a"));
        assertThat(get("none")).isEmpty();
        assertThat(get("a")).contains(TextNode.valueOf("a"));
        assertThat(get("none")).isEmpty();
        assertThat(read).containsExactly("a", "none");
    }

    @Test
    void whatWasUsedLastIsKept() {
        get("aaaa");
        get("bbbb");
        get("aaaa");
        get("cccc");
        assertThat(read).containsExactly("aaaa", "bbbb", "cccc");
        get("aaaa");
        assertThat(read).hasSize(3);
        get("bbbb");
        assertThat(read).containsExactly("aaaa", "bbbb", "cccc", "bbbb");
    }

    @Test
    void aLongTextDoesNotPushOutTheOthers() {
        get("aaaa");
        get("dddddddd");
        get("dddddddd");
        get("aaaa");
        assertThat(read).containsExactly("aaaa", "dddddddd", "dddddddd");
    }
}

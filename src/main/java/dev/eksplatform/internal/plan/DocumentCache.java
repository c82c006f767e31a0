package dev.eksplatform.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Documents by their text, because guardrails, differences and risks read the same ones. Those used last are kept.
 */
final class DocumentCache {

    private final Map<String, Optional<JsonNode>> read = new LinkedHashMap<>(16, 0.75f, true);
    private final int mostCharacters;
    private int characters;

    /** Keeps the documents of so many characters together. */
    DocumentCache(int mostCharacters) {
        this.mostCharacters = mostCharacters;
    }

    /** The document of a text; it is read outside of the lock, because several threads do so. */
    Optional<JsonNode> get(String text, Function<String, Optional<JsonNode>> reader) {
        synchronized (this) {
            Optional<JsonNode> known = read.get(text);
            if (known != null) {
                return known;
            }
        }
        Optional<JsonNode> document = reader.apply(text);
        keep(text, document);
        return document;
    }

    private synchronized void keep(String text, Optional<JsonNode> document) {
        if (text.length() > mostCharacters / 2 || read.put(text, document) != null) {
            return;
        }
        characters += text.length();
        for (Iterator<String> oldest = read.keySet().iterator(); characters > mostCharacters; oldest.remove()) {
            characters -= oldest.next().length();
        }
    }
}

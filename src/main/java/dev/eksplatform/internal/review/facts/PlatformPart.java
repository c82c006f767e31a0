package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which part of the platform a resource belongs to. */
final class PlatformPart {

    private static final JsonNode TABLE = BundledYaml.read("platform-parts.yaml");
    private static final Map<String, String> BY_TYPE = new ConcurrentHashMap<>();

    private PlatformPart() {}

    /**
     * The part's name.
     *
     * @param constructPath such as {@code shop-infrastructure/network/subnets/a}: the element after the stack
     * @param type decides when there is no construct path, or only the stack and the resource in it
     */
    static String of(Optional<String> constructPath, String type) {
        if (constructPath.isPresent()) {
            List<String> elements = List.of(constructPath.get().split("/", -1));
            if (elements.size() > 2) {
                return elements.get(1);
            }
        }
        return BY_TYPE.computeIfAbsent(type, PlatformPart::byType);
    }

    private static String byType(String type) {
        for (JsonNode part : TABLE.path("parts")) {
            if (Json.texts(part.path("types")).stream().anyMatch(pattern -> matches(pattern, type))) {
                return part.path("name").asText();
            }
        }
        return TABLE.path("other").asText();
    }

    private static boolean matches(String pattern, String type) {
        return pattern.endsWith("*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : type.equals(pattern);
    }
}

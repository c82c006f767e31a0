package dev.eksplatform.internal.review.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eksplatform.internal.release.ProviderReleases;

/**
 * What a newer version of a provider reads for the first time, such as {@code region} of each resource since 6.0.0 of the AWS
 * provider: Terraform lists it as drift, and nobody changed it.
 */
final class NewerProvider {

    private NewerProvider() {}

    /**
     * A value without what came with a newer version and has no value in the state.
     *
     * @param type the resource type
     * @param path names of blocks and the attribute, joined by dots
     * @param before in the state
     * @param after now
     */
    static JsonNode withoutNew(String type, String path, JsonNode before, JsonNode after) {
        if (Side.isUnset(before) && ProviderReleases.get().lifetime(type, path).isPresent()) {
            return before;
        }
        if (before.isObject() && after.isObject()) {
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            after.properties()
                    .forEach(part -> rest.set(
                            part.getKey(),
                            withoutNew(type, path + "." + part.getKey(), before.path(part.getKey()), part.getValue())));
            return rest;
        }
        if (before.isArray() && after.isArray() && before.size() == after.size()) {
            ArrayNode rest = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < after.size(); i++) {
                rest.add(withoutNew(type, path, before.get(i), after.get(i)));
            }
            return rest;
        }
        return after;
    }
}

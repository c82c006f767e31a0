package dev.eksplatform.workload.manifest;

import java.util.HashMap;
import java.util.Map;

/**
 * The fields of {@code openAPIV3Schema} in a CustomResourceDefinition, as {@link ApiTypes} has those of other types. Source:
 * {@code JSONSchemaProps} in {@code types_jsonschema.go} and {@code marshal.go} of k8s.io/apiextensions-apiserver 0.33; a
 * field with {@code omitempty} that is not a pointer is left out of answers when it is false, "" or empty. {@code default},
 * {@code example} and the items of {@code enum} are JSON of any form and stay as they are.
 */
final class DefinitionSchema {

    /** The type of {@code openAPIV3Schema} and of every schema in it. */
    static final String SCHEMA = "apiextensions/v1.JSONSchemaProps";

    /** The type that holds {@code openAPIV3Schema}. */
    static final String OWNER = "apiextensions/v1.CustomResourceValidation";

    /** A schema, or true or false. */
    static final String SCHEMA_OR_BOOL = "schemaOrBool";

    private static final String RULE = "apiextensions/v1.ValidationRule";
    private static final String DOCUMENTATION = "apiextensions/v1.ExternalDocumentation";

    private static final Map<String, Map<String, ApiTypes.Field>> TYPES = Map.of(
            OWNER,
            type("openAPIV3Schema " + SCHEMA),
            DOCUMENTATION,
            type("description string -", "url string -"),
            RULE,
            type(
                    "rule string",
                    "message string -",
                    "messageExpression string -",
                    "reason string",
                    "fieldPath string -",
                    "optionalOldSelf bool"),
            SCHEMA,
            type(
                    "id string -",
                    "$schema string -",
                    "$ref string",
                    "description string -",
                    "type string -",
                    "format string -",
                    "title string -",
                    "default any",
                    "maximum float",
                    "exclusiveMaximum bool -",
                    "minimum float",
                    "exclusiveMinimum bool -",
                    "maxLength int64",
                    "minLength int64",
                    "pattern string -",
                    "maxItems int64",
                    "minItems int64",
                    "uniqueItems bool -",
                    "multipleOf float",
                    "enum []any -",
                    "maxProperties int64",
                    "minProperties int64",
                    "required []string -",
                    "items " + SCHEMA,
                    "allOf []" + SCHEMA + " -",
                    "oneOf []" + SCHEMA + " -",
                    "anyOf []" + SCHEMA + " -",
                    "not " + SCHEMA,
                    "properties {}" + SCHEMA + " -",
                    "additionalProperties " + SCHEMA_OR_BOOL,
                    "patternProperties {}" + SCHEMA + " -",
                    "dependencies {}any -",
                    "additionalItems " + SCHEMA_OR_BOOL,
                    "definitions {}" + SCHEMA + " -",
                    "externalDocs " + DOCUMENTATION,
                    "example any",
                    "nullable bool -",
                    "x-kubernetes-preserve-unknown-fields bool",
                    "x-kubernetes-embedded-resource bool -",
                    "x-kubernetes-int-or-string bool -",
                    "x-kubernetes-list-map-keys []string -",
                    "x-kubernetes-list-type string",
                    "x-kubernetes-map-type string",
                    "x-kubernetes-validations []" + RULE + " -"));

    private DefinitionSchema() {}

    /** Whether a type is one of a schema. */
    static boolean has(String type) {
        return TYPES.containsKey(type);
    }

    /** The fields of a type for which {@link #has} is true. */
    static Map<String, ApiTypes.Field> fields(String type) {
        return TYPES.getOrDefault(type, Map.of());
    }

    private static Map<String, ApiTypes.Field> type(String... lines) {
        Map<String, ApiTypes.Field> fields = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            fields.put(words[0], new ApiTypes.Field(words[1], words.length > 2));
        }
        return Map.copyOf(fields);
    }
}

package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionSchemaTest {

    private static String definition(String property) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: gizmos.shop.example.org}
                spec:
                  group: shop.example.org
                  scope: Namespaced
                  names: {plural: gizmos, kind: Gizmo}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            a: %s
                """.formatted(property);
    }

    private static Object schema(String property) {
        FieldValue version =
                Read.one(definition(property)).root().items("spec", "versions").get(0);
        return version.map("schema", "openAPIV3Schema", "properties", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "description: ''",
                "title: ''",
                "format: ''",
                "pattern: ''",
                "required: []",
                "enum: []",
                "allOf: []",
                "anyOf: []",
                "oneOf: []",
                "properties: {}",
                "patternProperties: {}",
                "nullable: false",
                "uniqueItems: false",
                "exclusiveMinimum: false",
                "exclusiveMaximum: false",
                "x-kubernetes-embedded-resource: false",
                "x-kubernetes-int-or-string: false",
                "x-kubernetes-list-map-keys: []",
                "x-kubernetes-validations: []",
                "id: ''",
                "$schema: ''",
                "definitions: {}",
                "dependencies: {}",
                "default: null"
            })
    void whatTheServerDoesNotAnswerIsLeftOutOfASchemaAtAnyDepth(String zero) {
        for (String place : List.of(
                "{type: string, %s}",
                "{type: array, items: {type: string, %s}}",
                "{type: object, additionalProperties: {type: string, %s}}",
                "{type: object, properties: {b: {type: string, %s}}}",
                "{type: string, anyOf: [{type: string, %s}]}",
                "{type: string, not: {type: string, %s}}")) {
            assertThat(schema(place.formatted(zero))).as(place).isEqualTo(schema(place.replace(", %s", "")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default      | ''
            default      | false
            default      | 0
            default      | []
            default      | {}
            default      | {b: '', c: []}
            example      | ''
            minimum      | 0
            maximum      | 0
            minItems     | 0
            maxLength    | 0
            items        | {}
            not          | {}
            externalDocs | {}
            additionalProperties | false
            additionalProperties | {}
            x-kubernetes-preserve-unknown-fields | true
            """)
    void whatHasAMeaningWhenEmptyStays(String field, String value) {
        assertThat(schema("{" + field + ": " + (value == null || value.isEmpty() ? "''" : value) + "}"))
                .isInstanceOfSatisfying(
                        Map.class, map -> assertThat(map.containsKey(field)).isTrue());
        assertThat(schema("{default: {b: '', c: []}}")).isEqualTo(Map.of("default", Map.of("b", "", "c", List.of())));
    }

    @Test
    void itemsOfAnEnumStay() {
        assertThat(schema("{type: string, enum: ['', a]}"))
                .isEqualTo(Map.of("type", "string", "enum", List.of("", "a")));
    }

    @Test
    void nullInAnEnumIsRefused() {
        assertThat(Read.problems(definition("{type: string, nullable: true, enum: [a, null]}")))
                .singleElement()
                .asString()
                .endsWith(
                        "properties.a.enum[1]: null, which the Kubernetes provider of Terraform leaves out of a list; "
                                + "fix: remove it, or install this object with a chart");
    }

    @Test
    void rulesOfValidationHaveTheirTypes() {
        assertThat(
                        schema(
                                "{type: string, x-kubernetes-validations: [{rule: 'self != \"\"', message: '', optionalOldSelf: false}]}"))
                .isEqualTo(Map.of(
                        "type",
                        "string",
                        "x-kubernetes-validations",
                        List.of(Map.of("rule", "self != \"\"", "optionalOldSelf", false))));
    }

    @Test
    void mistakesInASchemaHaveTheirPlace() {
        assertThat(Read.problems(
                        definition("{type: string, discription: a, maxLength: '3', required: a, items: [{}]}")))
                .map(problem -> problem.replace("spec.versions[0].schema.openAPIV3Schema.properties.a", "SCHEMA"))
                .containsExactly(
                        "a.yaml:16:31 SCHEMA.discription: there is no field discription"
                                + "; fix: did you mean description?",
                        "a.yaml:16:58 SCHEMA.maxLength: the text \"3\"; allowed: a whole number; fix: remove the"
                                + " quotes: 3",
                        "a.yaml:16:73 SCHEMA.required: the text \"a\"; allowed: a list; fix: write a list here",
                        "a.yaml:16:83 SCHEMA.items: a list; allowed: a mapping; fix: write a mapping here");
    }
}

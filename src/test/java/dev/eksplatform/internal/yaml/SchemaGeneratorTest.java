package dev.eksplatform.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.eksplatform.problem.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaGeneratorTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID = "https://example.org/shop.schema.json";
    private static final String TEXT = SchemaGenerator.generate(Shop.class, "A shop's file", ID);
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT);

    private static YamlDocument document(String more) {
        return YamlDocument.parse("shop.yaml", "name: corner\naccount: 111122223333\n" + more);
    }

    private static List<String> complaints(YamlDocument document) {
        try {
            String json = MAPPER.writeValueAsString(PlainTree.of(document.root()));
            return SCHEMA.validate(json, InputFormat.JSON).stream()
                    .map(error -> error.getInstanceLocation() + " " + error.getKeyword())
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean binds(YamlDocument document) {
        try {
            Binder.bind(document, Shop.class).orThrow();
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static JsonNode at(String pointer) {
        try {
            return MAPPER.readTree(TEXT).at(pointer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    record Small(
            @Doc(value = "What it is.", example = "1.30") String name, Optional<Shop.Season> season) {}

    @Test
    void aSmallSchemaReadsAsAWhole() {
        assertThat(SchemaGenerator.generate(Small.class, "Small", "https://example.org/small.json"))
                .isEqualTo("""
                        {
                          "$schema": "http://json-schema.org/draft-07/schema#",
                          "$id": "https://example.org/small.json",
                          "title": "Small",
                          "type": "object",
                          "properties": {
                            "name": {
                              "description": "What it is.",
                              "examples": [
                                "1.30"
                              ],
                              "type": [
                                "string",
                                "number"
                              ]
                            },
                            "season": {
                              "$ref": "#/definitions/Shop.Season"
                            }
                          },
                          "required": [
                            "name",
                            "season"
                          ],
                          "additionalProperties": false,
                          "definitions": {
                            "Shop.Season": {
                              "description": "all-year: From January to December.",
                              "enum": [
                                "all-year",
                                "summer",
                                "winter"
                              ]
                            }
                          }
                        }
                        """);
    }

    @Test
    void theSchemaIsValidAndTheSameEveryTime() {
        Schema draft7 = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema("{\"$ref\": \"http://json-schema.org/draft-07/schema#\"}");
        assertThat(draft7.validate(TEXT, InputFormat.JSON)).isEmpty();
        assertThat(SchemaGenerator.generate(Shop.class, "A shop's file", ID)).isEqualTo(TEXT);
    }

    @Test
    void onlyWhatHasNoDefaultIsRequired() {
        assertThat(at("/required")).hasToString("[\"name\",\"account\"]");
        assertThat(at("/definitions/Shop.Hours/required")).hasToString("[\"season\",\"from\"]");
        assertThat(at("/definitions/Shop.Size/required").isMissingNode()).isTrue();
    }

    @Test
    void descriptionsStandBesideReferences() {
        assertThat(at("/description")).hasToString("\"A shop.\"");
        assertThat(at("/properties/opening-hours"))
                .hasToString(
                        "{\"description\":\"When it is open.\",\"allOf\":[{\"$ref\":\"#/definitions/Shop.Hours\"}]}");
        assertThat(at("/properties/account"))
                .hasToString("{\"description\":\"Its account.\",\"examples\":[\"111122223333\"],"
                        + "\"allOf\":[{\"$ref\":\"#/definitions/Shop.Account\"}]}");
        assertThat(at("/properties/size")).hasToString("{\"$ref\":\"#/definitions/Shop.Size\"}");
    }

    @Test
    void defaultsAreWrittenAsInAFile() {
        assertThat(at("/definitions/Shop.Size/properties/area/default")).hasToString("50");
        assertThat(at("/definitions/Shop.Size/properties/measured/default")).hasToString("\"all-year\"");
        assertThat(at("/definitions/Shop.Size/properties/note/default").isMissingNode())
                .isTrue();
        assertThat(at("/definitions/Shop.Size/properties/owner/default")).hasToString("\"111122223333\"");
        assertThat(at("/definitions/Shop.Size/properties/rent/default")).hasToString("[\"visa\"]");
        assertThat(at("/definitions/Shop.Size/properties/floors/default")).hasToString("[0]");
    }

    @Test
    void everyFormOfASealedInterfaceIsThere() {
        assertThat(at("/definitions/Shop.Payment"))
                .hasToString("{\"description\":\"How it is paid.\",\"anyOf\":["
                        + "{\"description\":\"Coins and notes.\",\"const\":\"cash\"},"
                        + "{\"const\":\"barter\"},"
                        + "{\"type\":\"object\",\"properties\":{\"bank\":{\"$ref\":\"#/definitions/Shop.Bank\"}},"
                        + "\"required\":[\"bank\"],\"additionalProperties\":false},"
                        + "{\"type\":\"array\",\"items\":{\"type\":[\"string\",\"number\"]}},"
                        + "{\"$ref\":\"#/definitions/Shop.Credit\"}]}");
    }

    @Test
    void whatTheBinderAcceptsTheSchemaAccepts() {
        String[] keys = {
            "opening-hours",
            "size",
            "payment",
            "suppliers",
            "tags",
            "shelves",
            "discounts",
            "motto",
            "extra",
            "anything",
            "visitors",
            "tax",
            "lit"
        };
        String[] values = {
            "",
            "~",
            "true",
            "yes",
            "1",
            "-1",
            "1.30",
            "0x1F",
            "text",
            "'1'",
            "''",
            "cash",
            "all-year",
            "[]",
            "{}",
            "[1]",
            "[a, b]",
            "[a, a]",
            "{a: 1}",
            "{a/b: }",
            "{a/b: {goods: [x]}}",
            "{summer: 1}",
            "{days: 1, guarantor: 1}",
            "{bank: {account-number: 7}}",
            "{area: 1}",
            "{season: winter, from: 1}",
            "[{name: x, payment: [1]}]",
            "{true: 1}",
            "{owner: 111122223333}"
        };
        List<String> accepted = new ArrayList<>();
        for (String key : keys) {
            for (String value : values) {
                YamlDocument document = document(key + ": " + value);
                if (binds(document)) {
                    accepted.add(key);
                    assertThat(complaints(document)).as(key + ": " + value).isEmpty();
                }
            }
        }
        assertThat(accepted).contains(keys).hasSizeGreaterThan(80);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour: red",
                "size: {area: wide}",
                "size: {colour: red}",
                "payment: gold",
                "payment: {bank: {account-number: 7}, days: 1}",
                "opening-hours: {season: spring, from: 8}",
                "opening-hours: {season: summer}",
                "suppliers: farm",
                "discounts: {spring: 1}",
                "tags: [a, a]",
                "motto: true",
                "lit: yes",
                "visitors: '1'"
            })
    void theSchemaRefusesWhatHasTheWrongShape(String more) {
        assertThat(complaints(document(more))).isNotEmpty();
        assertThat(binds(document(more))).isFalse();
    }

    @Test
    void aValueTypesPatternIsChecked() {
        assertThat(complaints(YamlDocument.parse("shop.yaml", "{name: corner, account: '12'}")))
                .containsExactly("/account pattern");
    }

    record BadExample(@Doc(value = "Wrong.", example = "[1") String name) {}

    record Namesakes(
            com.fasterxml.jackson.databind.node.JsonNodeType one, tools.jackson.databind.node.JsonNodeType other) {}

    @Test
    void aDefectOfATypeIsReported() {
        assertThatThrownBy(() -> SchemaGenerator.generate(BadExample.class, "t", ID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("BadExample.name() is no YAML");
        assertThatThrownBy(() -> SchemaGenerator.generate(Namesakes.class, "t", ID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("com.fasterxml.jackson.databind.node.JsonNodeType and"
                        + " tools.jackson.databind.node.JsonNodeType would have the same name in the schema");
    }
}

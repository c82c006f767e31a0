package dev.eksplatform.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.testing.TestJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is synthesized agrees with the arguments of the AWS provider in the bindings, which is newer than the one that deployment
 * tests run with.
 */
class ProviderAttributesTest {

    private static final Set<String> META_ARGUMENTS =
            Set.of("//", "depends_on", "for_each", "lifecycle", "provider", "alias");

    private static final Pattern WORD = Pattern.compile("[{}]|[^{} ]+");

    private static Set<String> types;
    private static Set<String> known;
    private static Set<String> blocks;

    @BeforeAll
    static void read() {
        types = new HashSet<>();
        known = new HashSet<>();
        blocks = new HashSet<>();
        ProgramFile.read(ProviderReleases.class, "aws-attributes.txt")
                .lines()
                .skip(2)
                .forEach(line -> {
                    Deque<String> path = new ArrayDeque<>();
                    String last = line.split(" ", 2)[0];
                    types.add(last);
                    path.push(last + " ");
                    Matcher words = WORD.matcher(line);
                    while (words.find()) {
                        String word = words.group();
                        switch (word) {
                            case "{" -> {
                                blocks.add(last);
                                path.push(last + ".");
                            }
                            case "}" -> path.pop();
                            default -> {
                                last = path.element() + word;
                                known.add(last);
                            }
                        }
                    }
                });
    }

    static List<Path> configurations() throws Exception {
        return ProviderSchemaTest.configurations();
    }

    private static void check(String type, String path, JsonNode block, List<String> wrong) {
        if (block.isArray()) {
            block.forEach(element -> check(type, path, element, wrong));
        }
        block.properties().forEach(part -> {
            String attribute = type + " " + path + part.getKey();
            if (META_ARGUMENTS.contains(part.getKey())) {
                return;
            }
            if (blocks.contains(attribute)) {
                check(type, path + part.getKey() + ".", part.getValue(), wrong);
            } else if (!known.contains(attribute)) {
                wrong.add(attribute);
            }
        });
    }

    private static List<String> wrong(JsonNode root) {
        List<String> wrong = new ArrayList<>();
        root.at("/provider/aws").forEach(provider -> check("provider.aws", "", provider, wrong));
        for (String block : List.of("resource", "data")) {
            root.path(block).properties().forEach(type -> {
                String name = (block.equals("data") ? "data." : "") + type.getKey();
                if (type.getKey().startsWith("aws_")) {
                    assertThat(types).contains(name);
                    type.getValue().forEach(one -> check(name, "", one, wrong));
                }
            });
        }
        return wrong;
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void everyArgumentIsOneOfTheProviderInTheBindings(Path file) throws Exception {
        assertThat(wrong(TestJson.read(file))).isEmpty();
    }

    @Test
    void findsWhatTheProviderDoesNotHave() throws Exception {
        assertThat(wrong(TestJson.parse("""
                        {"provider": {"aws": [{"region": "r", "default_tags": [{"tag": 1}]}]},
                         "data": {"aws_vpc": {"a": {"id": "i", "tagz": {}}}},
                         "resource": {"aws_eip": {"a": {"//": {}, "domain": "vpc", "vpc": true}},
                           "aws_eks_cluster": {"a": {"vpc_config": {"subnet_ids": [], "egress": 1}}}}}
                        """)))
                .containsExactly(
                        "provider.aws default_tags.tag",
                        "aws_eip vpc",
                        "aws_eks_cluster vpc_config.egress",
                        "data.aws_vpc tagz");
    }

    @Test
    void theTableIsThatOfTheBindings() {
        assertThat(ProgramFile.read(ProviderReleases.class, "aws-attributes.txt")
                        .lines()
                        .skip(1)
                        .findFirst())
                .contains("version "
                        + ProviderReleases.get().provider("aws").orElseThrow().ofBindings());
    }

    /** The shipped environments work with the oldest versions that are supported. */
    @Test
    void noShippedEnvironmentNeedsANewerProvider() throws Exception {
        Set<String> versions = new TreeSet<>();
        for (Path file : configurations()) {
            TestJson.read(file)
                    .at("/terraform/required_providers")
                    .properties()
                    .forEach(provider -> versions.add(provider.getKey() + " "
                            + provider.getValue().path("version").asText()));
        }
        assertThat(versions)
                .containsExactlyElementsOf(Stream.of("aws", "helm", "kubernetes")
                        .map(provider -> provider + " "
                                + ProviderReleases.get()
                                        .provider(provider)
                                        .orElseThrow()
                                        .supported())
                        .toList());
    }

    @Test
    void everyTypeInTheBindingsIsInTheTable() throws Exception {
        assertThat(types)
                .isEqualTo(Files.readAllLines(Path.of("bindings/resources.txt")).stream()
                        .filter(line -> line.startsWith("aws/"))
                        .map(line -> line.substring("aws/".length()))
                        .map(name -> name.equals("provider")
                                ? "provider.aws"
                                : (name.startsWith("data-") ? "data." + name.substring(5) : "aws_" + name)
                                        .replace('-', '_'))
                        .collect(Collectors.toSet()));
    }
}

package dev.eksplatform.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.internal.files.ProgramFile;
import dev.eksplatform.internal.release.ProviderArguments;
import dev.eksplatform.internal.release.ProviderReleases;
import dev.eksplatform.testing.TestJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final ProviderArguments ARGUMENTS = ProviderArguments.get();

    private static final Set<String> TYPES = ProgramFile.read(ProviderArguments.class, "provider-arguments.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" ", 2)[0])
            .collect(Collectors.toSet());

    static List<Path> configurations() throws Exception {
        return ProviderSchemaTest.configurations();
    }

    private static void check(String type, String path, JsonNode block, List<String> wrong) {
        if (block.isArray()) {
            block.forEach(element -> check(type, path, element, wrong));
        }
        block.properties().forEach(part -> {
            String attribute = path + part.getKey();
            if (META_ARGUMENTS.contains(part.getKey())) {
                return;
            }
            if (ARGUMENTS.isBlock(type, attribute)) {
                check(type, attribute + ".", part.getValue(), wrong);
            } else if (!ARGUMENTS.names(type, path.replaceFirst("\\.$", "")).contains(part.getKey())) {
                wrong.add(type + " " + attribute);
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
                    assertThat(TYPES).contains(name);
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

    /** The shipped environments work with the oldest versions that are supported, apart from the deletion protection of EKS. */
    @Test
    void onlyDeletionProtectionNeedsANewerProvider() throws Exception {
        Set<String> versions = new TreeSet<>();
        for (Path file : configurations()) {
            String stack = file.getFileName().toString();
            TestJson.read(file)
                    .at("/terraform/required_providers")
                    .properties()
                    .forEach(provider -> versions.add((stack.matches("(production|gitops)-.*") ? "protected " : "")
                            + provider.getKey() + " "
                            + provider.getValue().path("version").asText()));
        }
        List<String> oldest = Stream.of("aws", "helm", "kubernetes")
                .map(provider -> provider + " "
                        + ProviderReleases.get()
                                .provider(provider)
                                .orElseThrow()
                                .supported())
                .toList();
        assertThat(versions)
                .containsAll(oldest)
                .contains("protected aws >= 6.9.0, < 7.0.0")
                .hasSize(oldest.size() + 3);
    }

    @Test
    void everyTypeInTheBindingsIsInTheTable() throws Exception {
        assertThat(TYPES)
                .isEqualTo(Files.readAllLines(Path.of("bindings/resources.txt")).stream()
                        .filter(line -> line.contains("/") && !line.startsWith("#"))
                        .map(line -> line.split("/"))
                        .map(name -> name[1].equals("provider")
                                ? "provider." + name[0]
                                : (name[1].startsWith("data-")
                                                ? "data." + name[1].substring(5)
                                                : name[0] + "_" + name[1])
                                        .replace('-', '_'))
                        .collect(Collectors.toSet()));
    }
}

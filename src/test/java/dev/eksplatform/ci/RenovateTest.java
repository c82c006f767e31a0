package dev.eksplatform.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.addon.AddonContext;
import dev.eksplatform.addon.AddonSpec;
import dev.eksplatform.addon.ClusterNodes;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.construct.RoleSettings;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.release.AckCharts;
import dev.eksplatform.testing.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The patterns of {@code renovate.json} find the versions that they are there for, which would otherwise age unnoticed. */
class RenovateTest {

    private static List<JsonNode> managers() throws IOException {
        JsonNode configuration = TestJson.read(Path.of("renovate.json"));
        return StreamSupport.stream(configuration.path("customManagers").spliterator(), false)
                .toList();
    }

    /** Those of files in this project; {@code stacks/} have a chart of their own only in a user's repository. */
    @TestFactory
    Stream<DynamicTest> findsOneVersion() throws IOException {
        return managers().stream()
                .filter(manager -> manager.has("depNameTemplate"))
                .map(manager ->
                        DynamicTest.dynamicTest(manager.path("depNameTemplate").asText(), () -> {
                            TreeSet<String> versions = new TreeSet<>();
                            for (Path file :
                                    files(manager.at("/managerFilePatterns/0").asText())) {
                                for (JsonNode pattern : manager.path("matchStrings")) {
                                    List<String> found = versions(pattern.asText(), Files.readString(file));
                                    assertThat(found)
                                            .as("%s in %s", pattern.asText(), file)
                                            .isNotEmpty();
                                    versions.addAll(found);
                                }
                            }
                            assertThat(versions).hasSize(1);
                        }));
    }

    @Test
    void findsTheChartOfEveryAddon() throws IOException, ReflectiveOperationException {
        JsonNode manager = managers().stream()
                .filter(one -> one.at("/managerFilePatterns/0").asText().contains("addon/"))
                .filter(one -> !one.has("depNameTemplate"))
                .findFirst()
                .orElseThrow();
        Pattern pattern = Pattern.compile(manager.at("/matchStrings/0").asText());
        Map<String, String> found = new TreeMap<>();
        for (Path file : files(manager.at("/managerFilePatterns/0").asText())) {
            pattern.matcher(Files.readString(file))
                    .results()
                    .forEach(match -> found.put(match.group(1), match.group(2) + " " + match.group(3)));
        }

        Map<String, String> charts = new TreeMap<>();
        for (Class<?> addon : AddonSpec.class.getPermittedSubclasses()) {
            AddonSpec spec = (AddonSpec) addon.getMethod("standard").invoke(null);
            HelmAddon resolved = spec.resolve(new AddonContext(
                    Partition.AWS,
                    "eu-central-1",
                    AccountId.parse("111122223333"),
                    "shop",
                    Map.of(),
                    Optional.empty(),
                    RoleSettings.standard(),
                    new ClusterNodes(true, List.of(), true, List.of(), false, false, false, false),
                    namespace -> false));
            charts.put(resolved.chart(), resolved.repository() + " " + resolved.version());
        }
        assertThat(found).isEqualTo(charts);
    }

    @Test
    void findsTheChartOfEveryAckController() throws IOException {
        JsonNode manager = managers().stream()
                .filter(one -> one.at("/managerFilePatterns/0").asText().contains("ack-charts"))
                .findFirst()
                .orElseThrow();
        Map<String, String> found = new TreeMap<>();
        for (Path file : files(manager.at("/managerFilePatterns/0").asText())) {
            Pattern.compile(manager.at("/matchStrings/0").asText())
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(match -> found.put(match.group(1), match.group(2)));
        }

        Map<String, String> charts = new TreeMap<>();
        AckCharts.get().controllers().forEach((service, controller) -> charts.put(service, controller.version()));
        assertThat(found).isEqualTo(charts);
    }

    @Test
    void findsTheChartOfAnEnvironmentFile() throws IOException {
        JsonNode manager = managers().stream()
                .filter(one -> one.at("/managerFilePatterns/0").asText().contains("stacks"))
                .findFirst()
                .orElseThrow();
        Matcher matcher =
                Pattern.compile(manager.at("/matchStrings/0").asText()).matcher("""
                addons:
                  helm:
                    podinfo:
                      chart: podinfo
                      repository: https://stefanprodan.github.io/podinfo
                      # renovate: depName=podinfo registryUrl=https://stefanprodan.github.io/podinfo
                      chartVersion: 6.7.0
                      namespace: shop
                """);

        assertThat(matcher.find()).isTrue();
        assertThat(List.of(matcher.group("depName"), matcher.group("registryUrl"), matcher.group("currentValue")))
                .containsExactly("podinfo", "https://stefanprodan.github.io/podinfo", "6.7.0");
    }

    /** Versions that do not fit each other would break the build of the bindings. */
    @Test
    void leavesThePackagesOfTheBindingsTogether() throws IOException {
        Pattern excluded = Pattern.compile(StreamSupport.stream(
                        TestJson.read(Path.of("renovate.json"))
                                .path("packageRules")
                                .spliterator(),
                        false)
                .filter(rule -> !rule.path("enabled").asBoolean(true) && !rule.has("matchUpdateTypes"))
                .flatMap(rule ->
                        StreamSupport.stream(rule.path("matchPackageNames").spliterator(), false))
                .map(name -> name.asText().replace(".", "\\.").replace("**", ".*"))
                .collect(Collectors.joining("|")));

        for (String folder : List.of("bindings", "bindings/cdktn")) {
            List<String> names = new ArrayList<>();
            TestJson.read(Path.of(folder, "package.json"))
                    .path("devDependencies")
                    .fieldNames()
                    .forEachRemaining(names::add);
            assertThat(names)
                    .as(folder)
                    .filteredOn(name -> !excluded.matcher(name).matches())
                    .containsExactly("esbuild");
        }
        assertThat("cdktf-cli").matches(excluded);
        assertThat("cdktn-cli").doesNotMatch(excluded);
    }

    private static List<String> versions(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<Path> files(String pattern) throws IOException {
        Pattern path = Pattern.compile(pattern.substring(1, pattern.length() - 1));
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("src/main")), Files.walk(Path.of(".github/workflows")))) {
            return files.filter(file -> path.matcher(file.toString()).find()).toList();
        }
    }
}

package dev.eksplatform.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.release.KubernetesReleases.Release;
import dev.eksplatform.internal.release.KubernetesReleases.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Shipped environments, examples and documents have Kubernetes versions in standard support on the day of the calendar, so
 * that what is copied from them is not out of date. What a text says about other versions in words is not looked at.
 */
class KubernetesVersionsInDocumentsTest {

    private static final KubernetesReleases CALENDAR = KubernetesReleases.get();

    /** {@code version: "1.36"}, {@code ClusterSpec.of("shop", "1.36")}, {@code parse("1.36")}, {@code --for 1.36}. */
    private static final Pattern VERSION =
            Pattern.compile("\\bversion[\"'`]?\\s*[:=]\\s*\\\\?[\"'`]?(?<yaml>1\\.\\d{2})\\b(?![.\\d])"
                    + "|ClusterSpec\\.of\\([^()]*\"(?<spec>1\\.\\d{2})\"\\)"
                    + "|KubernetesVersion\\.parse\\(\"(?<parsed>1\\.\\d{2})\"\\)"
                    + "|@Example\\(\"\\\\\"(?<example>1\\.\\d{2})\\\\\"\"\\) (?:Optional<)?KubernetesVersion"
                    + "|--(?:for|to)[ =](?<option>1\\.\\d{2})\\b(?![.\\d])");

    private static final List<String> PLACES =
            List.of("README.md", "CONTRIBUTING.md", "docs", "stacks", "examples", "ci", "bench", ".github", "src/main");

    private static Optional<String> problem(String version, LocalDate day) {
        int minor = Integer.parseInt(version.substring("1.".length()));
        Support support =
                CALENDAR.release(minor).map(release -> release.on(day)).orElse(Support.ENDED);
        return support == Support.STANDARD ? Optional.empty() : Optional.of(version + " is " + support);
    }

    private static List<String> versions(String text) {
        List<String> versions = new ArrayList<>();
        Matcher matcher = VERSION.matcher(text);
        while (matcher.find()) {
            Stream.of("yaml", "spec", "parsed", "example", "option")
                    .map(matcher::group)
                    .filter(version -> version != null)
                    .forEach(versions::add);
        }
        return versions;
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : PLACES) {
            try (Stream<Path> found = Files.walk(Path.of(place))) {
                found.filter(Files::isRegularFile)
                        .filter(file -> file.toString().matches(".*\\.(md|ya?ml|java|json|sh|txt)"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    @Test
    void everyVersionIsInStandardSupportOnTheDayOfTheCalendar() throws IOException {
        List<String> problems = new ArrayList<>();
        List<String> named = new ArrayList<>();
        for (Path file : files()) {
            for (String version : versions(Files.readString(file))) {
                named.add(file.toString());
                problem(version, CALENDAR.day()).ifPresent(text -> problems.add(file + ": " + text));
            }
        }

        assertThat(problems).isEmpty();
        assertThat(named)
                .contains(
                        "stacks/ingress.yaml",
                        "stacks/irsa-workshop.yaml",
                        "stacks/karpenter.yaml",
                        "stacks/ostoy-eks.yaml",
                        "stacks/pod-identity.yaml",
                        "docs/library.md",
                        "docs/environment-reference.md",
                        "examples/java-consumer/src/main/java/com/example/shop/ShopPlatform.java",
                        "stacks/environment.schema.json",
                        "src/main/java/dev/eksplatform/cluster/ClusterSpec.java");
    }

    /** The shipped environments have the version that EKS chooses. */
    @Test
    void theShippedEnvironmentsHaveTheDefaultOfEks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("stacks"))) {
            List<String> versions = new ArrayList<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                versions.addAll(versions(Files.readString(file)));
            }
            assertThat(versions).hasSize(8).containsOnly(CALENDAR.usual().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version: "1.33"                              | 1.33
            cluster: {version: '1.30', oidc: {}}         | 1.30
            version: 1.31                                | 1.31
            "version": "1.32"                            | 1.32
            ClusterSpec.of("shop", "1.33")               | 1.33
            KubernetesVersion.parse("1.30")              | 1.30
            eks-platform upgrade stacks/a.yaml --to 1.99 | 1.99
            """)
    void aVersionIsFound(String text, String version) {
        assertThat(versions(text)).containsExactly(version);
        assertThat(problem(version, CALENDAR.day())).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            chartVersion: 1.33.0
            version: v1.33.0-eksbuild.2
            image: busybox:1.36
            version: 1.33.4
            """)
    void anotherVersionIsNot(String text) {
        assertThat(versions(text)).isEmpty();
    }

    @Test
    void aVersionThatLeavesStandardSupportIsAProblemFromTheNextDay() {
        Release usual = CALENDAR.usual();

        assertThat(problem(usual.toString(), usual.standardUntil())).isEmpty();
        assertThat(problem(usual.toString(), usual.standardUntil().plusDays(1))).contains(usual + " is EXTENDED");
        assertThat(problem(usual.toString(), usual.extendedUntil().plusDays(1))).contains(usual + " is ENDED");
    }
}

package dev.eksplatform.internal.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.iam.catalogue.AwsManagedPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that ship are complete and consistent. */
class ReleaseTablesTest {

    private static final Path TABLES = Path.of("src/main/resources/dev/eksplatform");
    private static final Path RELEASES = TABLES.resolve("internal/release");

    private static List<String> head(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .takeWhile(line -> line.startsWith("#"))
                .toList();
    }

    /** The pinned versions of the packages from which tables are written. */
    private static Map<String, String> pins() throws IOException {
        return Files.readAllLines(Path.of("src/build/sources.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[1], words -> words[2]));
    }

    private static void assertSorted(List<String> names) {
        assertThat(names).isEqualTo(List.copyOf(new TreeSet<>(names)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-policies.txt", "ami-types.txt", "charts.txt", "eks-addons.txt"})
    void aTableNamesItsSourceItsDayAndItsProgram(String name) throws IOException {
        Path table = RELEASES.resolve(name);
        assertThat(String.join(" ", head(table))).contains("Source").contains("Written by src/build/releases/make.py.");
        assertThat(ReleaseTable.read(name).day()).isBetween(LocalDate.of(2026, 9, 1), LocalDate.of(2030, 1, 1));
        assertSorted(ReleaseTable.read(name).entries().stream()
                .map(ReleaseTable.Entry::name)
                .toList());
    }

    @Test
    void everyFactOfTheInputsIsNotNewerThanItsTable() {
        EksAddonReleases.get().addons().forEach((name, addon) -> addon.versions()
                .forEach(version -> assertThat(version.day())
                        .as(name + " " + version.name())
                        .isBeforeOrEqualTo(EksAddonReleases.get().day())));
        ChartReleases.get().charts().forEach((name, chart) -> assertThat(chart.seen())
                .as(name)
                .isBeforeOrEqualTo(ChartReleases.get().day()));
    }

    @Test
    void theVersionsOfAddonsAreForVersionsOfTheCalendar() {
        List<Integer> calendar = KubernetesReleases.get().releases().stream()
                .map(KubernetesReleases.Release::minor)
                .toList();
        EksAddonReleases.get().addons().forEach((name, addon) -> {
            assertThat(addon.owner()).as(name).isIn("aws", "community");
            addon.versions().forEach(version -> {
                assertThat(version.clusters()).as(name).isNotEmpty();
                version.clusters().forEach(range -> assertThat(List.of(range.from(), range.to()))
                        .as(name + " " + version.name())
                        .isSubsetOf(calendar));
                assertThat(version.clusters()).as(name + " " + version.name()).allMatch(range -> !range.openAbove());
            });
            List<ReleaseNumber> numbers = addon.versions().stream()
                    .map(version -> ReleaseNumber.parse(version.name()))
                    .toList();
            assertThat(numbers).as(name).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        });
    }

    @Test
    void whatIsKnownOfAddonsIsAboutAddonsOfTheTable() {
        assertThat(EksAddonReleases.get().addons().keySet())
                .containsExactlyInAnyOrderElementsOf(EksAddonFacts.all().keySet());
        EksAddonFacts.all().values().forEach(facts -> {
            assertThat(source(facts)).as(facts.name()).startsWith("https://");
            assertThat(EksAddonFacts.all().keySet()).as(facts.name()).containsAll(facts.needs());
            assertThat(Set.of("ec2", "fargate", "auto", "hybrid"))
                    .as(facts.name())
                    .containsAll(facts.compute());
            assertThat(Set.of("irsa", "pod-identity")).as(facts.name()).containsAll(facts.modes());
            facts.accounts()
                    .forEach(account ->
                            assertThat(account.policies()).as(facts.name()).allMatch(AwsManagedPolicies::isKnown));
            assertThat(Set.of(
                            "source",
                            "account",
                            "node-role",
                            "asks",
                            "modes",
                            "before-compute",
                            "needs",
                            "compute",
                            "pods-on-node",
                            "deployment",
                            "tolerates",
                            "api",
                            "webhook",
                            "endpoints",
                            "kms"))
                    .as(facts.name())
                    .containsAll(facts.rows().keySet());
        });
    }

    @Test
    void whatEksChoosesIsKnownForTheVersionOfNewClusters() {
        int minor = KubernetesReleases.get().usual().minor();
        assertThat(List.of("vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"))
                .allMatch(addon -> EksAddonReleases.get().usual(addon, minor).isPresent());
    }

    @Test
    void theLinesOfAChartRiseAndEndWithItsNewestVersion() {
        ChartReleases.get().charts().forEach((name, chart) -> {
            assertThat(chart.repositories()).as(name).isNotEmpty();
            List<ChartReleases.Line> lines = chart.lines();
            for (int i = 0; i < lines.size(); i++) {
                ReleaseNumber last = ReleaseNumber.parse(lines.get(i).newest());
                assertThat(last)
                        .as(name)
                        .isGreaterThanOrEqualTo(ReleaseNumber.parse(lines.get(i).from()));
                if (i + 1 < lines.size()) {
                    assertThat(last)
                            .as(name)
                            .isLessThan(ReleaseNumber.parse(lines.get(i + 1).from()));
                } else {
                    assertThat(lines.get(i).newest()).as(name).isEqualTo(chart.newest());
                }
            }
        });
    }

    @Test
    void anAmiTypeSaysInItsNameWhatItIs() {
        for (AmiTypes.AmiType type : AmiTypes.get().types()) {
            assertThat(type.name()).startsWith(type.system() + "_");
            assertThat(type.name().contains("ARM_64"))
                    .isEqualTo(type.architecture().equals("arm64"));
            assertThat(type.name().contains("FIPS")).isEqualTo(type.fips());
            assertThat(type.name().matches(".*_(NVIDIA|GPU|NEURON).*"))
                    .isEqualTo(type.driver().isPresent());
        }
    }

    @Test
    void tablesAreFromThePinnedVersions() throws IOException {
        Map<String, String> pins = pins();
        Function<String, String> pin = name -> java.util.Objects.requireNonNull(pins.get(name), name);
        assertThat(String.join(" ", head(TABLES.resolve("cluster/instance-types.txt"))))
                .contains("botocore " + pin.apply("botocore") + ",")
                .contains("moto " + pin.apply("moto") + " ")
                .contains("amazon-vpc-cni-k8s " + pin.apply("github.com/aws/amazon-vpc-cni-k8s") + ".");
        assertThat(String.join(" ", head(TABLES.resolve("cluster/instance-features.txt"))))
                .contains("botocore " + pin.apply("botocore") + " and")
                .contains("moto " + pin.apply("moto") + ".");
        assertThat(head(TABLES.resolve("iam/regions.txt")).toString())
                .contains("botocore " + pin.apply("botocore") + ".");
        assertThat(head(RELEASES.resolve("ami-types.txt")).toString())
                .contains("botocore " + pin.apply("botocore") + ".");
        for (String table : List.of("iam/actions.txt", "iam/resources.txt", "iam/managed-policies.txt")) {
            assertThat(head(TABLES.resolve(table)).get(0)).contains(", " + pin.apply("iam") + ".");
        }
        assertThat(ChartReleases.get().newest("cert-manager"))
                .hasValue(pin.apply("github.com/cert-manager/cert-manager"));
        assertThat(ChartReleases.get().newest("karpenter").map("v"::concat))
                .hasValue(pin.apply("github.com/aws/karpenter-provider-aws"));
    }

    @Test
    void anInstanceTypeHasOneSetOfFactsAndMostHaveTheirPodLimit() throws IOException {
        Pattern size = Pattern.compile("[a-z0-9-]+(/\\d+x\\d+(/\\d+)?)?");
        int known = 0;
        int sizes = 0;
        for (String line : Files.readAllLines(TABLES.resolve("cluster/instance-types.txt"))) {
            if (line.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(line.split(" "));
            assertThat(words.get(1)).as(line).isIn("x86_64", "arm64", "mac");
            assertThat(words.get(2)).as(line).isIn("-", "nvidia", "amd", "neuron", "other");
            assertThat(words.get(3)).as(line).isIn("-", "nitro", "xen");
            for (String word : words.subList(4, words.size())) {
                Matcher matcher = size.matcher(word);
                assertThat(matcher.matches()).as(line).isTrue();
                boolean counted = matcher.group(2) != null;
                boolean accelerated = List.of("nvidia", "amd", "neuron").contains(words.get(2));
                assertThat(counted && !accelerated).as(line).isFalse();
                known += matcher.group(1) == null ? 0 : 1;
                sizes++;
            }
        }
        assertThat(sizes - known).isLessThan(sizes / 30);
    }

    private static String source(EksAddonFacts facts) {
        return facts.rows().getOrDefault("source", List.of(List.of(""))).get(0).get(0);
    }
}

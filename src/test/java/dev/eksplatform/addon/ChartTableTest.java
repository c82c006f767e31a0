package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.facts.ChartFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.testing.TestStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTableTest {

    private static final HelmAddon.ReleaseContext CLUSTER = new HelmAddon.ReleaseContext(
            "shop", "eu-central-1", "vpc-0a1b2c3d", List.of("cert-manager"), Map.of("team", "shop"));

    /** Every add-on of the catalogue with its defaults, and an ACK controller. */
    static Stream<HelmAddon> addons() {
        return Stream.concat(
                Stream.of(AddonSpec.class.getPermittedSubclasses())
                        .map(type -> type.getAnnotation(YamlForm.class).key())
                        .flatMap(name -> AddonsSpec.standard(name).stream())
                        .map(spec -> spec.resolve(TestAddons.AWS)),
                Stream.of(AckControllerSpec.standard().resolve(AckService.S3, Partition.AWS)));
    }

    @ParameterizedTest
    @MethodSource("addons")
    void thePlatformsOwnValuesAreOnesThatTheChartReads(HelmAddon addon) {
        Map<String, Object> values = addon.values().apply(CLUSTER);

        assertThat(values).isNotEmpty();
        ChartTable.nearest(addon.chart(), addon.version())
                .or(() -> ChartTable.of(addon.chart()).stream().findFirst())
                .ifPresent(
                        table -> assertThat(UnknownValues.paths(table, values)).isEmpty());
    }

    /** Charts whose images depend on the region, or whose sources of this major version or name are not to be had. */
    private static final Set<String> WITHOUT_IMAGES =
            Set.of("aws-efa-k8s-device-plugin", "istio", "kube-prometheus-stack", "neuron-helm-chart");

    /** Every other image of the catalogue can come from a mirror. */
    @ParameterizedTest
    @MethodSource("addons")
    void itsImagesAreKnown(HelmAddon addon) {
        if (WITHOUT_IMAGES.contains(addon.name())) {
            assertThat(addon.registries()).as(addon.name()).isEmpty();
            return;
        }
        assertThat(addon.registries()).as(addon.name()).isPresent();
        Set<String> registries = addon.registries().orElse(Set.of());
        Map<String, String> mirrors =
                registries.stream().collect(Collectors.toMap(registry -> registry, registry -> "mirror.example.com/x"));
        HelmAddon mirrored = new ImageMirrors(mirrors).applyTo(addon);

        assertThat(registries).isNotEmpty();
        assertThat(mirrored.values().apply(CLUSTER).toString()).contains("mirror.example.com/x");
        assertThat(UnknownValues.paths(
                        ChartTable.nearest(addon.chart(), addon.version()).orElseThrow(),
                        mirrored.values().apply(CLUSTER)))
                .isEmpty();
    }

    /** Paths of values.yaml, which are facts of another source. */
    @ParameterizedTest
    @CsvSource({
        "cert-manager, v1.15.3",
        "aws-load-balancer-controller, 1.8.2",
        "aws-load-balancer-controller, 1.13.4",
        "aws-load-balancer-controller, 3.5.0",
        "s3-chart, 1.10.0"
    })
    void everyDefaultOfAChartIsInItsTable(String chart, String version) {
        ChartTable table =
                ChartTable.nearest(chart, ChartVersion.parse(version)).orElseThrow();
        List<String> unknown = new ArrayList<>();
        ChartFacts.values(chart, version).keySet().forEach(path -> {
            ChartTable.Value at = table.values();
            for (String key : path.split("\\.", -1)) {
                if (at.below().isEmpty()) {
                    return;
                }
                ChartTable.Value below = at.below().get(key);
                if (below == null) {
                    unknown.add(path);
                    return;
                }
                at = below;
            }
        });

        assertThat(table.version()).isEqualTo(ChartVersion.parse(version));
        assertThat(ChartFacts.values(chart, version)).isNotEmpty();
        assertThat(unknown).isEmpty();
    }

    @Test
    void theNearestVersionIsOfTheSameMajorAndBeforeOneOfTheSameMinor() {
        assertThat(nearest("cert-manager", "v1.16.0")).isEqualTo("v1.15.3");
        assertThat(nearest("cert-manager", "1.19.0")).isEqualTo("v1.18.2");
        assertThat(nearest("cert-manager", "v1.99.0")).isEqualTo("v1.21.2");
        assertThat(nearest("aws-load-balancer-controller", "1.8.4")).isEqualTo("1.8.2");
        assertThat(nearest("charts/external-secrets", "0.20.1")).isEqualTo("0.20.4");
        assertThat(ChartTable.nearest("cert-manager", ChartVersion.parse("v2.0.0")))
                .isEmpty();
        assertThat(ChartTable.nearest("external-secrets", ChartVersion.parse("0.9.0")))
                .isEmpty();
        assertThat(ChartTable.nearest("shop", ChartVersion.parse("1.0.0"))).isEmpty();
    }

    private static String nearest(String chart, String version) {
        return ChartTable.nearest(chart, ChartVersion.parse(version))
                .orElseThrow()
                .version()
                .text();
    }

    @Test
    void mostChartsWithReleasesHaveATable() {
        assertThat(ChartReleases.get().charts().keySet())
                .filteredOn(chart -> ChartTable.of(chart).isEmpty())
                .containsExactlyInAnyOrder("ingress-nginx", "vault", "dsql-chart", "glue-chart", "s3files-chart");
    }

    @Test
    void foldersOfCrdsAreKnown() {
        assertThat(has("aws-load-balancer-controller", "3.6.0", ChartTable.CRDS))
                .isTrue();
        assertThat(has("karpenter", "1.15.1", ChartTable.CRDS)).isTrue();
        assertThat(has("karpenter", "9.0.0", ChartTable.CRDS)).isTrue();
        assertThat(has("cert-manager", "v1.21.2", ChartTable.CRDS)).isFalse();
        assertThat(has("shop", "1.0.0", ChartTable.CRDS)).isFalse();
    }

    @Test
    void chartsThatRunNothingButDaemonSetsAreKnown() {
        assertThat(has("aws-for-fluent-bit", "0.2.0", ChartTable.DAEMON_SET)).isTrue();
        assertThat(has("prometheus-node-exporter", "4.50.0", ChartTable.DAEMON_SET))
                .isTrue();
        assertThat(has("velero", "12.1.0", ChartTable.DAEMON_SET)).isFalse();
        assertThat(has("metrics-server", "3.13.1", ChartTable.DAEMON_SET)).isFalse();
    }

    private static boolean has(String chart, String version, String trait) {
        return ChartTable.isAny(chart, ChartVersion.parse(version), trait);
    }

    @Test
    void aProgramNamesAParameterByItsArn() {
        TerraformStack stack = TestStack.make();
        HelmReleaseSpec spec = HelmReleaseSpec.of("shop", "https://charts.example.com", "1.0.0", "shop");
        HelmReleaseSpec named = spec.withOptions(
                spec.options().withSensitiveValues(Map.of("a", SensitiveValue.ofParameter("/shop/a"))));

        assertThatThrownBy(() -> new HelmRelease(stack, "shop", named, List.of()))
                .hasMessage(
                        "sensitiveValues.a.ssmParameter: the name of a parameter, whose account is not known here; fix:"
                                + " write its ARN");
    }
}

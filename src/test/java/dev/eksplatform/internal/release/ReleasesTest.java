package dev.eksplatform.internal.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.internal.logic.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasesTest {

    private final ChartReleases charts = ChartReleases.get();
    private final EksAddonReleases addons = EksAddonReleases.get();

    @Test
    void versionsAreInTheOrderOfTheirRelease() {
        List<String> rising = List.of(
                "v1.9.0",
                "v1.10.0-alpha.1",
                "1.10.0-rc.1",
                "v1.10.0",
                "v1.10.0-eksbuild.2",
                "v1.10.0-eksbuild.10",
                "1.10.1",
                "2.0.0+build.7");
        assertThat(rising.stream().map(ReleaseNumber::parse)).isSorted();
        assertThat(ReleaseNumber.isOlder("1.9.0", "v1.10.0")).isTrue();
        assertThat(ReleaseNumber.isOlder("v1.10.0", "1.10.0")).isFalse();
        assertThat(ReleaseNumber.isOlder("latest", "1.10.0")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "33..36, 32, FALSE",
        "33..36, 33, TRUE",
        "33..36, 36, TRUE",
        "33..36, 37, FALSE",
        "36, 36, TRUE",
        "36, 35, FALSE",
        "33..36?, 37, UNKNOWN",
        "?35?, 34, UNKNOWN",
        "?35?, 35, TRUE",
        "25.., 24, FALSE",
        "25.., 99, TRUE"
    })
    void aRangeKnowsItsEnds(String range, int minor, Truth expected) {
        assertThat(MinorRange.parse(range).contains(minor)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // its documentation ends there
        "cert-manager, v1.18.3, 34, FALSE",
        "cert-manager, v1.21.2, 36, TRUE",
        // newer than the documentation of the newest line
        "cert-manager, v1.21.2, 37, UNKNOWN",
        "cert-manager, 1.21.2, 36, TRUE",
        // older than every line
        "cert-manager, v1.2.0, 30, UNKNOWN",
        "karpenter, 1.5.0, 34, FALSE",
        "karpenter, 1.0.4, 31, FALSE",
        "karpenter, 1.0.5, 31, TRUE",
        "karpenter, 1.15.1, 37, TRUE",
        "aws-load-balancer-controller, 3.5.0, 37, TRUE",
        // recommended for another one, but not refused
        "cluster-autoscaler, 9.50.0, 36, UNKNOWN",
        "external-dns, 1.17.0, 33, FALSE",
        "metrics-server, 3.14.0, 33, FALSE",
        "unheard-of, 1.0.0, 36, UNKNOWN",
    })
    void aChartSupportsWhatItsProjectSays(String chart, String version, int minor, Truth expected) {
        assertThat(charts.supports(chart, version, minor)).isEqualTo(expected);
    }

    @Test
    void theNewestChartForAClusterIsKnown() {
        assertThat(charts.newestFor("cert-manager", 32)).hasValue("v1.20.2");
        assertThat(charts.newestFor("cert-manager", 36)).hasValue("v1.21.2");
        assertThat(charts.newestFor("cert-manager", 37)).isEmpty();
        assertThat(charts.newestFor("metrics-server", 33)).hasValue("3.13.1");
        assertThat(charts.newestFor("unheard-of", 36)).isEmpty();
        assertThat(charts.newest("argo-rollouts")).isPresent();
        assertThat(charts.retired("ingress-nginx").orElseThrow())
                .contains("March 2026", "aws-load-balancer-controller");
        assertThat(charts.retired("karpenter")).isEmpty();
    }

    @Test
    void aChartOfTheSameNameElsewhereIsAnother() {
        assertThat(charts.isPublished("metrics-server", "https://kubernetes-sigs.github.io/metrics-server/"))
                .isTrue();
        assertThat(charts.isPublished("metrics-server", "https://charts.bitnami.com/bitnami"))
                .isFalse();
        assertThat(charts.isPublished("unheard-of", "https://charts.example.com"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "vpc-cni, v1.23.1-eksbuild.1, 37, TRUE",
        "vpc-cni, v1.23.2-eksbuild.1, 37, UNKNOWN",
        "coredns, v1.14.6-eksbuild.4, 36, TRUE",
        "coredns, v1.0.0-eksbuild.1, 36, UNKNOWN",
        // never newer than the control plane, at most three behind
        "kube-proxy, v1.37.0-eksbuild.1, 36, FALSE",
        "kube-proxy, v1.36.0-eksbuild.99, 36, UNKNOWN",
        "kube-proxy, v1.33.0-eksbuild.1, 36, UNKNOWN",
        "kube-proxy, v1.32.13-eksbuild.28, 36, FALSE",
        "kube-proxy, v1.31.14-eksbuild.20, 32, TRUE",
        "unheard-of, v1.0.0-eksbuild.1, 36, UNKNOWN",
    })
    void anAddonSupportsWhatIsKnownOfIt(String addon, String version, int minor, Truth expected) {
        assertThat(addons.supports(addon, version, minor)).isEqualTo(expected);
    }

    @Test
    void theNewestAndTheUsualAddonAreKnown() {
        assertThat(addons.newest("vpc-cni", 36)).hasValue("v1.23.2-eksbuild.1");
        assertThat(addons.newest("vpc-cni", 37)).hasValue("v1.23.1-eksbuild.1");
        assertThat(addons.newest("kube-proxy", 36)).hasValue("v1.36.0-eksbuild.45");
        assertThat(addons.newest("adot", 36)).isEmpty();
        assertThat(addons.usual("coredns", 36)).hasValue("v1.14.3-eksbuild.23");
        assertThat(addons.usual("coredns", 37)).isEmpty();
    }
}

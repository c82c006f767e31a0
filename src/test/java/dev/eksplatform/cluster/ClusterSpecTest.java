package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSpecTest {

    @Test
    void defaultsAreSafe() {
        ClusterSpec spec = ClusterSpec.of("shop", "1.36");

        assertThat(spec.endpoint()).isEqualTo(EndpointSpec.closed());
        assertThat(spec.logs().types()).containsExactlyInAnyOrder(LogType.values());
        assertThat(spec.logs().retentionDays()).isEqualTo(365);
        assertThat(spec.access()).isEmpty();
        assertThat(spec.deletionProtection()).isEqualTo(DeletionProtection.FALSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-shop", "shop.eu", "shop/eu"})
    void aNameIsOneThatEksTakes(String name) {
        assertThat(ProblemsOf.making(() -> ClusterSpec.of(name, "1.36")))
                .containsExactly(
                        "name: \"" + name + "\" is not a cluster name; allowed: 1 to 100 letters, digits, - and "
                                + "_, beginning with a letter or digit; fix: choose another name");
    }

    @Test
    void aNameHasAtMostAHundredCharacters() {
        assertThat(ClusterSpec.of("a".repeat(100), "1.36").requiredName()).hasSize(100);
        assertThat(ProblemsOf.making(() -> ClusterSpec.of("a".repeat(101), "1.36")))
                .hasSize(1);
        assertThat(ProblemsOf.making(() -> ExistingClusterSpec.of("a".repeat(101))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.3", "1.333", "2.33", "v1.36", "1.36.1"})
    void aVersionIsMajorAndMinor(String version) {
        assertThat(ProblemsOf.making(() -> ClusterSpec.of("shop", version)))
                .containsExactly(
                        "version: \"" + version + "\" is not a Kubernetes version of EKS; allowed: 1.31 to 1.37; fix: "
                                + "write major and minor version, like 1.36");
    }

    @Test
    void aVersionThatEksNoLongerRunsIsRefused() {
        assertThat(ProblemsOf.making(() -> KubernetesVersion.parse("1.29")))
                .containsExactly("Kubernetes 1.29 is out of support; allowed: 1.31 to 1.37; fix: use 1.36");
        assertThat(ProblemsOf.making(() -> KubernetesVersion.parse("1.30")))
                .containsExactly("Kubernetes 1.30 is out of support: EKS ended it on 2026-07-23; allowed: 1.31 to 1.37;"
                        + " fix: use 1.36");
    }

    @Test
    void aVersionThatEksIsNotKnownToRunIsRefused() {
        assertThat(ProblemsOf.making(() -> KubernetesVersion.parse("1.38")))
                .containsExactly("Kubernetes 1.38 is newer than any that EKS was known to run on 2026-10-09; allowed:"
                        + " 1.31 to 1.37; fix: use 1.37, or a newer release of eks-platform");
    }

    @Test
    void versionsAreOrderedByTheirMinorVersion() {
        assertThat(KubernetesVersion.parse("1.36"))
                .isGreaterThan(KubernetesVersion.parse("1.31"))
                .hasToString("1.36");
    }

    @Test
    void anEndpointIsLeft() {
        assertThat(ProblemsOf.making(() -> EndpointSpec.closed().withPrivateAccess(false)))
                .containsExactly("private: the API server would be unreachable: private is false and public is empty; "
                        + "fix: set private: true");
    }

    @Test
    void nodesReachTheApiServer() {
        assertThat(ProblemsOf.making(() -> EndpointSpec.closed()
                        .withPublicCidrs(List.of(Cidr.parse("203.0.113.0/24")))
                        .withPrivateAccess(false)))
                .containsExactly(
                        "private: nodes would reach the API server through the public endpoint, but public does "
                                + "not include their addresses; fix: set private: true");
        assertThat(ProblemsOf.making(() -> EndpointSpec.closed()
                        .withPublicCidrs(List.of(Cidr.parse("0.0.0.0/0")))
                        .withPrivateAccess(false)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2, 3", "366, 400", "4000, 3653"})
    void logsAreKeptForAPeriodThatCloudWatchTakes(int days, int next) {
        assertThat(ProblemsOf.making(() -> LogsSpec.all().withRetentionDays(days)))
                .containsExactly("retentionDays: " + days + " days; allowed: a period of CloudWatch Logs: [1, 3, "
                        + "5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, "
                        + "3653]; fix: use " + next);
    }

    @Test
    void logTypesHaveTheNamesOfTheApi() {
        assertThat(LogsSpec.all().apiNames())
                .containsExactly("api", "audit", "authenticator", "controllerManager", "scheduler");
    }
}

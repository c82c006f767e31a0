package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.facts.ChartFacts;
import dev.eksplatform.problem.ProblemsOf;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossplaneTest {

    private static final CrossplaneSpec STANDARD = CrossplaneSpec.standard();

    @Test
    void minimal() {
        HelmAddon addon = STANDARD.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"podSecurityContextCrossplane\":{\"runAsNonRoot\":true,"
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"podSecurityContextRBACManager\":{\"runAsNonRoot\":true,"
                        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}},"
                        + "\"rbacManager\":{\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"replicas\":2},"
                        + "\"replicas\":2,"
                        + "\"securityContextCrossplane\":{\"capabilities\":{\"drop\":[\"ALL\"]}},"
                        + "\"securityContextRBACManager\":{\"capabilities\":{\"drop\":[\"ALL\"]}}}");
        assertThat(addon.repository() + "/" + addon.chart() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("https://charts.crossplane.io/stable/crossplane 2.3.4 crossplane-system");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.BASELINE);
        assertThat(addon.webhookPorts()).containsExactly(9443);
        assertThat(addon.controllers()).isEmpty();
    }

    @Test
    void theChartHasTheValues() {
        assertThat(ChartFacts.values("crossplane", "2.3.4"))
                .containsKeys(
                        "replicas",
                        "rbacManager.replicas",
                        "nodeSelector",
                        "rbacManager.nodeSelector",
                        "podSecurityContextCrossplane",
                        "podSecurityContextRBACManager",
                        "securityContextCrossplane.runAsUser",
                        "securityContextRBACManager.runAsUser",
                        "webhooks.port");
    }

    @Test
    void theWebhookPortIsWhatItsValuesSay() {
        CrossplaneSpec other =
                STANDARD.withChart(STANDARD.chart().withValues(Map.of("webhooks", Map.of("port", "9444"))));

        assertThat(other.resolve(TestAddons.AWS).webhookPorts()).containsExactly(9444);
    }

    @Test
    void itHasAPod() {
        assertThat(ProblemsOf.making(() -> STANDARD.withReplicas(0)))
                .containsExactly("replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on");
    }
}

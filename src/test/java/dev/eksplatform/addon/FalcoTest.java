package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalcoTest {

    private static final FalcoSpec STANDARD = FalcoSpec.standard();

    @Test
    void minimal() {
        HelmAddon addon = STANDARD.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"driver\":{\"enabled\":true,\"kind\":\"modern_ebpf\","
                        + "\"modernEbpf\":{\"leastPrivileged\":true}},"
                        + "\"falcoctl\":{\"artifact\":{\"follow\":{\"enabled\":false},"
                        + "\"install\":{\"enabled\":false}}},\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},"
                        + "\"tolerations\":[{\"operator\":\"Exists\"}],\"tty\":true}");
        assertThat(addon.repository() + "/" + addon.chart() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("https://falcosecurity.github.io/charts/falco 9.1.0 falco");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.outputs()).containsOnlyKeys("falco_events_command");
    }

    @Test
    void newRulesComeFromTheInternetOnlyWhenAskedFor() {
        assertThat(TestAddons.text(STANDARD.withRuleUpdates(true).resolve(TestAddons.AWS)))
                .contains("\"falcoctl\":{\"artifact\":{\"follow\":{\"enabled\":true},\"install\":{\"enabled\":true}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "falcoctl"})
    void driverAndRulesAreKeysOfTheAddon(String path) {
        assertThat(ProblemsOf.making(() -> STANDARD.withChart(STANDARD.chart().withValues(Map.of(path, "x")))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("values." + path + ": an override of a value that the platform sets");
    }
}

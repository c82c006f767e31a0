package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Falco, which reports suspicious system calls on every Linux node. It reads them with the modern eBPF probe, which is a part of it: no driver is
 * built or downloaded. There are no DaemonSets on Fargate. Source: <a
 * href="https://falco.org/docs/setup/kubernetes/">Falco on Kubernetes</a>.
 *
 * @param chart its chart
 * @param ruleUpdates whether it installs the newest rules of its major version at start and once a week, for which nodes need the internet; default
 *     false. Without them it has the rules of its image
 */
@RecordBuilder
@YamlForm(key = FalcoSpec.NAME)
@Example("{}")
public record FalcoSpec(
        @YamlInline ChartSettings chart, @Example("true") boolean ruleUpdates)
        implements AddonSpec, FalcoSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "falco";

    private static final String REPOSITORY = "https://falcosecurity.github.io/charts";
    private static final String VERSION = "9.1.0";
    private static final List<String> RESERVED =
            List.of("driver.enabled", "falcoctl.artifact.install.enabled", "falcoctl.artifact.follow.enabled");

    /** Checks overrides. */
    public FalcoSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static FalcoSpec standard() {
        return new FalcoSpec(ChartSettings.of(VERSION, REPOSITORY), false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean needsNodes() {
        return true;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAME, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.PRIVILEGED))
                .withOutputs(Map.of(
                        "falco_events_command",
                        new HelmAddon.Output(
                                "Command that shows what Falco reports",
                                "kubectl logs --namespace " + NAME
                                        + " --selector app.kubernetes.io/name=falco --container falco --follow")));
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("enabled", true);
        driver.put("kind", "modern_ebpf");
        driver.put("modernEbpf", Map.of("leastPrivileged", true));
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("driver", driver);
        own.put(
                "falcoctl",
                Map.of(
                        "artifact",
                        Map.of("install", Map.of("enabled", ruleUpdates), "follow", Map.of("enabled", ruleUpdates))));
        own.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        // A node with a taint is watched, too.
        own.put("tolerations", List.of(Map.of("operator", "Exists")));
        // Events are in the log when they happen.
        own.put("tty", true);
        return own;
    }
}

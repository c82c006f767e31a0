package dev.eksplatform.addon;

import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Argo Events, which starts workflows and other objects when something happens. Its event buses, sources and sensors are objects of the
 * user. Source: <a href="https://github.com/argoproj/argo-helm/tree/main/charts/argo-events">the chart</a>.
 *
 * @param chart its chart
 * @param replicas the number of pods of the controller; one works, the others wait
 */
@RecordBuilder
@YamlForm(key = ArgoEventsSpec.NAME)
@Example("{}")
public record ArgoEventsSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas) implements AddonSpec, ArgoEventsSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "argo-events";

    private static final String REPOSITORY = "https://argoproj.github.io/argo-helm";
    private static final String VERSION = "2.4.22";
    private static final int WEBHOOK_PORT = 443;
    private static final List<String> RESERVED = List.of("controller.replicas");

    /** Checks replicas and overrides. */
    public ArgoEventsSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ArgoEventsSpec standard() {
        return new ArgoEventsSpec(ChartSettings.of(VERSION, REPOSITORY), 2);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The pods of event buses and sources have no security context of the restricted level. Its webhook is a choice of {@code values}. */
    @Override
    public HelmAddon resolve(AddonContext context) {
        boolean webhook = ChartValues.at(chart.values(), "webhook.enabled")
                .filter(Boolean.TRUE::equals)
                .isPresent();
        return HelmAddon.of(this, NAME, NAME, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.BASELINE))
                .withWebhookPorts(
                        webhook
                                ? List.of(ChartValues.portAt(chart.values(), "webhook.port", WEBHOOK_PORT))
                                : List.of());
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("allowPrivilegeEscalation", false);
        container.put("capabilities", Map.of("drop", List.of("ALL")));
        container.put("readOnlyRootFilesystem", true);
        container.put("runAsNonRoot", true);
        Map<String, Object> controller = new LinkedHashMap<>();
        controller.put("replicas", replicas);
        controller.put("containerSecurityContext", container);
        controller.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        if (replicas > 1) {
            controller.put("pdb", Map.of("enabled", true, "minAvailable", 1));
        }
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("seccompProfile", Map.of("type", "RuntimeDefault"));
        return new LinkedHashMap<>(Map.of("controller", controller, "global", Map.of("securityContext", pod)));
    }
}

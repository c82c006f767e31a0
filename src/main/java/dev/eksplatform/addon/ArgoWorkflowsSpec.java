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
 * Argo Workflows, which runs jobs that depend on each other. Workflows run in its namespace, unless {@code controller.workflowNamespaces} of
 * {@code values} has others; people log in to its user interface with tokens of ServiceAccounts. Source: <a
 * href="https://github.com/argoproj/argo-helm/tree/main/charts/argo-workflows">the chart</a>.
 *
 * @param chart its chart
 * @param replicas the number of pods of the controller, of which one works and the others wait, and of the user interface
 */
@RecordBuilder
@YamlForm(key = ArgoWorkflowsSpec.NAME)
@Example("{}")
public record ArgoWorkflowsSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas) implements AddonSpec, ArgoWorkflowsSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "argo-workflows";

    private static final String REPOSITORY = "https://argoproj.github.io/argo-helm";
    private static final String VERSION = "1.0.18";
    private static final List<String> RESERVED = List.of("crds.full", "controller.replicas", "server.replicas");

    /** Checks replicas and overrides. */
    public ArgoWorkflowsSpec {
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
    public static ArgoWorkflowsSpec standard() {
        return new ArgoWorkflowsSpec(ChartSettings.of(VERSION, REPOSITORY), 2);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The pods of workflows are the user's, whom the restricted level would surprise. */
    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAME, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.BASELINE))
                .withOutputs(Map.of(
                        "argo_workflows_command",
                        new HelmAddon.Output(
                                "Command that makes the user interface of Argo Workflows available at http://localhost:2746",
                                "kubectl port-forward --namespace " + NAME + " service/" + NAME
                                        + "-server 2746:2746")));
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("replicas", replicas);
        part.put("podSecurityContext", Map.of("seccompProfile", Map.of("type", "RuntimeDefault")));
        if (replicas > 1) {
            part.put("pdb", Map.of("enabled", true, "minAvailable", 1));
        }
        Map<String, Object> controller = new LinkedHashMap<>(part);
        controller.put("workflowNamespaces", List.of(NAME));
        Map<String, Object> server = new LinkedHashMap<>(part);
        server.put("authModes", List.of("client"));
        Map<String, Object> own = new LinkedHashMap<>();
        // The full CRDs are too large for Helm: a job of the chart would download them from the internet.
        own.put("crds", Map.of("full", false));
        own.put("controller", controller);
        own.put("server", server);
        return own;
    }
}

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
 * Crossplane, which manages resources of AWS and others as Kubernetes objects. Its providers are packages that it installs itself, and get
 * their permissions as docs/addons.md says. Source: <a
 * href="https://docs.crossplane.io/latest/get-started/install/">installing</a>.
 *
 * @param chart its chart
 * @param replicas the number of pods of Crossplane and of its RBAC manager; one of each works, the others wait
 */
@RecordBuilder
@YamlForm(key = CrossplaneSpec.NAME)
@Example("{}")
public record CrossplaneSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas) implements AddonSpec, CrossplaneSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "crossplane";

    private static final String REPOSITORY = "https://charts.crossplane.io/stable";
    private static final String VERSION = "2.3.4";
    private static final String NAMESPACE = "crossplane-system";
    private static final int WEBHOOK_PORT = 9443;

    /** Checks replicas. */
    public CrossplaneSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static CrossplaneSpec standard() {
        return new CrossplaneSpec(ChartSettings.of(VERSION, REPOSITORY), 2);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The pods of providers have no seccomp profile and keep capabilities, which the restricted level refuses. */
    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.BASELINE))
                .withWebhookPorts(List.of(ChartValues.portAt(chart.values(), "webhooks.port", WEBHOOK_PORT)));
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("runAsNonRoot", true);
        pod.put("seccompProfile", Map.of("type", "RuntimeDefault"));
        Map<String, Object> container = Map.of("capabilities", Map.of("drop", List.of("ALL")));
        Map<String, Object> linux = Map.of("kubernetes.io/os", "linux");
        Map<String, Object> rbac = new LinkedHashMap<>();
        rbac.put("replicas", replicas);
        rbac.put("nodeSelector", linux);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("replicas", replicas);
        own.put("rbacManager", rbac);
        own.put("nodeSelector", linux);
        for (String part : List.of("Crossplane", "RBACManager")) {
            own.put("podSecurityContext" + part, pod);
            own.put("securityContext" + part, container);
        }
        return own;
    }
}

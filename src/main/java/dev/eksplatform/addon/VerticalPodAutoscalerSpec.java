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
 * The Vertical Pod Autoscaler, which recommends CPU and memory for pods and sets them. It reads them from the Metrics Server. Source: <a
 * href="https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler/charts/vertical-pod-autoscaler">the chart of the
 * project</a>.
 *
 * @param chart its chart
 * @param recommendOnly whether it only recommends, without the updater and the webhook that change pods; default false
 * @param replicas the number of replicas of each part; default 2
 * @param keepCrds whether the CRDs, and with them every VerticalPodAutoscaler, are kept when the release is removed; default true
 */
@RecordBuilder
@YamlForm(key = VerticalPodAutoscalerSpec.NAME)
@Example("{}")
public record VerticalPodAutoscalerSpec(
        @YamlInline ChartSettings chart,

        @Example("true") boolean recommendOnly,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("true") boolean keepCrds)
        implements AddonSpec, VerticalPodAutoscalerSpecBuilder.With {

    /** The release's name, which is also the name of its namespace. */
    public static final String NAME = "vertical-pod-autoscaler";

    private static final String REPOSITORY = "https://kubernetes.github.io/autoscaler";
    private static final String VERSION = "0.13.0";
    private static final int WEBHOOK_PORT = 8000;
    private static final String WEBHOOK = "admissionController";
    private static final List<String> RESERVED = List.of(
            "crds.enabled",
            "crds.keep",
            "updater.enabled",
            WEBHOOK + ".enabled",
            WEBHOOK + ".service.ports",
            WEBHOOK + ".certGen.enabled",
            WEBHOOK + ".certManager.enabled",
            WEBHOOK + ".registerWebhook",
            WEBHOOK + ".tls.create");

    /** Checks replicas and overrides. */
    public VerticalPodAutoscalerSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        ChartValues.checkReserved(chart.values(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static VerticalPodAutoscalerSpec standard() {
        return new VerticalPodAutoscalerSpec(ChartSettings.of(VERSION, REPOSITORY), false, 2, true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(
                        this,
                        NAME,
                        NAME,
                        release -> chartValues(release.addons().contains(CertManagerSpec.NAME)))
                .withPodSecurity(Optional.of(ChartValues.restricted(chart.values(), WEBHOOK + ".hostNetwork")))
                .withAfter(List.of(CertManagerSpec.NAME))
                .withWebhookPorts(recommendOnly ? List.of() : List.of(WEBHOOK_PORT))
                .withOutputs(Map.of(
                        "vertical_pod_autoscaler_command",
                        new HelmAddon.Output(
                                "Command that lists what the Vertical Pod Autoscaler recommends",
                                "kubectl get verticalpodautoscalers --all-namespaces")));
    }

    private Map<String, Object> chartValues(boolean hasCertManager) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("crds", Map.of("enabled", true, "keep", keepCrds));
        own.put("podSecurityContext", ChartValues.NOT_ROOT);
        own.put("containerSecurityContext", ChartValues.NO_PRIVILEGES);
        own.put("recommender", part(true));
        own.put("updater", part(!recommendOnly));
        Map<String, Object> webhook = part(!recommendOnly);
        // Otherwise jobs of the chart create the certificate once, and put it into the webhook's configuration at each
        // upgrade.
        webhook.put("certGen", Map.of("enabled", !hasCertManager, "nodeSelector", ChartValues.ON_LINUX));
        webhook.put(
                "certManager",
                Map.of("enabled", hasCertManager, "createSelfSignedIssuer", Map.of("enabled", hasCertManager)));
        own.put(WEBHOOK, webhook);
        return own;
    }

    private Map<String, Object> part(boolean enabled) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("enabled", enabled);
        part.put("replicas", replicas);
        part.put("podDisruptionBudget", Map.of("enabled", replicas > 1));
        part.put("nodeSelector", ChartValues.ON_LINUX);
        return part;
    }
}

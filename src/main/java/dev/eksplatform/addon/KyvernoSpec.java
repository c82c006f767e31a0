package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.DnsName;
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
 * Kyverno, which checks, changes and creates Kubernetes objects by policies. It never sees the objects of {@code kube-system},
 * {@code kube-node-lease} and its own namespace, and with a policy that must be answered no nodes, so that a cluster can start while it does not
 * answer. Source: <a
 * href="https://kyverno.io/docs/installation/methods/">installing with Helm</a>.
 *
 * @param chart its chart
 * @param replicas the number of pods that answer admission requests
 * @param failurePolicy what happens to a request when Kyverno does not answer; default {@code fail}. A policy can say otherwise
 * @param excludedNamespaces more namespaces whose objects it never sees; default none. A controller that creates nodes belongs here when it is
 *     not in {@code kube-system}
 */
@RecordBuilder
@YamlForm(key = KyvernoSpec.NAME)
@Example("{}")
public record KyvernoSpec(
        @YamlInline ChartSettings chart,

        @Example("3") @Limit(min = 1) int replicas,

        @Example("ignore") WebhookFailurePolicy failurePolicy,

        @Example("[karpenter]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
        List<String> excludedNamespaces)
        implements AddonSpec, KyvernoSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "kyverno";

    private static final String REPOSITORY = "https://kyverno.github.io/kyverno";
    private static final String VERSION = "3.9.1";

    /** Source: <a href="https://kyverno.io/docs/guides/high-availability/">high availability</a>. */
    private static final int REPLICAS = 3;

    private static final int WEBHOOK_PORT = 9443;
    private static final List<String> RESERVED = List.of(
            "admissionController.replicas",
            "config.excludeKyvernoNamespace",
            "config.webhooks.namespaceSelector",
            "features.forceFailurePolicyIgnore.enabled",
            "webhooksCleanup.enabled");

    /** Checks replicas, namespaces and overrides. */
    public KyvernoSpec {
        Components.required("chart", chart, "failurePolicy", failurePolicy);
        excludedNamespaces = Components.list("excludedNamespaces", excludedNamespaces);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        ExcludedNamespaces.check(excludedNamespaces, problems);
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static KyvernoSpec standard() {
        return new KyvernoSpec(ChartSettings.of(VERSION, REPOSITORY), REPLICAS, WebhookFailurePolicy.FAIL, List.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAME, release -> chartValues())
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withWebhookPorts(List.of(
                                ChartValues.portAt(
                                        chart.values(), "admissionController.webhookServer.port", WEBHOOK_PORT),
                                ChartValues.portAt(chart.values(), "cleanupController.server.port", WEBHOOK_PORT))
                        .stream()
                        .distinct()
                        .toList());
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> admission = new LinkedHashMap<>();
        admission.put("replicas", replicas);
        if (replicas > 1) {
            admission.put("podDisruptionBudget", Map.of("enabled", true, "minAvailable", 1));
        }
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("key", "kubernetes.io/metadata.name");
        selector.put("operator", "NotIn");
        selector.put("values", ExcludedNamespaces.of(excludedNamespaces));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("excludeKyvernoNamespace", true);
        config.put("webhooks", Map.of("namespaceSelector", Map.of("matchExpressions", List.of(selector))));
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("admissionController", admission);
        own.put("config", config);
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("forceFailurePolicyIgnore", Map.of("enabled", failurePolicy == WebhookFailurePolicy.IGNORE));
        // Nodes have no namespace: without this none could join a cluster whose pods of Kyverno wait for one.
        features.put("excludeBootstrapResources", Map.of("enabled", true));
        own.put("features", features);
        // Webhooks that outlive their pods would refuse what a destroy still has to do.
        own.put("webhooksCleanup", Map.of("enabled", true));
        return own;
    }
}

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
import java.util.TreeMap;

/**
 * OPA Gatekeeper, which checks and changes Kubernetes objects by policies in Rego and CEL. It never sees the objects of {@code kube-system},
 * {@code kube-node-lease} and its own namespace, nor nodes, so that a cluster can start while it does not answer. Source: <a
 * href="https://open-policy-agent.github.io/gatekeeper/website/docs/install/">installation</a>.
 *
 * @param chart its chart
 * @param replicas the number of pods that answer admission requests
 * @param failurePolicy what happens to a request when Gatekeeper does not answer; default {@code ignore}. Its audit finds later what was
 *     admitted
 * @param excludedNamespaces more namespaces whose objects it never sees; default none. A controller that creates nodes belongs here when it is
 *     not in {@code kube-system}
 */
@RecordBuilder
@YamlForm(key = GatekeeperSpec.NAME)
@Example("{}")
public record GatekeeperSpec(
        @YamlInline ChartSettings chart,

        @Example("3") @Limit(min = 1) int replicas,

        @Example("fail") WebhookFailurePolicy failurePolicy,

        @Example("[karpenter]") @Limit(pattern = DnsName.LABEL_PATTERN, unique = true)
        List<String> excludedNamespaces)
        implements AddonSpec, GatekeeperSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "gatekeeper";

    private static final String REPOSITORY = "https://open-policy-agent.github.io/gatekeeper/charts";
    private static final String VERSION = "3.23.1";
    private static final String NAMESPACE = "gatekeeper-system";
    private static final int REPLICAS = 3;
    private static final int WEBHOOK_PORT = 8443;
    private static final List<String> RESERVED = List.of(
            "replicas",
            "validatingWebhookFailurePolicy",
            "mutatingWebhookFailurePolicy",
            "validatingWebhookCheckIgnoreFailurePolicy",
            "validatingWebhookMatchConditions",
            "mutatingWebhookMatchConditions",
            "validatingWebhookExemptNamespacesLabels",
            "mutatingWebhookExemptNamespacesLabels",
            "controllerManager.exemptNamespaces",
            "postInstall.labelNamespace.enabled",
            "postUpgrade.labelNamespace.enabled");

    /** Nodes join and get their certificates without a namespace that could be excluded. */
    private static final Map<String, Object> NOT_NODES = new TreeMap<>(Map.of(
            "name",
            "not-nodes",
            "expression",
            "!(request.resource.resource in ['nodes', 'certificatesigningrequests', 'csinodes'])"));

    /** Checks replicas, namespaces and overrides. */
    public GatekeeperSpec {
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
    public static GatekeeperSpec standard() {
        return new GatekeeperSpec(
                ChartSettings.of(VERSION, REPOSITORY), REPLICAS, WebhookFailurePolicy.IGNORE, List.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues())
                .withGuardsServices(failurePolicy == WebhookFailurePolicy.FAIL)
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withWebhookPorts(List.of(ChartValues.portAt(chart.values(), "controllerManager.port", WEBHOOK_PORT)));
    }

    private Map<String, Object> chartValues() {
        List<String> excluded = ExcludedNamespaces.of(excludedNamespaces);
        String policy = failurePolicy == WebhookFailurePolicy.FAIL ? "Fail" : "Ignore";
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("replicas", replicas);
        own.put("pdb", Map.of("controllerManager", Map.of("minAvailable", replicas > 1 ? 1 : 0)));
        for (String webhook : List.of("validatingWebhook", "mutatingWebhook")) {
            own.put(webhook + "FailurePolicy", policy);
            own.put(webhook + "MatchConditions", List.of(NOT_NODES));
            own.put(webhook + "ExemptNamespacesLabels", Map.of("kubernetes.io/metadata.name", excluded));
        }
        // With the chart's default no namespace could be created while Gatekeeper does not answer.
        own.put("validatingWebhookCheckIgnoreFailurePolicy", policy);
        // Namespaces that may have the label admission.gatekeeper.sh/ignore.
        own.put("controllerManager", Map.of("exemptNamespaces", excluded));
        // The namespace and its labels are Terraform's. Helm waits for the pods, so that the job that calls the webhook
        // with an image from elsewhere is not needed.
        own.put(
                "postInstall",
                Map.of("labelNamespace", Map.of("enabled", false), "probeWebhook", Map.of("enabled", false)));
        // Helm does not upgrade the CRDs of crds/.
        own.put("upgradeCRDs", Map.of("enabled", true));
        return own;
    }
}

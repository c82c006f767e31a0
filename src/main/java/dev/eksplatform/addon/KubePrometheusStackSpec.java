package dev.eksplatform.addon;

import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Prometheus with its operator, Alertmanager, Grafana, kube-state-metrics and the node exporter. Source: <a
 * href="https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack">kube-prometheus-stack</a>.
 *
 * @param chart its chart
 * @param replicas the number of replicas of Prometheus and of Alertmanager; default 1
 * @param retentionDays how long Prometheus keeps metrics, in days; default 10
 * @param storage volumes; default none: metrics, silences and dashboards are lost with their pods
 * @param grafanaAdminSecret a Secret in the namespace {@code monitoring} with the account of Grafana's administrator, in its keys {@code
 *     admin-user} and {@code admin-password}; default a password that the chart chooses at the first installation and keeps
 * @param crdUpgradeJob whether a Job of the chart upgrades the CRDs, which Helm does not, before each upgrade of the release, with
 *     images of kubectl and busybox; default false
 * @param amp Amazon Managed Service for Prometheus, which gets all metrics, too; default none
 * @param identity the AWS permissions of Prometheus, with {@code amp}
 */
@RecordBuilder
@YamlForm(key = KubePrometheusStackSpec.NAME)
@Example("{storage: {prometheus: 50Gi, storageClass: gp3}}")
public record KubePrometheusStackSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("15") @Limit(min = 1) int retentionDays,

        @Example("{prometheus: 50Gi, storageClass: gp3}") Optional<PrometheusStorage> storage,

        @Example("grafana-admin") @Limit(pattern = ChartChecks.OBJECT_NAME)
        Optional<String> grafanaAdminSecret,

        @Example("true") boolean crdUpgradeJob,

        @Example("{}") Optional<AmpSpec> amp,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, KubePrometheusStackSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "kube-prometheus-stack";

    private static final String REPOSITORY = "https://prometheus-community.github.io/helm-charts";
    private static final String VERSION = "92.1.0";

    private static final String BUSYBOX = "1.38.0";

    /** The namespace. */
    static final String NAMESPACE = "monitoring";

    /** The Service of Prometheus, whose port is 9090. */
    static final String PROMETHEUS = NAME + "-prometheus";

    private static final int WEBHOOK_PORT = 10250;

    /** On Fargate, whose kubelet has the other one. */
    private static final int FARGATE_PORT = 10260;

    /** The first version without a password of Grafana in its values. */
    private static final ChartVersion WITHOUT_PASSWORD = ChartVersion.parse("79.0.0");

    private static final List<String> RESERVED = List.of(
            "nameOverride",
            "fullnameOverride",
            "namespaceOverride",
            "prometheus.prometheusSpec.externalLabels.cluster");
    private static final List<String> OF_AMP = List.of(
            "prometheus.serviceAccount.create",
            "prometheus.serviceAccount.name",
            "prometheus.serviceAccount.annotations",
            "prometheus.prometheusSpec.remoteWrite");

    /** What EKS runs where Prometheus cannot reach it, or binds to the node's loopback address, and its alerts. */
    private static final Map<String, Object> UNREACHABLE = Map.of(
            "kubeControllerManager", Map.of("enabled", false),
            "kubeEtcd", Map.of("enabled", false),
            "kubeProxy", Map.of("enabled", false),
            "kubeScheduler", Map.of("enabled", false),
            "defaultRules",
                    Map.of(
                            "rules",
                            Map.of(
                                    "etcd", false,
                                    "kubeControllerManager", false,
                                    "kubeProxy", false,
                                    "kubeSchedulerAlerting", false,
                                    "kubeSchedulerRecording", false)));

    private static final Map<String, Object> LINUX = Map.of("nodeSelector", Map.of("kubernetes.io/os", "linux"));

    /** Checks numbers, versions and overrides. */
    public KubePrometheusStackSpec {
        Components.required("chart", chart, "identity", identity);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        if (retentionDays < 1) {
            problems.add("retentionDays", retentionDays + " days", "1 or more", "use 10");
        }
        grafanaAdminSecret.ifPresent(
                name -> ChartChecks.objectName("grafanaAdminSecret", name, "Secret", "grafana-admin", problems));
        boolean grafana = hasGrafana(chart.values());
        if (grafana && grafanaAdminSecret.isEmpty() && !chart.chartVersion().isAtLeast(WITHOUT_PASSWORD.major(), 0)) {
            problems.add(
                    "chartVersion",
                    "charts before " + WITHOUT_PASSWORD + " give Grafana the password prom-operator",
                    WITHOUT_PASSWORD + " or newer without grafanaAdminSecret",
                    "use " + VERSION + ", or add grafanaAdminSecret");
        }
        if (ChartValues.at(chart.values(), "grafana.adminPassword").isPresent()) {
            problems.add(
                    PropertyPath.of("values", "grafana", "adminPassword"),
                    "a password in the environment file",
                    "add grafanaAdminSecret, or sensitiveValues: {grafana.adminPassword: {secretsManager: NAME}}");
        }
        if (amp.isEmpty() && !identity.equals(ControllerIdentity.standard())) {
            problems.add(
                    PropertyPath.of("amp"),
                    "missing, but mode, roleName, policyName or policies are given: without it Prometheus calls no AWS API",
                    "add amp: {}, or remove them");
        }
        List<String> reserved = new ArrayList<>(RESERVED);
        amp.ifPresent(workspace -> reserved.addAll(OF_AMP));
        ChartValues.checkReserved(chart.options(), reserved, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static KubePrometheusStackSpec standard() {
        return new KubePrometheusStackSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                1,
                10,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return amp.isPresent() ? List.of(AmpSpec.ENDPOINT) : List.of();
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        int ownPort = context.onFargate().test(NAMESPACE) ? FARGATE_PORT : WEBHOOK_PORT;
        HelmAddon addon = HelmAddon.of(this, NAME, NAMESPACE, release -> values(context, release, ownPort))
                .withPodSecurity(Optional.of(PodSecurityLevel.PRIVILEGED))
                .withAfter(List.of(CertManagerSpec.NAME))
                .withWebhookPorts(
                        List.of(ChartValues.portAt(chart.values(), "prometheusOperator.tls.internalPort", ownPort)))
                .withOutputs(outputs(context));
        return amp.map(workspace -> addon.withControllers(List.of(identity.controller(
                                new ServiceAccountName(NAMESPACE, PROMETHEUS),
                                Map.of(),
                                () -> workspace.policy(context))))
                        .withResources(workspace.resources(context)))
                .orElse(addon);
    }

    private Map<String, Object> values(AddonContext context, HelmAddon.ReleaseContext release, int port) {
        return Json.merge(
                UNREACHABLE,
                Map.of(
                        "crds", Map.of("upgradeJob", crdUpgradeJobValues()),
                        "prometheusOperator", operator(release, port),
                        "prometheus", prometheus(context, release),
                        "alertmanager", alertmanager(),
                        "grafana", grafana(),
                        "kube-state-metrics", LINUX));
    }

    /** The tag of the image that only unpacks the CRDs; the chart's own is one that moves. */
    private Map<String, Object> crdUpgradeJobValues() {
        return crdUpgradeJob
                ? Map.of("enabled", true, "image", Map.of("busybox", Map.of("tag", BUSYBOX)))
                : Map.of("enabled", false);
    }

    /**
     * Its webhooks check rules and Alertmanager configurations. The chart's Jobs that create their certificate are hooks, which
     * Terraform does not see; with cert-manager there are none, and without it there are no webhooks.
     */
    private static Map<String, Object> operator(HelmAddon.ReleaseContext release, int port) {
        boolean certificates = release.addons().contains(CertManagerSpec.NAME);
        Map<String, Object> webhooks = certificates
                // Rules of the release are created before the operator can answer.
                ? Map.of(
                        "enabled",
                        true,
                        "failurePolicy",
                        "Ignore",
                        "patch",
                        Map.of("enabled", false),
                        "certManager",
                        Map.of("enabled", true))
                : Map.of("enabled", false, "patch", Map.of("enabled", false));
        return Json.merge(
                LINUX,
                Map.of("admissionWebhooks", webhooks, "tls", Map.of("enabled", certificates, "internalPort", port)));
    }

    private Map<String, Object> prometheus(AddonContext context, HelmAddon.ReleaseContext release) {
        Map<String, Object> spec = new TreeMap<>(LINUX);
        spec.put("replicas", replicas);
        spec.put("retention", retentionDays + "d");
        // Monitors and rules of other charts are found without the label of this release.
        for (String selector : List.of("serviceMonitor", "podMonitor", "probe", "rule", "scrapeConfig")) {
            spec.put(selector + "SelectorNilUsesHelmValues", false);
        }
        spec.put("externalLabels", Map.of("cluster", release.clusterName()));
        storage.ifPresent(volumes -> {
            spec.put("storageSpec", volumes.claim(volumes.prometheus()));
            spec.put("retentionSize", volumes.retentionSize());
        });
        Map<String, Object> values = new TreeMap<>();
        amp.ifPresent(workspace -> {
            spec.put(
                    "remoteWrite",
                    List.of(Map.of(
                            "url",
                            workspace.url(context, release.prometheusWorkspaceId()),
                            "sigv4",
                            signature(workspace, context))));
            if (replicas > 1) {
                // By it AMP stores the samples of one replica.
                spec.put("replicaExternalLabelName", "__replica__");
            }
            values.put("serviceAccount", Map.of("create", false, "name", PROMETHEUS));
        });
        values.put("prometheusSpec", spec);
        if (replicas > 1) {
            values.put("podDisruptionBudget", Map.of("enabled", true));
        }
        return values;
    }

    private static Map<String, Object> signature(AmpSpec workspace, AddonContext context) {
        Map<String, Object> signature = new TreeMap<>(Map.of("region", workspace.signingRegion(context)));
        workspace.roleArn().ifPresent(arn -> signature.put("roleArn", arn));
        return signature;
    }

    private Map<String, Object> alertmanager() {
        Map<String, Object> spec = new TreeMap<>(LINUX);
        spec.put("replicas", replicas);
        storage.ifPresent(volumes -> spec.put("storage", volumes.claim(volumes.alertmanager())));
        Map<String, Object> values = new TreeMap<>(Map.of("alertmanagerSpec", spec));
        if (replicas > 1) {
            values.put("podDisruptionBudget", Map.of("enabled", true));
        }
        return values;
    }

    private Map<String, Object> grafana() {
        Map<String, Object> values = new TreeMap<>(LINUX);
        grafanaAdminSecret.ifPresent(secret -> values.put("admin", Map.of("existingSecret", secret)));
        storage.ifPresent(volumes -> {
            Map<String, Object> persistence = new TreeMap<>(Map.of("enabled", true, "size", volumes.grafana()));
            volumes.storageClass().ifPresent(name -> persistence.put("storageClassName", name));
            values.put("persistence", persistence);
            // A second pod could not attach the volume.
            values.put("deploymentStrategy", Map.of("type", "Recreate"));
        });
        return values;
    }

    private static boolean hasGrafana(Map<String, Object> values) {
        return !ChartValues.at(values, "grafana.enabled").equals(Optional.of(false));
    }

    private Map<String, HelmAddon.Output> outputs(AddonContext context) {
        Map<String, HelmAddon.Output> outputs = new TreeMap<>();
        if (hasGrafana(chart.values())) {
            outputs.put(
                    "grafana_command", HelmAddon.Output.portForward("Grafana", NAMESPACE, NAME + "-grafana", 3000, 80));
            outputs.put(
                    "grafana_password_command",
                    new HelmAddon.Output(
                            "Command that shows the password of Grafana's administrator",
                            "kubectl --namespace " + NAMESPACE + " get secret "
                                    + grafanaAdminSecret.orElse(NAME + "-grafana")
                                    + " --output jsonpath='{.data.admin-password}' | base64 --decode"));
        }
        outputs.put(
                "prometheus_command", HelmAddon.Output.portForward("Prometheus", NAMESPACE, PROMETHEUS, 9090, 9090));
        amp.ifPresent(workspace -> outputs.putAll(workspace.outputs(context)));
        return outputs;
    }
}

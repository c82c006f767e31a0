package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.FreeYaml;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The service mesh Istio: its CRDs (release {@code istio-base}), its control plane ({@code istio}), its CNI plugin ({@code istio-cni}), which
 * saves pods the privileges to redirect their traffic, and in ambient mode its proxy on each node ({@code istio-ztunnel}). All have one
 * version, and an upgrade changes them in this order. Gateways come with the applications. Sources: <a
 * href="https://istio.io/latest/docs/ambient/install/helm/">installing with Helm in ambient mode</a>, <a
 * href="https://istio.io/latest/docs/setup/install/helm/">in sidecar mode</a>, <a
 * href="https://istio.io/latest/docs/setup/additional-setup/cni/">CNI</a>.
 *
 * @param chart the charts; {@code values} and {@code sensitiveValues} are those of {@code istiod}
 * @param mode {@code ambient} with a proxy on each node, or {@code sidecar} with a proxy in each pod; default {@code ambient}
 * @param replicas the smallest number of replicas of the control plane; default 2. With two or more, it has a PodDisruptionBudget
 * @param cni whether the CNI plugin is installed; default true. Ambient mode needs it, and without it pods with a sidecar need the
 *     capabilities NET_ADMIN and NET_RAW, which the Pod Security Standards forbid
 * @param revision the revision of the control plane, by which namespaces choose one of several; default none, for the only one
 * @param cniValues values of the chart {@code cni}; default none
 * @param ztunnelValues values of the chart {@code ztunnel}; default none
 */
@RecordBuilder
@YamlForm(key = IstioSpec.NAME)
@Example("{}")
public record IstioSpec(
        @YamlInline ChartSettings chart,

        @Example("sidecar") Mode mode,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("true") boolean cni,

        @Example("stable") @Limit(pattern = DnsName.LABEL_PATTERN)
        Optional<String> revision,

        @FreeYaml(FreeYaml.Reading.AS_HELM) @Example("{logLevel: info}")
        Map<String, Object> cniValues,

        @FreeYaml(FreeYaml.Reading.AS_HELM) @Example("{logLevel: info}")
        Map<String, Object> ztunnelValues)
        implements AddonSpec, IstioSpecBuilder.With {

    /** The release of the control plane. */
    public static final String NAME = "istio";

    private static final String CHART = "istiod";
    private static final String REPOSITORY = "https://istio-release.storage.googleapis.com/charts";
    private static final String VERSION = "1.32.0";
    private static final String NAMESPACE = "istio-system";
    private static final String BASE = NAME + "-base";
    private static final String CNI = NAME + "-cni";
    private static final String ZTUNNEL = NAME + "-ztunnel";

    /** The CNI plugin is a part of each node, as that of the VPC. */
    private static final String CNI_NAMESPACE = "kube-system";

    /** The chart's own maximum. */
    private static final int MOST_REPLICAS = 5;

    /** Where the API server reaches the webhooks that inject sidecars and validate configuration. */
    private static final int WEBHOOK_PORT = 15017;

    private static final List<String> RESERVED =
            List.of("profile", "revision", "cni.enabled", "pilot.cni.enabled", "global.istioNamespace");
    private static final List<String> RESERVED_OF_NODES =
            List.of("profile", "revision", "istioNamespace", "global.istioNamespace");

    /** Where the proxies are. */
    public enum Mode {
        /** On each node, and for rules of HTTP in a pod for each namespace or service. */
        AMBIENT,
        /** In each pod. */
        SIDECAR
    }

    /** Checks replicas, plugin and overrides. */
    public IstioSpec {
        Components.required("chart", chart, "mode", mode);
        cniValues = Components.map("cniValues", cniValues);
        ztunnelValues = Components.map("ztunnelValues", ztunnelValues);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        if (!cni && mode == Mode.AMBIENT) {
            problems.add(
                    PropertyPath.of("cni"),
                    "false in ambient mode, in which the CNI plugin redirects the traffic of pods",
                    "remove it, or set mode: sidecar");
        }
        if (!cni && !cniValues.isEmpty()) {
            problems.add(PropertyPath.of("cniValues"), "not used with cni: false", "remove it");
        }
        if (mode == Mode.SIDECAR && !ztunnelValues.isEmpty()) {
            problems.add(
                    PropertyPath.of("ztunnelValues"),
                    "not used in sidecar mode, which has no ztunnel",
                    "remove it, or set mode: ambient");
        }
        revision.filter(name -> !DnsName.isLabel(name))
                .ifPresent(name -> problems.add(
                        "revision", "\"" + name + "\" is not a name", DnsName.ALLOWED_LABEL, "write it like stable"));
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        ChartValues.checkReserved("cniValues", cniValues, RESERVED_OF_NODES, problems);
        ChartValues.checkReserved("ztunnelValues", ztunnelValues, RESERVED_OF_NODES, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static IstioSpec standard() {
        return new IstioSpec(
                ChartSettings.of(VERSION, REPOSITORY), Mode.AMBIENT, 2, true, Optional.empty(), Map.of(), Map.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, CHART, NAMESPACE, release -> controlPlane())
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withNeeds(List.of(BASE))
                .withWebhookPorts(List.of(WEBHOOK_PORT));
    }

    @Override
    public List<HelmAddon> releases(AddonContext context) {
        List<HelmAddon> all = new ArrayList<>();
        all.add(part(BASE, "base", NAMESPACE, Map.of("defaultRevision", revision.orElse("default")), Map.of())
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED)));
        all.add(resolve(context));
        if (cni) {
            all.add(part(CNI, "cni", CNI_NAMESPACE, ofNodes(true), cniValues).withNeeds(List.of(NAME)));
        }
        if (mode == Mode.AMBIENT) {
            all.add(part(ZTUNNEL, "ztunnel", NAMESPACE, ofNodes(false), ztunnelValues)
                    .withPodSecurity(Optional.of(PodSecurityLevel.PRIVILEGED))
                    .withNeeds(List.of(NAME, CNI)));
        }
        return List.copyOf(all);
    }

    /** A release beside that of the control plane. */
    private HelmAddon part(
            String release, String name, String namespace, Map<String, Object> own, Map<String, Object> values) {
        return HelmAddon.of(
                        PropertyPath.of(NAME),
                        release,
                        chart.repository(),
                        name,
                        chart.chartVersion(),
                        namespace,
                        context -> Json.merge(own, values))
                .withOptions(chart.options()
                        .withValueFiles(List.of())
                        .withValues(values)
                        .withSensitiveValues(Map.of()));
    }

    private Map<String, Object> controlPlane() {
        Map<String, Object> own = new LinkedHashMap<>();
        if (mode == Mode.AMBIENT) {
            own.put("profile", "ambient");
        }
        revision.ifPresent(name -> own.put("revision", name));
        own.put("autoscaleMin", replicas);
        own.put("autoscaleMax", Math.max(replicas, MOST_REPLICAS));
        own.put("seccompProfile", Map.of("type", "RuntimeDefault"));
        own.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        own.put("cni", Map.of("enabled", cni));
        return own;
    }

    private Map<String, Object> ofNodes(boolean plugin) {
        Map<String, Object> own = new LinkedHashMap<>();
        if (plugin && mode == Mode.AMBIENT) {
            own.put("profile", "ambient");
        }
        revision.ifPresent(name -> own.put("revision", name));
        if (!plugin) {
            own.put("istioNamespace", NAMESPACE);
        }
        return own;
    }
}

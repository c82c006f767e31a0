package dev.eksplatform.addon;

import dev.eksplatform.internal.json.Json;
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
 * Kubecost, which shows what workloads cost and keeps the history on volumes, with the images that are free of charge on EKS. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/cost-monitoring-kubecost-bundles.html">Kubecost on EKS</a>.
 *
 * @param chart its chart
 * @param storageClass the StorageClass of its volumes, on block storage; default the default StorageClass of the cluster, which EKS does
 *     not have by itself
 * @param networkCosts whether it measures traffic, by privileged pods on each node; default false
 * @param clusterController whether it may change workloads and scale nodes down; default false
 */
@RecordBuilder
@YamlForm(key = KubecostSpec.NAME)
@Example("{storageClass: gp3}")
public record KubecostSpec(
        @YamlInline ChartSettings chart,

        @Example("gp3") @Limit(pattern = ChartChecks.OBJECT_NAME)
        Optional<String> storageClass,

        @Example("true") boolean networkCosts,

        @Example("true") boolean clusterController)
        implements AddonSpec, KubecostSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "kubecost";

    private static final String REPOSITORY = "https://kubecost.github.io/kubecost";
    private static final String VERSION = "3.2.1";
    private static final List<String> RESERVED = List.of("fullnameOverride", "global.clusterId");

    /**
     * Source: {@code values-eks-cost-monitoring.yaml} of the chart.
     */
    private static final Map<String, String> IMAGES = Map.of(
            "frontend", "kubecost/frontend",
            "aggregator", "kubecost/cost-model",
            "forecasting", "kubecost/modeling",
            "networkCosts", "kubecost/network-costs",
            "clusterController", "kubecost/cluster-controller",
            "finopsagent", "kubecost/agent");

    private static final List<String> PARTS = List.of(
            "frontend",
            "aggregator",
            "forecasting",
            "networkCosts",
            "clusterController",
            "finopsagent",
            "localStore",
            "cloudCost");

    private static final String REGISTRY = "public.ecr.aws";

    /** Checks names and overrides. */
    public KubecostSpec {
        Components.required("chart", chart);
        Problems problems = new Problems();
        storageClass.ifPresent(name -> ChartChecks.objectName("storageClass", name, "StorageClass", "gp3", problems));
        if (chart.chartVersion().major() < 3) {
            problems.add(
                    "chartVersion",
                    "there is no chart " + NAME + " " + chart.chartVersion(),
                    "3.0.0 or newer: charts before are named cost-analyzer and have other values",
                    "use " + VERSION + ", or add cost-analyzer to addons.helm");
        }
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static KubecostSpec standard() {
        return new KubecostSpec(ChartSettings.of(VERSION, REPOSITORY), Optional.empty(), false, false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, NAME, release -> chartValues(release.clusterName()))
                .withPodSecurity(Optional.of(networkCosts ? PodSecurityLevel.PRIVILEGED : PodSecurityLevel.BASELINE))
                .withOutputs(Map.of(
                        "kubecost_command",
                        HelmAddon.Output.portForward("Kubecost", NAME, NAME + "-frontend", 9092, 9090)));
    }

    private Map<String, Object> chartValues(String clusterName) {
        Map<String, Object> own = new LinkedHashMap<>();
        Map<String, Object> global = new LinkedHashMap<>();
        global.put("clusterId", clusterName);
        global.put("imageRegistry", REGISTRY);
        storageClass.ifPresent(name -> global.put("defaultStorageClass", name));
        own.put("global", global);
        for (String part : PARTS) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
            Optional.ofNullable(IMAGES.get(part))
                    .ifPresent(repository -> values.put("image", Map.of("repository", repository)));
            own.put(part, values);
        }
        Map<String, Object> enabled = Map.of(
                "networkCosts", Map.of("enabled", networkCosts),
                "clusterController", Map.of("enabled", clusterController));
        return Json.merge(own, enabled);
    }
}

package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Cluster Proportional Autoscaler, which sets the number of replicas of workloads by the number of nodes and cores in the cluster.
 * Sources: <a href="https://github.com/kubernetes-sigs/cluster-proportional-autoscaler">the project</a>, <a
 * href="https://kubernetes.io/docs/tasks/administer-cluster/dns-horizontal-autoscaling/">its numbers for DNS</a>, which are the defaults.
 *
 * @param chart its chart. A {@code config.ladder} in its {@code values} replaces {@code nodesPerReplica}, {@code coresPerReplica},
 *     {@code min} and {@code max}
 * @param targets the workloads, all in one namespace; default [deployment/coredns]
 * @param namespace their namespace; default kube-system
 * @param nodesPerReplica for how many nodes there is one replica; default 16
 * @param coresPerReplica for how many cores there is one replica, where that is more replicas; default 256
 * @param min the least number of replicas; default 2
 * @param max the greatest number of replicas; default any number
 */
@RecordBuilder
@YamlForm(key = ClusterProportionalAutoscalerSpec.NAME)
@Example("{targets: [deployment/router], namespace: shop, nodesPerReplica: 8}")
public record ClusterProportionalAutoscalerSpec(
        @YamlInline ChartSettings chart,

        @Example("[deployment/router]")
        @Limit(pattern = ClusterProportionalAutoscalerSpec.TARGET, minItems = 1, unique = true)
        List<String> targets,

        @Example("shop") @Limit(pattern = DnsName.LABEL_PATTERN)
        String namespace,

        @Example("8") @Limit(min = 1) int nodesPerReplica,

        @Example("64") @Limit(min = 1) int coresPerReplica,

        @Example("2") @Limit(min = 1) int min,

        @Example("20") @Limit(min = 1) Optional<Integer> max)
        implements AddonSpec, ClusterProportionalAutoscalerSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "cluster-proportional-autoscaler";

    private static final String REPOSITORY = "https://kubernetes-sigs.github.io/cluster-proportional-autoscaler";
    private static final String VERSION = "1.1.0";

    private static final String TARGET =
            "^([Dd]eployment|[Rr]eplica[Ss]et|[Rr]eplication[Cc]ontroller)/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";
    private static final Pattern TARGET_FORM = Pattern.compile(TARGET);
    private static final List<String> RESERVED = List.of("options.target", "options.namespace", "config.linear");
    private static final String LADDER = "config.ladder";

    /** Checks targets, numbers and overrides. */
    public ClusterProportionalAutoscalerSpec {
        Components.required("chart", chart, "namespace", namespace);
        targets = Components.list("targets", targets);
        Problems problems = new Problems();
        if (targets.isEmpty()) {
            problems.add("targets", "no workload", "one or more", "write it like [deployment/router]");
        }
        for (int i = 0; i < targets.size(); i++) {
            problems.match(
                    PropertyPath.of("targets").index(i),
                    targets.get(i),
                    TARGET_FORM,
                    "a workload",
                    "deployment/, replicaset/ or replicationcontroller/ with a name",
                    "write it like deployment/router");
        }
        problems.once(PropertyPath.of("targets"), targets, "workload");
        DnsName.checkNamespace(PropertyPath.of("namespace"), namespace, problems);
        positive("nodesPerReplica", nodesPerReplica, problems);
        positive("coresPerReplica", coresPerReplica, problems);
        positive("min", min, problems);
        int least = min;
        max.filter(most -> most < least)
                .ifPresent(most -> problems.add(
                        "max",
                        most + " replicas, fewer than min, which is " + least,
                        least + " or more",
                        "increase it"));
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    private static void positive(String key, int number, Problems problems) {
        if (number < 1) {
            problems.add(key, Integer.toString(number), "1 or more", "use 1, or remove it");
        }
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ClusterProportionalAutoscalerSpec standard() {
        return new ClusterProportionalAutoscalerSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                List.of("deployment/coredns"),
                "kube-system",
                16,
                256,
                2,
                Optional.empty());
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Whether it sets the replicas of a Deployment.
     *
     * @param ofNamespace the namespace of the Deployment
     * @param deployment its name
     * @return true when it is one of the targets
     */
    public boolean scales(String ofNamespace, String deployment) {
        return namespace.equals(ofNamespace)
                && targets.stream()
                        .map(target -> target.toLowerCase(Locale.ROOT))
                        .anyMatch(("deployment/" + deployment)::equals);
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        return HelmAddon.of(this, NAME, namespace, release -> chartValues());
    }

    private Map<String, Object> chartValues() {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("options", Map.of("target", String.join(",", targets)));
        if (ChartValues.at(chart.values(), LADDER).isEmpty()) {
            Map<String, Object> linear = new LinkedHashMap<>();
            linear.put("coresPerReplica", coresPerReplica);
            linear.put("nodesPerReplica", nodesPerReplica);
            linear.put("min", min);
            max.ifPresent(most -> linear.put("max", most));
            own.put("config", Map.of("linear", linear));
        }
        own.put("podSecurityContext", ChartValues.NOT_ROOT);
        own.put("securityContext", ChartValues.NO_PRIVILEGES);
        own.put("nodeSelector", ChartValues.ON_LINUX);
        return own;
    }
}

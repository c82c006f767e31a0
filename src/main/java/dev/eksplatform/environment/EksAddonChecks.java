package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.addon.KarpenterSpec;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.internal.release.EksAddonFacts;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** How EKS add-ons go together with each other, with Helm releases and with the nodes of an environment; where pods of releases run. */
final class EksAddonChecks {

    private static final String FARGATE = "fargate";

    private final EnvironmentSpec spec;
    private final ClusterSpec cluster;
    private final NodeTaints taints;

    private EksAddonChecks(EnvironmentSpec spec, ClusterSpec cluster) {
        this.spec = spec;
        this.cluster = cluster;
        taints = NodeTaints.of(spec);
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        spec.cluster().created().ifPresent(cluster -> {
            EksAddonChecks checks = new EksAddonChecks(spec, cluster);
            cluster.addons().forEach((name, addon) -> {
                checks.needs(name, problems);
                checks.duplicates(name, problems);
                checks.compute(name, problems);
                checks.keys(name, addon, problems);
            });
        });
    }

    /** What is likely not meant. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        return spec.cluster()
                .created()
                .map(cluster -> new EksAddonChecks(spec, cluster).warnings())
                .orElse(List.of());
    }

    private List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>();
        cluster.addons().keySet().stream()
                .filter(name -> !name.isKnown() && !name.isOfMarketplace())
                .forEach(name -> warnings.add(new Problem(
                        Place.of(property(name)),
                        name + " is not an EKS add-on that this release knows",
                        "check it with `aws eks describe-addon-versions --addon-name " + name + "`")));
        Map<EksAddonName, EksAddonSpec> all = new LinkedHashMap<>();
        all.put(EksAddonName.COREDNS, EksAddonSpec.standard());
        all.putAll(cluster.addons());
        all.forEach((name, addon) -> name.facts()
                .filter(EksAddonFacts::hasDeployment)
                .filter(facts -> !hasPlace(facts, addon))
                .ifPresent(facts -> warnings.add(new Problem(
                        Place.of(cluster.addons().containsKey(name) ? property(name) : PropertyPath.of("nodeGroups")),
                        "no node takes the pods of " + name + ": " + taints.text(),
                        "add a node group without such taints, or tolerations to the configuration of " + name))));
        return warnings;
    }

    /** Charts whose pods no node takes: the apply waits for them until it fails. Karpenter has checks of its own. */
    static List<Problem> warnings(EnvironmentSpec spec, List<HelmAddon> charts, HelmAddon.ReleaseContext context) {
        return spec.cluster()
                .created()
                .map(cluster -> new EksAddonChecks(spec, cluster).ofCharts(charts, context))
                .orElse(List.of());
    }

    private List<Problem> ofCharts(List<HelmAddon> charts, HelmAddon.ReleaseContext context) {
        boolean karpenter = spec.addons().named().containsKey(KarpenterSpec.NAME);
        return charts.stream()
                .filter(chart -> !chart.property().equals(PropertyPath.of(KarpenterSpec.NAME)))
                .filter(chart -> !chart.runsDaemonSetsOnly()
                        && !isOnFargate(chart.namespace())
                        && !hasNode(chart::tolerates, chart.values().apply(context)))
                .map(chart -> new Problem(
                        Place.of(PropertyPath.of("addons").plus(chart.property())),
                        "no node takes the pods of " + chart.name() + ": " + taints.text()
                                + (karpenter ? ", and the node pools of Karpenter come after all charts" : ""),
                        "add a node group without such taints, or tolerations to its values"))
                .toList();
    }

    private static PropertyPath property(EksAddonName name) {
        return PropertyPath.of("cluster", "addons", name.id());
    }

    private void needs(EksAddonName name, Problems problems) {
        name.facts().stream()
                .flatMap(facts -> facts.needs().stream())
                .map(EksAddonName::new)
                .filter(needed -> !needed.equals(EksAddonName.EKS_POD_IDENTITY_AGENT)
                        && !cluster.addons().containsKey(needed))
                .forEach(needed -> problems.add(
                        property(name),
                        name + " does not work without " + needed
                                + (spec.addons().named().containsKey(needed.id())
                                        ? ", which addons installs after it"
                                        : ""),
                        "add " + needed + ": {} to cluster.addons"
                                + (spec.addons().named().containsKey(needed.id())
                                        ? ", and remove it from addons"
                                        : "")));
    }

    private void duplicates(EksAddonName name, Problems problems) {
        boolean named = spec.addons().named().containsKey(name.id());
        if (named || spec.addons().helm().containsKey(name.id())) {
            problems.add(
                    property(name),
                    name + " is installed by " + (named ? "addons." : "addons.helm.") + name + ", too",
                    "remove one of them");
        }
    }

    /** Add-ons that only run on nodes need a node group; those that every node has are of no use without one. */
    private void compute(EksAddonName name, Problems problems) {
        boolean onlyFargate = spec.nodeGroups().isEmpty() && !spec.fargate().isEmpty() && !AutoModeChecks.isOn(spec);
        name.facts()
                .filter(facts -> onlyFargate
                        && !facts.beforeCompute()
                        && !facts.compute().isEmpty()
                        && !facts.compute().contains(FARGATE))
                .ifPresent(facts -> problems.add(
                        property(name),
                        name + " does not run on Fargate, and the environment has no node group",
                        "add a node group, or remove it"));
    }

    /** Volumes and buckets use keys of their own region. */
    private void keys(EksAddonName name, EksAddonSpec addon, Problems problems) {
        for (int i = 0; i < addon.kmsKeys().size(); i++) {
            String[] field = addon.kmsKeys().get(i).split(":", 6);
            if (field.length == 6 && !field[3].equals(spec.region())) {
                problems.add(
                        property(name).key("kmsKeys").index(i),
                        "a key of " + field[3] + " in an environment of " + spec.region(),
                        "use a key of " + spec.region());
            }
        }
    }

    private boolean hasPlace(EksAddonFacts facts, EksAddonSpec addon) {
        boolean fargate = facts.compute().contains(FARGATE)
                && isOnFargate(addon.namespace().orElseGet(facts::namespace));
        return fargate || hasNode(facts.tolerates()::contains, addon.configuration());
    }

    private boolean isOnFargate(String namespace) {
        return spec.fargate().values().stream()
                .flatMap(profile -> profile.selectors().stream())
                .anyMatch(selector -> selector.isFor(namespace));
    }

    private boolean hasNode(Predicate<String> tolerated, Map<String, Object> configuration) {
        return AutoModeChecks.isOn(spec)
                || taints.groups().isEmpty()
                || !taints.open(tolerated, configuration).isEmpty();
    }
}

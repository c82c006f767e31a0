package dev.eksplatform.environment;

import dev.eksplatform.addon.AddonSpec;
import dev.eksplatform.addon.ClusterAutoscalerSpec;
import dev.eksplatform.addon.ClusterProportionalAutoscalerSpec;
import dev.eksplatform.addon.ExternalSecretsSpec;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.addon.MetricsServerSpec;
import dev.eksplatform.addon.VerticalPodAutoscalerSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Add-ons that fight each other, and those that cannot work in their environment. */
final class AddonConflicts {

    private static final PropertyPath KARPENTER = PropertyPath.of("addons", "karpenter");

    /** What a cluster has once, by the name of a chart or an EKS add-on that brings it. */
    private static final Map<String, String> ONLY_ONE = Map.of(
            "cert-manager", "the kinds of cert-manager.io",
            "metrics-server", "the API metrics.k8s.io",
            "secrets-store-csi-driver", "the CSI driver secrets-store.csi.k8s.io",
            "secrets-store-csi-driver-provider-aws", "the CSI driver secrets-store.csi.k8s.io",
            "aws-secrets-store-csi-driver-provider", "the CSI driver secrets-store.csi.k8s.io",
            "vertical-pod-autoscaler", "VerticalPodAutoscaler",
            "vpa", "VerticalPodAutoscaler",
            "keda", "the API external.metrics.k8s.io");

    private final EnvironmentSpec spec;
    private final Problems problems;

    private AddonConflicts(EnvironmentSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    static void check(EnvironmentSpec spec, Problems problems) {
        AddonConflicts conflicts = new AddonConflicts(spec, problems);
        conflicts.onlyOne();
        conflicts.autoscalers();
        conflicts.onlyNodes();
        conflicts.dns();
        conflicts.stores();
    }

    /** What is likely not meant. */
    static List<Problem> warnings(EnvironmentSpec spec) {
        boolean withoutMetrics = spec.addons().named().containsKey(VerticalPodAutoscalerSpec.NAME)
                && spec.cluster().created().isPresent()
                && places(spec, MetricsServerSpec.NAME).isEmpty();
        return withoutMetrics
                ? List.of(new Problem(
                        Place.of(PropertyPath.of("addons", VerticalPodAutoscalerSpec.NAME)),
                        "it reads from metrics-server, which is not in this environment",
                        "add metrics-server: {} to addons"))
                : List.of();
    }

    /** Where something is installed, by the name of its chart or EKS add-on. */
    private static List<PropertyPath> places(EnvironmentSpec spec, String name) {
        List<PropertyPath> places = new ArrayList<>();
        all(spec).forEach((place, software) -> {
            if (software.equals(name)) {
                places.add(place);
            }
        });
        return places;
    }

    /** The names of EKS add-ons and charts, by their properties. */
    private static Map<PropertyPath, String> all(EnvironmentSpec spec) {
        Map<PropertyPath, String> all = new LinkedHashMap<>();
        spec.cluster().addons().keySet().stream()
                .map(EksAddonName::id)
                .forEach(id -> all.put(PropertyPath.of("cluster", "addons", id), id));
        spec.addons().named().keySet().forEach(name -> all.put(PropertyPath.of("addons", name), name));
        spec.addons()
                .helm()
                .forEach((release, chart) -> all.put(PropertyPath.of("addons", "helm", release), chartName(chart)));
        return all;
    }

    private static String chartName(HelmReleaseSpec release) {
        return release.chart().substring(release.chart().lastIndexOf('/') + 1);
    }

    private void onlyOne() {
        Map<String, PropertyPath> first = new LinkedHashMap<>();
        all(spec).forEach((place, software) -> Optional.ofNullable(ONLY_ONE.get(software))
                .ifPresent(what -> {
                    PropertyPath other = first.putIfAbsent(what, place);
                    if (other != null && !haveTheSameName(other, place, software)) {
                        problems.add(
                                place, "a second one: " + other + " brings " + what + ", too", "remove one of them");
                    }
                }));
    }

    /** Whether they are an EKS add-on and a release of its name, which {@link EksAddonChecks} reports. */
    private static boolean haveTheSameName(PropertyPath addon, PropertyPath release, String software) {
        return addon.equals(PropertyPath.of("cluster", "addons", software))
                && List.of(PropertyPath.of("addons", software), PropertyPath.of("addons", "helm", software))
                        .contains(release);
    }

    /** Each of them adds nodes for the same pods, and removes what another has added. {@code KarpenterChecks} has the add-on Karpenter. */
    private void autoscalers() {
        for (PropertyPath autoscaler : places(spec, ClusterAutoscalerSpec.NAME)) {
            places(spec, "karpenter").stream()
                    .filter(karpenter -> !karpenter.equals(KARPENTER))
                    .forEach(karpenter -> problems.add(
                            autoscaler,
                            "a second autoscaler of nodes: " + karpenter + " adds nodes for the same pods",
                            "remove one of them"));
            if (AutoModeChecks.isOn(spec)) {
                problems.add(
                        autoscaler,
                        "a second autoscaler of nodes: EKS Auto Mode adds nodes for the same pods",
                        "remove it, and move workloads to node pools");
            } else if (spec.cluster().created().isPresent() && spec.nodeGroups().isEmpty()) {
                problems.add(
                        autoscaler,
                        "no node group whose size it could set",
                        "add nodeGroups: {general: {instanceTypes: [m7g.large]}}, or remove it");
            }
        }
    }

    private void onlyNodes() {
        boolean onlyFargate = spec.nodeGroups().isEmpty()
                && !spec.fargate().isEmpty()
                && spec.cluster().created().isPresent()
                && !AutoModeChecks.isOn(spec);
        spec.addons().named().values().stream()
                .filter(addon -> onlyFargate && addon.needsNodes())
                .map(AddonSpec::name)
                .forEach(name -> problems.add(
                        PropertyPath.of("addons", name),
                        name + " does not run on Fargate, and the environment has no node group",
                        "add a node group, or remove it"));
    }

    /** The replicas of CoreDNS, which is an EKS add-on and has an autoscaler of its own. */
    private void dns() {
        if (!(spec.addons().named().get(ClusterProportionalAutoscalerSpec.NAME)
                        instanceof ClusterProportionalAutoscalerSpec autoscaler)
                || !autoscaler.scales("kube-system", EksAddonName.COREDNS.id())) {
            return;
        }
        PropertyPath place = PropertyPath.of("addons", ClusterProportionalAutoscalerSpec.NAME);
        Optional<EksAddonSpec> coreDns =
                Optional.ofNullable(spec.cluster().addons().get(EksAddonName.COREDNS));
        if (coreDns.map(addon -> addon.configuration().get("autoScaling")).orElse(Map.of()) instanceof Map<?, ?> own
                && Boolean.TRUE.equals(own.get("enabled"))) {
            problems.add(
                    place,
                    "a second autoscaler of coredns: cluster.addons.coredns has autoScaling",
                    "remove one of them");
        }
        if (AutoModeChecks.isOn(spec) && spec.nodeGroups().isEmpty() && coreDns.isEmpty()) {
            problems.add(
                    place,
                    "no Deployment coredns: the nodes of EKS Auto Mode run it themselves",
                    "set other targets, or remove it");
        }
    }

    private void stores() {
        if (spec.addons().named().get(ExternalSecretsSpec.NAME) instanceof ExternalSecretsSpec secrets
                && !spec.identities().containsKey(ExternalSecretsSpec.ACCOUNT)) {
            secrets.storesWithoutPermission()
                    .forEach(store -> problems.add(
                            PropertyPath.of("addons", ExternalSecretsSpec.NAME, "stores", store),
                            "the operator may read nothing there",
                            "add secrets or parameters that it may read, or a role to the store"));
        }
    }
}

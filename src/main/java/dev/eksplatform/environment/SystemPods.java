package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;

/**
 * Whether the pods of CoreDNS and of charts have a Fargate profile to run on where there are no nodes: without one, the apply
 * waits until it fails. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html#fargate-considerations">Fargate considerations</a>.
 *
 * @param spec the environment
 * @param cluster the cluster that it creates
 * @param warnings collects what was found
 */
record SystemPods(EnvironmentSpec spec, ClusterSpec cluster, Problems warnings) {

    static void check(EnvironmentSpec spec, List<HelmAddon> addons, Problems warnings) {
        spec.cluster().created().ifPresent(cluster -> {
            if (spec.nodeGroups().isEmpty() && !spec.fargate().isEmpty() && !AutoModeChecks.isOn(spec)) {
                new SystemPods(spec, cluster, warnings).onFargateOnly(addons);
            }
        });
    }

    private void onFargateOnly(List<HelmAddon> addons) {
        if (spec.fargate().values().stream().noneMatch(FargateProfileSpec::takesDns)) {
            warnings.add(
                    PropertyPath.of("fargate"),
                    "no node group, and no Fargate profile that takes the pods of CoreDNS: they run nowhere unless"
                            + " something else adds nodes",
                    "add the selector {namespace: kube-system, labels: {k8s-app: kube-dns}} to a profile");
        }
        if (cluster.addons().containsKey(EksAddonName.EKS_POD_IDENTITY_AGENT)) {
            warnings.add(
                    PropertyPath.of("cluster", "addons", EksAddonName.EKS_POD_IDENTITY_AGENT.id()),
                    "no node group, and the agent runs on nodes, and pods on Fargate cannot use it",
                    "add a node group, or remove it");
        }
        for (HelmAddon addon : addons) {
            if (addon.runsDaemonSetsOnly()) {
                warnings.add(
                        PropertyPath.of("addons").plus(addon.property()),
                        "no node group, and all pods of " + addon.name()
                                + " are those of DaemonSets, of which Fargate runs" + " none",
                        "add a node group, or remove it");
                continue;
            }
            boolean taken = spec.fargate().values().stream()
                    .flatMap(profile -> profile.selectors().stream())
                    .anyMatch(selector -> selector.isFor(addon.namespace()));
            if (!taken) {
                warnings.add(
                        PropertyPath.of("addons").plus(addon.property()),
                        "no node group, and no Fargate profile for the namespace " + addon.namespace()
                                + ": the pods of " + addon.name() + " run nowhere unless something else adds nodes",
                        "add the selector {namespace: " + addon.namespace() + "} to a profile");
            }
        }
    }
}

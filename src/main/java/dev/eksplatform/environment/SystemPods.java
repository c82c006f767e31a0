package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.EksAddonSpec;
import dev.eksplatform.cluster.FargateProfileSpec;
import dev.eksplatform.cluster.NodeGroupSpec;
import dev.eksplatform.cluster.NodeImage;
import dev.eksplatform.cluster.TaintSpec;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the pods of CoreDNS and of other add-ons have nodes or a Fargate profile to run on: without them, the apply waits
 * until it fails. Sources: <a
 * href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">taints and tolerations</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/fargate.html#fargate-considerations">Fargate considerations</a>.
 *
 * @param spec the environment
 * @param cluster the cluster that it creates
 * @param warnings collects what was found
 */
record SystemPods(EnvironmentSpec spec, ClusterSpec cluster, Problems warnings) {

    /** By add-on, where its configuration has the tolerations of the pods that need any node. */
    private static final Map<EksAddonName, List<String>> TOLERATIONS = tolerations();

    /** What CoreDNS and the drivers tolerate anyway. */
    private static final List<String> TOLERATED =
            List.of("CriticalAddonsOnly", "node-role.kubernetes.io/control-plane");

    private static Map<EksAddonName, List<String>> tolerations() {
        Map<EksAddonName, List<String>> paths = new LinkedHashMap<>();
        paths.put(EksAddonName.COREDNS, List.of("tolerations"));
        paths.put(EksAddonName.METRICS_SERVER, List.of("tolerations"));
        paths.put(EksAddonName.AWS_EBS_CSI_DRIVER, List.of("controller", "tolerations"));
        paths.put(EksAddonName.AWS_EFS_CSI_DRIVER, List.of("controller", "tolerations"));
        return paths;
    }

    static void check(EnvironmentSpec spec, List<HelmAddon> addons, Problems warnings) {
        spec.cluster().created().ifPresent(cluster -> {
            SystemPods pods = new SystemPods(spec, cluster, warnings);
            if (spec.nodeGroups().isEmpty() && !spec.fargate().isEmpty()) {
                pods.onFargateOnly(addons);
            } else {
                pods.onTaintedNodes();
            }
        });
    }

    private void onTaintedNodes() {
        List<NodeGroupSpec> linux = spec.nodeGroups().values().stream()
                .filter(group -> group.image() != NodeImage.WINDOWS_2022)
                .toList();
        TOLERATIONS.forEach((addon, path) -> {
            boolean present = addon == EksAddonName.COREDNS || cluster.addons().containsKey(addon);
            boolean onFargate = addon == EksAddonName.COREDNS
                    && spec.fargate().values().stream().anyMatch(FargateProfileSpec::takesDns);
            if (present
                    && !onFargate
                    && !linux.isEmpty()
                    && linux.stream().allMatch(group -> refuses(group, addon, path))) {
                TaintSpec taint = linux.get(0).taints().stream()
                        .filter(one -> isHard(one) && !isTolerated(one, tolerations(addon, path)))
                        .findFirst()
                        .orElseThrow();
                PropertyPath configuration = PropertyPath.of("cluster", "addons", addon.id(), "configuration");
                warnings.add(
                        PropertyPath.of("nodeGroups"),
                        "every node group has a taint that " + addon + " does not tolerate, such as " + taint.key()
                                + ": its pods run nowhere unless something else adds nodes",
                        "add a node group without taints, or " + String.join(".", path) + " to " + configuration);
            }
        });
    }

    private boolean refuses(NodeGroupSpec group, EksAddonName addon, List<String> path) {
        return group.taints().stream()
                .anyMatch(taint -> isHard(taint) && !isTolerated(taint, tolerations(addon, path)));
    }

    private static boolean isHard(TaintSpec taint) {
        return taint.effect() != TaintSpec.Effect.PREFER_NO_SCHEDULE;
    }

    /** The tolerations in the configuration of an add-on; {@code null} when it has those of EKS. */
    private @Nullable List<?> tolerations(EksAddonName addon, List<String> path) {
        Object value =
                cluster.addons().getOrDefault(addon, EksAddonSpec.standard()).configuration();
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value instanceof List<?> list ? list : null;
    }

    private static boolean isTolerated(TaintSpec taint, @Nullable List<?> tolerations) {
        return tolerations == null
                ? TOLERATED.contains(taint.key())
                : tolerations.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> toleration && matches(toleration, taint));
    }

    private static boolean matches(Map<?, ?> toleration, TaintSpec taint) {
        Object key = toleration.get("key");
        Object effect = toleration.get("effect");
        boolean exists = "Exists".equals(toleration.get("operator"));
        boolean sameKey = taint.key().equals(key) || (key == null && exists);
        boolean sameValue = exists || taint.value().orElse("").equals(text(toleration.get("value")));
        return sameKey && sameValue && (effect == null || effect.equals(effect(taint)));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    private static String effect(TaintSpec taint) {
        return taint.effect() == TaintSpec.Effect.NO_EXECUTE ? "NoExecute" : "NoSchedule";
    }

    private void onFargateOnly(List<HelmAddon> addons) {
        if (spec.fargate().values().stream().noneMatch(FargateProfileSpec::takesDns)) {
            warnings.add(
                    PropertyPath.of("fargate"),
                    "no node group, and no Fargate profile that takes the pods of CoreDNS: they run nowhere unless"
                            + " something else adds nodes",
                    "add the selector {namespace: kube-system, labels: {k8s-app: kube-dns}} to a profile");
        }
        onFargateOnly(EksAddonName.AWS_EBS_CSI_DRIVER, "pods on Fargate cannot mount EBS volumes");
        onFargateOnly(
                EksAddonName.AWS_EFS_CSI_DRIVER,
                "pods on Fargate mount EFS without the driver, and only volumes that exist");
        onFargateOnly(
                EksAddonName.EKS_POD_IDENTITY_AGENT, "the agent runs on nodes, and pods on Fargate cannot use it");
        for (HelmAddon addon : addons) {
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

    private void onFargateOnly(EksAddonName addon, String what) {
        if (cluster.addons().containsKey(addon)) {
            warnings.add(
                    PropertyPath.of("cluster", "addons", addon.id()),
                    "no node group, and " + what,
                    "add a node group, or remove it");
        }
    }
}

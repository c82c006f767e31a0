package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.EksAddonName;
import dev.eksplatform.cluster.InstanceType;
import dev.eksplatform.cluster.PodAddresses;
import dev.eksplatform.internal.release.EksAddonFacts;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Nodes that have hardly room for pods besides those that EKS add-ons run on every node. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods">number of pods</a>.
 */
final class SmallNodes {

    /** With fewer, the second pod of a rolling update may find no place. */
    private static final int ENOUGH = 3;

    private SmallNodes() {}

    static List<Problem> of(EnvironmentSpec spec) {
        List<Problem> found = new ArrayList<>();
        spec.cluster()
                .created()
                .filter(cluster -> !assignsPrefixes(spec, cluster))
                .ifPresent(cluster -> spec.nodeGroups().forEach((name, group) -> {
                    for (int i = 0;
                            i < group.instanceTypes().size() && !group.image().isWindows();
                            i++) {
                        String type = group.instanceTypes().get(i);
                        PropertyPath place = PropertyPath.of("nodeGroups", name, "instanceTypes")
                                .index(i);
                        long taken = podsOfAddons(cluster);
                        InstanceType.find(type)
                                .flatMap(InstanceType::pods)
                                .map(pods -> group.maxPods().orElse(pods))
                                .filter(pods -> pods - taken < ENOUGH)
                                .ifPresent(pods -> found.add(new Problem(
                                        Place.of(place),
                                        "a node of type " + type + " runs " + pods + " pods, and EKS add-ons take "
                                                + taken + " of them",
                                        "use a larger type, such as t3.medium or m7g.large")));
                    }
                }));
        return found;
    }

    private static long podsOfAddons(ClusterSpec cluster) {
        Set<EksAddonName> addons = new HashSet<>(Set.of(EksAddonName.VPC_CNI, EksAddonName.KUBE_PROXY));
        addons.addAll(cluster.addons().keySet());
        return addons.stream()
                .flatMap(addon -> addon.facts().stream())
                .mapToLong(EksAddonFacts::podsOnNode)
                .sum();
    }

    /** Whether the VPC CNI may be configured to give nodes more addresses. */
    static boolean assignsPrefixes(EnvironmentSpec spec, ClusterSpec cluster) {
        return spec.network()
                .map(network -> PodSettings.of(network, cluster))
                .filter(pods -> pods.usesPrefixes()
                        || pods.variable(PodAddresses.PREFIXES).isPresent())
                .isPresent();
    }
}

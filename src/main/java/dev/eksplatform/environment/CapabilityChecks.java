package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.cluster.CapabilitiesSpec;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * EKS capabilities beside what the environment installs: two controllers of the same objects undo what the other does. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/capabilities.html">EKS capabilities</a>.
 */
final class CapabilityChecks {

    private CapabilityChecks() {}

    static void check(EnvironmentSpec spec, Problems problems) {
        CapabilitiesSpec capabilities = spec.cluster().capabilities();
        if (capabilities.ack().isPresent() && spec.cluster().distribution() == Distribution.EKS) {
            spec.addons()
                    .ack()
                    .keySet()
                    .forEach(service -> problems.add(
                            PropertyPath.of("addons", "ack", service.id()),
                            "the capability ACK of the cluster has the controller of " + service.id() + " already",
                            "remove one of them"));
        }
        Map<String, String> charts = new LinkedHashMap<>();
        capabilities.argocd().ifPresent(one -> charts.put("argo-cd", "Argo CD"));
        capabilities.kro().ifPresent(one -> charts.put("kro", "kro"));
        spec.addons()
                .named()
                .keySet()
                .forEach(name -> second(PropertyPath.of("addons", name), charts.get(name), problems));
        spec.addons()
                .helm()
                .forEach((name, release) ->
                        second(PropertyPath.of("addons", "helm", name), charts.get(chart(release)), problems));
        Partition own = Partition.ofRegion(spec.region());
        capabilities.roles().forEach((capability, role) -> {
            PropertyPath where = PropertyPath.of("cluster", "capabilities", capability, "role");
            role.arn()
                    .flatMap(own::problemWith)
                    .ifPresent(problem -> problems.add(problem.at(Place.of(where.key("arn")))));
            for (int i = 0; i < role.policies().size(); i++) {
                String policy = role.policies().get(i);
                PropertyPath at = where.key("policies").index(i);
                if (policy.startsWith("arn:")) {
                    own.problemWith(policy).ifPresent(problem -> problems.add(problem.at(Place.of(at))));
                }
            }
        });
    }

    private static void second(PropertyPath where, @Nullable String capability, Problems problems) {
        if (capability != null) {
            problems.add(
                    where, "a second " + capability + " beside the capability of the cluster", "remove one of them");
        }
    }

    /** The chart without the registry in front of it. */
    private static String chart(HelmReleaseSpec release) {
        String chart = release.chart();
        return chart.substring(chart.lastIndexOf('/') + 1);
    }
}

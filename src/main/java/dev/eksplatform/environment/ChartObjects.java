package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.manifest.EmbeddedObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Kubernetes objects in the values that an environment gives to its charts. */
final class ChartObjects {

    private ChartObjects() {}

    /**
     * Checks the kinds of the objects.
     *
     * @param version the Kubernetes version of the cluster; empty when it is not known
     * @return a problem for each kind that the version does not have, at its property of the environment
     */
    static List<Problem> check(ResolvedEnvironment environment, Optional<KubernetesVersion> version) {
        List<Problem> problems = new ArrayList<>();
        for (HelmAddon release : environment.releases()) {
            Map<String, Object> values = environment.spec().addons().valuesOf(release.name());
            PropertyPath owner =
                    PropertyPath.of("addons").plus(release.property()).key("values");
            EmbeddedObjects.inValues(Json.compact(values), version)
                    .forEach(problem -> problems.add(problem.under(owner)));
        }
        return problems;
    }
}

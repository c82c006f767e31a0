package dev.eksplatform.environment;

import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.cluster.EksAddonVersion;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.environment.UpgradeBlocker.Kind;
import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.manifest.ManifestSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/** What must be changed in an environment before its cluster gets another Kubernetes version, and what to know. */
@API(status = API.Status.INTERNAL)
public final class UpgradeBlockers {

    private static final PropertyPath VERSION = PropertyPath.of("cluster", "version");

    private final Environment environment;
    private final EnvironmentSpec spec;
    private final Optional<KubernetesVersion> current;
    private final KubernetesVersion target;
    private final UpgradeProblems tables;
    private final List<UpgradeBlocker> found = new ArrayList<>();

    private UpgradeBlockers(Environment environment, KubernetesVersion target) {
        this.environment = environment;
        this.spec = environment.resolved().spec();
        this.current = spec.cluster().kubernetesVersion();
        this.target = target;
        this.tables = new UpgradeProblems(target);
    }

    /**
     * Looks for what blocks an upgrade.
     *
     * @param environment the environment, as it is now
     * @param target the Kubernetes version of its cluster afterwards
     * @param today the day with which the days of support are compared
     * @return each at its place: first those in the environment file, then those in its manifests
     * @throws InvalidInputException when the cluster has a newer version
     */
    public static List<UpgradeBlocker> of(Environment environment, KubernetesVersion target, LocalDate today) {
        UpgradeBlockers blockers = new UpgradeBlockers(environment, target);
        blockers.refuseDowngrade();
        blockers.calendar(today);
        blockers.step();
        blockers.nodes();
        blockers.settings();
        blockers.addons();
        blockers.charts();
        blockers.manifests();
        return List.copyOf(blockers.found);
    }

    private void refuseDowngrade() {
        current.flatMap(version -> tables.downgrade(version.minor())).ifPresent(problem -> {
            throw new InvalidInputException(placed(problem.at(Place.of(VERSION))));
        });
    }

    private void calendar(LocalDate today) {
        if (spec.cluster().distribution() == Distribution.EKS) {
            tables.support(today).ifPresent(problem -> add(Kind.SUPPORT, problem.at(Place.of(VERSION))));
        }
    }

    private void step() {
        current.flatMap(version -> tables.step(version.minor()))
                .ifPresent(problem -> add(Kind.STEP, problem.at(Place.of(VERSION))));
    }

    /** By themselves: the checks below end when an add-on does not support the version. */
    private void nodes() {
        Problems problems = new Problems();
        EnvironmentChecks.nodeVersions(spec, target, problems);
        problems.found().forEach(problem -> add(Kind.NODES, problem));
    }

    /** What the checks across the parts of an environment find when the cluster has the other version. */
    private void settings() {
        if (!(spec.cluster() instanceof ClusterSpec cluster)) {
            return;
        }
        CrossChecks checks = new CrossChecks(new UnreadablePaths());
        ClusterSpec upgraded = checks.problems().collect(PropertyPath.of("cluster"), () -> cluster.withVersion(target));
        if (upgraded != null) {
            ResolvedEnvironment.resolve(spec.withCluster(upgraded), checks);
        }
        checks.problems().found().stream()
                .filter(problem ->
                        found.stream().noneMatch(known -> known.problem().equals(placed(problem))))
                .forEach(problem -> add(kind(problem.place()), problem));
    }

    private static Kind kind(Place place) {
        String path = place.toString();
        if (path.startsWith("nodeGroups")) {
            return Kind.NODES;
        }
        return path.startsWith("cluster.addons") ? Kind.ADDON : Kind.SETTING;
    }

    private void addons() {
        spec.cluster().created().ifPresent(cluster -> cluster.addons()
                .forEach((addon, settings) -> Optional.of(settings.version())
                        .filter(EksAddonVersion::isPinned)
                        .flatMap(version -> tables.addon(addon.id(), version.text()))
                        .ifPresent(problem -> addVersion(
                                Kind.ADDON, PropertyPath.of("cluster", "addons", addon.id(), "version"), problem))));
    }

    private void charts() {
        ResolvedEnvironment resolved = environment.resolved();
        for (HelmAddon release : resolved.releases()) {
            if (!UpgradeProblems.isOfItsProject(release)) {
                continue;
            }
            PropertyPath version =
                    PropertyPath.of("addons").plus(release.property()).key("chartVersion");
            tables.chart(release.chart(), release.version().toString())
                    .ifPresent(problem -> addVersion(Kind.CHART, version, problem));
        }
        List<Problem> before = ChartObjects.check(resolved, current);
        ChartObjects.check(resolved, Optional.of(target)).stream()
                .filter(problem ->
                        before.stream().noneMatch(known -> known.place().equals(problem.place())))
                .forEach(problem -> add(Kind.VALUES, problem));
    }

    /** Adds a version that does not support the target, unless the checks of the environment have found it. */
    private void addVersion(Kind kind, PropertyPath path, Problem problem) {
        Place place = environment.positions().at(path);
        if (found.stream().noneMatch(other -> other.problem().place().equals(place))) {
            add(kind, problem.at(place));
        }
    }

    private void manifests() {
        ManifestSet.problemsOf(
                        Environment.manifestFolder(environment.positions()),
                        spec.workloads().manifests(),
                        spec.workloads().namespace(),
                        current,
                        target)
                .forEach(problem -> add(Kind.MANIFEST, problem));
        environment.manifests().removedAfter(target).forEach(problem -> add(Kind.DEPRECATED, problem));
    }

    private void add(Kind kind, Problem problem) {
        found.add(new UpgradeBlocker(kind, placed(problem)));
    }

    private Problem placed(Problem problem) {
        return environment.positions().place(problem);
    }
}

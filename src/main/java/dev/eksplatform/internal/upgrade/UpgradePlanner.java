package dev.eksplatform.internal.upgrade;

import dev.eksplatform.addon.ChartVersion;
import dev.eksplatform.addon.HelmAddon;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.environment.Environment;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.environment.UpgradeBlocker;
import dev.eksplatform.environment.UpgradeBlocker.Kind;
import dev.eksplatform.environment.UpgradeBlockers;
import dev.eksplatform.environment.UpgradeProblems;
import dev.eksplatform.internal.logic.Truth;
import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.internal.release.EksAddonReleases;
import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.internal.release.KubernetesReleases.Release;
import dev.eksplatform.internal.release.KubernetesReleases.Support;
import dev.eksplatform.internal.upgrade.Upgrade.Change;
import dev.eksplatform.internal.upgrade.Upgrade.Unchecked;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.manifest.Evictions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Plans the upgrade of an environment by one Kubernetes minor version, or the part of it that its file shows.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html">Update existing cluster to new Kubernetes
 *     version</a>
 */
public final class UpgradePlanner {

    private static final PropertyPath VERSION = PropertyPath.of("cluster", "version");
    private static final Place TO = new Place.OnCommandLine("--to");

    private static final Comparator<ChartVersion> AGE = Comparator.comparingInt(ChartVersion::major)
            .thenComparingInt(ChartVersion::minor)
            .thenComparingInt(ChartVersion::patch);

    private final Environment environment;
    private final EnvironmentSpec spec;
    private final Map<Path, String> texts;
    private final LocalDate today;
    private final KubernetesVersion from;
    private final KubernetesVersion to;
    private final EnvironmentEdits edits;
    private final List<Change> changes = new ArrayList<>();
    private final PlacedProblems blockers;
    private final Set<Place> blocked = new HashSet<>();
    private final PlacedProblems notes;

    private UpgradePlanner(
            Environment environment,
            Map<Path, String> texts,
            LocalDate today,
            KubernetesVersion from,
            KubernetesVersion to) {
        this.environment = environment;
        this.texts = texts;
        this.today = today;
        this.from = from;
        this.to = to;
        String file = environment.file().toString();
        spec = environment.resolved().spec();
        edits = new EnvironmentEdits(environment, texts);
        blockers = new PlacedProblems(file);
        notes = new PlacedProblems(file);
    }

    /**
     * Plans an upgrade.
     *
     * @param environment the environment
     * @param texts the text of each of its files, with a byte order mark if it has one
     * @param target the Kubernetes version to upgrade to; empty for the next one
     * @param nodeGroups whether the versions of node groups that have their own are raised, too
     * @param today the day with which the days of support are compared
     * @return the edits and what is in the way
     * @throws InvalidInputException when there is no such upgrade, or the file cannot be edited
     */
    public static Upgrade plan(
            Environment environment,
            Map<Path, String> texts,
            Optional<String> target,
            boolean nodeGroups,
            LocalDate today) {
        KubernetesVersion from = current(environment);
        KubernetesVersion to = target(environment, from, target);
        UpgradePlanner planner = new UpgradePlanner(environment, texts, today, from, to);
        planner.edit(nodeGroups);
        return planner.upgrade();
    }

    private static KubernetesVersion current(Environment environment) {
        return environment
                .resolved()
                .spec()
                .cluster()
                .created()
                .orElseThrow(() -> new InvalidInputException(new Problem(
                        environment.positions().at(PropertyPath.of("cluster")),
                        "a cluster that another tool creates: its version is not in this file",
                        "upgrade it with the tool that creates it; `check --for VERSION` checks the manifests")))
                .version();
    }

    private static KubernetesVersion target(Environment environment, KubernetesVersion from, Optional<String> target) {
        Place.InFile place = environment.positions().at(VERSION);
        if (target.isEmpty() && KubernetesReleases.get().newest().minor() <= from.minor()) {
            throw new InvalidInputException(new Problem(
                    place, from + " is the newest version that EKS is known to run", "there is nothing to upgrade to"));
        }
        KubernetesVersion to =
                target.map(UpgradePlanner::parsed).orElseGet(() -> new KubernetesVersion(from.minor() + 1));
        int steps = to.minor() - from.minor();
        if (steps == 0) {
            throw new InvalidInputException(new Problem(
                    TO, "the cluster has version " + from + " already (" + place.position() + ")", "name a newer one"));
        }
        if (steps < 0) {
            throw new InvalidInputException(new Problem(
                    TO,
                    to + " is older than the cluster's version " + from + " (" + place.position() + ")",
                    "name a newer one; how to roll back an upgrade: docs/upgrading.md"));
        }
        if (steps > 1) {
            String next = "1." + (from.minor() + 1);
            throw new InvalidInputException(new Problem(
                    TO,
                    to + " is " + steps + " minor versions after the cluster's version " + from + " ("
                            + place.position() + ")",
                    next + ": EKS upgrades one minor version at a time",
                    "upgrade to " + next + " and apply it, and so on up to " + to));
        }
        return to;
    }

    private static KubernetesVersion parsed(String text) {
        try {
            return KubernetesVersion.parse(text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    e.problems().stream().map(problem -> problem.at(TO)).toList());
        }
    }

    private void edit(boolean nodeGroups) {
        change(VERSION, to.toString());
        spec.nodeGroups().keySet().forEach(name -> nodeGroup(name, nodeGroups));
        spec.cluster().created().orElseThrow().addons().keySet().forEach(addon -> eksAddon(addon.id()));
        environment.resolved().addons().forEach(this::chart);
    }

    private void change(PropertyPath path, String value) {
        changes.add(new Change(edits.place(path), edits.scalar(path).orElseThrow(), value));
        edits.set(path, value);
        if (edits.isIncluded(path)) {
            note(
                    path,
                    "this file is included: the change is one of every environment that includes it",
                    "upgrade the others with it, or set the key in " + environment.file());
        }
    }

    private void note(PropertyPath path, String found, String fix) {
        notes.add(new Problem(edits.place(path), found, fix));
    }

    private void nodeGroup(String name, boolean follow) {
        PropertyPath path = PropertyPath.of("nodeGroups", name, "version");
        Optional<String> own = edits.scalar(path);
        if (own.isEmpty()) {
            return;
        }
        int behind = to.minor() - KubernetesVersion.parse(own.get()).minor();
        if (behind > KubernetesReleases.NODE_SKEW) {
            block(new Problem(
                    edits.place(path),
                    "the nodes of " + name + " have Kubernetes " + own.get() + ", " + behind
                            + " minor versions behind a control plane of " + to,
                    "1." + (to.minor() - KubernetesReleases.NODE_SKEW) + " to " + from + " before the upgrade",
                    "set \"" + from + "\" and apply it, then upgrade the cluster"));
        }
        if (follow) {
            change(path, to.toString());
        } else if (behind <= KubernetesReleases.NODE_SKEW) {
            note(
                    path,
                    "the nodes of " + name + " stay at " + own.get() + ", and their kubelets may be at most three minor"
                            + " versions behind the control plane",
                    "remove the key, so that they follow the cluster, or add --node-groups");
        }
    }

    private void eksAddon(String name) {
        PropertyPath path = PropertyPath.of("cluster", "addons", name, "version");
        String pinned = edits.scalar(path).orElse("");
        if (!pinned.startsWith("v")) {
            return;
        }
        EksAddonReleases releases = EksAddonReleases.get();
        Optional<String> newest = releases.newest(name, to.minor());
        switch (releases.supports(name, pinned, to.minor())) {
            case TRUE -> {}
            case FALSE -> newest.ifPresent(version -> change(path, version));
            case UNKNOWN ->
                note(
                        path,
                        "it is not known whether " + name + " " + pinned + " supports Kubernetes " + to,
                        newest.filter(version -> !version.equals(pinned))
                                .map(version -> "set default, latest or " + version
                                        + ", the newest version known to support it")
                                .orElse("look it up: " + describeVersions(name)));
        }
    }

    private String describeVersions(String addon) {
        return "aws eks describe-addon-versions --addon-name " + addon + " --kubernetes-version " + to + " --region "
                + spec.region();
    }

    private void chart(HelmAddon addon) {
        PropertyPath owner = PropertyPath.of("addons").plus(addon.property());
        PropertyPath path = owner.key("chartVersion");
        ChartReleases releases = ChartReleases.get();
        String named = addon.chart() + " " + addon.version();
        Truth supports = UpgradeProblems.isOfItsProject(addon)
                ? releases.supports(addon.chart(), addon.version().text(), to.minor())
                : Truth.UNKNOWN;
        switch (supports) {
            case TRUE -> {}
            case UNKNOWN ->
                note(
                        edits.scalar(path).isPresent() ? path : owner,
                        "it is not known whether the chart " + named + " supports Kubernetes " + to,
                        "read its release notes, and kubeVersion in `helm show chart`");
            case FALSE -> {
                Optional<String> newest = releases.newestFor(addon.chart(), to.minor());
                boolean canRaise = edits.scalar(path).isPresent()
                        && newest.filter(version -> AGE.compare(ChartVersion.parse(version), addon.version()) > 0)
                                .isPresent();
                if (canRaise) {
                    raise(path, named, newest.orElseThrow());
                } else {
                    block(new Problem(
                            edits.place(path),
                            "the chart " + named + " does not support Kubernetes " + to,
                            newest.map(version -> "set chartVersion: " + version)
                                    .or(() -> releases.newest(addon.chart())
                                            .map(version -> "no version is known to; " + version
                                                    + " is the newest known one: read its release notes"))
                                    .orElse("set a chartVersion that does")));
                }
            }
        }
    }

    private void raise(PropertyPath path, String chart, String version) {
        change(path, version);
        note(
                path,
                "the chart " + chart + " is raised to " + version + ", the newest version known to support Kubernetes "
                        + to,
                "read the release notes of the versions between; Helm does not upgrade CRDs in a chart's folder crds");
    }

    private Upgrade upgrade() {
        List<Upgrade.Edit> edited = edits.apply();
        Set<PropertyPath> changed = new HashSet<>();
        changes.forEach(change -> changed.add(change.place().path()));
        for (UpgradeBlocker blocker : UpgradeBlockers.of(environment, to, today)) {
            boolean raised = blocker.kind() != Kind.NODES
                    && blocker.problem().place() instanceof Place.InFile place
                    && changed.contains(place.path());
            if (!raised && !Set.of(Kind.STEP, Kind.SUPPORT).contains(blocker.kind())) {
                if (blocker.kind().blocks()) {
                    block(blocker.problem());
                } else {
                    notes.add(blocker.problem());
                }
            }
        }
        remains(edited);
        Evictions evictions = Evictions.of(environment.manifests());
        evictions.blocking().forEach(this::block);
        evictions.notes().forEach(notes::add);
        support();
        spec.fargate()
                .keySet()
                .forEach(name -> note(
                        PropertyPath.of("fargate", name),
                        "pods on Fargate keep the kubelet of " + from + " until they are created again",
                        "restart their controllers after the upgrade: kubectl rollout restart"));
        return new Upgrade(
                environment.file(),
                from,
                to,
                edited,
                changes.stream()
                        .sorted(Comparator.comparing(change -> change.place().position()))
                        .toList(),
                blockers.inOrder(),
                notes.inOrder(),
                unchecked());
    }

    /** What is wrong with the environment after the edits and has not been found yet. */
    private void remains(List<Upgrade.Edit> edited) {
        Map<Path, String> after = new HashMap<>(texts);
        edited.forEach(edit -> after.put(edit.file(), edit.after()));
        try {
            Environment.read(environment.file(), file -> Objects.requireNonNull(after.get(file)));
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> block(beforeTheEdits(problem)));
        }
    }

    /** Keeps the first problem of each place. */
    private void block(Problem problem) {
        if (blocked.add(problem.place())) {
            blockers.add(problem);
        }
    }

    private Problem beforeTheEdits(Problem problem) {
        return problem.place() instanceof Place.InFile place ? problem.at(edits.before(place)) : problem;
    }

    private void support() {
        KubernetesReleases.get().release(to.minor()).ifPresent(release -> {
            Support support = release.on(today);
            note(
                    VERSION,
                    "Kubernetes " + to
                            + (support == Support.PENDING ? " is on EKS from " + release.released() + ";" : " has")
                            + " standard support until " + release.standardUntil() + " and extended support until "
                            + release.extendedUntil(),
                    "upgrade again before "
                            + (support == Support.EXTENDED ? release.extendedUntil() : release.standardUntil()));
        });
        KubernetesReleases.get()
                .release(from.minor())
                .filter(release -> release.on(today) != Support.STANDARD)
                .ifPresent(this::late);
    }

    private void late(Release release) {
        boolean ended = release.on(today) == Support.ENDED;
        note(
                VERSION,
                ended
                        ? "support of Kubernetes " + from + " ended on " + release.extendedUntil()
                                + ": EKS may upgrade the control plane at any time"
                        : "standard support of Kubernetes " + from + " ended on " + release.standardUntil()
                                + ": the cluster costs several times as much per hour until it is upgraded",
                "upgrade soon; EKS upgrades the control plane itself after " + release.extendedUntil());
    }

    private List<Unchecked> unchecked() {
        String cluster = environment.resolved().clusterName();
        return List.of(
                new Unchecked(
                        "objects in the cluster that are not in this environment, and the API calls of its clients",
                        "aws eks list-insights --region " + spec.region() + " --cluster-name " + cluster
                                + " --filter '{\"categories\":[\"UPGRADE_READINESS\"],\"kubernetesVersions\":[\"" + to
                                + "\"]}'"),
                new Unchecked(
                        "deprecated API versions that are called, by charts for example",
                        "kubectl get --raw /metrics | grep apiserver_requested_deprecated_apis"),
                new Unchecked(
                        "PodDisruptionBudgets of charts and controllers",
                        "kubectl get poddisruptionbudgets --all-namespaces"),
                new Unchecked("nodes that this environment does not create", "kubectl get nodes"));
    }
}

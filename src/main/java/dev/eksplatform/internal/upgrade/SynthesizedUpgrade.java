package dev.eksplatform.internal.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.environment.UpgradeBlocker.Kind;
import dev.eksplatform.environment.UpgradeProblems;
import dev.eksplatform.internal.guardrail.Finding;
import dev.eksplatform.internal.plan.Resource;
import dev.eksplatform.internal.plan.ResourceChange;
import dev.eksplatform.internal.plan.ResourceMode;
import dev.eksplatform.internal.plan.StackEvidence;
import dev.eksplatform.internal.release.KubernetesReleases;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.workload.manifest.EmbeddedObjects;
import dev.eksplatform.workload.manifest.ManifestSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What synthesized stacks need before their clusters get a Kubernetes version: their manifests, node groups, EKS add-ons and
 * charts. A version that is an expression is not known.
 */
public final class SynthesizedUpgrade {

    private static final Pattern MINOR = Pattern.compile("1\\.(\\d{1,3})");

    private final List<StackEvidence> stacks;
    private final KubernetesVersion target;
    private final UpgradeProblems tables;
    private final List<Finding> findings = new ArrayList<>();

    private SynthesizedUpgrade(List<StackEvidence> stacks, KubernetesVersion target) {
        this.stacks = stacks;
        this.target = target;
        this.tables = new UpgradeProblems(target);
    }

    /**
     * Checks stacks.
     *
     * @param stacks as they are synthesized now
     * @param target the Kubernetes version of their clusters afterwards
     * @param today the day with which the days of support are compared
     * @return what blocks the upgrade, and what to know before
     * @throws InvalidInputException with each cluster that has a newer version
     */
    public static List<Finding> findings(List<StackEvidence> stacks, KubernetesVersion target, LocalDate today) {
        SynthesizedUpgrade upgrade = new SynthesizedUpgrade(stacks, target);
        upgrade.refuseDowngrades();
        upgrade.clusters(today);
        upgrade.nodes();
        upgrade.addons();
        upgrade.charts();
        upgrade.manifests();
        return upgrade.findings;
    }

    private void refuseDowngrades() {
        List<Problem> problems = new ArrayList<>();
        each("aws_eks_cluster", (stack, cluster) -> minor(cluster, "version")
                .flatMap(tables::downgrade)
                .ifPresent(problem ->
                        problems.add(problem.at(new Place.InConstruct(stack.name() + "/" + cluster.address())))));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private void clusters(LocalDate today) {
        each("aws_eks_cluster", (stack, cluster) -> {
            tables.support(today).ifPresent(problem -> add(Kind.SUPPORT, stack, cluster, problem));
            minor(cluster, "version")
                    .flatMap(tables::step)
                    .ifPresent(problem -> add(Kind.STEP, stack, cluster, problem));
        });
    }

    private void nodes() {
        each("aws_eks_node_group", (stack, group) -> minor(group, "version")
                .filter(minor -> minor > target.minor() || minor < target.minor() - KubernetesReleases.NODE_SKEW)
                .ifPresent(minor -> add(
                        Kind.NODES,
                        stack,
                        group,
                        new Problem(
                                "nodes of 1." + minor + " with a control plane of " + target,
                                "1." + (target.minor() - KubernetesReleases.NODE_SKEW) + " to " + target,
                                "upgrade the node group first"))));
    }

    private void addons() {
        each("aws_eks_addon", (stack, addon) -> tables.addon(text(addon, "addon_name"), text(addon, "addon_version"))
                .ifPresent(problem -> add(Kind.ADDON, stack, addon, problem)));
    }

    private void charts() {
        Optional<KubernetesVersion> current = current();
        each("helm_release", (stack, release) -> {
            tables.chart(text(release, "chart"), text(release, "version"))
                    .ifPresent(problem -> add(Kind.CHART, stack, release, problem));
            for (JsonNode values : release.values().path("values")) {
                List<Place> known = EmbeddedObjects.inValues(values.asText(), current).stream()
                        .map(Problem::place)
                        .toList();
                EmbeddedObjects.inValues(values.asText(), Optional.of(target)).stream()
                        .filter(problem -> !known.contains(problem.place()))
                        .forEach(problem -> add(Kind.VALUES, stack, release, withPath(problem)));
            }
        });
    }

    private void manifests() {
        for (StackEvidence stack : stacks) {
            Map<String, Resource> resources = new LinkedHashMap<>();
            Map<String, String> texts = new LinkedHashMap<>();
            each(stack, "kubernetes_manifest", manifest -> {
                resources.put(manifest.address(), manifest);
                texts.put(manifest.address(), manifest.values().path("manifest").toString());
            });
            ManifestSet.problemsOf(texts, "default", current(), target).forEach(problem -> {
                Resource manifest = resources.get(
                        ((Place.InFile) problem.place()).position().file());
                if (manifest != null) {
                    add(Kind.MANIFEST, stack, manifest, withPath(problem));
                }
            });
        }
    }

    /** The version of the clusters, if they have the same and it is known. */
    private Optional<KubernetesVersion> current() {
        List<Optional<Integer>> versions = new ArrayList<>();
        each("aws_eks_cluster", (stack, cluster) -> versions.add(minor(cluster, "version")));
        return versions.stream().distinct().count() == 1
                ? versions.get(0).map(KubernetesVersion::new)
                : Optional.empty();
    }

    /** A problem whose text names the field, for a finding whose place is the resource. */
    private static Problem withPath(Problem problem) {
        String path = problem.place() instanceof Place.InFile file
                ? file.path().toString()
                : problem.place().toString();
        return new Problem(
                problem.place(),
                path.isEmpty() ? problem.found() : path + ": " + problem.found(),
                problem.allowed(),
                problem.fix());
    }

    private void add(Kind kind, StackEvidence stack, Resource resource, Problem problem) {
        findings.add(UpgradeRule.finding(kind, problem, stack.name(), resource.address(), Optional.empty()));
    }

    private void each(String type, BiConsumer<StackEvidence, Resource> action) {
        stacks.forEach(stack -> each(stack, type, resource -> action.accept(stack, resource)));
    }

    private static void each(StackEvidence stack, String type, Consumer<Resource> action) {
        stack.changes().stream()
                .filter(change ->
                        change.mode() == ResourceMode.MANAGED && change.type().equals(type))
                .map(ResourceChange::block)
                .distinct()
                .flatMap(block -> stack.configured(block, true).stream())
                .forEach(action);
    }

    private static String text(Resource resource, String attribute) {
        return resource.values().path(attribute).asText("");
    }

    private static Optional<Integer> minor(Resource resource, String attribute) {
        Matcher version = MINOR.matcher(text(resource, attribute));
        return version.matches() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
    }
}

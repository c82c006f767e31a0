package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.BindingResult;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.manifest.KubernetesDocument;
import dev.eksplatform.workload.manifest.ManifestSet;
import dev.eksplatform.workload.manifest.ServiceAccountReferences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An environment file, read and checked.
 *
 * @param file the file, as it was named
 * @param blueprint what follows from its specs
 * @param manifests the Kubernetes objects of the files it names
 * @param positions where its properties stand
 * @param warnings what is likely not meant, each at its place
 */
public record Environment(
        Path file, ResolvedEnvironment blueprint, ManifestSet manifests, Positions positions, List<Problem> warnings) {

    /** Keeps a copy of the warnings. */
    public Environment {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads an environment file and the manifests it names.
     *
     * @param file the file
     * @return the environment
     * @throws InvalidInputException with every problem, each at its place: those of the file in its order, then those of
     *     its manifests. What only follows from a part that has a problem itself is left out
     */
    public static Environment read(Path file) {
        BindingResult<EnvironmentSpec> attempt = Binder.bind(YamlDocument.read(file), EnvironmentSpec.class);
        PlacedProblems placed = attempt.problems();
        EnvironmentSpec spec = attempt.value() == null ? attempt.orThrow() : attempt.value();
        Problems across = new Problems();
        ResolvedEnvironment blueprint = ResolvedEnvironment.settle(spec, across);
        ConsequentialErrors followUps = new ConsequentialErrors(attempt.unreadable());
        across.found().stream()
                .filter(problem -> !followUps.contain(problem.place()))
                .forEach(problem -> placed.add(attempt.positions().place(problem)));
        PlacedProblems warned = new PlacedProblems(file.toString());
        UnreadablePaths unread = attempt.unreadable();
        new IdentityPolicies(
                        attempt.positions(),
                        placed,
                        warned,
                        unread.covers(PropertyPath.ROOT.key("region")) ? null : blueprint.partition(),
                        unread.covers(PropertyPath.ROOT.key("account")) ? null : spec.account())
                .check(blueprint);
        ManifestSet manifests = manifests(file, spec, attempt.positions(), placed);
        if (manifests != null
                && !unread.covers(PropertyPath.ROOT.key("workloads").key("namespace"))) {
            check(blueprint, manifests, !followUps.identitiesAreLacking()).forEach(placed::add);
        }
        placed.throwIfAny();
        ManifestSet objects = Objects.requireNonNull(manifests);
        List<Problem> warnings = new ArrayList<>(warned.inOrder());
        warnings.addAll(ServiceAccountAnnotations.check(blueprint, objects, attempt.positions()));
        for (Problem warning : objects.warnings()) {
            warnings.add(inManifests(warning, attempt.positions()));
        }
        blueprint.warnings().forEach(warning -> warnings.add(attempt.positions().place(warning)));
        EnvironmentHints.of(spec)
                .forEach(hint -> warnings.add(attempt.positions().place(hint)));
        return new Environment(file, blueprint, objects, attempt.positions(), warnings);
    }

    private static @Nullable ManifestSet manifests(
            Path file, EnvironmentSpec spec, Positions positions, PlacedProblems placed) {
        Path folder = file.getParent();
        try {
            return ManifestSet.read(
                    folder == null ? Path.of("") : folder,
                    spec.workloads().manifests(),
                    spec.workloads().namespace(),
                    spec.cluster() instanceof ClusterSpec cluster ? Optional.of(cluster.version()) : Optional.empty());
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> placed.add(inManifests(problem, positions)));
            return null;
        }
    }

    /** A problem of a pattern is at an index of {@code workloads.manifests}; the others are in files. */
    private static Problem inManifests(Problem problem, Positions positions) {
        return problem.place().typed() instanceof Place.InSpec spec
                        && !spec.path().steps().isEmpty()
                        && spec.path().steps().get(0) instanceof PropertyPath.Index
                ? positions.place(problem.under(PropertyPath.of("workloads", "manifests")))
                : problem;
    }

    private static List<Problem> check(ResolvedEnvironment blueprint, ManifestSet manifests, boolean identitiesKnown) {
        List<Problem> problems = new ArrayList<>();
        Set<String> declared = new TreeSet<>(ServiceAccountReferences.declaredIn(manifests.inOrder()));
        Set<String> made = blueprint.namespaces().keySet();
        blueprint.identities().forEach(settled -> {
            ServiceAccountName name = settled.identity().serviceAccount();
            if (!declared.add(name.toString()) && settled.identity().isMade()) {
                problems.add(twice(manifests, "ServiceAccount", name.namespace(), name.name()));
            }
        });
        blueprint.spec().identities().keySet().forEach(name -> declared.add(name.toString()));
        if (identitiesKnown) {
            problems.addAll(manifests.serviceAccountReferences().undeclared(declared));
        }
        manifests.declaredNamespaces().stream()
                .filter(made::contains)
                .forEach(name -> problems.add(twice(manifests, "Namespace", null, name)));
        return problems;
    }

    private static Problem twice(ManifestSet manifests, String kind, @Nullable String namespace, String name) {
        KubernetesDocument manifest = manifests.inOrder().stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                .filter(one -> Objects.equals(one.namespace(), namespace))
                .findFirst()
                .orElseThrow();
        return new Problem(
                manifest.source().where("metadata.name"),
                "the " + kind + " " + name + ", which the platform makes already for an identity or an add-on",
                "each object once",
                kind.equals("Namespace")
                        ? "remove the document; labels go into namespaces." + name + ".labels of the environment"
                        : "remove the document, or set serviceAccount: existing on the identity");
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.cluster.ClusterSpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.problem.InvalidInputException;
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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An environment file, read and checked.
 *
 * @param file the file, as it was named
 * @param resolved what follows from its specs
 * @param manifests the Kubernetes objects of the files it names
 * @param positions where its properties stand
 * @param warnings what is likely not meant, each at its place
 */
public record Environment(
        Path file, ResolvedEnvironment resolved, ManifestSet manifests, Positions positions, List<Problem> warnings) {

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
        Binder.Attempt<EnvironmentSpec> attempt = Binder.attempt(YamlDocument.read(file), EnvironmentSpec.class);
        PlacedProblems placed = attempt.problems();
        EnvironmentSpec spec = attempt.value();
        if (spec == null) {
            throw placed.toException();
        }
        Problems across = new Problems();
        ResolvedEnvironment resolved = ResolvedEnvironment.resolve(spec, across);
        ConsequentialErrors followUps = new ConsequentialErrors(attempt.unread());
        across.found().stream()
                .filter(problem -> !followUps.contain(problem.where()))
                .forEach(problem -> placed.add(attempt.positions().at(problem.where()), problem));
        PlacedProblems warned = new PlacedProblems(file.toString());
        UnreadablePaths unread = attempt.unread();
        new IdentityPolicies(
                        attempt.positions(),
                        placed,
                        warned,
                        unread.covers(PropertyPath.ROOT.key("region")) ? null : resolved.partition(),
                        unread.covers(PropertyPath.ROOT.key("account")) ? null : spec.account())
                .check(resolved);
        ManifestSet manifests = manifests(file, spec, attempt.positions(), placed);
        if (manifests != null
                && !unread.covers(PropertyPath.ROOT.key("workloads").key("namespace"))) {
            check(resolved, manifests, !followUps.identitiesAreLacking()).forEach(placed::addElsewhere);
        }
        placed.throwIfAny();
        ManifestSet objects = Objects.requireNonNull(manifests);
        List<Problem> warnings = new ArrayList<>(warned.inOrder());
        warnings.addAll(ServiceAccountAnnotations.check(resolved, objects, attempt.positions()));
        for (Problem warning : objects.warnings()) {
            warnings.add(
                    warning.where().startsWith("[")
                            ? warning.at(attempt.positions()
                                    .at("workloads.manifests" + warning.where())
                                    .toString())
                            : warning);
        }
        resolved.warnings().forEach(warning -> warnings.add(attempt.positions().locate(warning)));
        EnvironmentHints.of(spec)
                .forEach(hint -> warnings.add(attempt.positions().locate(hint)));
        return new Environment(file, resolved, objects, attempt.positions(), warnings);
    }

    private static @Nullable ManifestSet manifests(
            Path file, EnvironmentSpec spec, Positions positions, PlacedProblems placed) {
        Path folder = file.getParent();
        try {
            return ManifestSet.read(
                    folder == null ? Path.of("") : folder,
                    spec.workloads().manifests(),
                    spec.workloads().namespace(),
                    spec.cluster().created().map(ClusterSpec::version));
        } catch (InvalidInputException e) {
            for (Problem problem : e.problems()) {
                if (problem.where().startsWith("[")) {
                    placed.add(positions.at("workloads.manifests" + problem.where()), problem);
                } else {
                    placed.addElsewhere(problem);
                }
            }
            return null;
        }
    }

    private static List<Problem> check(ResolvedEnvironment resolved, ManifestSet manifests, boolean identitiesKnown) {
        List<Problem> problems = new ArrayList<>();
        Set<String> declared = new TreeSet<>(ServiceAccountReferences.declaredIn(manifests.inOrder()));
        Set<String> made = resolved.namespaces().keySet();
        resolved.identities().forEach(one -> {
            ServiceAccountName name = one.identity().serviceAccount();
            if (!declared.add(name.toString()) && one.identity().createsServiceAccount()) {
                problems.add(twice(manifests, "ServiceAccount", name.namespace(), name.name()));
            }
        });
        resolved.spec().identities().keySet().forEach(name -> declared.add(name.toString()));
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

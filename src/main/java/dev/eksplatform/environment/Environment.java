package dev.eksplatform.environment;

import dev.eksplatform.internal.yaml.Binder;
import dev.eksplatform.internal.yaml.BindingResult;
import dev.eksplatform.internal.yaml.PlacedProblems;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.internal.yaml.UnreadablePaths;
import dev.eksplatform.internal.yaml.YamlDocument;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.manifest.ManifestSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An environment file, read and checked.
 *
 * @param file the file, as it was named
 * @param resolved what follows from its specs
 * @param manifests the Kubernetes objects of the files it names
 * @param positions where its properties are in the file
 * @param warnings what is likely not meant, each at its place
 */
public record Environment(
        Path file,
        @API(status = API.Status.INTERNAL) ResolvedEnvironment resolved,
        ManifestSet manifests,
        @API(status = API.Status.INTERNAL) Positions positions,
        List<Problem> warnings) {

    private static final PropertyPath MANIFESTS = PropertyPath.of("workloads", "manifests");

    /** Keeps a copy of the warnings. */
    @API(status = API.Status.INTERNAL)
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
        return of(file, YamlDocument.read(file));
    }

    /**
     * Reads an environment and the manifests it names.
     *
     * @param file the file, to whose folder the names of manifests are relative
     * @param document its content
     * @return the environment
     * @throws InvalidInputException as {@link #read}
     */
    @API(status = API.Status.INTERNAL)
    public static Environment of(Path file, YamlDocument document) {
        BindingResult<EnvironmentSpec> result = Binder.bind(document, EnvironmentSpec.class);
        EnvironmentSpec spec = Optional.ofNullable(result.value()).orElseGet(result::orThrow);
        Positions positions = result.positions();
        PlacedProblems errors = result.problems();
        PlacedProblems warnings = new PlacedProblems(file.toString());
        CrossChecks across = new CrossChecks(result.unreadable());
        ResolvedEnvironment resolved = ResolvedEnvironment.resolve(spec, across);
        across.found().forEach(problem -> errors.add(positions.place(problem)));
        new IdentityPolicies(resolved, positions, result.unreadable(), errors, warnings).check();
        EndpointPolicies.check(spec, result.unreadable(), errors, warnings);
        ManifestSet manifests = manifests(file, spec, positions, errors);
        if (manifests != null) {
            check(new ManifestChecks(resolved, manifests), result.unreadable(), errors);
        }
        errors.throwIfAny();
        return new Environment(
                file,
                resolved,
                Objects.requireNonNull(manifests),
                positions,
                warnings(resolved, manifests, positions, warnings.inOrder()));
    }

    private static @Nullable ManifestSet manifests(
            Path file, EnvironmentSpec spec, Positions positions, PlacedProblems errors) {
        Path folder = file.getParent();
        try {
            return ManifestSet.read(
                    folder == null ? Path.of("") : folder,
                    spec.workloads().manifests(),
                    spec.workloads().namespace(),
                    spec.cluster().kubernetesVersion());
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> errors.add(inManifests(problem, positions)));
            return null;
        }
    }

    private static void check(ManifestChecks checks, UnreadablePaths unreadable, PlacedProblems errors) {
        if (!unreadable.covers(PropertyPath.of("workloads", "namespace"))) {
            checks.problems(!unreadable.touches(PropertyPath.of("identities"))).forEach(errors::add);
        }
    }

    private static List<Problem> warnings(
            ResolvedEnvironment resolved, ManifestSet manifests, Positions positions, List<Problem> ofPolicies) {
        List<Problem> warnings = new ArrayList<>(ofPolicies);
        warnings.addAll(ServiceAccountAnnotations.check(resolved, manifests, positions));
        manifests.warnings().forEach(warning -> warnings.add(inManifests(warning, positions)));
        ChartObjects.check(resolved, resolved.spec().cluster().kubernetesVersion())
                .forEach(warning -> warnings.add(positions.place(warning)));
        resolved.warnings().forEach(warning -> warnings.add(positions.place(warning)));
        EnvironmentHints.of(resolved.spec()).forEach(hint -> warnings.add(positions.place(hint)));
        return warnings;
    }

    /** A problem with a pattern of files is at its index in the list; the others are in a manifest. */
    private static Problem inManifests(Problem problem, Positions positions) {
        return problem.place() instanceof Place.InSpec spec
                        && spec.path().steps().stream().findFirst().orElse(null) instanceof PropertyPath.Index
                ? positions.place(problem.under(MANIFESTS))
                : problem;
    }
}

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
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.manifest.ManifestSet;
import dev.eksplatform.workload.manifest.PlacedObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
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
 * @param terraform the blocks of the Terraform files it names
 */
public record Environment(
        Path file,
        @API(status = API.Status.INTERNAL) ResolvedEnvironment resolved,
        ManifestSet manifests,
        @API(status = API.Status.INTERNAL) Positions positions,
        List<Problem> warnings,
        @API(status = API.Status.INTERNAL) List<TerraformFile> terraform) {

    private static final PropertyPath MANIFESTS = PropertyPath.of("workloads", "manifests");

    /** Keeps copies of the lists. */
    @API(status = API.Status.INTERNAL)
    public Environment {
        warnings = List.copyOf(warnings);
        terraform = List.copyOf(terraform);
    }

    /**
     * Reads an environment file, the files that it includes, and the manifests they name.
     *
     * @param file the file
     * @return the environment
     * @throws InvalidInputException with every problem, each at its place: those of the file in its order, then those of
     *     its manifests. What only follows from a part that has a problem itself is left out
     */
    public static Environment read(Path file) {
        return read(file, YamlDocument::text);
    }

    /**
     * Reads an environment as it is, or would be, with these texts.
     *
     * @param file the file
     * @param texts the text of the file and of each one that it includes
     * @return the environment
     * @throws InvalidInputException as {@link #read(Path)}
     */
    @API(status = API.Status.INTERNAL)
    public static Environment read(Path file, Function<Path, String> texts) {
        return of(file, EnvironmentFile.read(file, texts));
    }

    /**
     * Reads an environment and the manifests it names.
     *
     * @param file the file
     * @param document its content, over that of the files that it includes
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
        ManifestSet manifests = manifests(resolved, positions, errors);
        if (manifests != null) {
            check(new ManifestChecks(resolved, manifests), result.unreadable(), errors);
        }
        List<TerraformFile> terraform = terraform(spec, positions, errors);
        errors.throwIfAny();
        return new Environment(
                file,
                resolved,
                Objects.requireNonNull(manifests),
                positions,
                warnings(resolved, manifests, positions, warnings.inOrder()),
                terraform);
    }

    private static List<TerraformFile> terraform(EnvironmentSpec spec, Positions positions, PlacedProblems errors) {
        Problems problems = new Problems();
        List<TerraformFile> files = TerraformFile.read(
                stack -> folder(positions, PropertyPath.of("terraform", stack)), spec.terraform(), problems);
        problems.found().forEach(problem -> errors.add(positions.place(problem)));
        return files;
    }

    private static @Nullable ManifestSet manifests(
            ResolvedEnvironment resolved, Positions positions, PlacedProblems errors) {
        EnvironmentSpec spec = resolved.spec();
        try {
            return ManifestSet.read(
                    manifestFolder(positions),
                    spec.workloads().manifests(),
                    spec.workloads().namespace(),
                    spec.cluster().kubernetesVersion(),
                    resolved.clusterObjects().stream()
                            .map(one -> new PlacedObject(
                                    positions.at(one.property()).position(), one.body()))
                            .toList());
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> errors.add(inManifests(problem, positions)));
            return null;
        }
    }

    /** The folder that the patterns of manifests are relative to: that of the file they are in. */
    static Path manifestFolder(Positions positions) {
        return folder(positions, MANIFESTS);
    }

    private static Path folder(Positions positions, PropertyPath property) {
        Path folder = Path.of(positions.at(property).position().file()).getParent();
        return folder == null ? Path.of("") : folder;
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

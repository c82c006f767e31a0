package dev.eksplatform.config;

import dev.eksplatform.environment.Blueprint;
import dev.eksplatform.environment.EnvironmentSpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.workload.manifest.Manifest;
import dev.eksplatform.workload.manifest.Manifests;
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
 * @param blueprint what follows from its specs
 * @param manifests the Kubernetes objects of the files it names
 * @param positions where its properties stand
 * @param warnings what is likely not meant, each at its place
 */
public record Environment(
        Path file, Blueprint blueprint, Manifests manifests, Positions positions, List<Problem> warnings) {

    /** Keeps a copy of the warnings. */
    public Environment {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads an environment file and the manifests it names.
     *
     * @param file the file
     * @return the environment
     * @throws InvalidInputException with every problem, each at its place in the file or in a manifest
     */
    public static Environment read(Path file) {
        Bound<EnvironmentSpec> bound = Binder.bind(YamlDocument.read(file), EnvironmentSpec.class);
        List<Problem> problems = new ArrayList<>();
        Blueprint blueprint = null;
        Manifests manifests = null;
        try {
            blueprint = Blueprint.of(bound.value());
        } catch (InvalidInputException e) {
            problems.addAll(bound.positions().relocate(e).problems());
        }
        try {
            Path folder = file.getParent();
            manifests = Manifests.read(
                    folder == null ? Path.of("") : folder,
                    bound.value().workloads().manifests(),
                    bound.value().workloads().namespace());
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
        }
        if (blueprint != null && manifests != null) {
            check(blueprint, manifests, problems);
        }
        if (!problems.isEmpty() || blueprint == null || manifests == null) {
            throw new InvalidInputException(problems);
        }
        List<Problem> warnings = IdentityLint.check(blueprint, manifests, bound.positions());
        return new Environment(file, blueprint, manifests, bound.positions(), warnings);
    }

    private static void check(Blueprint blueprint, Manifests manifests, List<Problem> problems) {
        Set<String> declared = new TreeSet<>(ServiceAccountReferences.declaredIn(manifests.inOrder()));
        Set<String> made = blueprint.namespaces().keySet();
        blueprint.identities().forEach(settled -> {
            ServiceAccountName name = settled.identity().serviceAccount();
            if (!declared.add(name.toString()) && settled.identity().isMade()) {
                problems.add(twice(manifests, "ServiceAccount", name.namespace(), name.name()));
            }
        });
        problems.addAll(manifests.serviceAccountReferences().undeclared(declared));
        manifests.declaredNamespaces().stream()
                .filter(made::contains)
                .forEach(name -> problems.add(twice(manifests, "Namespace", null, name)));
    }

    private static Problem twice(Manifests manifests, String kind, @Nullable String namespace, String name) {
        Manifest manifest = manifests.inOrder().stream()
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

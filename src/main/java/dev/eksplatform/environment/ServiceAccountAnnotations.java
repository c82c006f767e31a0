package dev.eksplatform.environment;

import dev.eksplatform.iam.Arn;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
import dev.eksplatform.workload.manifest.KubernetesDocument;
import dev.eksplatform.workload.manifest.ManifestSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks that both sides of an identity agree: the annotations with a role, which manifests may bring, and the roles of the
 * environment's identities, each of which trusts the ServiceAccount of its identity only.
 */
final class ServiceAccountAnnotations {

    private static final PropertyPath ANNOTATION_PATH =
            PropertyPath.of("metadata", "annotations", Identity.ROLE_ANNOTATION);

    private final ResolvedEnvironment environment;
    private final Positions positions;
    private final Map<String, ResolvedIdentity> identities = new LinkedHashMap<>();
    private final Map<String, Identity> roles = new TreeMap<>();
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    private ServiceAccountAnnotations(ResolvedEnvironment environment, Positions positions) {
        this.environment = environment;
        this.positions = positions;
    }

    /**
     * Checks an environment.
     *
     * @return what is likely not meant, each at its place
     * @throws InvalidInputException with annotations and modes that cannot work
     */
    static List<Problem> check(ResolvedEnvironment environment, ManifestSet manifests, Positions positions) {
        List<Problem> windows = podIdentityOnWindows(environment, manifests);
        if (!windows.isEmpty()) {
            throw new InvalidInputException(windows);
        }
        ServiceAccountAnnotations check = new ServiceAccountAnnotations(environment, positions);
        environment.identities().forEach(check::add);
        for (KubernetesDocument manifest : manifests.inOrder()) {
            annotation(manifest).ifPresent(role -> check.annotated(manifest, role));
        }
        if (!check.errors.isEmpty()) {
            throw new InvalidInputException(check.errors);
        }
        return check.warnings;
    }

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions">EKS Pod
     * Identity restrictions</a>.
     */
    private static List<Problem> podIdentityOnWindows(ResolvedEnvironment environment, ManifestSet manifests) {
        Set<String> byPodIdentity = new TreeSet<>();
        environment.identities().stream()
                .map(ResolvedIdentity::identity)
                .filter(identity -> !identity.mode().worksOnWindows())
                .forEach(identity -> byPodIdentity.add(identity.serviceAccount().toString()));
        return manifests.serviceAccountReferences().references().stream()
                .filter(reference -> reference.onWindows() && byPodIdentity.contains(reference.key()))
                .map(reference -> new Problem(
                        reference.place(),
                        "EKS Pod Identity for ServiceAccount " + reference.key()
                                + ", whose pods run on Windows: its agent does not run there",
                        "irsa, or pods on Linux nodes of EKS",
                        "set mode: irsa for this identity"))
                .toList();
    }

    private void add(ResolvedIdentity resolved) {
        Identity identity = resolved.identity();
        String name = identity.serviceAccount().toString();
        identities.put(name, resolved);
        if (identity.spec().role().isEmpty()) {
            roles.put(environment.roleArn(identity), resolved.owner());
        }
        if (identity.serviceAccount().name().equals("default")) {
            warnings.add(new Problem(
                    at(resolved),
                    "an identity of the ServiceAccount " + name
                            + ": every pod of the namespace without serviceAccountName gets the role",
                    "give the workload a ServiceAccount of its own, and the identity to that one"));
        }
    }

    private Place at(ResolvedIdentity resolved) {
        return positions.at(resolved.property());
    }

    private void annotated(KubernetesDocument manifest, String role) {
        String name = manifest.namespace() + "/" + manifest.name();
        Place where = manifest.source().place(ANNOTATION_PATH);
        ResolvedIdentity resolved = identities.get(name);
        Identity other = roles.get(role);
        if (resolved != null) {
            twoRoles(where, name, role, resolved);
        } else if (other != null) {
            errors.add(new Problem(
                    where,
                    "the role " + other.roleName() + " does not trust the ServiceAccount " + name + ", only "
                            + other.serviceAccounts().stream()
                                    .map(ServiceAccountName::toString)
                                    .collect(Collectors.joining(" and ")),
                    "correct the annotation or the name of the ServiceAccount, or declare the identity " + name));
        } else if (isRole(role)) {
            otherRole(where, name, role);
        } else {
            errors.add(new Problem(
                    where,
                    "\"" + role + "\" is not the ARN of a role",
                    "arn:<partition>:iam::<account>:role/<name>",
                    "remove the annotation, and declare the identity " + name));
        }
    }

    private static Optional<String> annotation(KubernetesDocument manifest) {
        return manifest.kind().equals("ServiceAccount")
                        && manifest.apiVersion().equals("v1")
                        && manifest.body().get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("annotations") instanceof Map<?, ?> annotations
                        && annotations.get(Identity.ROLE_ANNOTATION) instanceof String role
                ? Optional.of(role)
                : Optional.empty();
    }

    private static boolean isRole(String text) {
        try {
            Arn arn = Arn.parse(text);
            return arn.service().equals("iam") && arn.resource().startsWith("role/");
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /** The platform annotates the ServiceAccount of an identity; with Pod Identity AWS SDKs prefer an annotation. */
    private void twoRoles(Place where, String name, String role, ResolvedIdentity resolved) {
        Identity identity = resolved.identity();
        boolean podIdentity = identity.mode().isAssociated();
        if (podIdentity || !role.equals(environment.roleArn(identity))) {
            errors.add(new Problem(
                    where,
                    "the ServiceAccount " + name + " is annotated with " + role + ", but "
                            + (podIdentity
                                    ? "uses EKS Pod Identity: AWS SDKs would prefer the annotation"
                                    : "has a role of its own")
                            + " (" + at(resolved) + ")",
                    "remove the annotation, or the identity"));
        }
    }

    /** The trust of a role of another environment is not known, but its name may be a typing error. */
    private void otherRole(Place where, String name, String role) {
        if (!role.contains(":" + environment.spec().account().digits() + ":")) {
            return;
        }
        List<String> names =
                roles.values().stream().map(one -> one.roleName().toString()).toList();
        String declare = "remove the annotation, and declare the identity " + name;
        warnings.add(new Problem(
                where,
                "the role " + role + " is not a role of this environment: whether it trusts " + name + " is not known",
                roles.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", roles.keySet())),
                Suggestion.nearest(role.substring(role.lastIndexOf('/') + 1), names)
                        .map(near -> "did you mean " + near + "? If so, " + declare)
                        .orElse(declare)));
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.environment.ResolvedEnvironment.SettledIdentity;
import dev.eksplatform.iam.Arn;
import dev.eksplatform.iam.lint.AnnotatedServiceAccount;
import dev.eksplatform.iam.lint.RoleTrust;
import dev.eksplatform.iam.lint.TrustFinding;
import dev.eksplatform.iam.lint.TrustLinter;
import dev.eksplatform.iam.lint.TrustRule.Severity;
import dev.eksplatform.identity.Identity;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.internal.yaml.Positions;
import dev.eksplatform.problem.InvalidInputException;
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

/**
 * Lints who trusts whom: the roles of an environment's identities against the ServiceAccounts that the platform annotates
 * and those that manifests bring with an annotation of their own.
 */
final class ServiceAccountAnnotations {

    private static final String ANNOTATION_PATH = "metadata.annotations[\"" + Identity.ROLE_ANNOTATION + "\"]";

    private final ResolvedEnvironment blueprint;
    private final Positions positions;
    private final List<RoleTrust> roles = new ArrayList<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, SettledIdentity> identities = new LinkedHashMap<>();
    private final List<AnnotatedServiceAccount> serviceAccounts = new ArrayList<>();
    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    private ServiceAccountAnnotations(ResolvedEnvironment blueprint, Positions positions) {
        this.blueprint = blueprint;
        this.positions = positions;
    }

    /**
     * Lints an environment.
     *
     * @return what is likely not meant, each at its place
     * @throws InvalidInputException with what leaves a role open to others, or useless
     */
    static List<Problem> check(ResolvedEnvironment blueprint, ManifestSet manifests, Positions positions) {
        List<Problem> windows = podIdentityOnWindows(blueprint, manifests);
        if (!windows.isEmpty()) {
            throw new InvalidInputException(windows);
        }
        List<KubernetesDocument> annotated = manifests.inOrder().stream()
                .filter(manifest -> annotation(manifest).isPresent())
                .toList();
        boolean usesDefault = blueprint.identities().stream().anyMatch(ServiceAccountAnnotations::isOfDefault);
        if (annotated.isEmpty() && !usesDefault) {
            // Both sides derive from one object: loading the linter at every synth would tell nothing.
            return List.of();
        }
        ServiceAccountAnnotations lint = new ServiceAccountAnnotations(blueprint, positions);
        blueprint.identities().forEach(lint::add);
        annotated.forEach(lint::add);
        TrustLinter.lint(lint.roles, lint.serviceAccounts, List.of(blueprint.issuer()))
                .forEach(lint::add);
        if (!lint.errors.isEmpty()) {
            throw new InvalidInputException(lint.errors);
        }
        return lint.warnings;
    }

    /**
     * Source: <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions">EKS Pod
     * Identity restrictions</a>.
     */
    private static List<Problem> podIdentityOnWindows(ResolvedEnvironment blueprint, ManifestSet manifests) {
        Set<String> byPodIdentity = new TreeSet<>();
        blueprint.identities().stream()
                .map(SettledIdentity::identity)
                .filter(identity -> identity.mode() == IdentityMode.POD_IDENTITY)
                .forEach(identity -> byPodIdentity.add(identity.serviceAccount().toString()));
        return manifests.serviceAccountReferences().references().stream()
                .filter(reference -> reference.onWindows() && byPodIdentity.contains(reference.key()))
                .map(reference -> new Problem(
                        reference.where(),
                        "EKS Pod Identity for ServiceAccount " + reference.key()
                                + ", whose pods run on Windows: its agent does not run there",
                        "irsa, or pods on Linux nodes of EKS",
                        "set mode: irsa for this identity"))
                .toList();
    }

    private void add(SettledIdentity settled) {
        Identity identity = settled.identity();
        String name = identity.serviceAccount().toString();
        identities.put(name, settled);
        places.put("ServiceAccount " + name, at(settled));
        places.put("role " + identity.roleName(), at(settled));
        blueprint
                .trust(identity)
                .ifPresent(trust ->
                        roles.add(new RoleTrust(identity.roleName().toString(), blueprint.roleArn(identity), trust)));
        serviceAccounts.add(new AnnotatedServiceAccount(
                identity.serviceAccount().namespace(),
                identity.serviceAccount().name(),
                identity.annotations(blueprint.roleArn(identity)).get(Identity.ROLE_ANNOTATION)));
        if (identity.mode() == IdentityMode.POD_IDENTITY && isOfDefault(settled)) {
            warnings.add(new Problem(
                    at(settled),
                    "an association with " + name + ", the ServiceAccount of every pod there that names none",
                    "a ServiceAccount of the workload's own",
                    "give the workload a ServiceAccount and an identity for that one"));
        }
    }

    private static boolean isOfDefault(SettledIdentity settled) {
        return settled.identity().serviceAccount().name().equals("default");
    }

    private String at(SettledIdentity settled) {
        return positions.at(PropertyPath.parse(settled.property())).toString();
    }

    private void add(KubernetesDocument manifest) {
        String annotated = annotation(manifest).orElseThrow();
        String name = manifest.namespace() + "/" + manifest.name();
        String where = manifest.source().where(ANNOTATION_PATH);
        SettledIdentity settled = identities.get(name);
        if (settled != null) {
            twoRoles(where, name, annotated, settled);
        } else if (isRole(annotated)) {
            places.put("ServiceAccount " + name, where);
            serviceAccounts.add(new AnnotatedServiceAccount(
                    Optional.ofNullable(manifest.namespace()).orElse(""), manifest.name(), annotated));
            otherRole(where, name, annotated);
        } else {
            errors.add(new Problem(
                    where,
                    "\"" + annotated + "\" is not the ARN of a role",
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

    /** The platform annotates a ServiceAccount of an identity itself; with Pod Identity an annotation would win over it. */
    private void twoRoles(String where, String name, String annotated, SettledIdentity settled) {
        Identity identity = settled.identity();
        boolean podIdentity = identity.mode() == IdentityMode.POD_IDENTITY;
        if (podIdentity || !annotated.equals(blueprint.roleArn(identity))) {
            errors.add(new Problem(
                    where,
                    "an annotation with " + annotated + " on the ServiceAccount " + name + ", which the identity at "
                            + at(settled)
                            + (podIdentity ? " binds by EKS Pod Identity" : " annotates with its own role"),
                    podIdentity
                            ? "no annotation: AWS SDKs take it before Pod Identity"
                            : "one role for a ServiceAccount",
                    "remove the annotation, or the identity"));
        }
    }

    /** Of a role that is not made here the trust is not known; but a slip in the name of one that is can be. */
    private void otherRole(String where, String name, String annotated) {
        Map<String, String> ours = new TreeMap<>();
        roles.forEach(role -> ours.put(role.arn(), role.name()));
        String account = ":" + blueprint.spec().account().digits() + ":";
        if (annotated.contains(account) && !ours.containsKey(annotated)) {
            warnings.add(new Problem(
                    where,
                    "the role " + annotated + " is not of this environment: whether it trusts " + name
                            + " is not known",
                    ours.isEmpty() ? "roles of identities" : String.join(", ", ours.keySet()),
                    Suggestion.nearest(annotated.substring(annotated.lastIndexOf('/') + 1), ours.values())
                            .map(near -> "did you mean " + near + "? Better remove the annotation, and declare the"
                                    + " identity " + name)
                            .orElse("remove the annotation, and declare the identity " + name)));
        }
    }

    private void add(TrustFinding finding) {
        Problem problem = finding.problem();
        String subject = problem.where().split(", ", 2)[0];
        Problem placed = problem.at(places.getOrDefault(subject, problem.where()));
        (finding.rule().severity() == Severity.ERROR ? errors : warnings).add(placed);
    }
}

package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pods run as which ServiceAccount.
 *
 * @param references every template of pods with a ServiceAccount, in the order of the manifests
 */
public record ServiceAccountReferences(List<Reference> references) {

    private static final String WINDOWS = "windows";

    /**
     * One use of a ServiceAccount.
     *
     * @param namespace the namespace of the pods and of the ServiceAccount
     * @param serviceAccount its name; {@code default} when the pods name none
     * @param manifest the object that makes the pods
     * @param where {@code file:line:column path} of {@code serviceAccountName}, or of the pods' spec
     * @param onWindows whether the pods ask for Windows nodes
     */
    public record Reference(
            String namespace, String serviceAccount, KubernetesDocument manifest, String where, boolean onWindows) {

        /**
         * The ServiceAccount as an environment file names an identity.
         *
         * @return {@code namespace/name}
         */
        public String key() {
            return namespace + "/" + serviceAccount;
        }
    }

    /** Copies the list. */
    public ServiceAccountReferences {
        references = List.copyOf(references);
    }

    /**
     * The ServiceAccounts that manifests use.
     *
     * @param manifests the manifests
     * @return their references
     */
    public static ServiceAccountReferences of(List<KubernetesDocument> manifests) {
        List<Reference> references = new ArrayList<>();
        for (KubernetesDocument manifest : manifests) {
            String namespace = manifest.namespace();
            if (namespace == null) {
                continue;
            }
            PodTemplates.of(manifest).ifPresent(pods -> {
                String field = pods.spec().containsKey("serviceAccountName") ? "serviceAccountName" : "serviceAccount";
                String named = BodyField.text(pods.spec(), field);
                String path = named.isEmpty() ? pods.path() : pods.path() + "." + field;
                references.add(new Reference(
                        namespace,
                        named.isEmpty() ? "default" : named,
                        manifest,
                        manifest.source().where(path),
                        isOnWindows(pods.spec())));
            });
        }
        return new ServiceAccountReferences(references);
    }

    /**
     * By node selector or by the pods' own operating system. Source: <a
     * href="https://kubernetes.io/docs/concepts/windows/user-guide/#ensuring-os-specific-workloads-land-on-the-appropriate-container-host">Windows
     * containers in Kubernetes</a>.
     */
    private static boolean isOnWindows(Object spec) {
        return BodyField.text(spec, "nodeSelector", "kubernetes.io/os").equals(WINDOWS)
                || BodyField.text(spec, "os", "name").equals(WINDOWS);
    }

    /**
     * The ServiceAccounts that documents declare.
     *
     * @param manifests the manifests
     * @return {@code namespace/name} of each
     */
    public static Set<String> declaredIn(List<KubernetesDocument> manifests) {
        Set<String> declared = new TreeSet<>();
        for (KubernetesDocument manifest : manifests) {
            if (manifest.kind().equals("ServiceAccount")
                    && manifest.apiVersion().equals("v1")) {
                declared.add(manifest.namespace() + "/" + manifest.name());
            }
        }
        return declared;
    }

    /**
     * The references to ServiceAccounts that nobody declares; {@code default} is in every namespace.
     *
     * @param declared {@code namespace/name} of the declared ones: identities and {@link #declaredIn documents}
     * @return a problem for each such reference
     */
    public List<Problem> undeclared(Collection<String> declared) {
        return references.stream()
                .filter(reference -> !reference.serviceAccount().equals("default"))
                .filter(reference -> !declared.contains(reference.key()))
                .map(reference -> problem(reference, declared))
                .toList();
    }

    private static Problem problem(Reference reference, Collection<String> declared) {
        String prefix = reference.namespace() + "/";
        List<String> here = declared.stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .sorted()
                .toList();
        String elsewhere = declared.stream()
                .filter(key -> key.endsWith("/" + reference.serviceAccount()))
                .sorted()
                .findFirst()
                .orElse("");
        String fix = Suggestion.nearest(reference.serviceAccount(), here)
                .map(name -> "did you mean " + name + "?")
                .orElse(
                        elsewhere.isEmpty()
                                ? "declare the identity " + reference.key() + ", or add a ServiceAccount document"
                                : elsewhere + " is declared: use that namespace, or declare " + reference.key());
        return new Problem(
                reference.where(),
                "nobody declares the ServiceAccount " + reference.key(),
                here.isEmpty()
                        ? "default, the only ServiceAccount of namespace " + reference.namespace()
                        : "default, " + String.join(", ", here),
                fix);
    }
}

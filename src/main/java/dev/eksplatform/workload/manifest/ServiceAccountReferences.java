package dev.eksplatform.workload.manifest;

import dev.eksplatform.problem.Place;
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
 * @param references every template of pods with a ServiceAccount, in the order of the documents
 */
public record ServiceAccountReferences(List<Reference> references) {

    private static final String WINDOWS = "windows";

    /**
     * One use of a ServiceAccount.
     *
     * @param namespace the namespace of the pods and of the ServiceAccount
     * @param serviceAccount its name; {@code default} when the pods name none
     * @param place the place of {@code serviceAccountName}, or of the pods' spec
     * @param onWindows whether the pods ask for Windows nodes
     */
    public record Reference(String namespace, String serviceAccount, Place place, boolean onWindows) {

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
     * The ServiceAccounts that the pods of documents use.
     *
     * @param documents the documents
     * @return their references
     */
    public static ServiceAccountReferences of(List<KubernetesDocument> documents) {
        List<Reference> references = new ArrayList<>();
        for (KubernetesDocument document : documents) {
            String namespace = document.namespace();
            if (namespace == null) {
                continue;
            }
            PodTemplates.of(document).ifPresent(pods -> {
                FieldValue account = pods.serviceAccount();
                boolean named = !account.text().isEmpty();
                references.add(new Reference(
                        namespace,
                        named ? account.text() : "default",
                        (named ? account : pods.spec()).place(),
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
    private static boolean isOnWindows(FieldValue spec) {
        return spec.text("nodeSelector", "kubernetes.io/os").equals(WINDOWS)
                || spec.text("os", "name").equals(WINDOWS);
    }

    /**
     * The ServiceAccounts that documents declare.
     *
     * @param documents the documents
     * @return {@code namespace/name} of each
     */
    public static Set<String> declaredIn(List<KubernetesDocument> documents) {
        Set<String> declared = new TreeSet<>();
        for (KubernetesDocument document : documents) {
            if (document.type().equals("v1 ServiceAccount")) {
                declared.add(document.namespace() + "/" + document.name());
            }
        }
        return declared;
    }

    /**
     * The references to ServiceAccounts that are not declared; {@code default} is in every namespace.
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
        return new Problem(
                reference.place(),
                "the ServiceAccount " + reference.key() + " is not declared",
                here.isEmpty()
                        ? "default, the only ServiceAccount of namespace " + reference.namespace()
                        : "default, " + String.join(", ", here),
                Suggestion.fix(
                        reference.serviceAccount(),
                        here,
                        elsewhere.isEmpty()
                                ? "declare the identity " + reference.key() + ", or add a ServiceAccount document"
                                : elsewhere + " is declared: use that namespace, or declare " + reference.key()));
    }
}

package dev.eksplatform.environment;

import dev.eksplatform.addon.GatewayApiSpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.workload.manifest.KubernetesDocument;
import dev.eksplatform.workload.manifest.ManifestSet;
import dev.eksplatform.workload.manifest.ServiceAccountReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the manifests of an environment fit to what the platform creates.
 *
 * @param environment the environment
 * @param manifests its manifests
 */
record ManifestChecks(ResolvedEnvironment environment, ManifestSet manifests) {

    /**
     * ServiceAccounts, Namespaces and StorageClasses that the platform creates as well, and ServiceAccounts that nobody creates.
     *
     * @param knowsIdentities whether all identities of the file could be read; else a ServiceAccount that a manifest uses
     *     may be that of one which could not
     */
    List<Problem> problems(boolean knowsIdentities) {
        List<Problem> problems = new ArrayList<>();
        Set<String> declared = new TreeSet<>(ServiceAccountReferences.declaredIn(manifests.inOrder()));
        environment.identities().forEach(one -> {
            ServiceAccountName name = one.identity().serviceAccount();
            if (!declared.add(name.toString()) && one.identity().createsServiceAccount()) {
                problems.add(duplicate(
                        "ServiceAccount",
                        name.namespace(),
                        name.name(),
                        "set serviceAccount: existing on the identity"));
            }
        });
        environment.spec().identities().keySet().forEach(name -> declared.add(name.toString()));
        if (knowsIdentities) {
            problems.addAll(manifests.serviceAccountReferences().undeclared(declared));
        }
        manifests.declaredNamespaces().stream()
                .filter(environment.namespaces()::containsKey)
                .forEach(name -> problems.add(duplicate(
                        "Namespace",
                        null,
                        name,
                        "move its labels to namespaces." + name + ".labels of the environment")));
        manifests.inOrder().stream()
                .filter(one -> one.kind().equals("StorageClass"))
                .filter(one -> environment.storageClasses().containsKey(one.name()))
                .map(one -> new Problem(
                                storageClasses(one.name()) + " of the environment creates the StorageClass "
                                        + one.name() + " already",
                                "remove the document, or " + storageClasses(one.name()) + "." + one.name())
                        .at(one.source().place(PropertyPath.of("metadata", "name"))))
                .forEach(problems::add);
        environment.spec().addons().gatewayApi().ifPresent(api -> definitions(api, problems));
        return problems;
    }

    private void definitions(GatewayApiSpec api, List<Problem> problems) {
        Set<String> own = api.definitions().keySet();
        manifests.inOrder().stream()
                .filter(one -> one.kind().equals("CustomResourceDefinition") && own.contains(one.name()))
                .forEach(one -> problems.add(new Problem(
                                "addons.gateway-api applies the CRD " + one.name() + " already",
                                "remove the document, or addons.gateway-api")
                        .at(one.source().place(PropertyPath.of("metadata", "name")))));
    }

    private String storageClasses(String name) {
        return environment.spec().storageClasses().containsKey(name)
                ? "storageClasses"
                : "cluster.autoMode.storageClasses";
    }

    private Problem duplicate(String kind, @Nullable String namespace, String name, String otherwise) {
        KubernetesDocument manifest = manifests.inOrder().stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name))
                .filter(one -> Objects.equals(one.namespace(), namespace))
                .findFirst()
                .orElseThrow();
        return new Problem(
                        "the platform creates the " + kind + " " + name + " already, for an identity or an add-on",
                        "remove the document, or " + otherwise)
                .at(manifest.source().place(PropertyPath.of("metadata", "name")));
    }
}

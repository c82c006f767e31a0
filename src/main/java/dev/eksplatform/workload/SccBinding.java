package dev.eksplatform.workload;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.kubernetes.manifest.Manifest;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.identity.ServiceAccountName;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/**
 * Lets the pods of a ServiceAccount use SecurityContextConstraints of OpenShift. Source: <a
 * href="https://docs.redhat.com/en/documentation/openshift_container_platform/latest/html/authentication_and_authorization/managing-pod-security-policies">managing
 * SCCs</a>.
 */
public final class SccBinding extends PlatformConstruct {

    private final Manifest resource;

    /**
     * Grants constraints to a ServiceAccount.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param serviceAccount the ServiceAccount
     * @param constraints their name, such as {@code restricted}
     * @param after what must be applied before it
     */
    public SccBinding(
            Construct scope,
            String id,
            ServiceAccountName serviceAccount,
            String constraints,
            List<? extends ITerraformDependable> after) {
        super(scope, id);
        String namespace = serviceAccount.namespace();
        String name = serviceAccount.name() + "-scc-" + constraints;
        String role = "system:openshift:scc:" + constraints;
        resource = new Manifest(
                this,
                "role-binding",
                ManifestConfig.builder()
                        .manifest(Map.of(
                                "apiVersion", "rbac.authorization.k8s.io/v1",
                                "kind", "RoleBinding",
                                "metadata", Map.of("name", name, "namespace", namespace),
                                "roleRef", reference("ClusterRole", "apiGroup", "rbac.authorization.k8s.io", role),
                                "subjects",
                                        List.of(reference(
                                                "ServiceAccount", "namespace", namespace, serviceAccount.name()))))
                        .dependsOn(after)
                        .build());
    }

    private static Map<String, String> reference(String kind, String owner, String of, String name) {
        return Map.of("kind", kind, owner, of, "name", name);
    }

    /**
     * The binding's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public Manifest resource() {
        return resource;
    }
}

package dev.eksplatform.workload;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestConfig;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestFieldManager;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import dev.eksplatform.workload.manifest.KubernetesDocument;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/**
 * One Kubernetes object as Terraform's {@code kubernetes_manifest}. It is applied, not waited for: the provider does not
 * keep an object whose wait failed in its state, and the next apply would find it there already.
 *
 * <p>A field of the manifest that another has changed ({@code kubectl set image}, {@code kubectl edit}) is a change of the
 * plan, and the apply takes the field back; without {@code force_conflicts} every later apply would end in a field manager
 * conflict. What others write legitimately is among {@link KubernetesDocument#computedFields()}, and stays.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts">conflicts of server-side
 *     apply</a>
 */
public final class KubernetesObject extends PlatformConstruct {

    private final com.hashicorp.cdktf.providers.kubernetes.manifest.Manifest resource;

    /**
     * Applies an object.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param manifest the object, in canonical form
     * @param after what must be applied before it
     */
    public KubernetesObject(
            Construct scope, String id, KubernetesDocument manifest, List<? extends ITerraformDependable> after) {
        this(scope, id, manifest.body(), manifest.computedFields(), after);
    }

    /**
     * Applies an object that follows from properties of the environment.
     *
     * @param scope the construct it belongs to, in a stack with a Kubernetes provider
     * @param id its id in the scope
     * @param body the object
     * @param after what must be applied before it
     */
    public KubernetesObject(
            Construct scope, String id, Map<String, Object> body, List<? extends ITerraformDependable> after) {
        this(scope, id, body, List.of(), after);
    }

    private KubernetesObject(
            Construct scope,
            String id,
            Map<String, Object> body,
            List<String> computedFields,
            List<? extends ITerraformDependable> after) {
        super(scope, id);
        ManifestConfig.Builder config = ManifestConfig.builder()
                .manifest(TerraformText.escape(body))
                .fieldManager(
                        ManifestFieldManager.builder().forceConflicts(true).build())
                .dependsOn(after);
        if (!computedFields.isEmpty()) {
            config.computedFields(computedFields);
        }
        resource = new com.hashicorp.cdktf.providers.kubernetes.manifest.Manifest(this, "object", config.build());
    }

    /**
     * The object's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public com.hashicorp.cdktf.providers.kubernetes.manifest.Manifest resource() {
        return resource;
    }
}

package dev.eksplatform.workload;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestConfig;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.json.TerraformText;
import dev.eksplatform.workload.manifest.Manifest;
import java.util.List;
import software.constructs.Construct;

/**
 * One Kubernetes object as Terraform's {@code kubernetes_manifest}. It is applied, not waited for: the provider does not
 * keep an object whose wait failed in its state, and the next apply would find it there already.
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
    public KubernetesObject(Construct scope, String id, Manifest manifest, List<? extends ITerraformDependable> after) {
        super(scope, id);
        ManifestConfig.Builder config = ManifestConfig.builder()
                .manifest(TerraformText.escape(manifest.body()))
                .dependsOn(after);
        if (!manifest.computedFields().isEmpty()) {
            config.computedFields(manifest.computedFields());
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

package dev.eksplatform.workload;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestConfig;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestWait;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestWaitCondition;
import dev.eksplatform.workload.manifest.Manifest;
import dev.eksplatform.workload.manifest.TerraformText;
import dev.eksplatform.workload.manifest.Wait;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/** One Kubernetes object as Terraform's {@code kubernetes_manifest}. */
public final class KubernetesObject extends Construct {

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
        manifest.waitFor().ifPresent(wait -> config.wait(block(wait)));
        resource = new com.hashicorp.cdktf.providers.kubernetes.manifest.Manifest(this, "object", config.build());
    }

    private static ManifestWait block(Wait wait) {
        ManifestWait.Builder block = ManifestWait.builder();
        if (wait instanceof Wait.Rollout) {
            block.rollout(true);
        } else if (wait instanceof Wait.Field field) {
            block.fields(Map.of(field.path(), field.pattern()));
        } else if (wait instanceof Wait.Condition condition) {
            block.condition(List.of(ManifestWaitCondition.builder()
                    .type(condition.type())
                    .status(condition.status())
                    .build()));
        }
        return block.build();
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

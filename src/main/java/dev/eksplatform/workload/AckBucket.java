package dev.eksplatform.workload;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.kubernetes.manifest.Manifest;
import com.hashicorp.cdktf.providers.kubernetes.manifest.ManifestConfig;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.List;
import java.util.Map;
import software.constructs.Construct;

/**
 * An S3 bucket that the ACK S3 controller creates from a custom resource. Source: <a
 * href="https://aws-controllers-k8s.github.io/community/reference/s3/v1alpha1/bucket/">Bucket</a>.
 */
public final class AckBucket extends PlatformConstruct {

    private final Manifest resource;

    /**
     * Creates the bucket of a namespace.
     *
     * @param scope the construct it belongs to, in a stack that is applied after the controller's
     * @param id its id in the scope
     * @param namespace the namespace, from which the bucket's name derives
     * @param spec what becomes of it
     * @param after what must be applied before it
     */
    public AckBucket(
            Construct scope, String id, String namespace, BucketSpec spec, List<? extends ITerraformDependable> after) {
        super(scope, id);
        String name = BucketSpec.nameFor(namespace);
        Map<String, String> annotations =
                Map.of("services.k8s.aws/deletion-policy", spec.deletionPolicy().word());
        resource = new Manifest(
                this,
                "bucket",
                ManifestConfig.builder()
                        .manifest(Map.of(
                                "apiVersion",
                                "s3.services.k8s.aws/v1alpha1",
                                "kind",
                                "Bucket",
                                "metadata",
                                Map.of("name", name, "namespace", namespace, "annotations", annotations),
                                "spec",
                                Map.of("name", name)))
                        // The controller adds its finalizer to the object.
                        .computedFields(List.of("metadata.labels", "metadata.annotations", "metadata.finalizers"))
                        .dependsOn(after)
                        .build());
    }

    /**
     * The bucket's resource, for what this construct does not cover.
     *
     * @return the resource
     */
    public Manifest resource() {
        return resource;
    }
}

package dev.eksplatform.workload;

import dev.eksplatform.addon.AckControllerSpec.DeletionPolicy;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * An S3 bucket that the ACK S3 controller creates for an application.
 *
 * @param deletionPolicy whether the bucket is deleted when it is removed here; default {@code retain}. S3 only deletes
 *     empty buckets
 */
@RecordBuilder
public record BucketSpec(@Example("delete") DeletionPolicy deletionPolicy) implements BucketSpecBuilder.With {

    /**
     * A bucket that stays when its custom resource goes.
     *
     * @return the spec
     */
    @Defaults
    public static BucketSpec standard() {
        return new BucketSpec(DeletionPolicy.RETAIN);
    }

    /**
     * The bucket of a namespace: applications look for exactly this name.
     *
     * @param namespace the namespace
     * @return {@code <namespace>-bucket}
     */
    public static String nameFor(String namespace) {
        return namespace + "-bucket";
    }
}

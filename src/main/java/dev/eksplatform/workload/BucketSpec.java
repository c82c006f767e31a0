package dev.eksplatform.workload;

import dev.eksplatform.addon.AckControllerSpec.DeletionPolicy;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;

/**
 * An S3 bucket that the ACK S3 controller makes for an application.
 *
 * @param deletionPolicy what becomes of the bucket when its custom resource is deleted; default retain. S3 deletes no
 *     bucket that holds objects
 */
public record BucketSpec(
        @Doc(value = "What becomes of the bucket when it is removed here (default retain)", example = "delete")
        DeletionPolicy deletionPolicy) {

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

package dev.eksplatform.addon;

import dev.eksplatform.construct.PlatformConstruct;
import org.apiguardian.api.API;
import software.constructs.Construct;

/** Creates what is around add-ons in AWS. */
@API(status = API.Status.INTERNAL)
public final class AddonResources {

    private AddonResources() {}

    /**
     * Creates one resource with what belongs to it.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param resource what to create
     * @return the construct
     */
    public static PlatformConstruct create(Construct scope, String id, AddonResource resource) {
        if (resource instanceof AddonBucketSpec bucket) {
            return new AddonBucket(scope, id, bucket);
        }
        if (resource instanceof InterruptionQueueSpec queue) {
            return new InterruptionQueue(scope, id, queue);
        }
        throw new IllegalArgumentException("no construct for " + resource);
    }
}

package dev.eksplatform.workload;

import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.spec.Defaults;
import dev.eksplatform.spec.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What runs on the platform.
 *
 * @param manifests plain Kubernetes YAML files, relative to the environment file; {@code *} stands for any part of a name
 * @param namespace the namespace of objects that name none; default {@code default}
 * @param buckets S3 buckets made by the ACK S3 controller, by the namespace that each is named from; default none
 * @param securityContextConstraints on OpenShift, the SecurityContextConstraints that ServiceAccounts may use; default
 *     none
 */
@RecordBuilder
public record WorkloadsSpec(
        @Doc(value = "Plain Kubernetes YAML files, relative to this file", example = "[sample-app/*.yaml]")
        List<String> manifests,

        @Doc("The namespace of objects that name none (default default)")
        String namespace,

        @Doc("S3 buckets made by the ACK S3 controller, each by the namespace it is named from")
        Map<String, BucketSpec> buckets,

        @Doc("On OpenShift: the SecurityContextConstraints that a ServiceAccount may use")
        Map<ServiceAccountName, String> securityContextConstraints)
        implements WorkloadsSpecBuilder.With {

    private static final int LONGEST_BUCKET_NAME = 63;

    /** Checks the buckets' names. */
    public WorkloadsSpec {
        manifests = List.copyOf(manifests);
        Problems problems = new Problems();
        for (String bucketNamespace : buckets.keySet()) {
            String name = BucketSpec.nameFor(bucketNamespace);
            if (name.length() > LONGEST_BUCKET_NAME) {
                problems.add(
                        "buckets." + bucketNamespace,
                        "the bucket's name " + name + " has " + name.length() + " characters",
                        "at most " + LONGEST_BUCKET_NAME,
                        "use a shorter namespace");
            }
        }
        problems.throwIfAny();
    }

    /**
     * Nothing.
     *
     * @return the spec
     */
    @Defaults
    public static WorkloadsSpec none() {
        return new WorkloadsSpec(List.of(), "default", Map.of(), Map.of());
    }
}

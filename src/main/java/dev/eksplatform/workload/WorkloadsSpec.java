package dev.eksplatform.workload;

import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What runs on the platform.
 *
 * @param manifests files with plain Kubernetes YAML, relative to this file; {@code *} matches any part of a name;
 *     default none
 * @param namespace the namespace of objects that name none; default {@code default}
 * @param buckets S3 buckets that the ACK S3 controller creates, by the namespace from which each is named; default
 *     none
 * @param securityContextConstraints on OpenShift, the SecurityContextConstraints that a ServiceAccount may use;
 *     default none
 */
@RecordBuilder
public record WorkloadsSpec(
        @Example("[sample-app/*.yaml]") List<String> manifests,

        @Example("shop") @Limit(pattern = DnsName.LABEL_PATTERN)
        String namespace,

        @Example("{shop: {}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, BucketSpec> buckets,

        @Example("{shop/orders: nonroot-v2}") @Limit(pattern = WorkloadsSpec.CONSTRAINTS)
        Map<ServiceAccountName, String> securityContextConstraints)
        implements WorkloadsSpecBuilder.With {

    private static final int LONGEST_BUCKET_NAME = 63;

    private static final String CONSTRAINTS = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
    private static final Pattern CONSTRAINTS_FORM = Pattern.compile(CONSTRAINTS);
    /** Checks the names. */
    public WorkloadsSpec {
        buckets = Components.map("buckets", buckets);
        securityContextConstraints = Components.map("securityContextConstraints", securityContextConstraints);
        manifests = Components.list("manifests", manifests);
        Problems problems = new Problems();
        DnsName.checkNamespace(PropertyPath.of("namespace"), namespace, problems);
        securityContextConstraints.forEach((account, name) -> problems.match(
                PropertyPath.of("securityContextConstraints", account.toString()),
                name,
                CONSTRAINTS_FORM,
                "the name of SecurityContextConstraints",
                "lower case letters, digits, - and .",
                "use one of `oc get scc`, such as nonroot-v2"));
        for (String bucketNamespace : buckets.keySet()) {
            DnsName.checkNamespace(PropertyPath.of("buckets", bucketNamespace), bucketNamespace, problems);
            String name = BucketSpec.nameFor(bucketNamespace);
            if (name.length() > LONGEST_BUCKET_NAME) {
                problems.add(
                        PropertyPath.of("buckets", bucketNamespace),
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

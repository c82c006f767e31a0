package dev.eksplatform.workload;

import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Doc;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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

        @Doc(value = "The namespace of objects that name none (default default)", example = "shop")
        @Limit(pattern = DnsName.LABEL_PATTERN)
        String namespace,

        @Doc(
                value = "S3 buckets made by the ACK S3 controller, each by the namespace it is named from",
                example = "{shop: {}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, BucketSpec> buckets,

        @Doc(
                value = "On OpenShift: the SecurityContextConstraints that a ServiceAccount may use",
                example = "{shop/orders: nonroot-v2}")
        @Limit(pattern = WorkloadsSpec.CONSTRAINTS)
        Map<ServiceAccountName, String> securityContextConstraints)
        implements WorkloadsSpecBuilder.With {

    private static final int LONGEST_BUCKET_NAME = 63;

    private static final String CONSTRAINTS = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
    private static final Pattern CONSTRAINTS_FORM = Pattern.compile(CONSTRAINTS);
    /** Checks the names. */
    public WorkloadsSpec {
        manifests = List.copyOf(manifests);
        Problems problems = new Problems();
        DnsName.checkNamespace(PropertyPath.of("namespace"), namespace, problems);
        securityContextConstraints.forEach((account, name) -> problems.match(
                Problem.property("securityContextConstraints", account.toString()),
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
                        Problem.property("buckets", bucketNamespace),
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

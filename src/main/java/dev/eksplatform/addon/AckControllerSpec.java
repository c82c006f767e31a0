package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A controller of ACK (AWS Controllers for Kubernetes), which creates resources of one AWS service from custom resources.
 * Source: <a href="https://aws-controllers-k8s.github.io/community/docs/user-docs/install/">install an ACK controller</a>.
 *
 * @param chartVersion the version of the chart; default the one that this release is tested with for {@code s3},
 *     required for other services
 * @param repository the chart's repository or a mirror of it, for closed networks
 * @param deletionPolicy whether an AWS resource is deleted with its custom resource; default {@code delete}
 * @param policies managed policies instead of the least-privilege one, required for services other than {@code s3};
 *     default none
 * @param roleName the name of its IAM role; default cluster, namespace and ServiceAccount joined by hyphens
 * @param options how the chart is installed
 */
@RecordBuilder
public record AckControllerSpec(
        @Example("1.10.0") Optional<ChartVersion> chartVersion,

        @Example("https://charts.example.com") @Limit(pattern = ChartChecks.REPOSITORY_PATTERN)
        String repository,

        @Example("retain") DeletionPolicy deletionPolicy,

        @Example("[AmazonS3FullAccess]") List<PolicyReference> policies,

        @Example("shop-controller") Optional<RoleName> roleName,

        @YamlInline ReleaseOptions options)
        implements AckControllerSpecBuilder.With {

    /** Where ACK controllers are installed. */
    public static final String NAMESPACE = "ack-system";

    private static final ChartVersion S3_VERSION = ChartVersion.parse("1.10.0");
    private static final List<String> RESERVED = List.of(
            "aws.region",
            "deletionPolicy",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** What happens to an AWS resource when its custom resource is deleted. */
    public enum DeletionPolicy {
        /** It is deleted too, except for a bucket with objects in it. */
        DELETE,
        /** It is kept. */
        RETAIN;

        /** The word in charts and custom resources. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks repository and overrides. */
    public AckControllerSpec {
        Components.required("options", options);
        policies = Components.list("policies", policies);
        Problems problems = new Problems();
        ChartChecks.repository(repository, problems);
        ChartValues.checkReserved(options, RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * A controller with the defaults.
     *
     * @return the spec
     */
    @Defaults
    public static AckControllerSpec standard() {
        return new AckControllerSpec(
                Optional.empty(),
                "oci://public.ecr.aws/aws-controllers-k8s",
                DeletionPolicy.DELETE,
                List.of(),
                Optional.empty(),
                ReleaseOptions.standard());
    }

    /**
     * The ServiceAccount of a controller.
     *
     * @param service the service
     * @return such as {@code ack-system/ack-s3-controller}
     */
    public static ServiceAccountName serviceAccount(AckService service) {
        return new ServiceAccountName(NAMESPACE, service.controller());
    }

    /**
     * The same with other values.
     *
     * @param values chart values
     * @return a copy
     */
    public AckControllerSpec withValues(Map<String, Object> values) {
        return withOptions(options.withValues(values));
    }

    HelmAddon resolve(AckService service, Partition partition) {
        Problems problems = new Problems();
        boolean isKnown = service.equals(AckService.S3);
        if (chartVersion.isEmpty() && !isKnown) {
            problems.add(
                    PropertyPath.of("chartVersion"),
                    "no chart version for the controller of " + service + ": only that of s3 has a default",
                    "copy the newest one from gallery.ecr.aws/aws-controllers-k8s/" + service + "-chart");
        }
        if (policies.isEmpty() && !isKnown) {
            problems.add(
                    PropertyPath.of("policies"),
                    "no policy for the controller of " + service
                            + ": only that of s3 has a least-privilege policy here",
                    "add the managed policies that ACK recommends for " + service);
        }
        problems.throwIfAny();
        Optional<PolicyDocument> leastPrivilege = policies.isEmpty()
                ? Optional.of(
                        PolicyCatalogue.of(service.controller()).latest().render(partition, Map.of("bucketPrefix", "")))
                : Optional.empty();
        AddonController controller = new AddonController(
                serviceAccount(service),
                Map.of("app.kubernetes.io/name", service + "-chart"),
                IdentitySpec.none().withPolicies(policies).withRoleName(roleName),
                leastPrivilege);
        return HelmAddon.of(
                        PropertyPath.of("ack", service.id()),
                        service.controller(),
                        repository,
                        service + "-chart",
                        chartVersion.orElse(S3_VERSION),
                        NAMESPACE,
                        release -> Json.merge(chartValues(service, release), options.allValues()))
                .withOptions(options)
                .withOperatorOnOpenShift(true)
                .withControllers(List.of(controller));
    }

    private Map<String, Object> chartValues(AckService service, HelmAddon.ReleaseContext context) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("aws", Map.of("region", context.region()));
        own.put("installScope", "cluster");
        own.put("deletionPolicy", deletionPolicy.word());
        List<String> tags = ControllerTags.ofAck(context.tags());
        if (!tags.isEmpty()) {
            own.put("resourceTags", tags);
        }
        own.put("serviceAccount", Map.of("create", false, "name", service.controller()));
        return own;
    }
}

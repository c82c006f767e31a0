package dev.eksplatform.addon;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.release.AckCharts;
import dev.eksplatform.internal.release.ChartReleases;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import dev.eksplatform.problem.Suggestion;
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
 * @param chartVersion the version of the chart; default the newest one that this release knows
 * @param repository the chart's repository or a mirror of it, for closed networks
 * @param deletionPolicy whether an AWS resource is deleted with its custom resource; default {@code delete}
 * @param namePrefix the beginning of the names of the resources that it may manage; empty for every name. Only policies of the
 *     catalogue for resources that people name have it: those of dynamodb, ecr, iam, kinesis, lambda, rds, s3, secretsmanager, sns and sqs
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue, or the managed policies that ACK recommends
 * @param options how the chart is installed
 */
@RecordBuilder
public record AckControllerSpec(
        @Example("1.10.0") Optional<ChartVersion> chartVersion,

        @Example("https://charts.example.com") @Limit(pattern = ChartChecks.REPOSITORY_PATTERN)
        String repository,

        @Example("retain") DeletionPolicy deletionPolicy,

        @Example("shop-") String namePrefix,

        @YamlInline ControllerIdentity identity,

        @YamlInline ReleaseOptions options)
        implements AckControllerSpecBuilder.With {

    /** Where ACK controllers are installed. */
    public static final String NAMESPACE = "ack-system";

    private static final String NAME_PREFIX = "namePrefix";
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
        Components.required(NAME_PREFIX, namePrefix, "identity", identity, "options", options);
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
                AckCharts.REPOSITORY,
                DeletionPolicy.DELETE,
                "",
                ControllerIdentity.standard(),
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
        Optional<AckCharts.Controller> known = service.facts();
        if (known.isEmpty() && (chartVersion.isEmpty() || identity.policies().isEmpty())) {
            problems.add(
                    PropertyPath.ROOT,
                    service + " is not a service whose controller this release knows",
                    String.join(", ", AckCharts.get().controllers().keySet()),
                    Suggestion.fix(
                            service.id(),
                            AckCharts.get().controllers().keySet(),
                            "add chartVersion and policies, if gallery.ecr.aws/aws-controllers-k8s has "
                                    + AckCharts.chart(service.id())));
        }
        boolean narrowed = service.policy()
                .filter(policy -> policy.parameters().containsKey(NAME_PREFIX))
                .isPresent();
        if (!namePrefix.isEmpty() && !(narrowed && identity.policies().isEmpty())) {
            problems.add(
                    PropertyPath.of(NAME_PREFIX),
                    narrowed
                            ? "not used: policies replace the policy that it narrows"
                            : "not used: no policy of the catalogue narrows the controller of " + service,
                    narrowed ? "remove one of them" : "remove it, or give it policies of your own");
        }
        problems.throwIfAny();
        Optional<PolicyDocument> policy = Optional.empty();
        if (identity.policies().isEmpty()) {
            policy = service.policy()
                    .map(template -> template.render(partition, narrowed ? Map.of(NAME_PREFIX, namePrefix) : Map.of()));
        }
        return HelmAddon.of(
                        PropertyPath.of("ack", service.id()),
                        service.controller(),
                        repository,
                        AckCharts.chart(service.id()),
                        version(service),
                        NAMESPACE,
                        release -> Json.merge(chartValues(service, release), options.allValues()))
                .withOptions(options)
                .withOperatorOnOpenShift(true)
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withControllers(List.of(controller(service, known, policy)));
    }

    private ChartVersion version(AckService service) {
        return chartVersion.orElseGet(() -> ChartVersion.parse(
                ChartReleases.get().newest(AckCharts.chart(service.id())).orElseThrow()));
    }

    private AddonController controller(
            AckService service, Optional<AckCharts.Controller> known, Optional<PolicyDocument> policy) {
        List<PolicyReference> recommended = known.map(AckCharts.Controller::policies).orElse(List.of()).stream()
                .map(PolicyReference::parse)
                .toList();
        return new AddonController(
                serviceAccount(service),
                Map.of("app.kubernetes.io/name", AckCharts.chart(service.id())),
                (identity.policies().isEmpty() ? identity.withPolicies(recommended) : identity).spec(),
                policy);
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

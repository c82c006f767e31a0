package dev.eksplatform.addon;

import dev.eksplatform.cluster.RoleArn;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * KEDA, which scales workloads by queues, streams, metrics and time. Sources: <a
 * href="https://keda.sh/docs/latest/deploy/#helm">deploying with Helm</a>, <a
 * href="https://keda.sh/docs/latest/authentication-providers/aws/">permissions in AWS</a>.
 *
 * @param chart its chart
 * @param queues the SQS queues whose length its operator may read: names in the account and region of the cluster, {@code *} for any part
 *     of them, or ARNs; default none
 * @param cloudWatch whether its operator may read metrics of CloudWatch; default false
 * @param roles the roles that its operator may assume, for TriggerAuthentications with {@code roleArn}; default none
 * @param replicas the number of replicas of operator, metrics server and webhooks; default 2
 * @param keepCrds whether the CRDs, and with them every ScaledObject, are kept when the release is removed; default true
 * @param identity the AWS permissions of its operator; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = KedaSpec.NAME)
@Example("{queues: [orders]}")
public record KedaSpec(
        @YamlInline ChartSettings chart,

        @Example("[orders]") @Limit(pattern = KedaSpec.QUEUE, unique = true)
        List<String> queues,

        @Example("true") boolean cloudWatch,

        @Example("['arn:aws:iam::111122223333:role/orders']") @Limit(unique = true)
        List<RoleArn> roles,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("true") boolean keepCrds,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, KedaSpecBuilder.With {

    /** The release's name, which is also the name of its namespace. */
    public static final String NAME = "keda";

    private static final String REPOSITORY = "https://kedacore.github.io/charts";
    private static final String VERSION = "2.21.0";

    /** The ServiceAccount of its operator. */
    public static final ServiceAccountName ACCOUNT = new ServiceAccountName(NAME, "keda-operator");

    private static final String QUEUE = "^(arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:)?[A-Za-z0-9_*-]{1,80}(\\.fifo)?$";
    private static final Pattern QUEUE_FORM = Pattern.compile(QUEUE);
    private static final int WEBHOOK_PORT = 9443;
    private static final int METRICS_PORT = 6443;
    private static final List<String> RESERVED = List.of(
            "crds.install",
            "crds.additionalAnnotations",
            "serviceAccount.operator.create",
            "serviceAccount.operator.name",
            "serviceAccount.operator.annotations",
            "podIdentity.aws.irsa");

    /** Checks queues, replicas and overrides. */
    public KedaSpec {
        Components.required("chart", chart, "identity", identity);
        queues = Components.list("queues", queues);
        roles = Components.list("roles", roles);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        for (int i = 0; i < queues.size(); i++) {
            problems.match(
                    PropertyPath.of("queues").index(i),
                    queues.get(i),
                    QUEUE_FORM,
                    "a queue of Amazon SQS",
                    "its name, with * for any part, or its ARN",
                    "write it like orders or orders-*, not its URL");
        }
        problems.once(PropertyPath.of("queues"), queues, "queue");
        problems.once(PropertyPath.of("roles"), roles, "role");
        identity.checkOptional(!queues.isEmpty() || cloudWatch || !roles.isEmpty(), problems);
        ChartValues.checkReserved(chart.values(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static KedaSpec standard() {
        return new KedaSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                List.of(),
                false,
                List.of(),
                2,
                true,
                ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        List<EndpointService> services = new ArrayList<>();
        if (!queues.isEmpty()) {
            services.add(new EndpointService("sqs"));
        }
        if (cloudWatch) {
            services.add(new EndpointService("monitoring"));
        }
        return services;
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        Optional<AddonController> controller = identity.optional(ACCOUNT, policy(context));
        Map<String, Object> own = chartValues(context.clusterName(), controller.isPresent());
        Map<String, Object> merged = Json.merge(own, chart.values());
        return HelmAddon.of(this, NAME, NAME, release -> own)
                .withPodSecurity(Optional.of(ChartValues.restricted(
                        merged, "operator.useHostNetwork", "metricsServer.useHostNetwork", "webhooks.useHostNetwork")))
                .withWebhookPorts(List.of(
                        ChartValues.portAt(merged, "service.portHttpsTarget", METRICS_PORT),
                        ChartValues.portAt(merged, "webhooks.port", WEBHOOK_PORT)))
                .withControllers(controller.stream().toList())
                .withOutputs(Map.of(
                        "keda_command",
                        new HelmAddon.Output(
                                "Command that lists what KEDA scales",
                                "kubectl get scaledobjects,scaledjobs --all-namespaces")));
    }

    private PolicyDocument policy(AddonContext context) {
        return PolicyCatalogue.of(NAME)
                .latest()
                .renderLists(
                        context.partition(),
                        Map.of(
                                "queues",
                                queues.stream()
                                        .map(name -> name.startsWith("arn:") ? name : context.arn("sqs") + name)
                                        .toList(),
                                "metrics",
                                cloudWatch ? List.of("*") : List.of(),
                                "roles",
                                roles.stream().map(RoleArn::value).toList()));
    }

    private Map<String, Object> chartValues(String clusterName, boolean hasController) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("clusterName", clusterName);
        if (keepCrds) {
            own.put("crds", Map.of("additionalAnnotations", ChartValues.KEEP));
        }
        Map<String, Object> part = Map.of("replicaCount", replicas, "nodeSelector", ChartValues.ON_LINUX);
        own.put("operator", part);
        own.put("metricsServer", part);
        own.put("webhooks", part);
        if (replicas > 1) {
            Map<String, Object> budget = Map.of("maxUnavailable", 1);
            own.put("podDisruptionBudget", Map.of("operator", budget, "metricServer", budget, "webhooks", budget));
        }
        if (hasController) {
            own.put("serviceAccount", Map.of("operator", Map.of("create", false, "name", ACCOUNT.name())));
        }
        return own;
    }
}

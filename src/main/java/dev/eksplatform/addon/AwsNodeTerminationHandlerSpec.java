package dev.eksplatform.addon;

import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The AWS Node Termination Handler, which drains nodes of Auto Scaling groups that are not managed node groups before EC2 ends them. It reads what
 * is announced from a queue. Source: <a
 * href="https://github.com/aws/aws-node-termination-handler#queue-processor">queue processor</a>.
 *
 * @param chart its chart
 * @param replicas the number of replicas; default 2
 * @param autoScalingGroups the names of the Auto Scaling groups whose nodes it drains, each with the tags that it looks for and a hook that
 *     waits for it when the group ends an instance; default none: groups have both from where they are created
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = AwsNodeTerminationHandlerSpec.NAME)
@Example("{autoScalingGroups: [shop-batch]}")
public record AwsNodeTerminationHandlerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("[shop-batch]") @Limit(pattern = AwsNodeTerminationHandlerSpec.GROUP, unique = true)
        List<String> autoScalingGroups,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, AwsNodeTerminationHandlerSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "aws-node-termination-handler";

    private static final String REPOSITORY = "oci://public.ecr.aws/aws-ec2/helm";
    private static final String VERSION = "0.27.6";

    /** The tag of instances whose nodes it drains. */
    static final String MANAGED = NAME + "/managed";

    private static final String NAMESPACE = "kube-system";
    private static final String GROUP = "^[^\\x00-\\x1f:]{1,255}$";
    private static final Pattern GROUP_FORM = Pattern.compile(GROUP);
    private static final List<String> RESERVED = List.of(
            "enableSqsTerminationDraining",
            "queueURL",
            "awsRegion",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks replicas, groups and overrides. */
    public AwsNodeTerminationHandlerSpec {
        Components.required("chart", chart, "identity", identity);
        autoScalingGroups = Components.list("autoScalingGroups", autoScalingGroups);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        for (int i = 0; i < autoScalingGroups.size(); i++) {
            problems.match(
                    PropertyPath.of("autoScalingGroups").index(i),
                    autoScalingGroups.get(i),
                    GROUP_FORM,
                    "the name of an Auto Scaling group",
                    "1 to 255 characters without a colon",
                    "copy it from `aws autoscaling describe-auto-scaling-groups`");
        }
        problems.once(PropertyPath.of("autoScalingGroups"), autoScalingGroups, "group");
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static AwsNodeTerminationHandlerSpec standard() {
        return new AwsNodeTerminationHandlerSpec(
                ChartSettings.of(VERSION, REPOSITORY), 2, List.of(), ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return Stream.of("autoscaling", "ec2", "sqs").map(EndpointService::new).toList();
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        String queue =
                RoleName.fitting(context.clusterName() + "-node-termination").text();
        AddonController controller =
                identity.controller(new ServiceAccountName(NAMESPACE, NAME), Map.of(), () -> policy(context, queue));
        Map<String, AddonResource> resources = new TreeMap<>();
        resources.put(
                "interruptions",
                InterruptionQueueSpec.of(
                        queue,
                        Arrays.stream(InterruptionEvent.values())
                                .filter(event -> event != InterruptionEvent.CAPACITY_RESERVATION)
                                .toList()));
        if (!autoScalingGroups.isEmpty()) {
            resources.put("groups", TerminationHookSpec.of(autoScalingGroups));
        }
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues(context, queue))
                .withControllers(List.of(controller))
                .withResources(resources);
    }

    private PolicyDocument policy(AddonContext context, String queue) {
        Map<String, List<String>> values = new TreeMap<>();
        values.put("account", List.of(context.account().digits()));
        values.put("groups", autoScalingGroups.isEmpty() ? List.of("*") : autoScalingGroups);
        values.put("queue", List.of(queue));
        values.put("region", List.of(context.region()));
        return PolicyCatalogue.of(NAME).latest().renderLists(context.partition(), values);
    }

    private Map<String, Object> chartValues(AddonContext context, String queue) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("enableSqsTerminationDraining", true);
        own.put(
                "queueURL",
                "https://sqs." + context.region() + "." + context.partition().dnsSuffix() + "/"
                        + context.account().digits() + "/" + queue);
        // By value: with a hop limit of 1 its pods cannot ask the instance metadata.
        own.put("awsRegion", context.region());
        own.put("replicas", replicas);
        own.put("podDisruptionBudget", Map.of("maxUnavailable", 1));
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        own.put("rbac", Map.of("pspEnabled", false));
        own.put("tolerations", List.of(new TreeMap<>(Map.of("key", "CriticalAddonsOnly", "operator", "Exists"))));
        return own;
    }
}

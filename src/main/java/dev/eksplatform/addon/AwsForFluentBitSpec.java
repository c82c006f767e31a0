package dev.eksplatform.addon;

import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.construct.LogRetention;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * AWS for Fluent Bit, which sends the logs of containers to CloudWatch Logs. Source: <a
 * href="https://github.com/aws/eks-charts/tree/master/stable/aws-for-fluent-bit">aws-for-fluent-bit</a>.
 *
 * @param chart its chart
 * @param logGroup the log group; default {@code /aws/containerinsights/} with the name of the cluster and {@code /application}
 * @param retentionDays how long CloudWatch keeps the logs, in days; default 90
 * @param kmsKeyArn the KMS key that encrypts the logs, whose policy must allow it to CloudWatch Logs; default a key that is created
 * @param fargate whether logs of pods on Fargate are sent, too, by the log router of Fargate; default true
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = AwsForFluentBitSpec.NAME)
@Example("{retentionDays: 30}")
public record AwsForFluentBitSpec(
        @YamlInline ChartSettings chart,

        @Example("/shop/containers") @Limit(pattern = AwsForFluentBitSpec.GROUP)
        Optional<String> logGroup,

        @Example("30") @Limit(oneOf = LogRetention.PERIODS) int retentionDays,

        @Example("arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9")
        Optional<KmsKeyArn> kmsKeyArn,

        @Example("false") boolean fargate,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, AwsForFluentBitSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "aws-for-fluent-bit";

    private static final String REPOSITORY = "https://aws.github.io/eks-charts";
    private static final String VERSION = "0.2.0";

    /** How long logs of containers are kept by default, in days. */
    static final int USUAL_RETENTION = 90;

    private static final String GROUP = "^[A-Za-z0-9_/.#-]{1,512}$";
    private static final Pattern GROUP_FORM = Pattern.compile(GROUP);
    private static final List<String> RESERVED = List.of(
            "cloudWatchLogs.region",
            "cloudWatchLogs.logGroupName",
            "cloudWatchLogs.autoCreateGroup",
            "cloudWatchLogs.logRetentionDays",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks log group, retention and overrides. */
    public AwsForFluentBitSpec {
        Components.required("chart", chart, "identity", identity);
        Problems problems = new Problems();
        logGroup.ifPresent(name -> problems.match(
                "logGroup",
                name,
                GROUP_FORM,
                "the name of a log group",
                "letters, digits and _ / . # -",
                "write it like /shop/containers"));
        LogRetention.check(PropertyPath.of("retentionDays"), retentionDays, problems);
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static AwsForFluentBitSpec standard() {
        return new AwsForFluentBitSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                Optional.empty(),
                USUAL_RETENTION,
                Optional.empty(),
                true,
                ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return List.of(new EndpointService("logs"));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        ContainerLogs logs = logs(context.clusterName());
        AddonController controller = identity.controller(
                new ServiceAccountName(NAME, NAME), Map.of(), () -> ContainerLogs.policy(context, logs.application()));
        return HelmAddon.of(this, NAME, NAME, release -> chartValues(release.region(), logs.application()))
                // It reads files of the node.
                .withPodSecurity(Optional.of(PodSecurityLevel.PRIVILEGED))
                .withControllers(List.of(controller))
                .withResources(Map.of("logs", logs.groups()))
                .withOutputs(logs.outputs(context));
    }

    /**
     * Where its logs are.
     *
     * @param clusterName the name of the cluster
     * @return the log group
     */
    @API(status = API.Status.INTERNAL)
    public ContainerLogs logs(String clusterName) {
        return ContainerLogs.of(clusterName, logGroup, retentionDays, kmsKeyArn);
    }

    private static Map<String, Object> chartValues(String region, String group) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put(
                "cloudWatchLogs",
                Map.of("enabled", true, "region", region, "logGroupName", group, "autoCreateGroup", false));
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        own.put("priorityClassName", "system-node-critical");
        own.put("nodeSelector", Map.of("kubernetes.io/os", "linux"));
        // On all nodes, whatever their taints; a pod for a node of Fargate would wait for ever.
        own.put("tolerations", List.of(Map.of("operator", "Exists")));
        own.put(
                "affinity",
                Map.of(
                        "nodeAffinity",
                        Map.of(
                                "requiredDuringSchedulingIgnoredDuringExecution",
                                Map.of(
                                        "nodeSelectorTerms",
                                        List.of(Map.of(
                                                "matchExpressions",
                                                List.of(
                                                        Map.of(
                                                                "key", "eks.amazonaws.com/compute-type",
                                                                "operator", "NotIn",
                                                                "values", List.of("fargate")))))))));
        // containerd keeps all logs below /var/log.
        own.put("volumes", List.of(Map.of("name", "varlog", "hostPath", Map.of("path", "/var/log"))));
        own.put("volumeMounts", List.of(Map.of("name", "varlog", "mountPath", "/var/log")));
        return own;
    }
}

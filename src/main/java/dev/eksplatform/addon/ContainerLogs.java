package dev.eksplatform.addon;

import dev.eksplatform.cluster.KmsKeyArn;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Where logs of containers are in CloudWatch.
 *
 * @param groups the log groups
 * @param application the one of containers
 */
@API(status = API.Status.INTERNAL)
public record ContainerLogs(LogGroupsSpec groups, String application) {

    /**
     * The groups of Container Insights. Source: <a
     * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-setup-logs-FluentBit.html">Fluent Bit</a>.
     */
    private static final List<String> OF_INSIGHTS = List.of("application", "dataplane", "host", "performance");

    private static final Map<Partition, String> CONSOLES = Map.of(
            Partition.AWS, "console.aws.amazon.com",
            Partition.AWS_CN, "console.amazonaws.cn",
            Partition.AWS_US_GOV, "console.amazonaws-us-gov.com");

    private static String base(String clusterName) {
        return "/aws/containerinsights/" + clusterName;
    }

    private static String keyName(String clusterName) {
        return "eks/" + clusterName + "/container-logs";
    }

    /** One group. */
    static ContainerLogs of(
            String clusterName, Optional<String> group, int retentionDays, Optional<KmsKeyArn> kmsKeyArn) {
        String name = group.orElse(base(clusterName) + "/application");
        return new ContainerLogs(
                LogGroupsSpec.of(keyName(clusterName), name, List.of(), retentionDays, kmsKeyArn), name);
    }

    /**
     * The groups of Container Insights.
     *
     * @param clusterName the name of the cluster
     * @param retentionDays how long CloudWatch keeps what is in them, in days
     * @param kmsKeyArn the KMS key that encrypts them; empty to create one
     * @return the groups
     */
    public static ContainerLogs ofInsights(String clusterName, int retentionDays, Optional<KmsKeyArn> kmsKeyArn) {
        return new ContainerLogs(
                LogGroupsSpec.of(keyName(clusterName), base(clusterName), OF_INSIGHTS, retentionDays, kmsKeyArn),
                base(clusterName) + "/application");
    }

    /**
     * The permission to write to a group.
     *
     * @param context partition, region and account of the group
     * @param group its name
     * @return the policy
     */
    public static PolicyDocument policy(AddonContext context, String group) {
        return PolicyCatalogue.of(AwsForFluentBitSpec.NAME)
                .latest()
                .render(
                        context.partition(),
                        Map.of(
                                "region", context.region(),
                                "account", context.account().digits(),
                                "groups", group));
    }

    /**
     * The metrics of Container Insights.
     *
     * @param context partition and region
     * @return the page of the AWS console; empty in a partition whose console is not known
     */
    public static Optional<HelmAddon.Output> insights(AddonContext context) {
        return Optional.ofNullable(CONSOLES.get(context.partition()))
                .map(console -> new HelmAddon.Output(
                        "Container Insights in the AWS console",
                        "https://" + console + "/cloudwatch/home?region=" + context.region()
                                + "#container-insights:infrastructure"));
    }

    /**
     * Where to look.
     *
     * @param context the region
     * @return outputs by name
     */
    public Map<String, HelmAddon.Output> outputs(AddonContext context) {
        return Map.of(
                "container_logs_command",
                new HelmAddon.Output(
                        "Command that shows new logs of containers",
                        "aws logs tail " + application + " --region " + context.region() + " --follow"));
    }
}

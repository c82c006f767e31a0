package dev.eksplatform.addon;

import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An add-on that is resolved: one Helm release and what it needs around it.
 *
 * @param property the property of {@link AddonsSpec} that asked for it
 * @param name the release's name, unique in an environment
 * @param repository the chart's repository, such as {@code https://charts.jetstack.io} or {@code oci://…}
 * @param chart the chart's name in it
 * @param version the chart's version
 * @param namespace where it is installed
 * @param needs other add-ons that must be present, and ready before it
 * @param after other add-ons that must be ready before it where they are present
 * @param guardsServices whether it calls a webhook for every Service and Ingress of the cluster, so that whatever creates
 *     one must come after it
 * @param operatorOnOpenShift whether OpenShift installs it from OperatorHub instead
 * @param webhookPorts TCP ports of its webhooks, which the API server must reach on the nodes
 * @param controller its controller's AWS permissions; empty when it needs none
 * @param values the chart's values, computed when the cluster is known
 */
@RecordBuilder
public record HelmAddon(
        PropertyPath property,
        String name,
        String repository,
        String chart,
        ChartVersion version,
        String namespace,
        List<String> needs,
        List<String> after,
        boolean guardsServices,
        boolean operatorOnOpenShift,
        List<Integer> webhookPorts,
        Optional<AddonController> controller,
        Function<ReleaseContext, Map<String, Object>> values)
        implements HelmAddonBuilder.With {

    /** Copies the lists. */
    public HelmAddon {
        needs = List.copyOf(needs);
        after = List.copyOf(after);
        webhookPorts = List.copyOf(webhookPorts);
    }

    /**
     * Whether an operator installs it instead of Helm.
     *
     * @param distribution the cluster's Kubernetes distribution
     * @return true for ACK controllers on OpenShift
     */
    public boolean isOperatorOn(Distribution distribution) {
        return operatorOnOpenShift && distribution == Distribution.ROSA;
    }

    /**
     * What the values of a chart depend on.
     *
     * @param clusterName the cluster
     * @param region the cluster's region
     * @param vpcId the cluster's VPC, may be a Terraform reference
     * @param addons the names of all add-ons of the environment
     * @param tags tags of every AWS resource, those that a controller creates among them
     */
    public record ReleaseContext(
            String clusterName, String region, String vpcId, List<String> addons, Map<String, String> tags) {}

    /** A release that needs nothing around it. */
    static HelmAddon of(
            PropertyPath property,
            String name,
            String repository,
            String chart,
            ChartVersion version,
            String namespace,
            Function<ReleaseContext, Map<String, Object>> values) {
        return new HelmAddon(
                property,
                name,
                repository,
                chart,
                version,
                namespace,
                List.of(),
                List.of(),
                false,
                false,
                List.of(),
                Optional.empty(),
                values);
    }
}

package dev.eksplatform.addon;

import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An add-on that is settled: one Helm release and what it needs around it.
 *
 * @param name the release's name, unique in an environment
 * @param repository the chart's repository, such as {@code https://charts.jetstack.io} or {@code oci://…}
 * @param chart the chart's name in it
 * @param version the chart's version
 * @param namespace where it is installed
 * @param needs other add-ons that must be present, and ready before it
 * @param after other add-ons that must be ready before it where they are present
 * @param guardsServices whether it calls a webhook for every Service and Ingress of the cluster, so that whatever makes
 *     one must come after it
 * @param webhookPorts TCP ports of its webhooks, which the API server must reach on the nodes
 * @param controller its controller's AWS permissions; empty when it needs none
 * @param values the chart's values, made when the cluster is known
 */
public record HelmAddon(
        String name,
        String repository,
        String chart,
        ChartVersion version,
        String namespace,
        List<String> needs,
        List<String> after,
        boolean guardsServices,
        List<Integer> webhookPorts,
        Optional<Controller> controller,
        Function<ReleaseContext, Map<String, Object>> values) {

    /**
     * The controller of an add-on that calls AWS.
     *
     * @param serviceAccount its ServiceAccount
     * @param labels labels of the ServiceAccount
     * @param identity what the user chose
     * @param policy what the controller needs; empty when that is in {@code identity}
     */
    public record Controller(
            ServiceAccountName serviceAccount,
            Map<String, String> labels,
            IdentitySpec identity,
            Optional<PolicyDocument> policy) {}

    /**
     * What the values of a chart depend on.
     *
     * @param clusterName the cluster
     * @param region the cluster's region
     * @param vpcId the cluster's VPC, may be a Terraform reference
     * @param addons the names of all add-ons of the environment
     * @param tags tags of every AWS resource, those that a controller makes among them
     */
    public record ReleaseContext(
            String clusterName, String region, String vpcId, List<String> addons, Map<String, String> tags) {}
}

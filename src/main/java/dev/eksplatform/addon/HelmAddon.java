package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.cluster.Distribution;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

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
 * @param webhookPorts TCP ports of its webhooks and of its part of the Kubernetes API, which the API server must reach on the nodes
 * @param controllers the AWS permissions of its controllers; empty when it needs none
 * @param values the chart's values, computed when the cluster is known
 * @param options how the chart is installed
 * @param podSecurity what pods may do in its namespace; empty for no label
 * @param resources the AWS resources around it, by the id of each
 * @param objects Kubernetes objects of kinds that its chart brings, applied after it
 * @param outputs where to look, by the name of the Terraform output
 * @param discoveryTags tags by which its controller finds private subnets and the security group of nodes; those that are created get
 *     them
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
        List<AddonController> controllers,
        Function<ReleaseContext, Map<String, Object>> values,
        ReleaseOptions options,
        Optional<PodSecurityLevel> podSecurity,
        Map<String, AddonResource> resources,
        List<ClusterObject> objects,
        Map<String, Output> outputs,
        Map<String, String> discoveryTags)
        implements HelmAddonBuilder.With {

    /**
     * Where to look.
     *
     * @param description what it is
     * @param value a command or an address
     */
    public record Output(String description, String value) {

        /** The command that makes the port of a Service one of this computer. */
        static Output portForward(String what, String namespace, String service, int here, int port) {
            return new Output(
                    "Command after which " + what + " is at http://localhost:" + here,
                    "kubectl --namespace " + namespace + " port-forward service/" + service + " " + here + ":" + port);
        }
    }

    /** Copies lists and maps. */
    public HelmAddon {
        controllers = List.copyOf(controllers);
        resources = Collections.unmodifiableMap(new TreeMap<>(resources));
        objects = List.copyOf(objects);
        discoveryTags = Collections.unmodifiableMap(new TreeMap<>(discoveryTags));
        outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
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
     * What is likely not meant: values that the chart does not read, and a chart that nobody maintains any more.
     *
     * @return warnings, each at its place under {@code addons}
     */
    List<Problem> warnings() {
        return Stream.concat(
                        ChartChecks.retired(chart).map(problem -> problem.under(property)).stream(),
                        UnknownValues.of(this).stream())
                .toList();
    }

    /**
     * The registries of its images, as far as the user's values do not say where they are.
     *
     * @return hosts; empty when the images of the chart are not known
     */
    public Optional<Set<String>> registries() {
        return ImageMirrors.registries(this);
    }

    /**
     * Whether it has nothing to run without nodes.
     *
     * @return true for a chart that is known to have no pods but those of DaemonSets
     */
    public boolean runsDaemonSetsOnly() {
        return ChartTable.isAny(chart, version, ChartTable.DAEMON_SET);
    }

    /**
     * Whether its pods tolerate a taint by default, as far as its chart is known.
     *
     * @param key the key of the taint
     * @return false where its values would have to have a toleration
     */
    public boolean tolerates(String key) {
        return ChartTable.nearest(chart, version).map(ChartTable::tolerated).orElse(List.of()).stream()
                .anyMatch(tolerated -> tolerated.equals("*") || tolerated.equals(key));
    }

    /**
     * How its CRDs are updated, for a chart with a folder of CRDs: Helm installs those with the first release, and never updates them.
     *
     * @return a command; empty for a chart whose CRDs are not in such a folder, and for one of which nothing is known
     */
    public Optional<String> crdCommand() {
        if (options.skipCrds() || !ChartTable.isAny(chart, version, ChartTable.CRDS)) {
            return Optional.empty();
        }
        String from = ChartChecks.isOci(repository)
                ? repository.replaceFirst("/$", "") + "/" + chart
                : chart + " --repo " + repository;
        // CRDs can be too large for the annotation of a client-side apply; Helm owns the fields that it has created.
        return Optional.of("helm show crds " + from + " --version " + version
                + " | kubectl apply --server-side --force-conflicts -f -");
    }

    /**
     * What the values of a chart depend on.
     *
     * @param clusterName the cluster
     * @param region the cluster's region
     * @param vpcId the cluster's VPC, may be a Terraform reference
     * @param addons the names of all add-ons of the environment, the CRDs of the Gateway API among them
     * @param tags tags of every AWS resource, those that a controller creates among them
     * @param prometheusWorkspaceId the workspace of Amazon Managed Service for Prometheus that the environment creates, a Terraform
     *     reference; empty without one
     */
    public record ReleaseContext(
            String clusterName,
            String region,
            String vpcId,
            List<String> addons,
            Map<String, String> tags,
            String prometheusWorkspaceId) {

        /**
         * Without a workspace.
         *
         * @param clusterName the cluster
         * @param region the cluster's region
         * @param vpcId the cluster's VPC, may be a Terraform reference
         * @param addons the names of all add-ons of the environment
         * @param tags tags of every AWS resource, those that a controller creates among them
         */
        public ReleaseContext(
                String clusterName, String region, String vpcId, List<String> addons, Map<String, String> tags) {
            this(clusterName, region, vpcId, addons, tags, "");
        }

        /**
         * The same with a workspace.
         *
         * @param id the workspace of Amazon Managed Service for Prometheus that the environment creates
         * @return a copy
         */
        public ReleaseContext withPrometheusWorkspaceId(String id) {
            return new ReleaseContext(clusterName, region, vpcId, addons, tags, id);
        }
    }

    /** The release of an add-on of the catalogue, which needs nothing around it: the user's values override these. */
    static HelmAddon of(
            AddonSpec spec, String chart, String namespace, Function<ReleaseContext, Map<String, Object>> values) {
        ChartSettings settings = spec.chart();
        return of(
                        PropertyPath.of(spec.name()),
                        spec.name(),
                        settings.repository(),
                        chart,
                        settings.chartVersion(),
                        namespace,
                        context -> Json.merge(values.apply(context), settings.values()))
                .withOptions(settings.options());
    }

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
                List.of(),
                values,
                ReleaseOptions.standard(),
                Optional.empty(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of());
    }
}

package dev.eksplatform.addon;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.iam.Partition;
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
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Cluster Autoscaler, which sets the number of nodes in the node groups of the cluster between their {@code min} and {@code max}. It
 * finds them by the tags that EKS gives to the Auto Scaling group of every managed node group. Sources: <a
 * href="https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/aws">Cluster Autoscaler on AWS</a>, <a
 * href="https://docs.aws.amazon.com/eks/latest/best-practices/cas.html">best practices</a>.
 *
 * @param chart its chart. The version of the Cluster Autoscaler in it follows {@code cluster.version}, unless {@code values} have
 *     {@code image.tag}
 * @param replicas the number of replicas, of which one works; default 2
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = ClusterAutoscalerSpec.NAME)
@Example("{}")
public record ClusterAutoscalerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, ClusterAutoscalerSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "cluster-autoscaler";

    private static final String REPOSITORY = "https://kubernetes.github.io/autoscaler";
    private static final String VERSION = "9.59.0";
    private static final String NAMESPACE = "kube-system";
    private static final List<String> RESERVED = List.of(
            "cloudProvider",
            "awsRegion",
            "autoDiscovery.clusterName",
            "autoDiscovery.tags",
            "rbac.serviceAccount.create",
            "rbac.serviceAccount.name",
            "rbac.serviceAccount.annotations");

    /**
     * The newest version for each minor version of Kubernetes. Source: <a
     * href="https://github.com/kubernetes/autoscaler/releases">releases</a>, August 2026; there was none for 1.37 in October.
     */
    private static final TreeMap<Integer, String> VERSIONS = new TreeMap<>(Map.of(
            31, "v1.31.5",
            32, "v1.32.7",
            33, "v1.33.6",
            34, "v1.34.5",
            35, "v1.35.2",
            36, "v1.36.1"));

    /** Checks replicas and overrides. */
    public ClusterAutoscalerSpec {
        Components.required("chart", chart, "identity", identity);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static ClusterAutoscalerSpec standard() {
        return new ClusterAutoscalerSpec(ChartSettings.of(VERSION, REPOSITORY), 2, ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return Stream.of("autoscaling", "ec2", "eks").map(EndpointService::new).toList();
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        AddonController controller = identity.controller(
                new ServiceAccountName(NAMESPACE, NAME),
                Map.of(),
                () -> policy(context.partition(), context.clusterName()));
        Optional<String> image = context.version()
                .map(KubernetesVersion::minor)
                .map(VERSIONS::floorEntry)
                .map(Map.Entry::getValue);
        return HelmAddon.of(
                        this, NAME, NAMESPACE, release -> chartValues(release.clusterName(), release.region(), image))
                .withControllers(List.of(controller))
                .withOutputs(Map.of(
                        "cluster_autoscaler_command",
                        new HelmAddon.Output(
                                "Command that shows what the Cluster Autoscaler knows of the node groups",
                                "kubectl get configmap cluster-autoscaler-status --namespace " + NAMESPACE
                                        + " --output yaml")));
    }

    private static PolicyDocument policy(Partition partition, String cluster) {
        return PolicyCatalogue.of(NAME).latest().render(partition, Map.of("cluster", cluster));
    }

    private Map<String, Object> chartValues(String cluster, String region, Optional<String> image) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("fullnameOverride", NAME);
        own.put("cloudProvider", "aws");
        own.put("awsRegion", region);
        own.put("autoDiscovery", Map.of("clusterName", cluster));
        image.ifPresent(tag -> own.put("image", Map.of("tag", tag)));
        own.put("replicaCount", replicas);
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("balance-similar-node-groups", true);
        arguments.put("expander", "least-waste");
        // Nodes with pods of kube-system can be removed, too: their PodDisruptionBudgets protect those.
        arguments.put("skip-nodes-with-system-pods", false);
        own.put("extraArgs", arguments);
        own.put("rbac", Map.of("serviceAccount", Map.of("create", false, "name", NAME)));
        own.put("securityContext", ChartValues.NOT_ROOT);
        own.put("containerSecurityContext", ChartValues.NO_PRIVILEGES);
        own.put("nodeSelector", ChartValues.ON_LINUX);
        return own;
    }
}

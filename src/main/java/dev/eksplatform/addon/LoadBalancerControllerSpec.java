package dev.eksplatform.addon;

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
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The AWS Load Balancer Controller, which creates an Application Load Balancer for each Ingress of class {@code alb}, and
 * Network Load Balancers for Services. Source: <a
 * href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/">installation</a>.
 *
 * @param chart its chart. Chart 1.N.P contains controller 2.N.P; from 3.0.0 on the numbers are the same
 * @param replicas the number of replicas of the controller; default 2
 * @param identity its AWS permissions; {@code policies} replace the policy that the controller publishes
 */
@RecordBuilder
@YamlForm(key = LoadBalancerControllerSpec.NAME)
@Example("{}")
public record LoadBalancerControllerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, LoadBalancerControllerSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "aws-load-balancer-controller";

    private static final String REPOSITORY = "https://aws.github.io/eks-charts";
    private static final String VERSION = "3.5.0";
    private static final String NAMESPACE = "kube-system";
    private static final int WEBHOOK_PORT = 9443;
    private static final List<String> RESERVED = List.of(
            "clusterName",
            "region",
            "vpcId",
            "enableCertManager",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks version, replicas and overrides. */
    public LoadBalancerControllerSpec {
        Components.required("chart", chart, "identity", identity);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        ChartVersion version = chart.chartVersion();
        if (version.major() != 1 && version.major() < 3) {
            problems.add(
                    "chartVersion",
                    "there is no chart " + version,
                    "1.x, or 3.x and newer: the numbering jumped from 1.17 to 3.0.0",
                    "use " + VERSION);
        } else {
            problems.collect(PropertyPath.of("chartVersion"), () -> policy(version, Partition.AWS));
        }
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static LoadBalancerControllerSpec standard() {
        return new LoadBalancerControllerSpec(ChartSettings.of(VERSION, REPOSITORY), 2, ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> insteadOnAutoMode() {
        return Optional.of("remove it, and add cluster.autoMode.ingressClasses: {alb: {}}");
    }

    @Override
    public List<EndpointService> endpointServices() {
        return List.of(new EndpointService("elasticloadbalancing"));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        ChartVersion number = ChartVersion.parse(chart.chartVersion().number());
        AddonController controller = identity.controller(
                new ServiceAccountName(NAMESPACE, NAME),
                Map.of("app.kubernetes.io/component", "controller", "app.kubernetes.io/name", NAME),
                () -> policy(chart.chartVersion(), context.partition()));
        return HelmAddon.of(this, NAME, NAMESPACE, this::chartValues)
                .withVersion(number)
                .withAfter(List.of(CertManagerSpec.NAME))
                .withGuardsServices(true)
                .withWebhookPorts(List.of(ChartValues.portAt(chart.values(), "webhookBindPort", WEBHOOK_PORT)))
                .withControllers(List.of(controller));
    }

    private static PolicyDocument policy(ChartVersion version, Partition partition) {
        String controller =
                (version.major() == 1 ? 2 : version.major()) + "." + version.minor() + "." + version.patch();
        return PolicyCatalogue.of(NAME).forVersion(controller).render(partition);
    }

    private Map<String, Object> chartValues(HelmAddon.ReleaseContext context) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("clusterName", context.clusterName());
        // By value: with a hop limit of 1 its pods cannot ask the instance metadata.
        own.put("region", context.region());
        own.put("vpcId", context.vpcId());
        own.put("replicaCount", replicas);
        own.put("rbac", Map.of("create", true));
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        own.put("createIngressClassResource", true);
        Map<String, String> tags = ControllerTags.ofLoadBalancers(context.tags());
        if (!tags.isEmpty()) {
            own.put("defaultTags", tags);
        }
        // Without cert-manager the chart creates a new webhook certificate at each upgrade.
        own.put("enableCertManager", context.addons().contains(CertManagerSpec.NAME));
        return own;
    }
}

package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
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

/**
 * The AWS Gateway API Controller, which creates services of Amazon VPC Lattice for routes of the Gateway API, with the GatewayClass {@code
 * amazon-vpc-lattice}. Source: <a
 * href="https://www.gateway-api-controller.eks.aws.dev/latest/guides/deploy/">deploying the controller</a>.
 *
 * @param chart its chart
 * @param replicas the number of replicas of the controller; default 2. With two or more, it has a PodDisruptionBudget
 * @param serviceNetwork the name of a service network that the controller creates if there is none, and associates with the VPC; default
 *     none. A Gateway otherwise uses the service network of its own name
 * @param identity its AWS permissions; {@code policies} replace the policy of the catalogue
 */
@RecordBuilder
@YamlForm(key = LatticeControllerSpec.NAME)
@Example("{serviceNetwork: shop}")
public record LatticeControllerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("shop") @Limit(pattern = LatticeControllerSpec.SERVICE_NETWORK)
        Optional<String> serviceNetwork,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, LatticeControllerSpecBuilder.With {

    /** The release's name. */
    public static final String NAME = "aws-gateway-api-controller";

    private static final String CHART = "aws-gateway-controller-chart";
    private static final String REPOSITORY = "oci://public.ecr.aws/aws-application-networking-k8s";
    private static final String VERSION = "v2.1.3";
    private static final String NAMESPACE = "aws-application-networking-system";
    private static final String SERVICE_ACCOUNT = "gateway-api-controller";
    private static final int WEBHOOK_PORT = 9443;
    private static final String SERVICE_NETWORK = "^(?!servicenetwork-)[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$";
    private static final Pattern SERVICE_NETWORK_FORM = Pattern.compile(SERVICE_NETWORK);
    private static final List<String> RESERVED = List.of(
            "awsRegion",
            "awsAccountId",
            "clusterVpcId",
            "clusterName",
            "defaultServiceNetwork",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks replicas, service network and overrides. */
    public LatticeControllerSpec {
        Components.required("chart", chart, "identity", identity);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        serviceNetwork.ifPresent(name -> problems.match(
                "serviceNetwork",
                name,
                SERVICE_NETWORK_FORM,
                "the name of a service network",
                "3 to 63 lower case letters, digits and -, not two of - in a row, none at an end",
                "write it like shop"));
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static LatticeControllerSpec standard() {
        return new LatticeControllerSpec(
                ChartSettings.of(VERSION, REPOSITORY), 2, Optional.empty(), ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return List.of(new EndpointService("tagging"), new EndpointService("vpc-lattice"));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        AddonController controller = identity.controller(
                new ServiceAccountName(NAMESPACE, SERVICE_ACCOUNT),
                Map.of(),
                () -> PolicyCatalogue.of(NAME).latest().render(context.partition()));
        String account = context.account().digits();
        return HelmAddon.of(this, CHART, NAMESPACE, release -> chartValues(release, account))
                .withPodSecurity(Optional.of(PodSecurityLevel.RESTRICTED))
                .withNeeds(List.of(GatewayApiSpec.NAME))
                .withWebhookPorts(List.of(WEBHOOK_PORT))
                .withControllers(List.of(controller))
                .withResources(Map.of("traffic", LatticeTrafficSpec.of(context.region())))
                .withObjects(List.of(new ClusterObject(PropertyPath.of("addons", NAME), gatewayClass())));
    }

    private static Map<String, Object> gatewayClass() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", "gateway.networking.k8s.io/v1");
        body.put("kind", "GatewayClass");
        body.put("metadata", Map.of("name", "amazon-vpc-lattice"));
        body.put("spec", Map.of("controllerName", "application-networking.k8s.aws/gateway-api-controller"));
        return body;
    }

    private Map<String, Object> chartValues(HelmAddon.ReleaseContext context, String account) {
        Map<String, Object> own = new LinkedHashMap<>();
        // By value: with a hop limit of 1 its pods cannot ask the instance metadata.
        own.put("awsRegion", context.region());
        own.put("awsAccountId", account);
        own.put("clusterVpcId", context.vpcId());
        own.put("clusterName", context.clusterName());
        serviceNetwork.ifPresent(name -> own.put("defaultServiceNetwork", name));
        own.put("deployment", Map.of("replicas", replicas));
        own.put("pdb", replicas > 1 ? Map.of("enabled", true, "maxUnavailable", 1) : Map.of("enabled", false));
        own.put("serviceAccount", Map.of("create", false, "name", SERVICE_ACCOUNT));
        return own;
    }
}

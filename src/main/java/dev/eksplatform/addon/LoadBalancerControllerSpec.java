package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.InlinePolicy;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.internal.yaml.Components;
import dev.eksplatform.internal.yaml.Defaults;
import dev.eksplatform.internal.yaml.Example;
import dev.eksplatform.internal.yaml.Limit;
import dev.eksplatform.internal.yaml.YamlForm;
import dev.eksplatform.internal.yaml.YamlInline;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The AWS Load Balancer Controller, which creates an Application Load Balancer for each Ingress of class {@code alb}, and
 * Network Load Balancers for Services. Source: <a
 * href="https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/">installation</a>.
 *
 * @param chart its chart. Chart 1.N.P contains controller 2.N.P; from 3.0.0 on the numbers are the same
 * @param replicas the number of replicas of the controller; default 2. With two or more, it has a PodDisruptionBudget
 * @param gatewayClasses GatewayClasses of the Gateway API, by name; default none. They need the add-on {@code gateway-api}, and chart 3.5.0
 *     or newer
 * @param globalAccelerator whether it creates accelerators of AWS Global Accelerator for objects of kind GlobalAccelerator; default false.
 *     It needs chart 3.0.0 or newer
 * @param certificateZones the IDs of the hosted zones in which ACM verifies certificates that the controller requests for Ingresses with
 *     the annotation {@code alb.ingress.kubernetes.io/create-acm-cert}; default none, which turns that off. It needs chart 3.3.0 or newer
 * @param targetGroupBindingOnly whether it only registers pods in target groups that exist, by objects of kind TargetGroupBinding, and
 *     creates no load balancer; default false
 * @param targetGroups the ARNs of these target groups, in which {@code *} is any text; default all
 * @param identity its AWS permissions; {@code policies} replace all policies of the catalogue
 */
@RecordBuilder
@YamlForm(key = LoadBalancerControllerSpec.NAME)
@Example("{}")
public record LoadBalancerControllerSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("{public: {scheme: internet-facing}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, GatewayClassSpec> gatewayClasses,

        @Example("true") boolean globalAccelerator,

        @Example("[Z0123456789ABCDEFGHIJ]") @Limit(pattern = HostedZones.ID, unique = true)
        List<String> certificateZones,

        @Example("false") boolean targetGroupBindingOnly,

        @Example("['arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop/*']")
        @Limit(pattern = LoadBalancerControllerSpec.TARGET_GROUP, unique = true)
        List<String> targetGroups,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, LoadBalancerControllerSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "aws-load-balancer-controller";

    private static final String REPOSITORY = "https://aws.github.io/eks-charts";
    private static final String VERSION = "3.5.0";
    private static final String NAMESPACE = "kube-system";
    private static final int WEBHOOK_PORT = 9443;
    private static final int MAJOR_OF_FEATURES = 3;

    /** The first minor version of chart 3 with version v1 of the configuration of load balancers. */
    private static final int FIRST_OF_GATEWAYS = 5;

    /** The first minor version of chart 3 that requests certificates. */
    private static final int FIRST_OF_CERTIFICATES = 3;

    private static final String TARGET_GROUP =
            "^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup/[A-Za-z0-9*-]{1,32}/[0-9a-f*]{1,16}$";
    private static final Pattern TARGET_GROUP_FORM = Pattern.compile(TARGET_GROUP);
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
        gatewayClasses = Components.map("gatewayClasses", gatewayClasses);
        certificateZones = Components.list("certificateZones", certificateZones);
        targetGroups = Components.list("targetGroups", targetGroups);
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
        Map<String, Integer> features = new LinkedHashMap<>();
        if (!gatewayClasses.isEmpty()) {
            features.put("gatewayClasses", FIRST_OF_GATEWAYS);
        }
        if (globalAccelerator) {
            features.put("globalAccelerator", 0);
        }
        if (!certificateZones.isEmpty()) {
            features.put("certificateZones", FIRST_OF_CERTIFICATES);
        }
        for (Map.Entry<String, Integer> feature : features.entrySet()) {
            if (targetGroupBindingOnly) {
                problems.add(
                        PropertyPath.of(feature.getKey()),
                        "not used with targetGroupBindingOnly, with which it creates nothing",
                        "remove one of them");
            } else if (!version.isAtLeast(MAJOR_OF_FEATURES, feature.getValue())) {
                problems.add(
                        PropertyPath.of(feature.getKey()),
                        "needs chart " + MAJOR_OF_FEATURES + "." + feature.getValue() + ".0 or newer, this is "
                                + version,
                        "use chartVersion: " + VERSION);
            }
        }
        gatewayClasses.keySet().stream()
                .filter(name -> !DnsName.isLabel(name))
                .forEach(name -> problems.add(
                        PropertyPath.of("gatewayClasses", name),
                        "\"" + name + "\" is not a name",
                        DnsName.ALLOWED_LABEL,
                        "write it like public"));
        HostedZones.check("certificateZones", certificateZones, problems);
        for (int i = 0; i < targetGroups.size(); i++) {
            problems.match(
                    PropertyPath.of("targetGroups").index(i),
                    targetGroups.get(i),
                    TARGET_GROUP_FORM,
                    "the ARN of a target group",
                    "arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID",
                    "copy it from `aws elbv2 describe-target-groups`");
        }
        if (!targetGroups.isEmpty() && !targetGroupBindingOnly) {
            problems.add(
                    PropertyPath.of("targetGroups"),
                    "not used without targetGroupBindingOnly: the controller changes the target groups that it creates",
                    "remove it, or add targetGroupBindingOnly: true");
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
        return new LoadBalancerControllerSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                2,
                Map.of(),
                false,
                List.of(),
                false,
                List.of(),
                ControllerIdentity.standard());
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
                () -> targetGroupBindingOnly
                        ? ofTargetGroups(context.partition())
                        : policy(chart.chartVersion(), context.partition()));
        return HelmAddon.of(
                        this,
                        NAME,
                        NAMESPACE,
                        release -> chartValues(release, context.nodes().closed()))
                .withVersion(number)
                .withAfter(List.of(CertManagerSpec.NAME))
                .withNeeds(gatewayClasses.isEmpty() ? List.of() : List.of(GatewayApiSpec.NAME))
                .withGuardsServices(!targetGroupBindingOnly)
                .withWebhookPorts(List.of(ChartValues.portAt(chart.values(), "webhookBindPort", WEBHOOK_PORT)))
                .withControllers(List.of(withFeatures(controller, context.partition())))
                .withObjects(gatewayClasses.entrySet().stream()
                        .flatMap(one -> one.getValue().objects(one.getKey(), NAMESPACE).stream()
                                .map(object -> new ClusterObject(
                                        PropertyPath.of("addons", NAME, "gatewayClasses", one.getKey()), object)))
                        .toList());
    }

    private PolicyDocument ofTargetGroups(Partition partition) {
        return PolicyCatalogue.of(NAME + "-target-groups")
                .latest()
                .renderLists(partition, Map.of("targetGroups", targetGroups.isEmpty() ? List.of("*") : targetGroups));
    }

    /** In policies of their own: with them, the controller's would be larger than IAM permits. */
    private AddonController withFeatures(AddonController controller, Partition partition) {
        Map<String, InlinePolicy> documents = new LinkedHashMap<>();
        if (globalAccelerator) {
            if (!partition.equals(Partition.AWS)) {
                throw new InvalidInputException(new Problem(
                        Place.of(PropertyPath.of("globalAccelerator")),
                        "true in the partition " + partition.id() + ", which has no AWS Global Accelerator",
                        "remove it"));
            }
            documents.put(
                    "global-accelerator",
                    inline(PolicyCatalogue.of(NAME + "-global-accelerator")
                            .latest()
                            .render(partition)));
        }
        if (!certificateZones.isEmpty()) {
            documents.put(
                    "certificates",
                    inline(PolicyCatalogue.of(NAME + "-certificates")
                            .latest()
                            .renderLists(partition, Map.of("zones", certificateZones))));
        }
        return documents.isEmpty() || !identity.policies().isEmpty()
                ? controller
                : new AddonController(
                        controller.serviceAccount(),
                        controller.labels(),
                        controller.identity().withPolicyDocuments(documents),
                        controller.policy());
    }

    private static InlinePolicy inline(PolicyDocument policy) {
        return InlinePolicy.of((Map<String, ?>) Json.read(policy.toJson()));
    }

    private static PolicyDocument policy(ChartVersion version, Partition partition) {
        String controller =
                (version.major() == 1 ? 2 : version.major()) + "." + version.minor() + "." + version.patch();
        return PolicyCatalogue.of(NAME).forVersion(controller).render(partition);
    }

    private Map<String, Object> chartValues(HelmAddon.ReleaseContext context, boolean closed) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("clusterName", context.clusterName());
        // By value: with a hop limit of 1 its pods cannot ask the instance metadata.
        own.put("region", context.region());
        own.put("vpcId", context.vpcId());
        own.put("replicaCount", replicas);
        own.put("rbac", Map.of("create", true));
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        own.put("createIngressClassResource", !targetGroupBindingOnly);
        own.put("podDisruptionBudget", Map.of("maxUnavailable", 1));
        Map<String, String> tags = ControllerTags.ofLoadBalancers(context.tags());
        if (!tags.isEmpty()) {
            own.put("defaultTags", tags);
        }
        boolean certManager = context.addons().contains(CertManagerSpec.NAME);
        own.put("enableCertManager", certManager);
        if (!certManager) {
            // Otherwise the chart creates a new webhook certificate at each upgrade.
            own.put("keepTLSSecret", true);
        }
        if (closed || targetGroupBindingOnly) {
            // Each Ingress would wait for these APIs. Source:
            // https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
            own.put("enableShield", false);
            own.put("enableWaf", false);
            own.put("enableWafv2", false);
        }
        Map<String, Object> gates = new LinkedHashMap<>();
        if (globalAccelerator) {
            gates.put("GlobalAcceleratorController", true);
        }
        if (!certificateZones.isEmpty()) {
            gates.put("EnableCertificateManagement", true);
        }
        if (targetGroupBindingOnly) {
            own.put("ingressClassParams", Map.of("create", false));
            own.put("enableServiceMutatorWebhook", false);
            own.put("webhookConfig", Map.of("disableIngressValidation", true));
            own.put("enableBackendSecurityGroup", false);
            gates.put("EnableServiceController", false);
            if (chart.chartVersion().isAtLeast(MAJOR_OF_FEATURES, 0)) {
                gates.put("ALBGatewayAPI", false);
                gates.put("NLBGatewayAPI", false);
            }
        }
        if (!gates.isEmpty()) {
            own.put("controllerConfig", Map.of("featureGates", gates));
        }
        return own;
    }
}

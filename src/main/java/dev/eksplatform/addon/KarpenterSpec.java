package dev.eksplatform.addon;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.cluster.Ec2NodeClassSpec;
import dev.eksplatform.cluster.KarpenterObjects;
import dev.eksplatform.cluster.NodePoolSpec;
import dev.eksplatform.cluster.NodeRoleSpec;
import dev.eksplatform.cluster.SelectorTerm;
import dev.eksplatform.iam.RoleName;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.internal.kubernetes.DnsName;
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
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Karpenter, which creates nodes as pods need them and removes them again. Its controller runs on a node group or on Fargate, never on nodes
 * of its own. Source: <a href="https://karpenter.sh/docs/getting-started/getting-started-with-karpenter/">getting started</a>.
 *
 * @param chart its chart. The chart {@code karpenter-crd} of the same version and repository is installed before it
 * @param replicas the number of replicas of the controller, each on a node of its own; default 2
 * @param keepCrds whether the CRDs, and with them every node pool, are kept when the add-on is removed; default true
 * @param nodeRole the IAM role of the nodes
 * @param nodeClasses what nodes have in AWS, by name; {@code default} is there when a node pool uses it
 * @param nodePools which nodes Karpenter may create, by name; default none, so that it creates none
 * @param identity its AWS permissions; {@code policies} replace the policy that Karpenter publishes
 */
@RecordBuilder
@YamlForm(key = KarpenterSpec.NAME)
@Example("{nodePools: {general: {}}}")
public record KarpenterSpec(
        @YamlInline ChartSettings chart,

        @Example("2") @Limit(min = 1) int replicas,

        @Example("true") boolean keepCrds,

        @Example("{ssm: true}") NodeRoleSpec nodeRole,

        @Example("{bottlerocket: {image: bottlerocket}}") @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, Ec2NodeClassSpec> nodeClasses,

        @Example("{general: {capacityTypes: [spot, on-demand], limits: {cpu: \"64\"}}}")
        @Limit(keys = DnsName.LABEL_PATTERN)
        Map<String, NodePoolSpec> nodePools,

        @YamlInline ControllerIdentity identity)
        implements AddonSpec, KarpenterSpecBuilder.With {

    /** The release's name, which is also the name of its ServiceAccount. */
    public static final String NAME = "karpenter";

    private static final String REPOSITORY = "oci://public.ecr.aws/karpenter";
    private static final String VERSION = "1.15.1";

    /** The tag by which it finds subnets and security groups. */
    @API(status = API.Status.INTERNAL)
    public static final String DISCOVERY = "karpenter.sh/discovery";

    private static final String CRD_CHART = "karpenter-crd";
    private static final String NAMESPACE = "kube-system";
    private static final List<String> RESERVED = List.of(
            "settings.clusterName",
            "settings.interruptionQueue",
            "serviceAccount.create",
            "serviceAccount.name",
            "serviceAccount.annotations");

    /** Checks version, replicas, role and policies, node classes and node pools. */
    public KarpenterSpec {
        Components.required("chart", chart, "nodeRole", nodeRole, "identity", identity);
        nodeClasses = Components.map("nodeClasses", nodeClasses);
        nodePools = Components.map("nodePools", nodePools);
        Problems problems = new Problems();
        ChartChecks.replicas(replicas, problems);
        if (chart.chartVersion().major() < 1
                || chart.chartVersion().major() == 1 && chart.chartVersion().minor() == 0) {
            problems.add(
                    "chartVersion",
                    "chart " + chart.chartVersion() + " has versions of its objects before v1, and a webhook for them",
                    "1.1.0 and newer",
                    "use " + VERSION);
        }
        new KarpenterObjects(nodeClasses, nodePools).check(problems);
        ChartValues.checkReserved(chart.options(), RESERVED, problems);
        problems.throwIfAny();
    }

    /**
     * The add-on with its defaults.
     *
     * @return the spec
     */
    @Defaults
    public static KarpenterSpec standard() {
        return new KarpenterSpec(
                ChartSettings.of(VERSION, REPOSITORY),
                2,
                true,
                NodeRoleSpec.standard(),
                Map.of(),
                Map.of(),
                ControllerIdentity.standard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<EndpointService> endpointServices() {
        return Stream.of("ec2", "eks", "sqs", "ssm").map(EndpointService::new).toList();
    }

    /**
     * Its node classes and node pools.
     *
     * @return those of the spec, and the node class that is there by default
     */
    @API(status = API.Status.INTERNAL)
    public KarpenterObjects objects() {
        return new KarpenterObjects(nodeClasses, nodePools);
    }

    /** CRDs as a release of their own, because Helm upgrades none that are in {@code crds/}. */
    @Override
    public List<HelmAddon> releases(AddonContext context) {
        HelmAddon crds = HelmAddon.of(
                        PropertyPath.of(NAME),
                        CRD_CHART,
                        chart.repository(),
                        CRD_CHART,
                        chart.chartVersion(),
                        NAMESPACE,
                        release -> keepCrds
                                ? Map.of("additionalAnnotations", Map.of("helm.sh/resource-policy", "keep"))
                                : Map.of())
                .withOptions(chart.options()
                        .withValueFiles(List.of())
                        .withValues(Map.of())
                        .withSensitiveValues(Map.of()));
        return List.of(crds, resolve(context));
    }

    @Override
    public HelmAddon resolve(AddonContext context) {
        KarpenterObjects objects = objects();
        Map<String, KarpenterObjects.Profile> profiles = objects.profiles(context.clusterName(), nodeRole.roleArn());
        String queue = RoleName.fitting(context.clusterName() + "-" + NAME).text();
        AddonController controller = identity.controller(
                new ServiceAccountName(NAMESPACE, NAME), Map.of(), () -> policy(context, queue, profiles));
        Map<String, AddonResource> resources = new TreeMap<>();
        resources.put(
                "interruptions",
                InterruptionQueueSpec.of(
                        queue,
                        Arrays.stream(InterruptionEvent.values())
                                .filter(event -> event != InterruptionEvent.LIFECYCLE_ACTION)
                                .toList()));
        profiles.values().forEach(profile -> resources.put(profile.id(), new KarpenterNodesSpec(profile, nodeRole)));
        ClusterNodes nodes = context.nodes();
        Map<String, String> discovery = Map.of(DISCOVERY, context.clusterName());
        List<ClusterObject> custom = objects.objects(
                PropertyPath.of("addons", NAME),
                new KarpenterObjects.Nodes(
                        terms(nodes.subnetsCreated(), nodes.subnetIds(), discovery),
                        terms(nodes.securityGroupCreated(), nodes.securityGroupIds(), discovery),
                        nodes.prefixes(),
                        context.tags()),
                profiles);
        return HelmAddon.of(this, NAME, NAMESPACE, release -> chartValues(context, queue))
                .withOptions(chart.options().withSkipCrds(true))
                .withNeeds(List.of(CRD_CHART))
                .withControllers(List.of(controller))
                .withResources(resources)
                .withObjects(custom)
                .withDiscoveryTags(discovery)
                .withOutputs(Map.of(
                        "karpenter_nodes",
                        new HelmAddon.Output(
                                "Command that lists what Karpenter has created, and why it creates nothing",
                                "kubectl get nodepools,ec2nodeclasses,nodeclaims")));
    }

    private static List<SelectorTerm> terms(boolean created, List<String> ids, Map<String, String> tags) {
        return created
                ? List.of(SelectorTerm.ofTags(tags))
                : ids.stream().map(SelectorTerm::ofId).toList();
    }

    private static PolicyDocument policy(
            AddonContext context, String queue, Map<String, KarpenterObjects.Profile> profiles) {
        String account = context.account().digits();
        String path = context.roles().path().orElse("/");
        TreeSet<String> roles = new TreeSet<>();
        profiles.values()
                .forEach(
                        profile -> roles.add(profile.roleArn(context.partition().id(), account, path)));
        List<String> internet = context.nodes().closed() ? List.of() : List.of("*");
        boolean zonalShift = context.nodes().zonalShift() && !context.nodes().closed();
        Map<String, List<String>> values = new TreeMap<>();
        values.put("account", List.of(account));
        values.put("cluster", List.of(context.clusterName()));
        values.put("internet", internet);
        values.put("profiles", context.nodes().closed() ? List.of() : List.of(context.clusterName() + "_*"));
        values.put("queue", List.of(queue));
        values.put("region", List.of(context.region()));
        values.put("roles", List.copyOf(roles));
        values.put("zonalShift", zonalShift ? List.of("*") : List.of());
        return PolicyCatalogue.of(NAME).latest().renderLists(context.partition(), values);
    }

    private Map<String, Object> chartValues(AddonContext context, String queue) {
        ClusterNodes nodes = context.nodes();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("clusterName", context.clusterName());
        settings.put("interruptionQueue", queue);
        settings.put("eksControlPlane", true);
        if (nodes.closed()) {
            // IAM and the price list have no VPC endpoint.
            settings.put("isolatedVPC", true);
        } else if (nodes.zonalShift()) {
            settings.put("enableZonalShift", true);
        }
        if (nodes.podSubnets()) {
            // The first network interface of a node has no addresses of pods.
            settings.put("reservedENIs", "1");
        }
        if (nodePools.values().stream().anyMatch(pool -> pool.replicas().isPresent())) {
            settings.put("featureGates", Map.of("staticCapacity", true));
        }
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("replicas", replicas);
        own.put("serviceAccount", Map.of("create", false, "name", NAME));
        own.put("settings", settings);
        // The DNS of the VPC: pods of CoreDNS may run on nodes that only Karpenter replaces.
        own.put("dnsPolicy", "Default");
        Map<String, Object> size = new TreeMap<>(Map.of("cpu", "1", "memory", "1Gi"));
        Map<String, Object> controller = new LinkedHashMap<>();
        // By value: with a hop limit of 1 its pods cannot ask the instance metadata.
        controller.put("env", List.of(new TreeMap<>(Map.of("name", "AWS_REGION", "value", context.region()))));
        controller.put("resources", new TreeMap<>(Map.of("requests", size, "limits", size)));
        own.put("controller", controller);
        own.put("tolerations", List.of(new TreeMap<>(Map.of("key", "CriticalAddonsOnly", "operator", "Exists"))));
        return own;
    }
}

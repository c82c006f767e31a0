package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.ClusterObject;
import dev.eksplatform.cluster.Ec2NodeClassSpec;
import dev.eksplatform.cluster.NodeImage;
import dev.eksplatform.cluster.NodePoolSpec;
import dev.eksplatform.cluster.NodeRoleSpec;
import dev.eksplatform.facts.ChartFacts;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.PolicyReference;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.ProblemsOf;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KarpenterTest {

    private static final KarpenterSpec STANDARD = KarpenterSpec.standard();
    private static final String ROLE = "arn:aws:iam::111122223333:role/KarpenterNodeRole-shop";
    private static final HelmAddon.ReleaseContext RELEASE =
            new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(), Map.of());

    /** In a network without a way to the internet, with subnets for pods. */
    private static final ClusterNodes CLOSED =
            new ClusterNodes(false, List.of("subnet-0a1b2c3d"), false, List.of("sg-0a1b2c3d"), true, true, true, true);

    private static HelmAddon resolved(KarpenterSpec spec, ClusterNodes nodes) {
        return spec.resolve(TestAddons.on(nodes));
    }

    private static String values(HelmAddon addon) {
        return Json.compact(addon.values().apply(RELEASE));
    }

    private static Set<List<String>> grants(HelmAddon addon) {
        return GrantFacts.of(addon.controllers().get(0).policy().orElseThrow().toJson());
    }

    private static String object(HelmAddon addon, String kind) {
        return addon.objects().stream()
                .map(ClusterObject::body)
                .filter(body -> body.containsValue(kind))
                .map(Json::compact)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itsCrdsAreAReleaseBeforeIt() {
        List<HelmAddon> releases = TestAddons.resolve(AddonsSpec.of(STANDARD));

        assertThat(releases)
                .extracting(one -> one.name() + " " + one.repository() + "/" + one.chart() + " " + one.version() + " "
                        + one.namespace())
                .containsExactly(
                        "karpenter-crd oci://public.ecr.aws/karpenter/karpenter-crd 1.15.1 kube-system",
                        "karpenter oci://public.ecr.aws/karpenter/karpenter 1.15.1 kube-system");
        assertThat(values(releases.get(0)))
                .isEqualTo("{\"additionalAnnotations\":{\"helm.sh/resource-policy\":\"keep\"}}");
        assertThat(values(TestAddons.resolve(AddonsSpec.of(STANDARD.withKeepCrds(false)))
                        .get(0)))
                .isEqualTo("{}");
    }

    @Test
    void aMirrorIsThatOfBothCharts() {
        KarpenterSpec mirrored = STANDARD.withChart(STANDARD.chart()
                .withRepository("oci://registry.example.com/karpenter")
                .withChartVersion(ChartVersion.parse("1.14.1"))
                .withValues(Map.of("logLevel", "debug")));

        assertThat(TestAddons.resolve(AddonsSpec.of(mirrored)))
                .extracting(one -> one.repository() + " " + one.version())
                .containsOnly("oci://registry.example.com/karpenter 1.14.1");
        assertThat(values(TestAddons.resolve(AddonsSpec.of(mirrored)).get(0))).doesNotContain("debug");
        assertThat(values(TestAddons.resolve(AddonsSpec.of(mirrored)).get(1))).contains("\"logLevel\":\"debug\"");
    }

    @Test
    void itsValues() {
        assertThat(values(resolved(STANDARD, TestAddons.CREATED)))
                .isEqualTo("{\"controller\":{\"env\":[{\"name\":\"AWS_REGION\",\"value\":\"eu-central-1\"}],"
                        + "\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"},"
                        + "\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}},\"dnsPolicy\":\"Default\",\"replicas\":2,"
                        + "\"serviceAccount\":{\"create\":false,\"name\":\"karpenter\"},"
                        + "\"settings\":{\"clusterName\":\"shop\",\"eksControlPlane\":true,"
                        + "\"interruptionQueue\":\"shop-karpenter\"},"
                        + "\"tolerations\":[{\"key\":\"CriticalAddonsOnly\",\"operator\":\"Exists\"}]}");
        NodePoolSpec fixed = NodePoolSpec.standard().withReplicas(Optional.of(2));
        assertThat(values(resolved(STANDARD.withNodePools(Map.of("fixed", fixed)), CLOSED)))
                .contains("\"settings\":{\"clusterName\":\"shop\",\"eksControlPlane\":true,"
                        + "\"featureGates\":{\"staticCapacity\":true},\"interruptionQueue\":\"shop-karpenter\","
                        + "\"isolatedVPC\":true,\"reservedENIs\":\"1\"}");
        ClusterNodes shifting = new ClusterNodes(true, List.of(), true, List.of(), false, true, false, false);
        assertThat(values(resolved(STANDARD, shifting))).contains("\"enableZonalShift\":true");
    }

    static HelmAddon withEveryValue() {
        return resolved(
                STANDARD.withNodePools(Map.of("fixed", NodePoolSpec.standard().withReplicas(Optional.of(1)))), CLOSED);
    }

    static HelmAddon crds() {
        return STANDARD.releases(TestAddons.AWS).get(0);
    }

    @Test
    void theChartHasWhatIsReliedOnWithoutBeingSet() {
        assertThat(ChartFacts.values("karpenter", "1.15.1"))
                .containsKeys(
                        "priorityClassName",
                        "podDisruptionBudget.maxUnavailable",
                        "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms",
                        "nodeSelector.kubernetes.io/os",
                        "tolerations");
    }

    /** What is left out creates and removes instance profiles, which exist already. */
    @Test
    void itsPermissionsAreThoseOfTheDocumentationWithoutInstanceProfiles() {
        HelmAddon addon = resolved(
                STANDARD.withNodeRole(NodeRoleSpec.standard().withRoleArn(Optional.of(ROLE))),
                new ClusterNodes(true, List.of(), true, List.of(), false, true, false, false));
        Set<List<String>> documented = GrantFacts.documented("karpenter", "v1.14.1.aws");
        Set<List<String>> own = grants(addon);

        assertThat(minus(documented, own))
                .extracting(grant -> grant.get(0))
                .containsExactlyInAnyOrder(
                        "iam:CreateInstanceProfile",
                        "iam:TagInstanceProfile",
                        "iam:AddRoleToInstanceProfile",
                        "iam:RemoveRoleFromInstanceProfile",
                        "iam:DeleteInstanceProfile",
                        "iam:GetInstanceProfile");
        assertThat(minus(own, documented))
                .containsExactly(
                        List.of("iam:GetInstanceProfile", "arn:aws:iam::111122223333:instance-profile/shop_*", ""));
    }

    private static Set<List<String>> minus(Collection<List<String>> from, Collection<List<String>> what) {
        Set<List<String>> rest = new HashSet<>(from);
        rest.removeAll(what);
        return rest;
    }

    @Test
    void withoutAWayToTheInternetItCallsNothingThatHasNoEndpoint() {
        assertThat(grants(resolved(STANDARD, CLOSED)))
                .extracting(grant -> grant.get(0).replaceFirst(":.*", ""))
                .contains("ec2", "eks", "sqs", "ssm")
                .doesNotContain("pricing", "arc-zonal-shift");
        assertThat(grants(resolved(STANDARD, CLOSED)))
                .extracting(grant -> grant.get(0))
                .filteredOn(action -> action.startsWith("iam:"))
                .containsExactly("iam:PassRole");
        assertThat(STANDARD.endpointServices())
                .extracting(EndpointService::toString)
                .containsExactly("ec2", "eks", "sqs", "ssm");
    }

    @Test
    void policiesOfYourOwnReplaceIts() {
        PolicyReference own = PolicyReference.parse("arn:aws:iam::111122223333:policy/karpenter");
        HelmAddon addon =
                resolved(STANDARD.withIdentity(STANDARD.identity().withPolicies(List.of(own))), TestAddons.CREATED);
        assertThat(addon.controllers().get(0).policy()).isEmpty();
        assertThat(addon.controllers().get(0).serviceAccount()).hasToString("kube-system/karpenter");
    }

    @Test
    void aNodePoolOfItsNameOnly() {
        HelmAddon addon =
                resolved(STANDARD.withNodePools(Map.of("general", NodePoolSpec.standard())), TestAddons.CREATED);

        assertThat(object(addon, "EC2NodeClass"))
                .isEqualTo("{\"apiVersion\":\"karpenter.k8s.aws/v1\",\"kind\":\"EC2NodeClass\","
                        + "\"metadata\":{\"name\":\"default\"},\"spec\":{"
                        + "\"amiSelectorTerms\":[{\"alias\":\"al2023@latest\"}],"
                        + "\"blockDeviceMappings\":[{\"deviceName\":\"/dev/xvda\",\"ebs\":{"
                        + "\"deleteOnTermination\":true,\"encrypted\":true,\"iops\":3000,\"throughput\":125,"
                        + "\"volumeSize\":\"80Gi\",\"volumeType\":\"gp3\"}}],"
                        + "\"instanceProfile\":\"shop-karpenter-node\","
                        + "\"metadataOptions\":{\"httpEndpoint\":\"enabled\",\"httpProtocolIPv6\":\"disabled\","
                        + "\"httpPutResponseHopLimit\":1,\"httpTokens\":\"required\"},"
                        + "\"securityGroupSelectorTerms\":[{\"tags\":{\"karpenter.sh/discovery\":\"shop\"}}],"
                        + "\"subnetSelectorTerms\":[{\"tags\":{\"karpenter.sh/discovery\":\"shop\"}}],"
                        + "\"tags\":{\"team\":\"shop\"}}}");
        assertThat(object(addon, "NodePool"))
                .isEqualTo("{\"apiVersion\":\"karpenter.sh/v1\",\"kind\":\"NodePool\","
                        + "\"metadata\":{\"name\":\"general\"},\"spec\":{"
                        + "\"disruption\":{\"consolidateAfter\":\"0s\","
                        + "\"consolidationPolicy\":\"WhenEmptyOrUnderutilized\"},"
                        + "\"template\":{\"spec\":{\"nodeClassRef\":{\"group\":\"karpenter.k8s.aws\","
                        + "\"kind\":\"EC2NodeClass\",\"name\":\"default\"},\"requirements\":["
                        + "{\"key\":\"karpenter.k8s.aws/instance-category\",\"operator\":\"In\","
                        + "\"values\":[\"c\",\"m\",\"r\"]},"
                        + "{\"key\":\"karpenter.k8s.aws/instance-generation\",\"operator\":\"Gt\",\"values\":[\"4\"]},"
                        + "{\"key\":\"kubernetes.io/arch\",\"operator\":\"In\",\"values\":[\"amd64\"]},"
                        + "{\"key\":\"kubernetes.io/os\",\"operator\":\"In\",\"values\":[\"linux\"]},"
                        + "{\"key\":\"karpenter.sh/capacity-type\",\"operator\":\"In\","
                        + "\"values\":[\"on-demand\"]}]}}}}");
        assertThat(addon.objects())
                .extracting(one -> one.property().toString())
                .containsExactly("addons.karpenter.nodeClasses.default", "addons.karpenter.nodePools.general");
    }

    @Test
    void inANetworkThatExistsNodesAreWhereItSays() {
        HelmAddon addon = resolved(STANDARD.withNodePools(Map.of("general", NodePoolSpec.standard())), CLOSED);

        assertThat(object(addon, "EC2NodeClass"))
                .contains("\"subnetSelectorTerms\":[{\"id\":\"subnet-0a1b2c3d\"}]")
                .contains("\"securityGroupSelectorTerms\":[{\"id\":\"sg-0a1b2c3d\"}]")
                .contains("\"kubelet\":{\"maxPods\":110}");
        ClusterNodes unknown = new ClusterNodes(false, List.of(), false, List.of(), false, false, false, false);
        assertThat(object(
                        resolved(STANDARD.withNodePools(Map.of("general", NodePoolSpec.standard())), unknown),
                        "EC2NodeClass"))
                .doesNotContain("SelectorTerms\":[{\"id")
                .doesNotContain("subnetSelectorTerms")
                .doesNotContain("securityGroupSelectorTerms")
                .doesNotContain("kubelet");
    }

    @Test
    void nodesOfWindowsHaveARoleOfTheirOwn() {
        KarpenterSpec spec = STANDARD.withNodeRole(NodeRoleSpec.standard().withRoleArn(Optional.of(ROLE)))
                .withNodeClasses(Map.of(
                        "windows",
                        Ec2NodeClassSpec.standard().withImage(NodeImage.WINDOWS_2022),
                        "gpu",
                        Ec2NodeClassSpec.standard()
                                .withRole(Optional.of("arn:aws:iam::111122223333:role/nodes/gpu-node"))))
                .withNodePools(Map.of(
                        "windows", NodePoolSpec.standard().withNodeClass("windows"),
                        "gpu", NodePoolSpec.standard().withNodeClass("gpu")));
        HelmAddon addon = resolved(spec, TestAddons.CREATED);

        assertThat(addon.resources())
                .containsOnlyKeys("interruptions", "nodes", "nodes-gpu-node", "windows-nodes")
                .extractingByKey("windows-nodes")
                .hasToString("KarpenterNodesSpec[profile=Profile[id=windows-nodes,"
                        + " name=shop-karpenter-windows-node, role=Optional.empty, windows=true],"
                        + " role=NodeRoleSpec[policies=[], ssm=false,"
                        + " roleArn=Optional[" + ROLE + "]]]");
        assertThat(grants(addon))
                .extracting(grant -> grant.get(0) + " " + grant.get(1))
                .filteredOn(grant -> grant.startsWith("iam:PassRole"))
                .containsExactlyInAnyOrder(
                        "iam:PassRole " + ROLE,
                        "iam:PassRole arn:aws:iam::111122223333:role/nodes/gpu-node",
                        "iam:PassRole arn:aws:iam::111122223333:role/shop-karpenter-windows-node");
        assertThat(addon.objects())
                .extracting(one -> Json.compact(one.body()))
                .anyMatch(body -> body.contains("\"instanceProfile\":\"shop-karpenter-gpu-node\""))
                .anyMatch(body -> body.contains("\"windows2022@latest\"")
                        && body.contains("\"instanceProfile\":\"shop-karpenter-windows-node\"")
                        && body.contains("\"deviceName\":\"/dev/sda1\""))
                .anyMatch(body ->
                        body.contains("\"key\":\"kubernetes.io/os\",\"operator\":\"In\",\"values\":[\"windows\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings.clusterName",
                "settings.interruptionQueue",
                "serviceAccount.create",
                "serviceAccount.name",
                "serviceAccount.annotations"
            })
    void whatBindsItToItsRoleAndQueueIsThePlatforms(String path) {
        Map<String, Object> value =
                Map.of(path.substring(0, path.indexOf('.')), Map.of(path.substring(path.indexOf('.') + 1), "x"));
        assertThat(ProblemsOf.making(() -> STANDARD.withChart(STANDARD.chart().withValues(value))))
                .containsExactly("values." + path + ": an override of a value that the platform sets; allowed: values"
                        + " other than settings.clusterName, settings.interruptionQueue, serviceAccount.create,"
                        + " serviceAccount.name, serviceAccount.annotations; fix: remove it: role, trust,"
                        + " ServiceAccount and chart must agree");
    }

    @Test
    void versionsBeforeTheStableApiAreRefused() {
        assertThat(ProblemsOf.making(
                        () -> STANDARD.withChart(STANDARD.chart().withChartVersion(ChartVersion.parse("1.0.12")))))
                .containsExactly("chartVersion: chart 1.0.12 has versions of its objects before v1, and a webhook for"
                        + " them; allowed: 1.1.0 and newer; fix: use 1.15.1");
        assertThat(ProblemsOf.making(
                        () -> STANDARD.withChart(STANDARD.chart().withChartVersion(ChartVersion.parse("0.37.0")))))
                .hasSize(1);
        assertThat(ProblemsOf.making(
                        () -> STANDARD.withChart(STANDARD.chart().withChartVersion(ChartVersion.parse("1.1.0")))))
                .isEmpty();
        assertThat(ProblemsOf.making(() -> STANDARD.withReplicas(0)))
                .containsExactly("replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on");
    }
}

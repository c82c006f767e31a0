package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.cluster.KubernetesVersion;
import dev.eksplatform.cluster.RoleArn;
import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.catalogue.PolicyCatalogue;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestJson;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics Server and the autoscalers of nodes and pods. */
class ScalingAddonsTest {

    private static final MetricsServerSpec METRICS = MetricsServerSpec.standard();
    private static final ClusterAutoscalerSpec NODES = ClusterAutoscalerSpec.standard();
    private static final ClusterProportionalAutoscalerSpec PROPORTIONAL = ClusterProportionalAutoscalerSpec.standard();
    private static final KedaSpec KEDA = KedaSpec.standard();
    private static final VerticalPodAutoscalerSpec VERTICAL = VerticalPodAutoscalerSpec.standard();
    private static final String ROLE = "arn:aws:iam::111122223333:role/orders";
    private static final String NOT_ROOT = """
            {'runAsNonRoot': true, 'runAsUser': 65534, 'runAsGroup': 65534, 'fsGroup': 65534,
             'seccompProfile': {'type': 'RuntimeDefault'}}""";
    private static final String NO_PRIVILEGES =
            "{'allowPrivilegeEscalation': false, 'readOnlyRootFilesystem': true, 'capabilities': {'drop': ['ALL']}}";

    private static HelmAddon of(AddonSpec spec) {
        return spec.resolve(TestAddons.AWS);
    }

    private static Set<String> actions(Set<List<String>> grants) {
        return grants.stream().map(grant -> grant.get(0)).collect(Collectors.toSet());
    }

    @Test
    void metricsServerListensOnThePortOfTheKubelet() {
        HelmAddon addon = of(METRICS);

        assertThat(addon.namespace()).isEqualTo("kube-system");
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.controllers()).isEmpty();
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'replicas': 2, 'podDisruptionBudget': {'enabled': true, 'maxUnavailable': 1},
                 'nodeSelector': {'kubernetes.io/os': 'linux'}}
                """));
        assertThat(TestAddons.values(of(METRICS.withReplicas(1))).path("podDisruptionBudget"))
                .isEqualTo(TestJson.quoted("{'enabled': false}"));
    }

    @Test
    void metricsServerHasAnotherPortOnFargateAndWhatItsValuesSay() {
        HelmAddon onFargate = METRICS.resolve(TestAddons.FARGATE);
        assertThat(onFargate.webhookPorts()).containsExactly(10251);
        assertThat(TestAddons.values(onFargate).path("containerPort").asInt()).isEqualTo(10251);

        HelmAddon own = METRICS.withChart(METRICS.chart().withValues(Map.of("containerPort", 4443)))
                .resolve(TestAddons.FARGATE);
        assertThat(own.webhookPorts()).containsExactly(4443);
    }

    @Test
    void theClusterAutoscalerFindsTheNodeGroupsOfItsClusterOnly() {
        HelmAddon addon = of(NODES);

        assertThat(addon.namespace()).isEqualTo("kube-system");
        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(addon.controllers().get(0).serviceAccount()).hasToString("kube-system/cluster-autoscaler");
        assertThat(NODES.endpointServices())
                .extracting(EndpointService::name)
                .containsExactly("autoscaling", "ec2", "eks");
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'fullnameOverride': 'cluster-autoscaler', 'cloudProvider': 'aws', 'awsRegion': 'eu-central-1',
                 'autoDiscovery': {'clusterName': 'shop'}, 'image': {'tag': 'v1.36.1'}, 'replicaCount': 2,
                 'extraArgs': {'balance-similar-node-groups': true, 'expander': 'least-waste',
                               'skip-nodes-with-system-pods': false},
                 'rbac': {'serviceAccount': {'create': false, 'name': 'cluster-autoscaler'}},
                 'securityContext': %s,
                 'containerSecurityContext': %s,
                 'nodeSelector': {'kubernetes.io/os': 'linux'}}
                """.formatted(NOT_ROOT, NO_PRIVILEGES)));
    }

    @Test
    void theClusterAutoscalerScalesWhatEksHasTaggedForItsCluster() {
        Set<List<String>> grants = TestAddons.grants(of(NODES));
        String tags = "{\"StringEquals\":{\"aws:ResourceTag/k8s.io/cluster-autoscaler/enabled\":[\"true\"],"
                + "\"aws:ResourceTag/k8s.io/cluster-autoscaler/shop\":[\"owned\"]}}";

        assertThat(actions(grants))
                .isEqualTo(actions(GrantFacts.documented("cluster-autoscaler", "1.36.1.aws")))
                .allMatch(action -> !action.contains("*"));
        assertThat(grants.stream()
                        .filter(grant -> !grant.get(0).contains(":Describe")
                                && !grant.get(0).contains(":Get")))
                .containsExactlyInAnyOrder(
                        List.of("autoscaling:SetDesiredCapacity", "*", tags),
                        List.of("autoscaling:TerminateInstanceInAutoScalingGroup", "*", tags));
        assertThat(grants).contains(List.of("eks:DescribeNodegroup", "arn:aws:eks:*:*:nodegroup/shop/*", ""));
    }

    @ParameterizedTest
    @CsvSource({"1.31, v1.31.5", "1.34, v1.34.5", "1.36, v1.36.1", "1.37, v1.36.1"})
    void theClusterAutoscalerFollowsTheVersionOfTheCluster(String version, String tag) {
        AddonContext context = TestAddons.AWS.withVersion(Optional.of(KubernetesVersion.parse(version)));

        assertThat(TestAddons.values(NODES.resolve(context))
                        .path("image")
                        .path("tag")
                        .textValue())
                .isEqualTo(tag);
    }

    @Test
    void ofAnUnknownVersionTheClusterAutoscalerIsThatOfTheChart() {
        AddonContext context = TestAddons.AWS.withVersion(Optional.empty());

        assertThat(TestAddons.values(NODES.resolve(context)).has("image")).isFalse();
    }

    @Test
    void theProportionalAutoscalerHasTheNumbersForDns() {
        HelmAddon addon = of(PROPORTIONAL);

        assertThat(addon.namespace()).isEqualTo("kube-system");
        assertThat(addon.podSecurity()).isEmpty();
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'options': {'target': 'deployment/coredns'},
                 'config': {'linear': {'coresPerReplica': 256, 'nodesPerReplica': 16, 'min': 2}},
                 'podSecurityContext': %s,
                 'securityContext': %s,
                 'nodeSelector': {'kubernetes.io/os': 'linux'}}
                """.formatted(NOT_ROOT, NO_PRIVILEGES)));
    }

    @Test
    void theProportionalAutoscalerScalesSeveralWorkloadsOfOneNamespaceOrByALadder() {
        ClusterProportionalAutoscalerSpec shop = PROPORTIONAL
                .withTargets(List.of("deployment/router", "Deployment/cache"))
                .withNamespace("shop")
                .withNodesPerReplica(8)
                .withCoresPerReplica(64)
                .withMin(3)
                .withMax(Optional.of(20));

        assertThat(of(shop).namespace()).isEqualTo("shop");
        assertThat(TestAddons.values(of(shop)).path("options"))
                .isEqualTo(TestJson.quoted("{'target': 'deployment/router,Deployment/cache'}"));
        assertThat(TestAddons.values(of(shop)).path("config"))
                .isEqualTo(TestJson.quoted(
                        "{'linear': {'coresPerReplica': 64, 'nodesPerReplica': 8, 'min': 3, 'max': 20}}"));
        assertThat(shop.scales("shop", "cache")).isTrue();
        assertThat(shop.scales("kube-system", "cache")).isFalse();

        Map<String, Object> ladder = Map.of("ladder", Map.of("nodesToReplicas", List.of(List.of(1, 1), List.of(9, 3))));
        assertThat(TestAddons.values(of(shop.withChart(shop.chart().withValues(Map.of("config", ladder)))))
                        .path("config"))
                .isEqualTo(TestJson.tree(ladder));
    }

    @Test
    void whatIsWrongWithTheProportionalAutoscalerIsReportedAtOnce() {
        assertThat(ProblemsOf.making(() -> PROPORTIONAL.with(
                        spec -> spec.chart(PROPORTIONAL.chart().withValues(Map.of("options", Map.of("target", "x"))))
                                .targets(List.of("coredns", "deployment/a", "deployment/a"))
                                .namespace("Shop")
                                .nodesPerReplica(0)
                                .coresPerReplica(0)
                                .min(3)
                                .max(Optional.of(2)))))
                .containsExactly(
                        "targets[0]: \"coredns\" is not a workload; allowed: deployment/, replicaset/ or"
                                + " replicationcontroller/ with a name; fix: write it like deployment/router",
                        "targets[2]: duplicate workload deployment/a; fix: remove one of them",
                        "namespace: \"Shop\" is not a namespace's name; allowed: 1 to 63 lower case letters, digits and -, with"
                                + " a letter or digit at both ends; fix: write it like shop",
                        "nodesPerReplica: 0; allowed: 1 or more; fix: use 1, or remove it",
                        "coresPerReplica: 0; allowed: 1 or more; fix: use 1, or remove it",
                        "max: 2 replicas, fewer than min, which is 3; allowed: 3 or more; fix: increase it",
                        "values.options.target: an override of a value that the platform sets; allowed: values other than"
                                + " options.target, options.namespace, config.linear; fix: remove it: role, trust,"
                                + " ServiceAccount and chart must agree");
        assertThat(ProblemsOf.making(() -> PROPORTIONAL.withTargets(List.of())))
                .containsExactly("targets: no workload; allowed: one or more; fix: write it like [deployment/router]");
        assertThat(ProblemsOf.making(() -> PROPORTIONAL.withMin(0)))
                .containsExactly("min: 0; allowed: 1 or more; fix: use 1, or remove it");
    }

    @Test
    void kedaHasNoPermissionsUnlessTriggersReadFromAws() {
        HelmAddon addon = of(KEDA);

        assertThat(addon.namespace()).isEqualTo("keda");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).containsExactly(6443, 9443);
        assertThat(addon.controllers()).isEmpty();
        assertThat(KEDA.endpointServices()).isEmpty();
        String part = "{'replicaCount': 2, 'nodeSelector': {'kubernetes.io/os': 'linux'}}";
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'clusterName': 'shop', 'crds': {'additionalAnnotations': {'helm.sh/resource-policy': 'keep'}},
                 'operator': %s, 'metricsServer': %s, 'webhooks': %s,
                 'podDisruptionBudget': {'operator': {'maxUnavailable': 1}, 'metricServer': {'maxUnavailable': 1},
                                         'webhooks': {'maxUnavailable': 1}}}
                """.formatted(part, part, part)));
    }

    @Test
    void kedaReadsTheQueuesAndMetricsThatItMay() {
        KedaSpec spec = KEDA.withQueues(List.of("orders-*", "arn:aws:sqs:eu-west-1:444455556666:jobs.fifo"))
                .withCloudWatch(true)
                .withRoles(List.of(RoleArn.parse(ROLE)))
                .withReplicas(1)
                .withKeepCrds(false);
        HelmAddon addon = of(spec);

        assertThat(TestAddons.grants(addon))
                .containsExactlyInAnyOrder(
                        List.of("sqs:GetQueueAttributes", "arn:aws:sqs:eu-central-1:111122223333:orders-*", ""),
                        List.of("sqs:GetQueueAttributes", "arn:aws:sqs:eu-west-1:444455556666:jobs.fifo", ""),
                        List.of("cloudwatch:GetMetricData", "*", ""),
                        List.of("sts:AssumeRole", ROLE, ""),
                        List.of("sts:TagSession", ROLE, ""));
        assertThat(addon.controllers().get(0).serviceAccount()).isEqualTo(KedaSpec.ACCOUNT);
        assertThat(spec.endpointServices()).extracting(EndpointService::name).containsExactly("sqs", "monitoring");
        String part = "{'replicaCount': 1, 'nodeSelector': {'kubernetes.io/os': 'linux'}}";
        assertThat(TestAddons.values(addon)).isEqualTo(TestJson.quoted("""
                {'clusterName': 'shop', 'operator': %s, 'metricsServer': %s, 'webhooks': %s,
                 'serviceAccount': {'operator': {'create': false, 'name': 'keda-operator'}}}
                """.formatted(part, part, part)));
    }

    /** With Pod Identity the operator's session has tags, which the roles that it assumes get, too. */
    @Test
    void kedasPolicyIsThatOfItsDocumentationAndPassesOnTheTagsOfItsSession() {
        Set<List<String>> documented = new HashSet<>(GrantFacts.documented("keda", "2.21.0.aws"));
        documented.add(List.of("sts:TagSession", ROLE, ""));

        assertThat(GrantFacts.of(PolicyCatalogue.of("keda")
                        .latest()
                        .renderLists(
                                Partition.AWS,
                                Map.of(
                                        "queues", List.of("arn:aws:sqs:*:111122223333:orders"),
                                        "metrics", List.of("*"),
                                        "roles", List.of(ROLE)))
                        .toJson()))
                .isEqualTo(documented);
    }

    @Test
    void kedasPortsAreWhatItsValuesSay() {
        HelmAddon addon = of(KEDA.withChart(KEDA.chart()
                .withValues(Map.of(
                        "service", Map.of("portHttpsTarget", 6444),
                        "webhooks", Map.of("port", "9444", "useHostNetwork", true)))));

        assertThat(addon.webhookPorts()).containsExactly(6444, 9444);
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
    }

    @Test
    void whatIsWrongWithKedaIsReportedAtOnce() {
        assertThat(ProblemsOf.making(
                        () -> KEDA.withQueues(List.of("https://sqs.eu-central-1.amazonaws.com/111122223333/orders"))))
                .containsExactly(
                        "queues[0]: \"https://sqs.eu-central-1.amazonaws.com/111122223333/orders\" is not a queue of"
                                + " Amazon SQS; allowed: its name, with * for any part, or its ARN; fix: write it like orders or"
                                + " orders-*, not its URL");
        assertThat(ProblemsOf.making(() -> KEDA.withIdentity(KEDA.identity().withMode(Optional.of(IdentityMode.IRSA)))))
                .containsExactly("mode: not used: the add-on has no AWS permissions; fix: remove it");
        assertThat(ProblemsOf.making(() -> KEDA.withReplicas(0)))
                .containsExactly("replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on");
    }

    @Test
    void theVerticalAutoscalerHasItsCertificateFromAJobOfTheChart() {
        HelmAddon addon = of(VERTICAL);
        String part = """
                {'enabled': true, 'replicas': 2, 'podDisruptionBudget': {'enabled': true},
                 'nodeSelector': {'kubernetes.io/os': 'linux'}""";

        assertThat(addon.namespace()).isEqualTo("vertical-pod-autoscaler");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).containsExactly(8000);
        assertThat(addon.after()).containsExactly("cert-manager");
        assertThat(TestAddons.values(addon))
                .isEqualTo(TestJson.quoted("""
                {'crds': {'enabled': true, 'keep': true}, 'podSecurityContext': %s, 'containerSecurityContext': %s,
                 'recommender': %s}, 'updater': %s},
                 'admissionController': %s,
                     'certGen': {'enabled': true, 'nodeSelector': {'kubernetes.io/os': 'linux'}},
                     'certManager': {'enabled': false, 'createSelfSignedIssuer': {'enabled': false}}}}
                """.formatted(NOT_ROOT, NO_PRIVILEGES, part, part, part)));
    }

    @Test
    void theVerticalAutoscalerHasItsCertificateFromCertManagerWhereThatIs() {
        assertThat(TestAddons.values(of(VERTICAL), "cert-manager").path("admissionController"))
                .isEqualTo(TestJson.quoted("""
                {'enabled': true, 'replicas': 2, 'podDisruptionBudget': {'enabled': true},
                 'nodeSelector': {'kubernetes.io/os': 'linux'},
                 'certGen': {'enabled': false, 'nodeSelector': {'kubernetes.io/os': 'linux'}},
                 'certManager': {'enabled': true, 'createSelfSignedIssuer': {'enabled': true}}}
                """));
    }

    @Test
    void theVerticalAutoscalerOnlyRecommendsWhenAsked() {
        HelmAddon addon = of(VERTICAL.withRecommendOnly(true).withReplicas(1).withKeepCrds(false));

        assertThat(addon.webhookPorts()).isEmpty();
        assertThat(TestAddons.values(addon).path("crds"))
                .isEqualTo(TestJson.quoted("{'enabled': true, 'keep': false}"));
        assertThat(TestAddons.values(addon).path("recommender").path("enabled").asBoolean())
                .isTrue();
        assertThat(TestAddons.values(addon).path("updater").path("enabled").asBoolean(true))
                .isFalse();
        assertThat(TestAddons.values(addon)
                        .path("admissionController")
                        .path("enabled")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void onTheNetworkOfNodesTheVerticalAutoscalersWebhookNeedsThePrivilegedLevel() {
        assertThat(of(VERTICAL.withChart(VERTICAL.chart()
                                .withValues(Map.of("admissionController", Map.of("hostNetwork", true)))))
                        .podSecurity())
                .contains(PodSecurityLevel.PRIVILEGED);
    }
}

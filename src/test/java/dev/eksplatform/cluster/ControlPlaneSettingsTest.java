package dev.eksplatform.cluster;

import static dev.eksplatform.testing.StackAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import dev.eksplatform.network.Cidr;
import dev.eksplatform.problem.ProblemsOf;
import dev.eksplatform.testing.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a spec says about the control plane, as attributes of its resource. */
class ControlPlaneSettingsTest {

    private static final ClusterSpec SHOP = ClusterSpec.of("shop", "1.36");

    private static TerraformStack stackWith(ClusterSpec spec) {
        TerraformStack stack = TestStack.make();
        TestCluster.in(stack, spec);
        return stack;
    }

    private static JsonNode cluster(ClusterSpec spec) {
        return TestStack.configuration(stackWith(spec))
                .at("/resource/aws_eks_cluster")
                .elements()
                .next();
    }

    @Test
    void whatIsNotNamedIsLeftToEks() {
        assertThat(cluster(SHOP).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "name",
                        "version",
                        "role_arn",
                        "vpc_config",
                        "access_config",
                        "bootstrap_self_managed_addons",
                        "encryption_config",
                        "enabled_cluster_log_types",
                        "depends_on");
        assertThat(cluster(SHOP).path("vpc_config").has("security_group_ids")).isFalse();
    }

    @Test
    void everySettingIsAnAttribute() {
        Map<String, Integer> weights = new TreeMap<>(Map.of("cpu", 1, "nvidia.com/gpu", 5));
        JsonNode cluster = cluster(SHOP.withUpgradePolicy(Optional.of(UpgradePolicy.STANDARD))
                .withDeletionProtection(DeletionProtection.EKS)
                .withZonalShift(Optional.of(true))
                .withControlPlaneTier(Optional.of(ControlPlaneTier.TIER_4XL))
                .withServiceCidr(Optional.of(Cidr.parse("172.20.0.0/16")))
                .withForceUpdateVersion(true)
                .withTimeouts(ClusterTimeoutsSpec.standard()
                        .withCreateMinutes(Optional.of(45))
                        .withUpdateMinutes(Optional.of(90))
                        .withDeleteMinutes(Optional.of(20)))
                .withTags(Map.of("criticality", "high"))
                .withSecurityGroupIds(List.of("sg-0a1b2c3d", "sg-0a1b2c3e"))
                .withKubeApiServerConfig(KubeApiServerSpec.standard()
                        .withEventTtlMinutes(Optional.of(30))
                        .withServiceNodePortRange(Optional.of(new KubeApiServerSpec.NodePorts(30_000, 31_000))))
                .withKubeSchedulerConfig(KubeSchedulerSpec.standard()
                        .withScoringStrategy(Optional.of(ScoringStrategy.MOST_ALLOCATED))
                        .withResourceWeights(weights))
                .withKubeControllerManagerConfig(KubeControllerManagerSpec.standard()
                        .withHorizontalPodAutoscalerSyncPeriodSeconds(Optional.of(10))
                        .withTerminatedPodGcThreshold(Optional.of(1000))));

        assertThat(cluster.path("upgrade_policy")).hasToString("{\"support_type\":\"STANDARD\"}");
        assertThat(cluster.path("deletion_protection").booleanValue()).isTrue();
        assertThat(cluster.path("lifecycle")).hasToString("{\"prevent_destroy\":true}");
        assertThat(cluster.path("zonal_shift_config")).hasToString("{\"enabled\":true}");
        assertThat(cluster.path("control_plane_scaling_config")).hasToString("{\"tier\":\"tier-4xl\"}");
        assertThat(cluster.path("kubernetes_network_config")).hasToString("{\"service_ipv4_cidr\":\"172.20.0.0/16\"}");
        assertThat(cluster.path("force_update_version").booleanValue()).isTrue();
        assertThat(cluster.path("timeouts")).hasToString("{\"create\":\"45m\",\"delete\":\"20m\",\"update\":\"90m\"}");
        assertThat(cluster.path("tags")).hasToString("{\"criticality\":\"high\"}");
        assertThat(cluster.at("/vpc_config/security_group_ids")).hasToString("[\"sg-0a1b2c3d\",\"sg-0a1b2c3e\"]");
        assertThat(cluster.path("kube_api_server_config"))
                .hasToString(
                        "{\"event_ttl\":\"30m\",\"service_node_port_range\":{\"max_port\":31000,\"min_port\":30000}}");
        assertThat(cluster.path("kube_scheduler_config"))
                .hasToString("{\"node_resources_fit\":{\"scoring_strategy\":{\"resource\":[{\"name\":\"cpu\","
                        + "\"weight\":1},{\"name\":\"nvidia.com/gpu\",\"weight\":5}],\"type\":\"MostAllocated\"}}}");
        assertThat(cluster.path("kube_controller_manager_config"))
                .hasToString("{\"horizontal_pod_autoscaler_controller_config\":"
                        + "{\"horizontal_pod_autoscaler_sync_period\":\"10s\"},"
                        + "\"pod_gc_controller_config\":{\"terminated_pod_gc_threshold\":1000}}");
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, standard", "TIER_XL, tier-xl", "TIER_2XL, tier-2xl", "TIER_8XL, tier-8xl"})
    void aTierHasTheNameOfTheApi(ControlPlaneTier tier, String name) {
        assertThat(tier.apiName()).isEqualTo(name);
    }

    @ParameterizedTest
    @EnumSource(DeletionProtection.class)
    void aProtectionIsReadAsItIsWritten(DeletionProtection protection) {
        assertThat(DeletionProtection.parse(protection.word())).isEqualTo(protection);
    }

    @Test
    void onlyTerraformProtectsAClusterOfAProgramThatSaysTrue() {
        for (DeletionProtection protection : List.of(DeletionProtection.TRUE, DeletionProtection.TERRAFORM)) {
            assertThat(stackWith(SHOP.withDeletionProtection(protection)))
                    .hasResource("aws_eks_cluster")
                    .withAttribute("lifecycle.prevent_destroy", true)
                    .withoutAttribute("deletion_protection");
        }
        assertThat(ProblemsOf.making(() -> DeletionProtection.parse("yes")))
                .containsExactly(
                        "\"yes\" is not a deletion protection; allowed: false, true, eks, terraform; fix: use true");
    }

    @Test
    void zonalShiftIsSwitchedOffByName() {
        assertThat(stackWith(SHOP.withZonalShift(Optional.of(false))))
                .hasResource("aws_eks_cluster")
                .withAttribute("zonal_shift_config.enabled", false);
    }

    @Test
    void aSchedulerWithWeightsOnlyKeepsTheStrategyOfEks() {
        assertThat(cluster(SHOP.withKubeSchedulerConfig(
                                KubeSchedulerSpec.standard().withResourceWeights(Map.of("memory", 3))))
                        .path("kube_scheduler_config"))
                .hasToString("{\"node_resources_fit\":{\"scoring_strategy\":{\"resource\":[{\"name\":\"memory\","
                        + "\"weight\":3}],\"type\":\"LeastAllocated\"}}}");
    }

    @Test
    void tagsOfTheClusterSecurityGroupAreResources() {
        TerraformStack stack = stackWith(SHOP.withSecurityGroupTags(new TreeMap<>(Map.of("a b", "1", "a/b", "2"))));
        assertThat(stack)
                .hasResources("aws_ec2_tag", 2)
                .hasResource("aws_ec2_tag")
                .withAttribute("key", "a b")
                .withAttribute("value", "1")
                .withAttribute(
                        "resource_id", "${aws_eks_cluster.cluster_A4C38409.vpc_config[0].cluster_security_group_id}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.0/8    | serviceCidr: 10.0.0.0/8 is a /8; allowed: a /12 to a /24; fix: use a block such as 172.20.0.0/16
            10.0.0.0/25   | serviceCidr: 10.0.0.0/25 is a /25; allowed: a /12 to a /24; fix: use a block such as 172.20.0.0/16
            100.64.0.0/16 | serviceCidr: 100.64.0.0/16 is not in a private network; allowed: blocks of 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16; fix: use a block such as 172.20.0.0/16
            """)
    void servicesHaveAPrivateBlock(String block, String problem) {
        assertThat(ProblemsOf.making(() -> SHOP.withServiceCidr(Optional.of(Cidr.parse(block)))))
                .containsExactly(problem);
    }

    @Test
    void aShortPeriodOfTheAutoscalerNeedsAProvisionedControlPlane() {
        KubeControllerManagerSpec fast =
                KubeControllerManagerSpec.standard().withHorizontalPodAutoscalerSyncPeriodSeconds(Optional.of(10));
        String problem =
                "kubeControllerManagerConfig.horizontalPodAutoscalerSyncPeriodSeconds: EKS accepts another period"
                        + " than 15 with a provisioned control plane only; fix: set controlPlaneTier: tier-xl, or remove it";
        assertThat(ProblemsOf.making(() -> SHOP.withKubeControllerManagerConfig(fast)))
                .containsExactly(problem);
        ClusterSpec standard = SHOP.withControlPlaneTier(Optional.of(ControlPlaneTier.STANDARD));
        assertThat(ProblemsOf.making(() -> standard.withKubeControllerManagerConfig(fast)))
                .containsExactly(problem);
        assertThat(SHOP.withKubeControllerManagerConfig(
                                fast.withHorizontalPodAutoscalerSyncPeriodSeconds(Optional.of(15)))
                        .controlPlaneTier())
                .isEmpty();
    }

    @Test
    void numbersAreThoseOfEks() {
        assertThat(ProblemsOf.making(() -> KubeApiServerSpec.standard().withEventTtlMinutes(Optional.of(120))))
                .containsExactly("eventTtlMinutes: 120 minutes; allowed: 10 to 60; fix: use 60");
        assertThat(ProblemsOf.making(() -> new KubeApiServerSpec.NodePorts(80, 40_000)))
                .containsExactly(
                        "minPort: 80 is not a port for Services; allowed: 10260 to 32767; fix: use 10260",
                        "maxPort: 40000 is not a port for Services; allowed: 10260 to 32767; fix: use 32767");
        assertThat(ProblemsOf.making(() -> new KubeApiServerSpec.NodePorts(31_000, 30_000)))
                .containsExactly("maxPort: 30000 is less than minPort 31000; fix: exchange the two");
        assertThat(ProblemsOf.making(() -> KubeSchedulerSpec.standard()
                        .withResourceWeights(new TreeMap<>(Map.of("cpus", 1, "memory", 0)))))
                .containsExactly(
                        "resourceWeights.cpus: \"cpus\" is not a resource that EKS lets the scheduler rate; allowed: cpu,"
                                + " memory, nvidia.com/gpu, aws.amazon.com/neuron, aws.amazon.com/neuroncore; fix: did you"
                                + " mean cpu?",
                        "resourceWeights.memory: 0 is not a weight; allowed: 1 to 100; fix: use 1");
        assertThat(ProblemsOf.making(() -> KubeControllerManagerSpec.standard()
                        .withHorizontalPodAutoscalerSyncPeriodSeconds(Optional.of(60))))
                .containsExactly(
                        "horizontalPodAutoscalerSyncPeriodSeconds: 60 seconds; allowed: 10 to 15; fix: use 15");
        assertThat(ProblemsOf.making(
                        () -> KubeControllerManagerSpec.standard().withTerminatedPodGcThreshold(Optional.of(0))))
                .containsExactly("terminatedPodGcThreshold: 0 pods; allowed: 1 to 1000000; fix: use 1");
        ClusterTimeoutsSpec timeouts = ClusterTimeoutsSpec.standard();
        assertThat(ProblemsOf.making(() -> timeouts.withCreateMinutes(Optional.of(0))))
                .containsExactly("createMinutes: 0 minutes; allowed: 1 to 1440; fix: use 1");
        assertThat(ProblemsOf.making(() -> timeouts.withUpdateMinutes(Optional.of(2000))))
                .containsExactly("updateMinutes: 2000 minutes; allowed: 1 to 1440; fix: use 1440");
        assertThat(ProblemsOf.making(() -> timeouts.withDeleteMinutes(Optional.of(-1))))
                .containsExactly("deleteMinutes: -1 minutes; allowed: 1 to 1440; fix: use 1");
    }

    @Test
    void aControlPlaneHasFourFurtherSecurityGroups() {
        assertThat(ProblemsOf.making(() -> SHOP.withSecurityGroupIds(List.of("sg-1", "sg-0a1b2c3d", "sg-0a1b2c3d"))))
                .containsExactly(
                        "securityGroupIds[0]: \"sg-1\" is not the id of a security group; allowed: sg- and 8 to 17 hex digits;"
                                + " fix: copy it from `aws ec2 describe-security-groups`",
                        "securityGroupIds[2]: duplicate security group sg-0a1b2c3d; fix: remove one of them");
        assertThat(ProblemsOf.making(() -> SHOP.withSecurityGroupIds(
                        List.of("sg-0a1b2c31", "sg-0a1b2c32", "sg-0a1b2c33", "sg-0a1b2c34", "sg-0a1b2c35"))))
                .containsExactly(
                        "securityGroupIds: 5 security groups; allowed: at most 4; fix: join their rules in fewer groups");
    }
}

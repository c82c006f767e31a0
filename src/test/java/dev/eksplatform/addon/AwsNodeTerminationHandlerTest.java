package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AwsNodeTerminationHandlerTest {

    private static final AwsNodeTerminationHandlerSpec STANDARD = AwsNodeTerminationHandlerSpec.standard();
    private static final HelmAddon.ReleaseContext RELEASE =
            new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(), Map.of());

    private static Set<List<String>> grants(HelmAddon addon) {
        return GrantFacts.of(addon.controllers().get(0).policy().orElseThrow().toJson());
    }

    @Test
    void itReadsAQueue() {
        HelmAddon addon = STANDARD.resolve(TestAddons.AWS);

        assertThat(addon.chart() + " " + addon.repository() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("aws-node-termination-handler oci://public.ecr.aws/aws-ec2/helm 0.27.6 kube-system");
        assertThat(Json.compact(addon.values().apply(RELEASE)))
                .isEqualTo("{\"awsRegion\":\"eu-central-1\",\"enableSqsTerminationDraining\":true,"
                        + "\"podDisruptionBudget\":{\"maxUnavailable\":1},"
                        + "\"queueURL\":\"https://sqs.eu-central-1.amazonaws.com/111122223333/shop-node-termination\","
                        + "\"rbac\":{\"pspEnabled\":false},\"replicas\":2,"
                        + "\"serviceAccount\":{\"create\":false,\"name\":\"aws-node-termination-handler\"},"
                        + "\"tolerations\":[{\"key\":\"CriticalAddonsOnly\",\"operator\":\"Exists\"}]}");
        assertThat(addon.resources()).containsOnlyKeys("interruptions");
        assertThat(addon.resources().get("interruptions"))
                .hasToString("InterruptionQueueSpec[name=shop-node-termination, events=[HEALTH_EVENT,"
                        + " INSTANCE_STATE_CHANGE, LIFECYCLE_ACTION, REBALANCE, SPOT_INTERRUPTION]]");
        assertThat(Json.compact(STANDARD.resolve(TestAddons.in(Partition.AWS_CN))
                        .values()
                        .apply(RELEASE)))
                .contains("https://sqs.cn-north-1.amazonaws.com.cn/");
    }

    @Test
    void itsPermissionsAreThoseOfTheDocumentationNarrowed() {
        HelmAddon addon = STANDARD.withAutoScalingGroups(List.of("shop-batch")).resolve(TestAddons.AWS);
        Set<List<String>> grants = grants(addon);

        assertThat(actions(grants))
                .isEqualTo(actions(GrantFacts.documented("aws-node-termination-handler", "v1.25.6.aws")));
        assertThat(grants)
                .extracting(grant -> grant.get(0) + " " + grant.get(1))
                .contains(
                        "sqs:ReceiveMessage arn:aws:sqs:eu-central-1:111122223333:shop-node-termination",
                        "autoscaling:CompleteLifecycleAction arn:aws:autoscaling:eu-central-1:111122223333:"
                                + "autoScalingGroup:*:autoScalingGroupName/shop-batch");
        assertThat(addon.resources().get("groups")).hasToString("TerminationHookSpec[groups=[shop-batch]]");
    }

    private static Set<String> actions(Set<List<String>> grants) {
        return grants.stream().map(grant -> grant.get(0)).collect(Collectors.toSet());
    }

    @Test
    void groupsAreThereOnceByName() {
        assertThat(ProblemsOf.making(() -> STANDARD.withAutoScalingGroups(List.of("a:b", "c", "c"))))
                .containsExactly(
                        "autoScalingGroups[0]: \"a:b\" is not the name of an Auto Scaling group; allowed: 1 to 255"
                                + " characters without a colon; fix: copy it from `aws autoscaling"
                                + " describe-auto-scaling-groups`",
                        "autoScalingGroups[2]: duplicate group c; fix: remove one of them");
        assertThat(ProblemsOf.making(() ->
                        STANDARD.withChart(STANDARD.chart().withValues(Map.of("enableSqsTerminationDraining", false)))))
                .hasSize(1);
    }
}

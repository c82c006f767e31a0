package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.facts.GrantFacts;
import dev.eksplatform.internal.json.Json;
import dev.eksplatform.problem.ProblemsOf;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AwsForFluentBitTest {

    private static final AwsForFluentBitSpec STANDARD = AwsForFluentBitSpec.standard();
    private static final HelmAddon.ReleaseContext RELEASE =
            new HelmAddon.ReleaseContext("shop", "eu-central-1", "vpc-0a1b2c3d", List.of(), Map.of());

    private static Set<List<String>> grants(HelmAddon addon) {
        return GrantFacts.of(addon.controllers().get(0).policy().orElseThrow().toJson());
    }

    @Test
    void itSendsTheLogsOfAllLinuxNodesToOneGroup() {
        HelmAddon addon = STANDARD.resolve(TestAddons.AWS);

        assertThat(addon.chart() + " " + addon.repository() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("aws-for-fluent-bit https://aws.github.io/eks-charts 0.2.0 aws-for-fluent-bit");
        assertThat(Json.compact(addon.values().apply(RELEASE)))
                .isEqualTo("{\"affinity\":{\"nodeAffinity\":{\"requiredDuringSchedulingIgnoredDuringExecution\":"
                        + "{\"nodeSelectorTerms\":[{\"matchExpressions\":[{\"key\":\"eks.amazonaws.com/compute-type\","
                        + "\"operator\":\"NotIn\",\"values\":[\"fargate\"]}]}]}}},"
                        + "\"cloudWatchLogs\":{\"autoCreateGroup\":false,\"enabled\":true,"
                        + "\"logGroupName\":\"/aws/containerinsights/shop/application\",\"region\":\"eu-central-1\"},"
                        + "\"nodeSelector\":{\"kubernetes.io/os\":\"linux\"},\"priorityClassName\":\"system-node-critical\","
                        + "\"serviceAccount\":{\"create\":false,\"name\":\"aws-for-fluent-bit\"},"
                        + "\"tolerations\":[{\"operator\":\"Exists\"}],"
                        + "\"volumeMounts\":[{\"mountPath\":\"/var/log\",\"name\":\"varlog\"}],"
                        + "\"volumes\":[{\"hostPath\":{\"path\":\"/var/log\"},\"name\":\"varlog\"}]}");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.PRIVILEGED);
        assertThat(addon.resources())
                .hasToString("{logs=LogGroupsSpec[keyName=eks/shop/container-logs,"
                        + " base=/aws/containerinsights/shop/application, names=[], retentionDays=90,"
                        + " kmsKeyArn=Optional.empty]}");
        assertThat(addon.outputs().get("container_logs_command"))
                .extracting(HelmAddon.Output::value)
                .isEqualTo("aws logs tail /aws/containerinsights/shop/application --region eu-central-1 --follow");
        assertThat(STANDARD.endpointServices()).hasToString("[logs]");
    }

    @Test
    void itMayWriteToThatGroupAndCreateNone() {
        HelmAddon addon = STANDARD.withLogGroup(Optional.of("/shop/containers")).resolve(TestAddons.AWS);
        Set<String> actions = grants(addon).stream().map(grant -> grant.get(0)).collect(Collectors.toSet());
        Set<String> documented = GrantFacts.documented("aws-for-fluent-bit", "fargate-logging").stream()
                .map(grant -> grant.get(0))
                .collect(Collectors.toCollection(HashSet::new));

        assertThat(grants(addon)).allSatisfy(grant -> assertThat(grant.subList(1, 3))
                .containsExactly("arn:aws:logs:eu-central-1:111122223333:log-group:/shop/containers:*", ""));
        assertThat(documented).containsAll(actions);
        documented.removeAll(actions);
        assertThat(documented).containsExactlyInAnyOrder("logs:CreateLogGroup", "logs:PutRetentionPolicy");
    }

    @Test
    void theRouterOfFargateSendsToTheSameGroup() {
        Map<String, String> data = new FargateLogRouter("/shop/containers", "eu-central-1").data();

        assertThat(data).containsOnlyKeys("filters.conf", "flb_log_cw", "output.conf", "parsers.conf");
        assertThat(data.get("output.conf"))
                .isEqualTo("[OUTPUT]\n    Name cloudwatch_logs\n    Match kube.*\n    region eu-central-1\n"
                        + "    log_group_name /shop/containers\n    log_stream_prefix fargate-\n"
                        + "    auto_create_group false\n");
        assertThat(data.get("filters.conf")).contains("    Parser cri\n");
        assertThat(data.get("parsers.conf")).contains("    Name cri\n");
        // Fargate refuses more than 5,300 characters, and variables.
        assertThat(data.toString()).hasSizeLessThan(5_300).doesNotContain("${");
    }

    @Test
    void aGroupHasANameAndARetentionOfCloudWatch() {
        assertThat(ProblemsOf.making(() -> STANDARD.withLogGroup(Optional.of("shop logs"))))
                .containsExactly("logGroup: \"shop logs\" is not the name of a log group; allowed: letters, digits and"
                        + " _ / . # -; fix: write it like /shop/containers");
        assertThat(ProblemsOf.making(() -> STANDARD.withRetentionDays(31)))
                .singleElement()
                .asString()
                .startsWith("retentionDays: 31 days");
        assertThat(ProblemsOf.making(() -> STANDARD.withChart(
                        STANDARD.chart().withValues(Map.of("cloudWatchLogs", Map.of("autoCreateGroup", true))))))
                .singleElement()
                .asString()
                .startsWith("values.cloudWatchLogs.autoCreateGroup: an override of a value that the platform sets");
    }
}

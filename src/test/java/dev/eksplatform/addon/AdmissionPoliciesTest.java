package dev.eksplatform.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kyverno and Gatekeeper: a cluster must be able to start while they do not answer. */
class AdmissionPoliciesTest {

    private static final KyvernoSpec KYVERNO = KyvernoSpec.standard();
    private static final GatekeeperSpec GATEKEEPER = GatekeeperSpec.standard();

    @Test
    void kyvernoMinimal() {
        HelmAddon addon = KYVERNO.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"admissionController\":{\"podDisruptionBudget\":{\"enabled\":true,"
                        + "\"minAvailable\":1},\"replicas\":3},\"config\":{\"excludeKyvernoNamespace\":true,"
                        + "\"webhooks\":{\"namespaceSelector\":{\"matchExpressions\":[{\"key\":\"kubernetes.io/metadata.name\","
                        + "\"operator\":\"NotIn\",\"values\":[\"kube-system\",\"kube-node-lease\"]}]}}},"
                        + "\"features\":{\"excludeBootstrapResources\":{\"enabled\":true},"
                        + "\"forceFailurePolicyIgnore\":{\"enabled\":false}},"
                        + "\"webhooksCleanup\":{\"enabled\":true}}");
        assertThat(addon.repository() + "/" + addon.chart() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("https://kyverno.github.io/kyverno/kyverno 3.9.1 kyverno");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).containsExactly(9443);
        assertThat(addon.controllers()).isEmpty();
        assertThat(addon.guardsServices()).isFalse();
    }

    @Test
    void kyvernoFull() {
        HelmAddon addon = KYVERNO.withReplicas(1)
                .withFailurePolicy(WebhookFailurePolicy.IGNORE)
                .withExcludedNamespaces(List.of("karpenter", "kube-system"))
                .withChart(KYVERNO.chart()
                        .withValues(Map.of(
                                "admissionController",
                                Map.of("webhookServer", Map.of("port", 9444)),
                                "cleanupController",
                                Map.of("server", Map.of("port", 9445)))))
                .resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"admissionController\":{\"replicas\":1,\"webhookServer\":{\"port\":9444}},"
                        + "\"cleanupController\":{\"server\":{\"port\":9445}},"
                        + "\"config\":{\"excludeKyvernoNamespace\":true,"
                        + "\"webhooks\":{\"namespaceSelector\":{\"matchExpressions\":[{\"key\":\"kubernetes.io/metadata.name\","
                        + "\"operator\":\"NotIn\",\"values\":[\"kube-system\",\"kube-node-lease\","
                        + "\"karpenter\"]}]}}},\"features\":{\"excludeBootstrapResources\":{\"enabled\":true},"
                        + "\"forceFailurePolicyIgnore\":{\"enabled\":true}},"
                        + "\"webhooksCleanup\":{\"enabled\":true}}");
        assertThat(addon.webhookPorts()).containsExactly(9444, 9445);
    }

    @Test
    void gatekeeperMinimal() {
        HelmAddon addon = GATEKEEPER.resolve(TestAddons.AWS);

        assertThat(TestAddons.text(addon))
                .isEqualTo("{\"controllerManager\":{\"exemptNamespaces\":[\"kube-system\",\"kube-node-lease\"]},"
                        + "\"mutatingWebhookExemptNamespacesLabels\":{\"kubernetes.io/metadata.name\":[\"kube-system\","
                        + "\"kube-node-lease\"]},\"mutatingWebhookFailurePolicy\":\"Ignore\","
                        + "\"mutatingWebhookMatchConditions\":[{\"expression\":\"!(request.resource.resource in ['nodes',"
                        + " 'certificatesigningrequests', 'csinodes'])\",\"name\":\"not-nodes\"}],"
                        + "\"pdb\":{\"controllerManager\":{\"minAvailable\":1}},"
                        + "\"postInstall\":{\"labelNamespace\":{\"enabled\":false},"
                        + "\"probeWebhook\":{\"enabled\":false}},\"replicas\":3,"
                        + "\"upgradeCRDs\":{\"enabled\":true},"
                        + "\"validatingWebhookCheckIgnoreFailurePolicy\":\"Ignore\","
                        + "\"validatingWebhookExemptNamespacesLabels\":{\"kubernetes.io/metadata.name\":[\"kube-system\","
                        + "\"kube-node-lease\"]},\"validatingWebhookFailurePolicy\":\"Ignore\","
                        + "\"validatingWebhookMatchConditions\":[{\"expression\":\"!(request.resource.resource in ['nodes',"
                        + " 'certificatesigningrequests', 'csinodes'])\",\"name\":\"not-nodes\"}]}");
        assertThat(addon.repository() + "/" + addon.chart() + " " + addon.version() + " " + addon.namespace())
                .isEqualTo("https://open-policy-agent.github.io/gatekeeper/charts/gatekeeper 3.23.1 gatekeeper-system");
        assertThat(addon.podSecurity()).contains(PodSecurityLevel.RESTRICTED);
        assertThat(addon.webhookPorts()).containsExactly(8443);
        assertThat(addon.guardsServices()).isFalse();
    }

    /** Its webhook is called for every object as soon as the release is there. */
    @Test
    void whatComesWithAGatekeeperThatMustAnswerComesAfterIt() {
        GatekeeperSpec strict = GATEKEEPER
                .withFailurePolicy(WebhookFailurePolicy.FAIL)
                .withReplicas(1)
                .withExcludedNamespaces(List.of("karpenter"))
                .withChart(GATEKEEPER.chart().withValues(Map.of("controllerManager", Map.of("port", 8444))));

        assertThat(TestAddons.text(strict.resolve(TestAddons.AWS)))
                .isEqualTo("{\"controllerManager\":{\"exemptNamespaces\":[\"kube-system\",\"kube-node-lease\","
                        + "\"karpenter\"],\"port\":8444},"
                        + "\"mutatingWebhookExemptNamespacesLabels\":{\"kubernetes.io/metadata.name\":[\"kube-system\","
                        + "\"kube-node-lease\",\"karpenter\"]},\"mutatingWebhookFailurePolicy\":\"Fail\","
                        + "\"mutatingWebhookMatchConditions\":[{\"expression\":\"!(request.resource.resource in ['nodes',"
                        + " 'certificatesigningrequests', 'csinodes'])\",\"name\":\"not-nodes\"}],"
                        + "\"pdb\":{\"controllerManager\":{\"minAvailable\":0}},"
                        + "\"postInstall\":{\"labelNamespace\":{\"enabled\":false},"
                        + "\"probeWebhook\":{\"enabled\":false}},\"replicas\":1,"
                        + "\"upgradeCRDs\":{\"enabled\":true},"
                        + "\"validatingWebhookCheckIgnoreFailurePolicy\":\"Fail\","
                        + "\"validatingWebhookExemptNamespacesLabels\":{\"kubernetes.io/metadata.name\":[\"kube-system\","
                        + "\"kube-node-lease\",\"karpenter\"]},\"validatingWebhookFailurePolicy\":\"Fail\","
                        + "\"validatingWebhookMatchConditions\":[{\"expression\":\"!(request.resource.resource in ['nodes',"
                        + " 'certificatesigningrequests', 'csinodes'])\",\"name\":\"not-nodes\"}]}");
        assertThat(strict.resolve(TestAddons.AWS).webhookPorts()).containsExactly(8444);
        assertThat(TestAddons.resolve(AddonsSpec.of(strict, FalcoSpec.standard(), CrossplaneSpec.standard())))
                .extracting(HelmAddon::name)
                .containsExactly("gatekeeper", "crossplane", "falco");
        assertThat(TestAddons.resolve(AddonsSpec.of(GATEKEEPER, CrossplaneSpec.standard())))
                .extracting(HelmAddon::name)
                .containsExactly("crossplane", "gatekeeper");
    }

    @Test
    void whatIsWrongIsReported() {
        String replicas = "replicas: 0 replicas; allowed: 1 or more; fix: use 1, or remove the add-on";
        String namespace = "excludedNamespaces[0]: \"Shop\" is not a namespace's name; allowed: 1 to 63 lower case"
                + " letters, digits and -, with a letter or digit at both ends; fix: write it like shop";

        assertThat(ProblemsOf.making(() -> KYVERNO.withReplicas(0))).containsExactly(replicas);
        assertThat(ProblemsOf.making(() -> GATEKEEPER.withReplicas(0))).containsExactly(replicas);
        assertThat(ProblemsOf.making(() -> KYVERNO.withExcludedNamespaces(List.of("Shop"))))
                .containsExactly(namespace);
        assertThat(ProblemsOf.making(() -> GATEKEEPER.withExcludedNamespaces(List.of("Shop"))))
                .containsExactly(namespace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "features", "webhooksCleanup"})
    void whatKeepsAClusterStartingIsNotOverriddenInKyverno(String path) {
        assertThat(ProblemsOf.making(() -> KYVERNO.withChart(KYVERNO.chart().withValues(Map.of(path, "x")))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("values." + path + ": an override of a value that the platform sets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validatingWebhookFailurePolicy",
                "mutatingWebhookMatchConditions",
                "validatingWebhookExemptNamespacesLabels",
                "postInstall"
            })
    void whatKeepsAClusterStartingIsNotOverriddenInGatekeeper(String path) {
        assertThat(ProblemsOf.making(
                        () -> GATEKEEPER.withChart(GATEKEEPER.chart().withValues(Map.of(path, "x")))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("values." + path + ": an override of a value that the platform sets");
    }
}

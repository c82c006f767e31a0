package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device plugins beside the nodes of an environment: labels, and plugins that are there twice or find nothing. */
class DevicePluginsOnNodesTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String CLUSTER = NETWORK + "cluster: {version: \"1.35\"}\n";
    private static final String AUTO_MODE = NETWORK + "cluster: {version: \"1.35\", autoMode: {}}\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, text);
    }

    private String labels(String groups, String group, String addons) throws IOException {
        return environment(CLUSTER + "nodeGroups: " + groups + "\naddons: " + addons + "\n")
                .resources("infrastructure", "aws_eks_node_group")
                .get("node-groups_" + group + "_node-group")
                .path("labels")
                .toString();
    }

    @Test
    void nodeGroupsHaveTheLabelsByWhichPluginsFindThem() throws IOException {
        String groups =
                "{gpu: {instanceTypes: [g6.xlarge], labels: {team: ml}}, own: {instanceTypes: [g6.xlarge], labels:"
                        + " {nvidia.com/gpu.present: none}}, rocket: {instanceTypes: [g6.xlarge], image: bottlerocket}, general:"
                        + " {instanceTypes: [m7g.large]}}";
        String plugin = "{nvidia-device-plugin: {}}";

        assertThat(labels(groups, "gpu", plugin)).isEqualTo("{\"nvidia.com/gpu.present\":\"true\",\"team\":\"ml\"}");
        assertThat(labels(groups, "own", plugin)).isEqualTo("{\"nvidia.com/gpu.present\":\"none\"}");
        assertThat(labels(groups, "rocket", plugin)).isEqualTo("{\"nvidia.com/gpu.deploy.device-plugin\":\"false\"}");
        assertThat(labels(groups, "general", plugin)).isEmpty();
        assertThat(labels(groups, "rocket", "{gpu-operator: {}}"))
                .isEqualTo("{\"nvidia.com/gpu.deploy.device-plugin\":\"false\"}");
        assertThat(labels(groups, "gpu", "{gpu-operator: {}}")).isEqualTo("{\"team\":\"ml\"}");
        assertThat(labels(groups, "rocket", "{cert-manager: {}}")).isEmpty();
    }

    @Test
    void onePluginForADevice() throws IOException {
        String gpus = CLUSTER + "nodeGroups: {gpu: {instanceTypes: [g6.xlarge]}}\n";
        assertThat(environment(gpus + "addons: {nvidia-device-plugin: {}, gpu-operator: {}}\n")
                        .problems())
                .containsExactly("shop.yaml:7:32 addons.nvidia-device-plugin: a second device plugin for NVIDIA GPUs:"
                        + " gpu-operator brings one; fix: remove it, or add devicePlugin: false to gpu-operator");
        assertThat(environment(gpus + "addons: {nvidia-device-plugin: {}, gpu-operator: {devicePlugin: false}}\n")
                        .problems())
                .isEmpty();
        assertThat(environment(gpus + "addons: {gpu-operator: {driver: true}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:7:33 addons.gpu-operator.driver: the image of the node group gpu has the driver for its"
                                + " GPUs; fix: remove it, or give each node group with GPUs an ami without driver");
    }

    @Test
    void bottlerocketHasThePluginBuiltIn() throws IOException {
        String rocket = CLUSTER + "nodeGroups: {gpu: {instanceTypes: [g6.xlarge], image: bottlerocket}}\n";
        assertThat(environment(rocket + "addons: {nvidia-device-plugin: {}}\n").problems())
                .containsExactly(
                        "shop.yaml:7:32 addons.nvidia-device-plugin: Bottlerocket, the image of the node group gpu, has the"
                                + " device plugin for NVIDIA GPUs built in, and no other group has such GPUs; fix: remove it");
        assertThat(environment(rocket + "addons: {gpu-operator: {}}\n").problems())
                .containsExactly(
                        "shop.yaml:7:24 addons.gpu-operator: Bottlerocket, the image of the node group gpu, has the"
                                + " device plugin for NVIDIA GPUs built in, and no other group has such GPUs; fix: add devicePlugin:"
                                + " false");
        assertThat(environment(rocket + "addons: {gpu-operator: {devicePlugin: false}}\n")
                        .problems())
                .isEmpty();
        assertThat(environment(rocket + """
                addons:
                  helm:
                    gpus:
                      chart: nvidia-device-plugin
                      repository: https://nvidia.github.io/k8s-device-plugin
                      chartVersion: 0.20.0
                      namespace: gpus
                """).problems())
                .singleElement()
                .asString()
                .startsWith("shop.yaml:10:7 addons.helm.gpus: Bottlerocket, the image of");
    }

    @Test
    void autoModeHasThePluginsBuiltIn() throws IOException {
        assertThat(environment(
                                AUTO_MODE
                                        + "addons: {nvidia-device-plugin: {}, neuron-helm-chart: {}, aws-efa-k8s-device-plugin: {}}\n")
                        .problems())
                .containsExactly(
                        "shop.yaml:6:32 addons.nvidia-device-plugin: EKS Auto Mode has the device plugin for NVIDIA GPUs built in,"
                                + " and no node group has such GPUs; fix: remove it",
                        "shop.yaml:6:55 addons.neuron-helm-chart: EKS Auto Mode has the device plugin of Neuron built in, and no"
                                + " node group has Neuron devices; fix: remove it",
                        "shop.yaml:6:86 addons.aws-efa-k8s-device-plugin: EKS Auto Mode has the device plugin of EFA built in, and"
                                + " no node group has efa; fix: remove it");
        assertThat(environment(AUTO_MODE + """
                nodeGroups:
                  gpu: {instanceTypes: [p5.48xlarge], zones: [eu-central-1a], efa: {}}
                  inf: {instanceTypes: [inf2.xlarge]}
                addons: {nvidia-device-plugin: {}, neuron-helm-chart: {}, aws-efa-k8s-device-plugin: {}}
                """).problems()).isEmpty();
    }

    @Test
    void pluginsThatFindNothingAreReported() throws IOException {
        String general = CLUSTER + "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n";
        String addons = "addons: {nvidia-device-plugin: {}, neuron-helm-chart: {}, aws-efa-k8s-device-plugin: {}}\n";
        assertThat(environment(general + addons).warnings())
                .containsExactly(
                        "shop.yaml:7:32 addons.nvidia-device-plugin: no node group has NVIDIA GPUs; fix: add a node group with"
                                + " such instance types, as g6.xlarge, or remove it",
                        "shop.yaml:7:55 addons.neuron-helm-chart: no node group has Neuron devices; fix: add a node group with"
                                + " such instance types, as inf2.xlarge, or remove it",
                        "shop.yaml:7:86 addons.aws-efa-k8s-device-plugin: no node group has efa, without which nodes have no"
                                + " Elastic Fabric Adapters; fix: add efa: {} to a node group, or remove it");
        assertThat(environment(CLUSTER + """
                nodeGroups:
                  gpu: {instanceTypes: [p5.48xlarge], zones: [eu-central-1a], efa: {}}
                  inf: {instanceTypes: [inf2.xlarge]}
                """ + addons).warnings()).isEmpty();
        assertThat(environment("cluster: {existing: {name: shop}}\n" + addons).warnings())
                .isEmpty();
    }
}

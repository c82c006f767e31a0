package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Add-ons that fight each other or cannot work, at their lines. */
class AddonConflictsTest {

    private static final String NETWORK = "network: {cidr: 10.20.0.0/16, zones: [eu-central-1a, eu-central-1b]}\n";
    private static final String NODES = "nodeGroups: {general: {instanceTypes: [m7g.large]}}\n";

    @TempDir
    private Path folder;

    private EnvironmentText environment(String text) {
        return EnvironmentText.of(folder, NETWORK + text);
    }

    @Test
    void aClusterHasOneOfEachApi() throws IOException {
        assertThat(environment("""
                cluster: {version: "1.36", addons: {metrics-server: {}, aws-secrets-store-csi-driver-provider: {}}}
                """ + NODES + """
                addons:
                  metrics-server: {}
                  secrets-store-csi-driver-provider-aws: {}
                  keda: {}
                  helm:
                    metrics: {chart: metrics-server, repository: "https://charts.example.com", chartVersion: 3.13.1, namespace: metrics}
                    scaling: {chart: keda, repository: "https://charts.example.com", chartVersion: 2.20.2, namespace: scaling}
                """).problems())
                .containsExactly(
                        "shop.yaml:5:53 cluster.addons.metrics-server: metrics-server is installed by addons.metrics-server,"
                                + " too; fix: remove one of them",
                        "shop.yaml:9:42 addons.secrets-store-csi-driver-provider-aws: a second one:"
                                + " cluster.addons.aws-secrets-store-csi-driver-provider brings the CSI driver"
                                + " secrets-store.csi.k8s.io, too; fix: remove one of them",
                        "shop.yaml:12:14 addons.helm.metrics: a second one: cluster.addons.metrics-server brings the API"
                                + " metrics.k8s.io, too; fix: remove one of them",
                        "shop.yaml:13:14 addons.helm.scaling: a second one: addons.keda brings the API external.metrics.k8s.io,"
                                + " too; fix: remove one of them");
    }

    @Test
    void nodesHaveOneAutoscaler() throws IOException {
        assertThat(environment("cluster: {version: \"1.36\", autoMode: {}}\n" + NODES + """
                addons: {cluster-autoscaler: {}}
                """)
                        .problems())
                .containsExactly(
                        "shop.yaml:7:30 addons.cluster-autoscaler: a second autoscaler of nodes: EKS Auto Mode adds"
                                + " nodes for the same pods; fix: remove it, and move workloads to node pools");
        assertThat(environment("cluster: {version: \"1.36\"}\n" + NODES + """
                addons:
                  cluster-autoscaler: {}
                  helm:
                    karpenter: {chart: karpenter, repository: "oci://public.ecr.aws/karpenter", chartVersion: 1.8.0, namespace: karpenter}
                """).problems())
                .containsExactly(
                        "shop.yaml:8:23 addons.cluster-autoscaler: a second autoscaler of nodes: addons.helm.karpenter"
                                + " adds nodes for the same pods; fix: remove one of them");
    }

    @Test
    void theClusterAutoscalerNeedsNodeGroups() throws IOException {
        assertThat(environment("""
                cluster: {version: "1.36"}
                fargate: {system: {selectors: [{namespace: kube-system}]}}
                addons: {cluster-autoscaler: {}}
                """).problems())
                .containsExactly(
                        "shop.yaml:7:30 addons.cluster-autoscaler: no node group whose size it could set; fix: add"
                                + " nodeGroups: {general: {instanceTypes: [m7g.large]}}, or remove it");
    }

    @Test
    void theClusterAutoscalerOwnsTheSizesOfNodeGroups() throws IOException {
        EnvironmentText scaled =
                environment("cluster: {version: \"1.36\"}\n" + NODES + "addons: {cluster-autoscaler: {}}\n");

        assertThat(scaled.resources("infrastructure", "aws_eks_node_group")
                        .all()
                        .values())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.path("lifecycle").path("ignore_changes"))
                        .extracting(path -> path.textValue())
                        .contains("scaling_config[0].desired_size"));
        assertThat(environment("cluster: {version: \"1.36\"}\n" + NODES)
                        .resources("infrastructure", "aws_eks_node_group")
                        .all()
                        .values())
                .isNotEmpty()
                .allSatisfy(
                        group -> assertThat(group.path("lifecycle").toString()).doesNotContain("desired_size"));
    }

    @Test
    void coreDnsHasOneAutoscaler() throws IOException {
        assertThat(environment("""
                cluster: {version: "1.36", addons: {coredns: {configuration: {autoScaling: {enabled: true}}}}}
                """ + NODES + """
                addons: {cluster-proportional-autoscaler: {targets: [deployment/coredns]}}
                """).problems())
                .containsExactly(
                        "shop.yaml:7:43 addons.cluster-proportional-autoscaler: a second autoscaler of coredns:"
                                + " cluster.addons.coredns has autoScaling; fix: remove one of them");
        assertThat(environment("""
                cluster: {version: "1.36", autoMode: {}}
                addons: {cluster-proportional-autoscaler: {}}
                """).problems())
                .containsExactly(
                        "shop.yaml:6:43 addons.cluster-proportional-autoscaler: no Deployment coredns: the nodes of"
                                + " EKS Auto Mode run it themselves; fix: set other targets, or remove it");
        assertThat(environment("cluster: {version: \"1.36\"}\n" + NODES + """
                addons: {cluster-proportional-autoscaler: {targets: [deployment/coredns]}}
                """).problems())
                .isEmpty();
    }

    @Test
    void aDaemonSetDoesNotRunOnFargate() throws IOException {
        assertThat(environment("""
                cluster: {version: "1.36"}
                fargate: {system: {selectors: [{namespace: kube-system}]}}
                addons: {secrets-store-csi-driver-provider-aws: {}}
                """).problems())
                .containsExactly("shop.yaml:7:49 addons.secrets-store-csi-driver-provider-aws:"
                        + " secrets-store-csi-driver-provider-aws does not run on Fargate, and the environment has no node group;"
                        + " fix: add a node group, or remove it");
    }

    @Test
    void aStoreReadsSomething() throws IOException {
        String cluster = "cluster: {version: \"1.36\"}\n" + NODES;
        String store = "addons: {external-secrets: {stores: {shop: {service: secrets-manager}}MORE}}\n";

        assertThat(environment(cluster + store.replace("MORE", "")).problems())
                .containsExactly(
                        "shop.yaml:7:44 addons.external-secrets.stores.shop: the operator may read nothing there; fix:"
                                + " add secrets or parameters that it may read, or a role to the store");
        assertThat(environment(cluster + store.replace("MORE", ", secrets: [shop]"))
                        .problems())
                .isEmpty();
        assertThat(environment(
                                cluster
                                        + store.replace("MORE", "")
                                        + "identities: {external-secrets/external-secrets: {policies: [SecretsManagerReadWrite]}}\n")
                        .problems())
                .isEmpty();
    }

    @Test
    void storesAreAppliedWithTheWorkloads() throws IOException {
        EnvironmentText.Parts objects = environment("cluster: {version: \"1.36\"}\n" + NODES + """
                addons: {external-secrets: {secrets: [shop/*], stores: {shop: {service: secrets-manager}}}}
                """)
                .resources("workloads", "kubernetes_manifest");

        assertThat(objects.all().values())
                .extracting(object -> object.path("manifest").path("kind").asText())
                .containsExactly("ClusterSecretStore");
    }

    @Test
    void theVerticalAutoscalerReadsFromMetricsServer() throws IOException {
        String cluster = "cluster: {version: \"1.36\"}\n" + NODES;

        assertThat(environment(cluster + "addons: {vertical-pod-autoscaler: {}}\n")
                        .warnings())
                .containsExactly(
                        "shop.yaml:7:35 addons.vertical-pod-autoscaler: it reads from metrics-server, which is not in this"
                                + " environment; fix: add metrics-server: {} to addons");
        assertThat(environment(cluster + "addons: {vertical-pod-autoscaler: {}, metrics-server: {}}\n")
                        .warnings())
                .isEmpty();
    }
}

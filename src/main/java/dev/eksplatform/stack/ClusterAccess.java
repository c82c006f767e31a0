package dev.eksplatform.stack;

import com.hashicorp.cdktf.Fn;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksCluster;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksClusterConfig;
import com.hashicorp.cdktf.providers.helm.provider.HelmProvider;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderConfig;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderKubernetes;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderKubernetesExec;
import com.hashicorp.cdktf.providers.kubernetes.provider.KubernetesProvider;
import com.hashicorp.cdktf.providers.kubernetes.provider.KubernetesProviderConfig;
import com.hashicorp.cdktf.providers.kubernetes.provider.KubernetesProviderExec;
import dev.eksplatform.cluster.RosaClusterSpec;
import dev.eksplatform.environment.Blueprint;
import dev.eksplatform.json.TerraformText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a stack reaches the cluster: found by its name, with a short-lived token that the provider asks for itself. A stored
 * token would run out, and a reference to another stack's output would put its state into every plan.
 */
final class ClusterAccess {

    private static final String API_VERSION = "client.authentication.k8s.io/v1beta1";
    private static final String KUBECONFIG = "~/.kube/config";

    /** OpenShift writes the user ids and SELinux levels of a namespace's pods, and more, into annotations. */
    private static final List<String> OPENSHIFT_ANNOTATIONS = List.of("^([a-z.]+\\.)?openshift\\.io/");

    /** The Operator Lifecycle Manager marks what belongs to an operator. */
    private static final List<String> OPERATOR_LABELS =
            List.of("^olm\\.operatorgroup\\.uid/", "^operators\\.coreos\\.com/");

    private final Blueprint blueprint;
    private final @Nullable DataAwsEksCluster cluster;

    private ClusterAccess(Blueprint blueprint, @Nullable DataAwsEksCluster cluster) {
        this.blueprint = blueprint;
        this.cluster = cluster;
    }

    /** Gives a stack the Kubernetes provider. */
    static ClusterAccess provide(TerraformStack stack, Blueprint blueprint) {
        if (blueprint.spec().cluster() instanceof RosaClusterSpec rosa) {
            new KubernetesProvider(
                    stack,
                    "kubernetes",
                    KubernetesProviderConfig.builder()
                            .configPath(KUBECONFIG)
                            .configContext(TerraformText.escape(rosa.kubeContext()))
                            .ignoreAnnotations(OPENSHIFT_ANNOTATIONS)
                            .ignoreLabels(OPERATOR_LABELS)
                            .build());
            return new ClusterAccess(blueprint, null);
        }
        InfrastructureStack.provideAws(stack, blueprint.spec());
        DataAwsEksCluster cluster = new DataAwsEksCluster(
                stack,
                "cluster",
                DataAwsEksClusterConfig.builder().name(blueprint.clusterName()).build());
        ClusterAccess access = new ClusterAccess(blueprint, cluster);
        new KubernetesProvider(
                stack,
                "kubernetes",
                KubernetesProviderConfig.builder()
                        .host(cluster.getEndpoint())
                        .clusterCaCertificate(certificate(cluster))
                        .exec(List.of(KubernetesProviderExec.builder()
                                .apiVersion(API_VERSION)
                                .command("aws")
                                .args(access.getToken())
                                .build()))
                        .build());
        return access;
    }

    /** Gives a stack the Helm provider too, which takes objects where the Kubernetes provider takes blocks. */
    void provideHelm(TerraformStack stack) {
        HelmProviderKubernetes.Builder kubernetes = HelmProviderKubernetes.builder();
        if (cluster == null) {
            RosaClusterSpec rosa = (RosaClusterSpec) blueprint.spec().cluster();
            kubernetes.configPath(KUBECONFIG).configContext(TerraformText.escape(rosa.kubeContext()));
        } else {
            kubernetes
                    .host(cluster.getEndpoint())
                    .clusterCaCertificate(certificate(cluster))
                    .exec(HelmProviderKubernetesExec.builder()
                            .apiVersion(API_VERSION)
                            .command("aws")
                            .args(getToken())
                            .build());
        }
        new HelmProvider(
                stack,
                "helm",
                HelmProviderConfig.builder().kubernetes(kubernetes.build()).build());
    }

    /** The cluster's VPC, as a Terraform reference; empty on ROSA. */
    String vpcId() {
        return cluster == null ? "" : cluster.getVpcConfig().get(0).getVpcId();
    }

    private static String certificate(DataAwsEksCluster cluster) {
        return Fn.base64decode(cluster.getCertificateAuthority().get(0).getData());
    }

    private List<String> getToken() {
        return List.of(
                "eks",
                "get-token",
                "--cluster-name",
                blueprint.clusterName(),
                "--region",
                blueprint.spec().region());
    }
}

package dev.eksplatform.cluster;

import com.hashicorp.cdktf.Fn;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksCluster;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksClusterConfig;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster_auth.DataAwsEksClusterAuth;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster_auth.DataAwsEksClusterAuthConfig;
import com.hashicorp.cdktf.providers.helm.provider.HelmProvider;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderConfig;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderKubernetes;
import com.hashicorp.cdktf.providers.helm.provider.HelmProviderKubernetesExec;
import com.hashicorp.cdktf.providers.kubernetes.provider.KubernetesProvider;
import com.hashicorp.cdktf.providers.kubernetes.provider.KubernetesProviderConfig;
import com.hashicorp.cdktf.providers.kubernetes.provider.KubernetesProviderExec;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.internal.json.TerraformText;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import software.constructs.Construct;

/**
 * The Kubernetes and Helm providers of a stack, connected to a cluster that exists. An EKS cluster is looked up by its name,
 * because a reference to another stack's output would put its state into every plan. The token is read whenever Terraform
 * runs, because a stored one would expire.
 *
 * <pre>{@code
 * TerraformStack platform = new TerraformStack(app, "shop-platform");
 * new AwsProvider(platform, "aws", AwsProviderConfig.builder().region("eu-central-1").build());
 * ClusterAccess access =
 *         ClusterAccess.toEks(platform, "access", "shop", "eu-central-1", ClusterAuthentication.EXEC);
 * access.provideHelm();
 * }</pre>
 */
public final class ClusterAccess extends PlatformConstruct {

    private static final String API_VERSION = "client.authentication.k8s.io/v1beta1";
    private static final String AWS_CLI = "aws";
    private static final String KUBECONFIG = "~/.kube/config";

    /** OpenShift writes the user ids and SELinux levels of a namespace's pods, and more, into annotations. */
    private static final List<String> OPENSHIFT_ANNOTATIONS = List.of("^([a-z.]+\\.)?openshift\\.io/");

    /** The Operator Lifecycle Manager marks what belongs to an operator. */
    private static final List<String> OPERATOR_LABELS =
            List.of("^olm\\.operatorgroup\\.uid/", "^operators\\.coreos\\.com/");

    private final HelmProviderKubernetes helm;
    private final String vpcId;
    private final String clusterSecurityGroupId;
    private final String subnetTerms;

    private ClusterAccess(
            Construct scope,
            String id,
            String clusterName,
            String region,
            ClusterAuthentication authentication,
            ClusterCredentials credentials) {
        super(scope, id);
        DataAwsEksCluster cluster = new DataAwsEksCluster(
                this,
                "cluster",
                DataAwsEksClusterConfig.builder().name(clusterName).build());
        String certificate =
                Fn.base64decode(cluster.getCertificateAuthority().get(0).getData());
        KubernetesProviderConfig.Builder kubernetes =
                KubernetesProviderConfig.builder().host(cluster.getEndpoint()).clusterCaCertificate(certificate);
        HelmProviderKubernetes.Builder kubernetesOfHelm =
                HelmProviderKubernetes.builder().host(cluster.getEndpoint()).clusterCaCertificate(certificate);
        if (authentication == ClusterAuthentication.TOKEN) {
            String token = new DataAwsEksClusterAuth(
                            this,
                            "token",
                            DataAwsEksClusterAuthConfig.builder()
                                    .name(clusterName)
                                    .build())
                    .getToken();
            kubernetes.token(token);
            kubernetesOfHelm.token(token);
        } else {
            List<String> getToken =
                    new ArrayList<>(List.of("eks", "get-token", "--cluster-name", clusterName, "--region", region));
            credentials.options().stream().map(TerraformText::escape).forEach(getToken::add);
            kubernetes.exec(List.of(KubernetesProviderExec.builder()
                    .apiVersion(API_VERSION)
                    .command(AWS_CLI)
                    .args(getToken)
                    .build()));
            // Objects, where the Kubernetes provider takes blocks.
            kubernetesOfHelm.exec(HelmProviderKubernetesExec.builder()
                    .apiVersion(API_VERSION)
                    .command(AWS_CLI)
                    .args(getToken)
                    .build());
        }
        new KubernetesProvider(this, "kubernetes", kubernetes.build());
        helm = kubernetesOfHelm.build();
        vpcId = cluster.getVpcConfig().get(0).getVpcId();
        clusterSecurityGroupId = cluster.getVpcConfig().get(0).getClusterSecurityGroupId();
        subnetTerms = "${[for id in sort(data." + cluster.getTerraformResourceType() + "."
                + cluster.getFriendlyUniqueId() + ".vpc_config[0].subnet_ids) : {id = id}]}";
    }

    private ClusterAccess(Construct scope, String id, RosaClusterSpec rosa) {
        super(scope, id);
        new KubernetesProvider(
                this,
                "kubernetes",
                KubernetesProviderConfig.builder()
                        .configPath(KUBECONFIG)
                        .configContext(TerraformText.escape(rosa.kubeContext()))
                        .ignoreAnnotations(OPENSHIFT_ANNOTATIONS)
                        .ignoreLabels(OPERATOR_LABELS)
                        .build());
        helm = HelmProviderKubernetes.builder()
                .configPath(KUBECONFIG)
                .configContext(TerraformText.escape(rosa.kubeContext()))
                .build();
        vpcId = "";
        clusterSecurityGroupId = "";
        subnetTerms = "";
    }

    /**
     * Connects a stack to an EKS cluster. The stack must have an AWS provider of the cluster's account and region.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param clusterName the cluster's name, which must exist when Terraform plans the stack
     * @param region the cluster's region
     * @param authentication how the providers get a token
     * @return the access, with the Kubernetes provider in place
     */
    public static ClusterAccess toEks(
            Construct scope, String id, String clusterName, String region, ClusterAuthentication authentication) {
        return toEks(scope, id, clusterName, region, authentication, ClusterCredentials.ambient());
    }

    /**
     * Connects a stack to an EKS cluster with other credentials than those of the environment. The stack's AWS provider must
     * have the same ones.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param clusterName the cluster's name, which must exist when Terraform plans the stack
     * @param region the cluster's region
     * @param authentication how the providers get a token
     * @param credentials who asks for a token, with {@link ClusterAuthentication#EXEC}
     * @return the access, with the Kubernetes provider in place
     */
    public static ClusterAccess toEks(
            Construct scope,
            String id,
            String clusterName,
            String region,
            ClusterAuthentication authentication,
            ClusterCredentials credentials) {
        return new ClusterAccess(scope, id, clusterName, region, authentication, credentials);
    }

    /**
     * Connects a stack to a cluster of EKS, or to one of ROSA by a context of {@code ~/.kube/config}.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param cluster the cluster; one of EKS needs an AWS provider of its account and region in the stack
     * @param name the cluster's name
     * @param region the region of a cluster of EKS
     * @param authentication how the providers get a token of EKS
     * @param credentials who asks for a token of EKS
     * @return the access, with the Kubernetes provider in place
     */
    public static ClusterAccess to(
            Construct scope,
            String id,
            ClusterSource cluster,
            String name,
            String region,
            ClusterAuthentication authentication,
            ClusterCredentials credentials) {
        return cluster instanceof RosaClusterSpec rosa
                ? new ClusterAccess(scope, id, rosa)
                : toEks(scope, id, name, region, authentication, credentials);
    }

    /**
     * Gives the stack the Helm provider too. Call it once, in a stack with Helm releases.
     *
     * @return the provider
     */
    public HelmProvider provideHelm() {
        return new HelmProvider(
                this, "helm", HelmProviderConfig.builder().kubernetes(helm).build());
    }

    /** The security group that EKS gives the control plane and the nodes of Auto Mode; empty on ROSA. */
    @API(status = API.Status.INTERNAL)
    public String clusterSecurityGroupId() {
        return clusterSecurityGroupId;
    }

    /** The subnets of the control plane as terms of a node class, a Terraform expression; empty on ROSA. */
    @API(status = API.Status.INTERNAL)
    public String subnetTerms() {
        return subnetTerms;
    }

    /**
     * The cluster's VPC.
     *
     * @return a Terraform reference; empty on ROSA
     */
    public String vpcId() {
        return vpcId;
    }
}

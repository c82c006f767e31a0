package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksCluster;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksClusterConfig;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * An EKS cluster that exists already, found by its name. Node groups that are added to it have the cluster security group, unless the spec
 * names others, and what runs on each node is taken to be there.
 */
public final class ExistingCluster extends ComputeCluster {

    private final ExistingClusterSpec spec;
    private final DataAwsEksCluster cluster;
    private @Nullable OidcProvider oidcProvider;

    /**
     * Refers to an existing cluster.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param spec which cluster
     */
    public ExistingCluster(Construct scope, String id, ExistingClusterSpec spec) {
        super(scope, id, spec.addons());
        this.spec = spec;
        cluster = new DataAwsEksCluster(
                this,
                "cluster",
                DataAwsEksClusterConfig.builder().name(spec.name()).build());
        spec.access().forEach(this::grant);
        spec.addons().keySet().forEach(this::addon);
    }

    /**
     * The cluster's data source, for what this construct does not cover.
     *
     * @return the data source
     */
    public DataAwsEksCluster cluster() {
        return cluster;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String issuerUrl() {
        return cluster.getIdentity().get(0).getOidc().get(0).getIssuer();
    }

    @Override
    public Optional<ApiServer> apiServer() {
        return Optional.of(new ApiServer(
                cluster.getEndpoint(), cluster.getCertificateAuthority().get(0).getData()));
    }

    @Override
    public OidcProvider oidcProvider() {
        if (oidcProvider == null) {
            oidcProvider = new OidcProvider(this, "oidc", issuerUrl(), List.of(OidcProvider.STS), spec.oidc());
        }
        return oidcProvider;
    }

    @Override
    public List<ITerraformDependable> requirePodIdentity() {
        if (!spec.installPodIdentityAgent() && !spec.addons().containsKey(EksAddonName.EKS_POD_IDENTITY_AGENT)) {
            return List.of();
        }
        return List.of(addon(EksAddonName.EKS_POD_IDENTITY_AGENT).resource());
    }

    @Override
    KubernetesVersion version() {
        Problems problems = new Problems();
        if (spec.version().isEmpty()) {
            problems.add(
                    PropertyPath.of("version"),
                    "the version of the cluster is not known, which node groups need",
                    "add its version");
        }
        problems.throwIfAny();
        return spec.version().orElseThrow();
    }

    /** The agent has had another id before other add-ons could be installed: a new one would install it again. */
    @Override
    String addonId(EksAddonName addonName) {
        return addonName.equals(EksAddonName.EKS_POD_IDENTITY_AGENT) ? "agent" : super.addonId(addonName);
    }

    @Override
    String addonVersionFor() {
        return spec.version().map(KubernetesVersion::toString).orElseGet(cluster::getVersion);
    }

    @Override
    List<String> nodeSecurityGroupIds() {
        return spec.nodeSecurityGroupIds().isEmpty()
                ? List.of(cluster.getVpcConfig().get(0).getClusterSecurityGroupId())
                : spec.nodeSecurityGroupIds();
    }

    @Override
    List<ITerraformDependable> privateRoutes() {
        return List.of();
    }

    @Override
    List<String> subnetIds(Placement placement) {
        return placement.subnetIds().isEmpty() ? spec.subnetIds() : placement.subnetIds();
    }

    /** Nothing: the role of a cluster that exists is not changed here. */
    @Override
    List<ITerraformDependable> supportWindows() {
        return List.of();
    }

    /** Nothing: the security groups of a cluster that exists are not changed here. */
    @Override
    public void open(PortRule rule) {}

    /** Nothing, as for {@link #open}. */
    @Override
    void joinFargate(FargateProfileSpec profile) {}

    /** Nothing, as for {@link #open}. */
    @Override
    void allowEfa() {}

    /** Not known before the apply. */
    @Override
    boolean isIpv6() {
        return false;
    }

    @Override
    String serviceCidr() {
        return cluster.getKubernetesNetworkConfig().get(0).getServiceIpv4Cidr();
    }
}

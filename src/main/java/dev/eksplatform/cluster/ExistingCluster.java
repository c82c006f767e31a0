package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksCluster;
import com.hashicorp.cdktf.providers.aws.data_aws_eks_cluster.DataAwsEksClusterConfig;
import dev.eksplatform.construct.PlatformConstruct;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** An EKS cluster that exists already, found by its name. */
public final class ExistingCluster extends PlatformConstruct implements KubernetesCluster {

    private final ExistingClusterSpec spec;
    private final DataAwsEksCluster cluster;
    private @Nullable OidcProvider oidcProvider;
    private @Nullable EksManagedAddon agent;

    /**
     * Refers to an existing cluster.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param spec which cluster
     */
    public ExistingCluster(Construct scope, String id, ExistingClusterSpec spec) {
        super(scope, id);
        this.spec = spec;
        cluster = new DataAwsEksCluster(
                this,
                "cluster",
                DataAwsEksClusterConfig.builder().name(spec.name()).build());
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
        if (!spec.installPodIdentityAgent()) {
            return List.of();
        }
        if (agent == null) {
            agent = new EksManagedAddon(
                    this,
                    "agent",
                    this,
                    cluster.getVersion(),
                    EksAddonName.EKS_POD_IDENTITY_AGENT,
                    EksAddonSpec.standard(),
                    List.of());
        }
        return List.of(agent.resource());
    }
}

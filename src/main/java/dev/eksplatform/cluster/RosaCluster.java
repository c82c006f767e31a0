package dev.eksplatform.cluster;

import com.hashicorp.cdktf.ITerraformDependable;
import dev.eksplatform.construct.PlatformConstruct;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** A ROSA (OpenShift) cluster that exists already. */
public final class RosaCluster extends PlatformConstruct implements KubernetesCluster {

    private static final String OPENSHIFT = "openshift";

    private final RosaClusterSpec spec;
    private @Nullable OidcProvider oidcProvider;

    /**
     * Refers to a ROSA cluster.
     *
     * @param scope the construct it belongs to
     * @param id its id in the scope
     * @param spec which cluster
     */
    public RosaCluster(Construct scope, String id, RosaClusterSpec spec) {
        super(scope, id);
        this.spec = spec;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public String issuerUrl() {
        return spec.issuer().url();
    }

    /** Its API server is reached by the context of a kubeconfig file, so the address is not known here. */
    @Override
    public Optional<ApiServer> apiServer() {
        return Optional.empty();
    }

    @Override
    public OidcProvider oidcProvider() {
        if (oidcProvider == null) {
            oidcProvider =
                    new OidcProvider(this, "oidc", issuerUrl(), List.of(OPENSHIFT, OidcProvider.STS), spec.oidc());
        }
        return oidcProvider;
    }

    @Override
    public List<ITerraformDependable> requirePodIdentity() {
        throw new InvalidInputException(new Problem(
                "EKS Pod Identity does not exist on ROSA: " + spec.name() + " is an OpenShift cluster",
                "irsa",
                "set identity: irsa"));
    }
}

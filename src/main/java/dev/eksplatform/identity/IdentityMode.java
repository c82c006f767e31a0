package dev.eksplatform.identity;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.evaluation.AccessDecision;
import dev.eksplatform.iam.evaluation.AssumeRequest;
import dev.eksplatform.iam.evaluation.TrustEvaluation;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How the pods of a ServiceAccount get the credentials of an IAM role. */
public enum IdentityMode {
    /** By a web identity token that the cluster's issuer signs (IAM roles for service accounts); also on ROSA. */
    IRSA {
        @Override
        PolicyDocument trust(Identity identity, String clusterName, Supplier<OidcIssuer.Provider> issuer) {
            OidcIssuer.Provider from = issuer.get();
            ServiceAccountName name = identity.serviceAccount();
            return TrustPolicy.irsa(
                    from.providerArn(), from.issuer(), name.namespace(), name.name(), TrustPolicy.STS_AUDIENCE);
        }

        @Override
        Map<String, String> annotations(String roleArn) {
            return Map.of(Identity.ROLE_ANNOTATION, roleArn);
        }

        @Override
        public AccessDecision assume(
                PolicyDocument trust, ServiceAccountName name, String clusterName, OidcIssuer.Provider issuer) {
            return TrustEvaluation.decide(
                    AssumeRequest.irsa(issuer.providerArn(), issuer.issuer(), name.namespace(), name.name()), trust);
        }

        @Override
        public String describe(String clusterName) {
            return "through its annotation " + Identity.ROLE_ANNOTATION;
        }

        @Override
        public boolean usesIssuer() {
            return true;
        }
    },
    /** By the agent on the node and an association at EKS; without OIDC provider and annotation. */
    POD_IDENTITY {
        @Override
        PolicyDocument trust(Identity identity, String clusterName, Supplier<OidcIssuer.Provider> issuer) {
            ServiceAccountName name = identity.serviceAccount();
            return TrustPolicy.podIdentity(Map.of(
                    PodIdentityTag.CLUSTER_NAME,
                    Stream.concat(Stream.of(clusterName), identity.spec().clusters().stream())
                            .distinct()
                            .toList(),
                    PodIdentityTag.NAMESPACE,
                    List.of(name.namespace()),
                    PodIdentityTag.SERVICE_ACCOUNT,
                    List.of(name.name())));
        }

        @Override
        public Map<PodIdentityTag, String> sessionTags(ServiceAccountName name, String clusterName) {
            return Map.of(
                    PodIdentityTag.CLUSTER_NAME, clusterName,
                    PodIdentityTag.NAMESPACE, name.namespace(),
                    PodIdentityTag.SERVICE_ACCOUNT, name.name());
        }

        @Override
        public AccessDecision assume(
                PolicyDocument trust, ServiceAccountName name, String clusterName, OidcIssuer.Provider issuer) {
            return TrustEvaluation.decidePodIdentity(sessionTags(name, clusterName), trust);
        }

        @Override
        public String describe(String clusterName) {
            return "through a pod identity association of the cluster " + clusterName;
        }

        @Override
        public List<EndpointService> endpointServices() {
            return List.of(new EndpointService("eks-auth"));
        }

        @Override
        public List<Problem> unsupported(Identity identity, PropertyPath property, Compute compute) {
            return PodIdentitySupport.problems(identity, property, compute);
        }

        @Override
        boolean sharesRoles() {
            return true;
        }

        @Override
        public boolean isAssociated() {
            return true;
        }

        @Override
        public boolean worksOnWindows() {
            return false;
        }
    };

    /**
     * Who may assume an identity's role.
     *
     * @param issuer the issuer of the cluster's tokens; asked for only where {@link #usesIssuer}
     */
    abstract PolicyDocument trust(Identity identity, String clusterName, Supplier<OidcIssuer.Provider> issuer);

    /** The annotations that the ServiceAccount needs; none for most. */
    Map<String, String> annotations(String roleArn) {
        return Map.of();
    }

    /** Whether the role may be used by several clusters, and may exist already. */
    boolean sharesRoles() {
        return false;
    }

    /**
     * The tags of a session of the role, which policies may ask for.
     *
     * @param name the ServiceAccount
     * @param clusterName its cluster
     * @return those that are known before a pod runs; none for most
     */
    public Map<PodIdentityTag, String> sessionTags(ServiceAccountName name, String clusterName) {
        return Map.of();
    }

    /**
     * Decides whether pods of a ServiceAccount get a role.
     *
     * @param trust the role's trust policy
     * @param name the ServiceAccount
     * @param clusterName its cluster
     * @param issuer the issuer of the cluster's tokens
     * @return the decision of the trust policy
     */
    public abstract AccessDecision assume(
            PolicyDocument trust, ServiceAccountName name, String clusterName, OidcIssuer.Provider issuer);

    /**
     * Says how pods get the role.
     *
     * @param clusterName the ServiceAccount's cluster
     * @return such as {@code through its annotation eks.amazonaws.com/role-arn}
     */
    public abstract String describe(String clusterName);

    /**
     * Whether the issuer of the cluster's tokens signs them, which needs an OIDC provider in IAM.
     *
     * @return true for IRSA
     */
    public boolean usesIssuer() {
        return false;
    }

    /**
     * Whether an association at EKS binds ServiceAccount and role.
     *
     * @return true for Pod Identity
     */
    public boolean isAssociated() {
        return false;
    }

    /**
     * The AWS services that pods call for their credentials, besides STS.
     *
     * @return services that need a VPC endpoint in a network without a NAT gateway
     */
    public List<EndpointService> endpointServices() {
        return List.of();
    }

    /**
     * Whether it cannot work where the pods of an identity may run.
     *
     * @param identity the identity
     * @param property the property of the environment that asked for it
     * @param compute where pods may run
     * @return what is not supported; empty when it works
     */
    public List<Problem> unsupported(Identity identity, PropertyPath property, Compute compute) {
        return List.of();
    }

    /**
     * Whether it works for pods on Windows nodes.
     *
     * @return false for Pod Identity
     */
    public boolean worksOnWindows() {
        return true;
    }
}

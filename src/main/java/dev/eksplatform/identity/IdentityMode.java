package dev.eksplatform.identity;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.iam.document.PolicyDocument;
import dev.eksplatform.iam.document.Statement;
import dev.eksplatform.iam.document.TrustPolicy;
import dev.eksplatform.iam.document.TrustedSubject;
import dev.eksplatform.iam.evaluation.AccessDecision;
import dev.eksplatform.iam.evaluation.AssumeRequest;
import dev.eksplatform.iam.evaluation.TrustEvaluation;
import dev.eksplatform.network.EndpointService;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.PropertyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the pods of a ServiceAccount get the credentials of an IAM role. */
public enum IdentityMode {
    /** By a web identity token that the cluster's issuer signs (IAM roles for service accounts); also on ROSA. */
    IRSA {
        @Override
        PolicyDocument trust(Identity identity, TrustedCluster cluster) {
            List<OidcIssuer.Provider> issuers = Stream.concat(
                            Stream.of(cluster.issuer().get()),
                            identity.spec().issuers().stream().map(cluster::provider))
                    .distinct()
                    .toList();
            return TrustPolicy.irsa(
                    issuers,
                    identity.serviceAccounts().stream()
                            .map(name -> new TrustedSubject(name.namespace(), name.name()))
                            .toList(),
                    TrustPolicy.STS_AUDIENCE);
        }

        @Override
        Map<String, String> annotations(String roleArn) {
            return Map.of(Identity.ROLE_ANNOTATION, roleArn);
        }

        @Override
        public AccessDecision assume(PolicyDocument trust, Identity identity, TrustedCluster cluster) {
            OidcIssuer.Provider issuer = cluster.issuer().get();
            ServiceAccountName name = identity.serviceAccount();
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
        PolicyDocument trust(Identity identity, TrustedCluster cluster) {
            List<String> clusters = Stream.concat(Stream.of(cluster.name()), identity.spec().clusters().stream())
                    .distinct()
                    .toList();
            if (identity.spec().podIdentity().disableSessionTags()) {
                return TrustPolicy.podIdentityOf(
                        clusters.stream().map(cluster::arn).toList());
            }
            Map<String, List<String>> names = new LinkedHashMap<>();
            identity.serviceAccounts().forEach(name -> names.computeIfAbsent(name.namespace(), key -> new ArrayList<>())
                    .add(name.name()));
            List<Statement> statements = new ArrayList<>();
            names.forEach((namespace, accounts) -> statements.addAll(TrustPolicy.podIdentity(Map.of(
                            PodIdentityTag.CLUSTER_NAME, clusters,
                            PodIdentityTag.NAMESPACE, List.of(namespace),
                            PodIdentityTag.SERVICE_ACCOUNT, accounts))
                    .statements()));
            return PolicyDocument.of(statements.toArray(Statement[]::new));
        }

        @Override
        public Map<PodIdentityTag, String> sessionTags(Identity identity, TrustedCluster cluster) {
            return identity.spec().podIdentity().disableSessionTags() ? Map.of() : pod(identity, cluster);
        }

        private Map<PodIdentityTag, String> pod(Identity identity, TrustedCluster cluster) {
            ServiceAccountName name = identity.serviceAccount();
            return Map.of(
                    PodIdentityTag.CLUSTER_ARN, cluster.arn(cluster.name()),
                    PodIdentityTag.CLUSTER_NAME, cluster.name(),
                    PodIdentityTag.NAMESPACE, name.namespace(),
                    PodIdentityTag.SERVICE_ACCOUNT, name.name());
        }

        @Override
        public AccessDecision assume(PolicyDocument trust, Identity identity, TrustedCluster cluster) {
            boolean tagged = !identity.spec().podIdentity().disableSessionTags();
            return TrustEvaluation.decidePodIdentity(pod(identity, cluster), tagged, trust);
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
        public boolean isAssociated() {
            return true;
        }

        @Override
        public boolean worksOnWindows() {
            return false;
        }
    };

    /** Who may assume an identity's role. */
    abstract PolicyDocument trust(Identity identity, TrustedCluster cluster);

    /** The annotations that the ServiceAccount needs; none for most. */
    Map<String, String> annotations(String roleArn) {
        return Map.of();
    }

    /**
     * The tags of a session of the role, which policies may ask for.
     *
     * @param identity the identity
     * @param cluster its cluster
     * @return those that are known before a pod runs; none for most
     */
    public Map<PodIdentityTag, String> sessionTags(Identity identity, TrustedCluster cluster) {
        return Map.of();
    }

    /**
     * Decides whether pods of a ServiceAccount get a role.
     *
     * @param trust the role's trust policy
     * @param identity the identity of the ServiceAccount
     * @param cluster its cluster
     * @return the decision of the trust policy
     */
    public abstract AccessDecision assume(PolicyDocument trust, Identity identity, TrustedCluster cluster);

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

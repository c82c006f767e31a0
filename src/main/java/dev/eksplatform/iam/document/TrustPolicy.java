package dev.eksplatform.iam.document;

import dev.eksplatform.iam.OidcIssuer;
import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PodIdentityTag;
import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.problem.InvalidInputException;
import dev.eksplatform.problem.Problems;
import java.util.List;
import java.util.Map;

/** Trust policies for the ways in which a pod or a service gets a role. */
public final class TrustPolicy {

    /** The audience of the tokens that EKS puts into pods, in every partition. */
    public static final String STS_AUDIENCE = "sts.amazonaws.com";

    /** The service that assumes roles for EKS Pod Identity, in every partition. */
    public static final String POD_IDENTITY_SERVICE = "pods.eks.amazonaws.com";

    private TrustPolicy() {}

    /**
     * Trusts one ServiceAccount of one cluster (IAM roles for service accounts): the token must have been issued for it and
     * for the audience, both compared exactly.
     *
     * @param providerArn the ARN of the cluster's OIDC provider in IAM; may be a Terraform reference
     * @param issuer the issuer's host and path, without {@code https://}; may be a Terraform reference
     * @param namespace the ServiceAccount's namespace
     * @param serviceAccount the ServiceAccount's name
     * @param audience the token's audience, {@link #STS_AUDIENCE} unless the cluster differs
     * @return the trust policy
     * @throws InvalidInputException when a name is not one of Kubernetes, the issuer has a scheme, or provider and issuer
     *     disagree; each problem's {@code where} is the parameter's name
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html">Assign IAM roles
     *     to Kubernetes service accounts</a>
     */
    public static PolicyDocument irsa(
            String providerArn, String issuer, String namespace, String serviceAccount, String audience) {
        return irsa(
                List.of(new OidcIssuer.Provider(providerArn, issuer)),
                List.of(new TrustedSubject(namespace, serviceAccount)),
                audience);
    }

    /**
     * Trusts some ServiceAccounts of some clusters (IAM roles for service accounts), all compared exactly.
     *
     * @param issuers the issuers of the clusters' tokens; at least one
     * @param subjects the ServiceAccounts; at least one
     * @param audience the tokens' audience
     * @return the trust policy, with a statement for each issuer
     * @throws InvalidInputException as with one of each
     */
    public static PolicyDocument irsa(
            List<OidcIssuer.Provider> issuers, List<TrustedSubject> subjects, String audience) {
        Problems problems = new Problems();
        issuers.forEach(issuer -> checkIssuer(issuer.providerArn(), issuer.issuer(), problems));
        subjects.forEach(subject -> checkServiceAccount(subject.namespace(), subject.name(), problems));
        if (audience.isBlank() || audience.contains("*")) {
            problems.add("audience", "\"" + audience + "\"", "one audience without wildcards", "use " + STS_AUDIENCE);
        }
        problems.throwIfAny();
        String[] accounts = subjects.stream().map(TrustedSubject::subject).toArray(String[]::new);
        return PolicyDocument.of(issuers.stream()
                .map(issuer -> Statement.allow("sts:AssumeRoleWithWebIdentity")
                        .by(Principals.federated(issuer.providerArn()))
                        .when("StringEquals", issuer.issuer() + ":aud", audience)
                        .when("StringEquals", issuer.issuer() + ":sub", accounts))
                .toArray(Statement[]::new));
    }

    /**
     * Trusts EKS Pod Identity. Which pods get the role is said by the pod identity associations of the account's clusters,
     * and can be narrowed here by the session tags that the service adds.
     *
     * @param only allowed values by tag, compared exactly; empty for any pod with an association
     * @return the trust policy
     * @throws InvalidInputException when a tag has no value or one with a wildcard
     * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html">Trust policy required by EKS Pod
     *     Identity</a>
     */
    public static PolicyDocument podIdentity(Map<PodIdentityTag, List<String>> only) {
        Problems problems = new Problems();
        Statement statement =
                Statement.allow("sts:AssumeRole", "sts:TagSession").by(Principals.services(POD_IDENTITY_SERVICE));
        for (PodIdentityTag tag : PodIdentityTag.values()) {
            List<String> values = only.get(tag);
            if (values == null) {
                continue;
            }
            if (values.isEmpty() || values.stream().anyMatch(value -> value.isEmpty() || value.contains("*"))) {
                problems.add(
                        "only",
                        values + " for " + tag.requestKey(),
                        "values without wildcards",
                        "name each value, or leave the tag out");
            }
            statement = statement.when("StringEquals", tag.requestKey(), values.toArray(new String[0]));
        }
        problems.throwIfAny();
        return PolicyDocument.of(statement);
    }

    /**
     * Trusts EKS Pod Identity for any pod that has an association.
     *
     * @return the trust policy
     */
    public static PolicyDocument podIdentity() {
        return podIdentity(Map.of());
    }

    /**
     * Trusts EKS Pod Identity for any pod of some clusters that has an association, where sessions have no tags. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html">Trust policy required by EKS Pod Identity</a>.
     *
     * @param clusterArns the ARNs of the clusters, compared exactly; may hold Terraform references
     * @return the trust policy
     */
    public static PolicyDocument podIdentityOf(List<String> clusterArns) {
        return PolicyDocument.of(Statement.allow("sts:AssumeRole", "sts:TagSession")
                .by(Principals.services(POD_IDENTITY_SERVICE))
                .when("StringEquals", "aws:SourceArn", clusterArns.toArray(new String[0])));
    }

    /**
     * Trusts the role of a pod identity association, for the target role of that association. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html">target IAM roles</a>.
     *
     * @param roleArn the ARN of the association's role
     * @param externalId the association's external id
     * @param tagged whether its sessions have tags
     * @return the trust policy
     */
    public static PolicyDocument target(String roleArn, String externalId, boolean tagged) {
        return PolicyDocument.of(
                (tagged ? Statement.allow("sts:AssumeRole", "sts:TagSession") : Statement.allow("sts:AssumeRole"))
                        .by(Principals.of("AWS", roleArn))
                        .when("StringEquals", "sts:ExternalId", externalId));
    }

    /**
     * Trusts one AWS service.
     *
     * @param principal the service's principal, see {@link Partition#servicePrincipal(String)}
     * @return the trust policy
     */
    public static PolicyDocument service(String principal) {
        return PolicyDocument.of(Statement.allow("sts:AssumeRole").by(Principals.services(principal)));
    }

    /**
     * Trusts one AWS service, which tags its sessions of the role, too.
     *
     * @param principal the service's principal, see {@link Partition#servicePrincipal(String)}
     * @return the trust policy
     */
    public static PolicyDocument taggingService(String principal) {
        return PolicyDocument.of(
                Statement.allow("sts:AssumeRole", "sts:TagSession").by(Principals.services(principal)));
    }

    private static void checkIssuer(String providerArn, String issuer, Problems problems) {
        if (issuer.startsWith("https://") || issuer.endsWith("/") || issuer.isBlank()) {
            problems.add(
                    "issuer",
                    "\"" + issuer + "\"",
                    "host and path of the issuer, without https:// and without a slash at the end",
                    "remove the scheme: condition keys begin with the host");
        }
        boolean known = !TerraformTemplate.isOpen(providerArn) && !TerraformTemplate.isOpen(issuer);
        if (known && !providerArn.endsWith(":oidc-provider/" + issuer)) {
            problems.add(
                    "providerArn",
                    "\"" + providerArn + "\" is not the provider of " + issuer,
                    "arn:<partition>:iam::<account>:oidc-provider/" + issuer,
                    "take both from the same cluster");
        }
    }

    private static void checkServiceAccount(String namespace, String serviceAccount, Problems problems) {
        if (!TerraformTemplate.isOpen(namespace) && !DnsName.isLabel(namespace)) {
            problems.add(
                    "namespace",
                    "\"" + namespace + "\" is not a namespace",
                    DnsName.ALLOWED_LABEL,
                    "name one namespace: with a wildcard, anyone who may create a namespace gets the role");
        }
        if (!TerraformTemplate.isOpen(serviceAccount) && !DnsName.isSubdomain(serviceAccount)) {
            problems.add(
                    "serviceAccount",
                    "\"" + serviceAccount + "\" is not the name of a ServiceAccount",
                    "at most 253 of a-z, 0-9, - and ., a letter or digit at both ends",
                    "name one ServiceAccount");
        }
    }
}

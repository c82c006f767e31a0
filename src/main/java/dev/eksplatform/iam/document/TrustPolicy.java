package dev.eksplatform.iam.document;

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
        Problems problems = new Problems();
        checkIssuer(providerArn, issuer, problems);
        checkServiceAccount(namespace, serviceAccount, problems);
        if (audience.isBlank() || audience.contains("*")) {
            problems.add("audience", "\"" + audience + "\"", "one audience without wildcards", "use " + STS_AUDIENCE);
        }
        problems.throwIfAny();
        return PolicyDocument.of(Statement.allow("sts:AssumeRoleWithWebIdentity")
                .by(Principals.federated(providerArn))
                .when("StringEquals", issuer + ":aud", audience)
                .when("StringEquals", issuer + ":sub", new TrustedSubject(namespace, serviceAccount).subject()));
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

package dev.eksplatform.iam.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eksplatform.iam.Partition;
import dev.eksplatform.iam.PodIdentityTag;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustPolicyTest {

    private static final String ISSUER = "oidc.eks.ap-northeast-2.amazonaws.com/id/AB12";
    private static final String PROVIDER = "arn:aws:iam::111122223333:oidc-provider/" + ISSUER;

    @Test
    void irsaTrustsOneServiceAccountByAudienceAndSubject() {
        assertThat(TrustPolicy.irsa(
                                PROVIDER,
                                ISSUER,
                                "kube-system",
                                "aws-load-balancer-controller",
                                TrustPolicy.STS_AUDIENCE)
                        .toJson())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Principal\":{\"Federated\":\"" + PROVIDER + "\"},"
                        + "\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{\"StringEquals\":{"
                        + "\"" + ISSUER + ":aud\":\"sts.amazonaws.com\","
                        + "\"" + ISSUER
                        + ":sub\":\"system:serviceaccount:kube-system:aws-load-balancer-controller\"}}}]}");
    }

    @Test
    void irsaTakesTerraformReferencesAsConditionKeys() {
        PolicyDocument policy = TrustPolicy.irsa(
                "${aws_iam_openid_connect_provider.p.arn}",
                "${Token[TOKEN.7]}",
                "default",
                "iam-test",
                TrustPolicy.STS_AUDIENCE);
        assertThat(policy.toTerraformJson())
                .contains("\"Federated\":\"${aws_iam_openid_connect_provider.p.arn}\"")
                .contains("\"${Token[TOKEN.7]}:sub\":\"system:serviceaccount:default:iam-test\"");
        assertThat(policy.check(PolicyUse.TRUST)).isEmpty();
    }

    @Test
    void irsaRefusesWildcardsSchemesAndAnotherClustersProvider() {
        assertThatThrownBy(() -> TrustPolicy.irsa(PROVIDER, "https://" + ISSUER, "*", "*", "*"))
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "issuer: \"https://" + ISSUER + "\"; allowed: host and path of the issuer, without https:// and"
                                + " without a slash at the end; fix: remove the scheme: condition keys begin with the host",
                        "providerArn: \"" + PROVIDER + "\" is not the provider of https://" + ISSUER
                                + "; allowed: arn:<partition>:iam::<account>:oidc-provider/https://" + ISSUER
                                + "; fix: take both from the same cluster",
                        "namespace: \"*\" is not a namespace; allowed: at most 63 of a-z, 0-9 and -, a letter or digit at"
                                + " both ends; fix: name one namespace exactly: a wildcard would trust ServiceAccounts"
                                + " that anybody may create",
                        "serviceAccount: \"*\" is not the name of a ServiceAccount; allowed: at most 253 of a-z, 0-9, -"
                                + " and ., a letter or digit at both ends; fix: name one ServiceAccount exactly",
                        "audience: \"*\"; allowed: one audience, exactly; fix: use sts.amazonaws.com"));
    }

    @Test
    void podIdentityTrustsTheServiceOfEks() {
        assertThat(TrustPolicy.podIdentity().toJson())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Principal\":{\"Service\":\"pods.eks.amazonaws.com\"},"
                        + "\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"]}]}");
    }

    @Test
    void podIdentityIsNarrowedBySessionTags() {
        PolicyDocument policy = TrustPolicy.podIdentity(Map.of(
                PodIdentityTag.NAMESPACE, List.of("shop"),
                PodIdentityTag.CLUSTER_NAME, List.of("blue", "green")));
        assertThat(policy.toJson())
                .contains("\"Condition\":{\"StringEquals\":{\"aws:RequestTag/eks-cluster-name\":[\"blue\",\"green\"],"
                        + "\"aws:RequestTag/kubernetes-namespace\":\"shop\"}}");
        assertThatThrownBy(() -> TrustPolicy.podIdentity(Map.of(PodIdentityTag.NAMESPACE, List.of("shop-*"))))
                .hasMessage(
                        "aws:RequestTag/kubernetes-namespace: [shop-*]; allowed: names, exactly; fix: name each one,"
                                + " or leave the tag out");
    }

    @Test
    void aServiceIsTrustedToAssumeTheRole() {
        assertThat(TrustPolicy.service(Partition.AWS_CN.servicePrincipal("ec2")).toJson())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Principal\":{\"Service\":\"ec2.amazonaws.com.cn\"},\"Action\":\"sts:AssumeRole\"}]}");
    }
}

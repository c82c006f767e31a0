package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessEntrySpecTest {

    private static final String KNOWN = "AIDevOpsAgentAccessPolicy, AWSBackupFullAccessPolicyForBackup, "
            + "AWSBackupFullAccessPolicyForRestore, AmazonAIOpsAssistantPolicy, AmazonARCRegionSwitchScalingPolicy, "
            + "AmazonEKSACKPolicy, AmazonEKSAdminPolicy, AmazonEKSAdminViewPolicy, AmazonEKSArgoCDClusterPolicy, "
            + "AmazonEKSArgoCDPolicy, AmazonEKSAutoNodePolicy, AmazonEKSClusterAdminPolicy, AmazonEKSEditPolicy, "
            + "AmazonEKSKROPolicy, AmazonEKSSecretAdminPolicy, AmazonEKSSecretReaderPolicy, AmazonEKSViewPolicy, "
            + "AmazonEMRJobPolicy";

    @ParameterizedTest
    @ValueSource(strings = {"AmazonEKSKROPolicy", "AWSBackupFullAccessPolicyForBackup", "AmazonEKSNetworkingPolicy"})
    void everyPolicyOfEksIsAccepted(String policy) {
        assertThat(AccessEntrySpec.of(policy).policies())
                .extracting(one -> one.policy().name())
                .containsExactly(policy);
    }

    @Test
    void aSlipIsRecognized() {
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.of("AmazonEKSVeiwPolicy")))
                .containsExactly(
                        "policies[0]: \"AmazonEKSVeiwPolicy\" is not an EKS access policy (2026-10-09); allowed: "
                                + KNOWN + "; fix: did you mean AmazonEKSViewPolicy?");
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.of("cluster-admin")))
                .containsExactly("policies[0]: \"cluster-admin\" is not an EKS access policy (2026-10-09); allowed: "
                        + KNOWN + "; fix: choose one of them");
    }

    @Test
    void aPolicyStandsOnce() {
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.of("AmazonEKSViewPolicy", "AmazonEKSViewPolicy")))
                .containsExactly("policies[1]: duplicate policy AmazonEKSViewPolicy; fix: remove " + "one of them");
    }

    @Test
    void anEntryGivesSomething() {
        PrincipalArn ops = PrincipalArn.parse("arn:aws:iam::111122223333:role/ops");
        ClusterSpec cluster = ClusterSpec.of(KubernetesVersion.parse("1.36"));
        assertThat(ProblemsOf.making(() -> cluster.withAccess(Map.of(ops, AccessEntrySpec.none()))))
                .containsExactly("access[\"" + ops + "\"]: an access entry that gives no permission"
                        + "; fix: add policies: [AmazonEKSViewPolicy], or groups");
    }

    @Test
    void groupsOfKubernetesItselfAreRefused() {
        assertThat(ProblemsOf.making(() -> AccessEntrySpec.none().withGroups(List.of("ops", "system:masters"))))
                .containsExactly("groups[1]: \"system:masters\" begins with system:; allowed: groups of your own: EKS "
                        + "refuses system: groups in access entries; fix: use an access policy such as "
                        + "AmazonEKSClusterAdminPolicy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111122223333:root",
                "arn:aws:iam::111122223333:group/ops",
                "arn:aws:iam::111122223333:role/*",
                "arn:aws:sts::111122223333:assumed-role/ops/dora",
                "arn:aws:iam::1111:role/ops"
            })
    void aPrincipalIsARoleOrAUser(String arn) {
        assertThat(ProblemsOf.making(() -> PrincipalArn.parse(arn)))
                .containsExactly("\"" + arn + "\" is not the ARN of an IAM role or user; allowed: "
                        + "arn:aws:iam::ACCOUNT:role/NAME or …:user/NAME; fix: for an assumed role, use the role's ARN "
                        + "instead of the session's");
    }

    @Test
    void aPrincipalHasANameWithoutItsPath() {
        assertThat(PrincipalArn.parse("arn:aws-us-gov:iam::111122223333:role/team/ops")
                        .name())
                .isEqualTo("ops");
    }
}

package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EksAddonNameTest {

    private static final String KNOWN = "vpc-cni, kube-proxy, eks-pod-identity-agent, coredns, aws-ebs-csi-driver, "
            + "aws-efs-csi-driver, metrics-server";

    @ParameterizedTest
    @EnumSource
    void isReadFromItsNameInTheApi(EksAddonName name) {
        assertThat(EksAddonName.parse(name.id())).isEqualTo(name);
    }

    @Test
    void anUnknownOneIsRefused() {
        assertThat(ProblemsOf.making(() -> EksAddonName.parse("vpc-cin")))
                .containsExactly(
                        "\"vpc-cin\" is not a known EKS add-on; allowed: " + KNOWN + "; fix: did you mean vpc-cni?");
        assertThat(ProblemsOf.making(() -> EksAddonName.parse("guardduty")))
                .containsExactly("\"guardduty\" is not a known EKS add-on; allowed: " + KNOWN
                        + "; fix: install it as a Helm release under addons.helm");
    }

    @Test
    void whatEachNodeRunsComesBeforeNodes() {
        assertThat(EksAddonName.values())
                .filteredOn(EksAddonName::beforeCompute)
                .containsExactly(EksAddonName.VPC_CNI, EksAddonName.KUBE_PROXY, EksAddonName.EKS_POD_IDENTITY_AGENT);
    }
}

package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EksAddonNameTest {

    private static ClusterSpec clusterWith(String addon, EksAddonSpec settings) {
        return ClusterSpec.of("shop", "1.36").withAddons(Map.of(EksAddonName.parse(addon), settings));
    }

    @ParameterizedTest
    @ValueSource(strings = {"vpc-cni", "snapshot-controller", "kubecost_kubecost", "netapp_trident-operator", "acme"})
    void isReadFromItsNameInTheApi(String name) {
        assertThat(EksAddonName.parse(name).id()).isEqualTo(name);
        assertThat(clusterWith(name, EksAddonSpec.standard()).addons()).hasSize(1);
    }

    @Test
    void whatNoAddonIsCalledIsRefused() {
        assertThat(ProblemsOf.making(() -> EksAddonName.parse("VPC-CNI")))
                .containsExactly("\"VPC-CNI\" is not the name of an EKS add-on; allowed: 1 to 100 lower case letters,"
                        + " digits, - and _, a letter or digit at both ends; fix: did you mean vpc-cni?");
    }

    @Test
    void aNameThatResemblesAKnownOneIsRefusedUnlessItIsNew() {
        assertThat(ProblemsOf.making(() -> clusterWith("vpc-cmi", EksAddonSpec.standard())))
                .containsExactly("addons.vpc-cmi: \"vpc-cmi\" is not a known EKS add-on; fix: did you mean vpc-cni?"
                        + " If EKS has added it since, set unlisted: true");
        assertThat(clusterWith("vpc-cmi", EksAddonSpec.standard().withUnlisted(true))
                        .addons())
                .hasSize(1);
        assertThat(ProblemsOf.making(
                        () -> clusterWith("coredns", EksAddonSpec.standard().withUnlisted(true))))
                .containsExactly("addons.coredns.unlisted: coredns is known; fix: remove unlisted");
    }

    @Test
    void whatEachNodeRunsComesBeforeNodes() {
        assertThat(EksAddonName.VPC_CNI.beforeCompute()).isTrue();
        assertThat(EksAddonName.KUBE_PROXY.beforeCompute()).isTrue();
        assertThat(EksAddonName.EKS_POD_IDENTITY_AGENT.beforeCompute()).isTrue();
        assertThat(EksAddonName.COREDNS.beforeCompute()).isFalse();
        assertThat(EksAddonName.parse("acme").beforeCompute()).isFalse();
    }

    @Test
    void settingsThatContradictTheAddonAreRefused() {
        assertThat(ProblemsOf.making(
                        () -> clusterWith("vpc-cni", EksAddonSpec.standard().withBeforeCompute(Optional.of(false)))))
                .containsExactly("addons.vpc-cni.beforeCompute: nodes do not become ready before vpc-cni is there;"
                        + " fix: remove beforeCompute");
        assertThat(ProblemsOf.making(
                        () -> clusterWith("coredns", EksAddonSpec.standard().withBeforeCompute(Optional.of(true)))))
                .containsExactly("addons.coredns.beforeCompute: coredns does not become active before there are nodes;"
                        + " fix: remove beforeCompute");
        assertThat(ProblemsOf.making(() -> clusterWith(
                        "aws-network-flow-monitoring-agent",
                        EksAddonSpec.standard().withMode(Optional.of(EksAddonSpec.Mode.IRSA)))))
                .containsExactly("addons.aws-network-flow-monitoring-agent.mode: aws-network-flow-monitoring-agent does"
                        + " not support irsa; allowed: pod-identity; fix: set mode: pod-identity");
        assertThat(ProblemsOf.making(() -> clusterWith(
                        "kubecost_kubecost",
                        EksAddonSpec.standard().withRoleArn(Optional.of("arn:aws:iam::111122223333:role/kubecost")))))
                .containsExactly(
                        "addons.kubecost_kubecost: the ServiceAccount of kubecost_kubecost is not known, but it"
                                + " gets a role; fix: add serviceAccount: namespace/name, see"
                                + " `aws eks describe-addon-configuration`");
    }
}

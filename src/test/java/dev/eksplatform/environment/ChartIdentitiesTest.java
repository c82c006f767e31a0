package dev.eksplatform.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.addon.AddonsSpec;
import dev.eksplatform.addon.CertManagerSpec;
import dev.eksplatform.addon.ChartVersion;
import dev.eksplatform.addon.HelmReleaseSpec;
import dev.eksplatform.cluster.ExistingClusterSpec;
import dev.eksplatform.iam.AccountId;
import dev.eksplatform.identity.IdentityMode;
import dev.eksplatform.identity.IdentitySpec;
import dev.eksplatform.identity.ServiceAccountName;
import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartIdentitiesTest {

    private static final IdentitySpec MADE = IdentitySpec.managedPolicies("AmazonS3ReadOnlyAccess");
    private static final IdentitySpec EXISTING = MADE.withServiceAccount(IdentitySpec.Ownership.EXISTING);

    private static EnvironmentSpec environment(
            Map<String, HelmReleaseSpec> helm, String account, IdentitySpec identity) {
        return EnvironmentSpec.of(
                        "shop", "eu-central-1", AccountId.parse("111122223333"), ExistingClusterSpec.of("shop"))
                .withAddons(AddonsSpec.none().withHelm(helm))
                .withIdentities(Map.of(ServiceAccountName.parse(account), identity));
    }

    private static HelmReleaseSpec chart(String chart, String namespace) {
        return HelmReleaseSpec.of(chart, "https://charts.example.com", ChartVersion.parse("1.0.0"), namespace);
    }

    private static List<String> problems(EnvironmentSpec spec) {
        return ProblemsOf.making(() -> ResolvedEnvironment.of(spec));
    }

    @Test
    void aKnownChartUsesTheServiceAccountThatIsMadeBefore() {
        ResolvedEnvironment environment = ResolvedEnvironment.of(
                environment(Map.of("external-dns", chart("external-dns", "dns")), "dns/external-dns", MADE));

        assertThat(environment.identityValues("external-dns"))
                .isEqualTo(Map.of("serviceAccount", Map.of("create", false, "name", "external-dns")));
        assertThat(environment.serviceAccountsBefore("external-dns"))
                .containsExactly(ServiceAccountName.parse("dns/external-dns"));
        assertThat(environment.releasesBefore(ServiceAccountName.parse("dns/external-dns")))
                .isEmpty();
    }

    @Test
    void aKnownChartAnnotatesTheServiceAccountThatItMakes() {
        EnvironmentSpec spec = environment(
                Map.of("autoscaler", chart("cluster-autoscaler", "kube-system")),
                "kube-system/cluster-autoscaler",
                EXISTING);
        Map<String, String> annotations = Map.of(
                "eks.amazonaws.com/role-arn", "arn:aws:iam::111122223333:role/shop-kube-system-cluster-autoscaler");

        assertThat(ResolvedEnvironment.of(spec).identityValues("autoscaler"))
                .isEqualTo(Map.of(
                        "rbac",
                        Map.of(
                                "serviceAccount",
                                Map.of("create", true, "name", "cluster-autoscaler", "annotations", annotations))));
        assertThat(ResolvedEnvironment.of(spec)
                        .releasesBefore(ServiceAccountName.parse("kube-system/cluster-autoscaler")))
                .containsExactly("autoscaler");
        assertThat(ResolvedEnvironment.of(spec.withIdentity(IdentityMode.POD_IDENTITY))
                        .identityValues("autoscaler")
                        .toString())
                .doesNotContain("annotations");
    }

    @ParameterizedTest
    @CsvSource({
        "aws-ebs-csi-driver, ebs, ebs-csi-controller-sa, controller.serviceAccount.create",
        "aws-ebs-csi-driver, ebs, ebs-csi-node-sa, node.serviceAccount.create",
        "cluster-autoscaler, ca, ca-cluster-autoscaler, rbac.serviceAccount.create",
        "cert-manager, cert-manager, cert-manager-webhook, webhook.serviceAccount.create",
        "velero, velero, velero-server, serviceAccount.server.create",
        "prometheus, prometheus, prometheus-server, serviceAccounts.server.create",
        "podinfo, podinfo, podinfo, serviceAccount.enabled",
        "kube-prometheus-stack, kps, kps-kube-prometheus-stack-prometheus, prometheus.serviceAccount.create"
    })
    void theServiceAccountIsFoundByTheNameThatTheChartGivesIt(
            String chart, String release, String account, String path) {
        Map<String, Object> values = ResolvedEnvironment.of(
                        environment(Map.of(release, chart(chart, "ns")), "ns/" + account, MADE))
                .identityValues(release);

        @Nullable Object value = values;
        for (String key : path.split("\\.", -1)) {
            value = Objects.requireNonNull((Map<?, ?>) value).get(key);
        }
        assertThat(value).isEqualTo(false);
    }

    @Test
    void theNameInTheValuesDecides() {
        HelmReleaseSpec release =
                chart("external-dns", "dns").withValues(Map.of("serviceAccount", Map.of("name", "route53")));

        assertThat(ResolvedEnvironment.of(environment(Map.of("external-dns", release), "dns/route53", MADE))
                        .identityValues("external-dns"))
                .isEqualTo(Map.of("serviceAccount", Map.of("create", false, "name", "route53")));
        assertThat(ResolvedEnvironment.of(environment(Map.of("edns", release), "dns/other", MADE))
                        .identityValues("edns"))
                .isEmpty();
    }

    @Test
    void theChartOfCertManagerToo() {
        EnvironmentSpec spec = environment(Map.of(), "cert-manager/cert-manager", MADE)
                .withAddons(AddonsSpec.of(CertManagerSpec.standard()));

        assertThat(ResolvedEnvironment.of(spec).identityValues("cert-manager"))
                .isEqualTo(Map.of("serviceAccount", Map.of("create", false, "name", "cert-manager")));
        assertThat(ResolvedEnvironment.of(spec).serviceAccountsBefore("cert-manager"))
                .hasSize(1);
    }

    @Test
    void aChartThatIsSetToCreateItIsAnError() {
        HelmReleaseSpec release =
                chart("external-dns", "dns").withValues(Map.of("serviceAccount", Map.of("create", true)));

        assertThat(problems(environment(Map.of("external-dns", release), "dns/external-dns", MADE)))
                .containsExactly("addons.helm.external-dns.values.serviceAccount.create: duplicate ServiceAccount "
                        + "dns/external-dns: identities[\"dns/external-dns\"] creates it too; fix: remove it, or set "
                        + "serviceAccount: existing in the identity");
        assertThat(problems(environment(Map.of("external-dns", release), "dns/external-dns", EXISTING)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"orders", "orders-api", "web"})
    void anUnknownChartThatProbablyMakesItTooIsAnError(String account) {
        assertThat(problems(environment(Map.of("orders", chart("web", "shop")), "shop/" + account, MADE)))
                .containsExactly("identities[\"shop/" + account + "\"]: duplicate ServiceAccount shop/" + account
                        + ": the chart web of addons.helm.orders probably creates it too; fix: set serviceAccount: existing, or let the chart use this one: in most "
                        + "charts by values: {serviceAccount: {create: false, name: " + account + "}}");
    }

    @Test
    void anUnknownChartWhoseValuesNameItUsesIt() {
        HelmReleaseSpec release = chart("web", "shop")
                .withValues(Map.of("api", Map.of("serviceAccount", Map.of("create", false, "name", "orders"))));
        Map<String, HelmReleaseSpec> helm = Map.of("orders", release);
        ServiceAccountName orders = ServiceAccountName.parse("shop/orders");

        assertThat(problems(environment(helm, "shop/orders", MADE))).isEmpty();
        assertThat(ResolvedEnvironment.of(environment(helm, "shop/orders", MADE))
                        .serviceAccountsBefore("orders"))
                .containsExactly(orders);
        assertThat(ResolvedEnvironment.of(environment(helm, "shop/orders", EXISTING))
                        .serviceAccountsBefore("orders"))
                .containsExactly(orders);
    }

    @Test
    void theAnnotationWaitsForEveryReleaseThatMayMakeTheServiceAccount() {
        Map<String, HelmReleaseSpec> helm =
                Map.of("orders", chart("web", "shop"), "carts", chart("web", "shop"), "dns", chart("web", "dns"));
        ResolvedEnvironment environment = ResolvedEnvironment.of(environment(helm, "shop/orders", EXISTING));

        assertThat(environment.releasesBefore(ServiceAccountName.parse("shop/orders")))
                .containsExactlyInAnyOrder("orders", "carts");
        assertThat(environment.serviceAccountsBefore("orders")).isEmpty();
    }

    @Test
    void theDefaultServiceAccountIsAnnotatedBeforeItsPodsStart() {
        ResolvedEnvironment environment =
                ResolvedEnvironment.of(environment(Map.of("orders", chart("web", "shop")), "shop/default", EXISTING));

        assertThat(environment.serviceAccountsBefore("orders")).hasSize(1);
        assertThat(environment.releasesBefore(ServiceAccountName.parse("shop/default")))
                .isEmpty();
    }

    @Test
    void otherNamespacesAreOfNoConcern() {
        ResolvedEnvironment environment =
                ResolvedEnvironment.of(environment(Map.of("orders", chart("web", "shop")), "dns/orders", MADE));

        assertThat(environment.serviceAccountsBefore("orders")).isEmpty();
        assertThat(environment.identityValues("orders")).isEmpty();
    }
}

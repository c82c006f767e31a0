package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceAccountReferencesTest {

    private static final String CRON_JOB = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: a, namespace: shop}
            spec:
              schedule: "@daily"
              jobTemplate:
                spec:
                  template:
                    spec:
                      serviceAccount: orders
                      restartPolicy: Never
                      containers: [{name: a, image: a}]
            """;

    private static List<String> undeclared(ManifestSet manifests, String... declared) {
        return manifests.serviceAccountReferences().undeclared(List.of(declared)).stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void everyKindThatMakesPodsIsSeen() {
        ManifestSet manifests = Read.all(
                CRON_JOB,
                Read.deployment("serviceAccountName: web\ncontainers: []"),
                "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: a, image: a}]}}",
                "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: r}, spec: {template: {spec:"
                        + " {serviceAccountName: roll, containers: [{name: a}]}}}}");

        assertThat(manifests.serviceAccountReferences().references())
                .extracting(
                        ServiceAccountReferences.Reference::key,
                        reference -> reference.place().toString())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "shop/orders", "a.yaml:10:27 spec.jobTemplate.spec.template.spec.serviceAccount"),
                        org.assertj.core.groups.Tuple.tuple(
                                "default/web", "b.yaml:10:27 spec.template.spec.serviceAccountName"),
                        org.assertj.core.groups.Tuple.tuple("default/default", "c.yaml:1:56 spec"),
                        org.assertj.core.groups.Tuple.tuple(
                                "default/roll", "d.yaml:1:117 spec.template.spec.serviceAccountName"));
    }

    @Test
    void anUndeclaredOneIsReportedWithTheNearestName() {
        assertThat(undeclared(Read.all(CRON_JOB), "shop/order", "other/orders"))
                .containsExactly("a.yaml:10:27 spec.jobTemplate.spec.template.spec.serviceAccount: the ServiceAccount "
                        + "shop/orders is not declared; allowed: default, order; fix: did you mean order?");
        assertThat(undeclared(Read.all(CRON_JOB), "other/orders"))
                .containsExactly("a.yaml:10:27 spec.jobTemplate.spec.template.spec.serviceAccount: the ServiceAccount "
                        + "shop/orders is not declared; allowed: default, the only ServiceAccount of namespace shop; fix: "
                        + "other/orders is declared: use that namespace, or declare shop/orders");
        assertThat(undeclared(Read.all(CRON_JOB)))
                .containsExactly("a.yaml:10:27 spec.jobTemplate.spec.template.spec.serviceAccount: the ServiceAccount "
                        + "shop/orders is not declared; allowed: default, the only ServiceAccount of namespace shop; fix: "
                        + "declare the identity shop/orders, or add a ServiceAccount document");
    }

    @Test
    void aDeclaredOneAndTheDefaultAreFine() {
        ManifestSet manifests =
                Read.all(CRON_JOB, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: orders, namespace: shop}}");

        assertThat(ServiceAccountReferences.declaredIn(manifests.inOrder())).containsExactly("shop/orders");
        assertThat(undeclared(manifests, "shop/orders")).isEmpty();
        assertThat(undeclared(Read.all(Read.deployment("containers: []")))).isEmpty();
    }
}

package dev.eksplatform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that a chart does not read, and charts that nobody maintains. */
class CheckedValuesTest {

    @TempDir
    private Path folder = Path.of("");

    private EnvironmentText environment(String addons) {
        return EnvironmentText.of(folder, "cluster: {existing: {name: shop}}\naddons:\n" + addons);
    }

    private static String metrics(String version, String values) {
        return "  helm:\n    metrics: {chart: metrics-server, repository: \"https://charts.example.com\", namespace: metrics,"
                + " chartVersion: " + version + ", values: " + values + "}\n";
    }

    @Test
    void anUnknownValueIsReportedAtItsLineWithTheNearestName() throws IOException {
        Files.writeString(folder.resolve("values.yaml"), """
                replicaCount: 2
                webhok: {replicaCount: 3}
                prometheus:
                  servicemonitor:
                    intervall: 30s
                """);

        assertThat(environment("""
                          cert-manager:
                            valueFiles: [values.yaml]
                            values:
                              cainjector: {replicas: 2}
                              servicemonitor: {enabled: true}
                            sensitiveValues: {ingresShim.x: {variable: x}, "dns01RecursiveNameservers[0].x": {variable: x}}
                        """).warnings())
                .containsExactly(
                        "values.yaml:2:1 webhok: not a value of the chart cert-manager v1.21.2; fix: did you mean webhook?",
                        "values.yaml:5:5 prometheus.servicemonitor.intervall: not a value of the chart cert-manager v1.21.2;"
                                + " fix: did you mean prometheus.servicemonitor.interval?",
                        "shop.yaml:9:30 addons.cert-manager.values.cainjector.replicas: not a value of the chart cert-manager"
                                + " v1.21.2; fix: remove it: Helm ignores it",
                        "shop.yaml:10:23 addons.cert-manager.values.servicemonitor: not a value of the chart cert-manager"
                                + " v1.21.2; fix: did you mean prometheus.servicemonitor?",
                        "shop.yaml:11:37 addons.cert-manager.sensitiveValues[\"ingresShim.x\"]: not a value of the chart"
                                + " cert-manager v1.21.2; fix: did you mean ingressShim?");
    }

    @Test
    void belowAFreeMapAndAListAnythingIsPossible() throws IOException {
        assertThat(environment("""
                          cert-manager:
                            values:
                              global: {any: {thing: 1}}
                              podLabels: {a/b: x}
                              nodeSelector: {pool: x}
                              resources: {requests: {cpu: 1}}
                              tolerations: [{key: x}]
                              webhook: {networkPolicy: {egress: [{}]}, podAnnotations: {a.b: x}}
                        """).warnings()).isEmpty();
    }

    @Test
    void ofAVersionThatIsNotKnownTheNearestOfTheSameMajorCounts() throws IOException {
        assertThat(environment(metrics("3.12.2", "{replica: 2}")).warnings())
                .containsExactly(
                        "shop.yaml:7:140 addons.helm.metrics.values.replica: not a value of the chart metrics-server 3.13.1,"
                                + " the known version nearest to 3.12.2; fix: did you mean replicas?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.0", "2.13.0"})
    void ofAnotherMajorVersionNothingIsKnown(String version) throws IOException {
        assertThat(environment(metrics(version, "{replica: 2}")).warnings()).isEmpty();
    }

    @Test
    void aRetiredChartNamesWhatReplacesIt() throws IOException {
        assertThat(environment("""
                          helm:
                            ingress: {chart: ingress-nginx, repository: "https://kubernetes.github.io/ingress-nginx", chartVersion: 4.15.1, namespace: ingress}
                        """).warnings())
                .containsExactly(
                        "shop.yaml:7:22 addons.helm.ingress.chart: Kubernetes retired ingress-nginx in March 2026: it gets"
                                + " no security fixes; fix: use aws-load-balancer-controller, or a controller of the Gateway API");
        assertThat(environment("  ingress-nginx: {}\n").problems())
                .containsExactly(
                        "shop.yaml:6:3 addons.ingress-nginx: Kubernetes retired ingress-nginx in March 2026: it gets no"
                                + " security fixes; fix: use aws-load-balancer-controller, or a controller of the Gateway API");
    }

    @Test
    void crdsThatHelmNeverUpdatesHaveACommand() throws IOException {
        String text = """
                  cert-manager: {}
                  aws-load-balancer-controller: {}
                  ack: {s3: {}}
                  helm:
                    dns: {chart: external-dns, repository: "https://charts.example.com", chartVersion: 1.21.1, namespace: dns}
                    own: {chart: external-dns, repository: "https://charts.example.com", chartVersion: 1.21.1, namespace: own, skipCrds: true}
                    shop: {chart: shop, repository: "https://charts.example.com", chartVersion: 1.0.0, namespace: shop}
                """;
        assertThat(environment(text).stacks().get("platform").path("output").properties())
                .extracting(output ->
                        output.getKey() + " " + output.getValue().path("value").asText())
                .containsExactlyInAnyOrder(
                        "crds_aws_load_balancer_controller helm show crds aws-load-balancer-controller --repo"
                                + " https://aws.github.io/eks-charts --version 3.5.0 | kubectl apply --server-side"
                                + " --force-conflicts -f -",
                        "crds_ack_s3_controller helm show crds oci://public.ecr.aws/aws-controllers-k8s/s3-chart --version"
                                + " 1.11.0 | kubectl apply --server-side --force-conflicts -f -",
                        "crds_dns helm show crds external-dns --repo https://charts.example.com --version 1.21.1 | kubectl"
                                + " apply --server-side --force-conflicts -f -");
    }

    @Test
    void whatOthersComeAfterIsWaitedFor() throws IOException {
        assertThat(environment("""
                          cert-manager: {wait: false, atomic: false}
                          aws-load-balancer-controller: {}
                        """).problems())
                .containsExactly(
                        "shop.yaml:6:24 addons.cert-manager.wait: false, but aws-load-balancer-controller comes after"
                                + " cert-manager is ready; fix: remove it");
        assertThat(environment("  cert-manager: {wait: false, atomic: false}\n").problems())
                .isEmpty();
    }

    @Test
    void aLoadBalancerControllerOfTheUsersComesBeforeOthers() throws IOException {
        assertThat(environment("""
                          helm:
                            a: {chart: a, repository: "https://charts.example.com", chartVersion: 1.0.0, namespace: a}
                            lb: {chart: charts/aws-load-balancer-controller, repository: "https://charts.example.com", chartVersion: 3.5.0, namespace: lb}
                        """)
                        .resources("platform", "helm_release")
                        .get("addons_a_release")
                        .path("depends_on")
                        .toString())
                .contains("helm_release.addons_lb_release");
    }
}

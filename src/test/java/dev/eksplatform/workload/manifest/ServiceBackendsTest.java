package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceBackendsTest {

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 8081}]}
            """;

    private static String ingress(String backend) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec:
                  rules:
                    - http:
                        paths:
                          - path: /
                            pathType: Prefix
                            backend: %s
                """.formatted(backend);
    }

    private static List<String> warnings(String... texts) {
        return Read.all(texts).warnings().stream().map(Problem::toString).toList();
    }

    @Test
    void aPortThatTheServiceDoesNotHaveIsAnError() {
        assertThat(Read.problems(ingress("{service: {name: web, port: {number: 8080}}}"), SERVICE))
                .containsExactly(
                        "a.yaml:10:59 spec.rules[0].http.paths[0].backend.service.port.number: the Service web at"
                                + " b.yaml:1:1 has no port 8080; allowed: 80 (http), 8081 (admin); fix: use a port of the Service,"
                                + " or add this one to it");
        assertThat(Read.problems(ingress("{service: {name: web, port: {name: htp}}}"), SERVICE))
                .singleElement()
                .asString()
                .contains(
                        "backend.service.port.name: the Service web at b.yaml:1:1 has no port htp; allowed: 80 (http)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{service: {name: web, port: {number: 80}}}",
                "{service: {name: web, port: {name: admin}}}",
                "{service: {name: web, port: {name: use-annotation}}}",
                "{resource: {apiGroup: example.org, kind: Bucket, name: a}}"
            })
    void aPortThatIsThereIsFine(String backend) {
        assertThat(warnings(ingress(backend), SERVICE)).isEmpty();
    }

    @Test
    void aBackendNeedsAServiceWithAPort() {
        assertThat(Read.problems(ingress("{service: {name: web}}"), SERVICE))
                .containsExactly(
                        "a.yaml:10:32 spec.rules[0].http.paths[0].backend.service: the Service web without a port;"
                                + " allowed: the name or the number of a port of it: 80 (http), 8081 (admin); fix: add port:"
                                + " {number: …} or port: {name: …}");
        assertThat(Read.problems(ingress("{}")))
                .singleElement()
                .asString()
                .contains("backend: a backend without a Service; fix: add service: {name: …, port: {number: …}}");
        assertThat(Read.problems("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\n"
                        + "spec: {ingressClassName: alb}\n"))
                .singleElement()
                .asString()
                .contains(
                        "an Ingress without rules and without a defaultBackend; fix: add rules with http.paths, or a defaultBackend");
    }

    @Test
    void aServiceOfNoFileIsAWarning() {
        assertThat(warnings(ingress("{service: {name: wbe, port: {number: 80}}}"), SERVICE))
                .containsExactly(
                        "a.yaml:10:39 spec.rules[0].http.paths[0].backend.service.name: no file has the Service"
                                + " default/wbe; allowed: web; fix: did you mean web?");
        assertThat(warnings(ingress("{service: {name: argocd-server, port: {number: 80}}}")))
                .containsExactly(
                        "a.yaml:10:39 spec.rules[0].http.paths[0].backend.service.name: no file has the Service "
                                + "default/argocd-server; fix: add the Service, if no "
                                + "chart or controller creates it");
    }

    @Test
    void routesAndTargetGroupBindingsAreCheckedToo() {
        String route = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: web, namespace: shop}
                spec: {rules: [{backendRefs: [{name: web, namespace: default, port: %d}, {kind: Bucket, group: a.b, name: c}]}]}
                """;
        assertThat(Read.problems(route.formatted(90), SERVICE)).hasSize(1);
        assertThat(warnings(route.formatted(80), SERVICE)).isEmpty();
        String binding = """
                apiVersion: elbv2.k8s.aws/v1beta1
                kind: TargetGroupBinding
                metadata: {name: web}
                spec: {serviceRef: {name: web, port: %s}, targetGroupARN: a}
                """;
        assertThat(Read.problems(binding.formatted("htpp"), SERVICE)).hasSize(1);
        assertThat(warnings(binding.formatted("http"), SERVICE)).isEmpty();
        assertThat(warnings(binding.formatted("80"), SERVICE)).isEmpty();
    }
}

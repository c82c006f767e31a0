package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each verdict is that of the API server of Kubernetes 1.33. */
class GrammarRulesTest {

    private static String object(String apiVersion, String kind, String lines) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a}\n" + lines;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nodeSelector: {disk type: ssd}                              | "disk type" is not a label key
            nodeSelector: {disk: a b}                                   | "a b" is not a label value
            tolerations: [{key: a b, operator: Exists}]                 | "a b" is not a label key
            tolerations: [{key: a, value: a b}]                         | "a b" is not a label value
            tolerations: [{value: a}]                                   | a toleration without a key
            tolerations: [{key: a, operator: Exists, value: b}]         | a value for the operator Exists
            affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a b}]}} | "a b" is not a label key
            topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchExpressions: [{key: a, operator: In}]}}] | the operator In without values
            volumes: [{name: My_Vol}]                                   | "My_Vol" is not a valid volume name
            """)
    void textsOfPodsAreChecked(String lines, String found) {
        assertThat(Read.problems(Read.deployment(lines + "\ncontainers: []")))
                .singleElement()
                .asString()
                .contains(found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: Web_1, image: a                                       | "Web_1" is not a valid container name; | use web-1
            name: a, image: a, ports: [{containerPort: 80, name: HTTP}] | "HTTP" is not a valid port name;       | use http
            name: a, image: a, ports: [{containerPort: 80, name: much-too-long-for-a-port}] | "much-too-long-for-a-port" is not a valid port name; | use much-too-long-f
            name: a, image: a, ports: [{containerPort: 70000}]          | the port 70000;                       | use a port from 1 to 65535
            name: a, image: a, env: [{name: A=b}]                       | "A=b" is not a valid environment variable name: it has a =; | write name and value apart
            """)
    void textsOfContainersAreChecked(String container, String found, String fix) {
        assertThat(Read.problems(Read.deployment("containers: [{" + container + "}]")))
                .singleElement()
                .asString()
                .contains(found)
                .endsWith("; fix: " + fix);
    }

    @Test
    void portsOfAServiceNeedNames() {
        assertThat(Read.problems(object("v1", "Service", "spec: {ports: [{port: 80}, {port: 443, name: https}]}\n")))
                .containsExactly(
                        "a.yaml:4:16 spec.ports[0]: a port without a name in a Service with several ports; fix: add "
                                + "name, such as http");
        assertThat(Read.problems(object("v1", "Service", "spec: {ports: [{port: 80}]}\n")))
                .isEmpty();
        assertThat(Read.problems(object("v1", "Service", "spec: {ports: [{port: 80, targetPort: \"8080\"}]}\n")))
                .singleElement()
                .asString()
                .endsWith("; fix: remove the quotes: 8080");
    }

    @Test
    void keysOfDataAreFileNames() {
        assertThat(Read.problems(Read.configMap("data: {\"a/b\": x, ..data: x, a.yaml: x, A_b-c: x}\n")))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains(" is not a valid key of data; allowed: "));
    }

    @Test
    void contentHasALimit() {
        int mebibyte = 1024 * 1024;

        assertThat(Read.problems(Read.configMap("data: {a: \"" + "x".repeat(mebibyte) + "\"}\n")))
                .isEmpty();
        assertThat(Read.problems(Read.configMap("data: {a: \"" + "x".repeat(mebibyte) + "\", b: x}\n")))
                .singleElement()
                .asString()
                .startsWith("a.yaml:5:7 data: content of 1048577 bytes; allowed: at most 1048576 bytes");
    }

    @Test
    void annotationsHaveALimitTogether() {
        String half = "x".repeat(128 * 1024 - 1);

        assertThat(Read.problems(Read.configMap("  annotations: {a: " + half + ", b: " + half + "}\n")))
                .isEmpty();
        assertThat(Read.problems(Read.configMap("  annotations: {a: " + half + ", b: " + half + "x}\n")))
                .containsExactly(
                        "a.yaml:5:16 metadata.annotations: annotations of 262145 bytes; allowed: at most 262144"
                                + " bytes (256 KiB) in all annotations of an object; fix: move the content to a ConfigMap");
    }

    @Test
    void labelsOfCustomKindsAreChecked() {
        assertThat(Read.problems("apiVersion: example.com/v1\nkind: Widget\n"
                        + "metadata: {name: a, labels: {a: b c}}\nspec: {labels: {a: b c}}\n"))
                .containsExactly(
                        "a.yaml:3:33 metadata.labels.a: \"b c\" is not a label value: it has a space; allowed: at"
                                + " most 63 letters, digits, -, _ and ., with a letter or a digit at both ends, or an empty text; fix:"
                                + " use b-c; or make it an annotation, which takes any text");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            policy/v1                    | PodDisruptionBudget | Any_Name
            rbac.authorization.k8s.io/v1 | ClusterRole         | system:a
            v1                           | ConfigMap           | kube-root-ca.crt
            """)
    void namesAreCheckedByKind(String apiVersion, String kind, String name) {
        assertThat(Read.problems(
                        "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: \"" + name + "\"}\n"))
                .isEmpty();
    }

    @Test
    void aDefinitionHasTheNameOfItsContent() {
        assertThat(Read.problems(object("apiextensions.k8s.io/v1", "CustomResourceDefinition", """
                        spec:
                          group: example.com
                          names: {kind: Widget, plural: widgets}
                          scope: Namespaced
                          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
                        """)))
                .containsExactly(
                        "a.yaml:3:18 metadata.name: \"a\" is not the name of this CustomResourceDefinition; fix: use "
                                + "widgets.example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host: Shop.example.com         | host: "Shop.example.com" is not a valid host;         | use shop.example.com
            host: https://shop.example.com | host: "https://shop.example.com" is not a valid host; | use shop.example.com
            host: "shop.example.com:8080"  | host: "shop.example.com:8080" is not a valid host;    | use shop.example.com
            host: 10.0.0.1                 | host: "10.0.0.1" is not a valid host;                 | use the DNS name that clients ask for
            """)
    void hostsOfAnIngressAreDnsNames(String host, String found, String fix) {
        assertThat(Read.problems(object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{" + host + "}]}\n")))
                .singleElement()
                .asString()
                .contains(found)
                .endsWith("; fix: " + fix);
        assertThat(Read.problems(
                        object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{host: \"*.example.com\"}]}\n")))
                .isEmpty();
    }

    @Test
    void pathsOfAnIngressBeginWithASlash() {
        String ingress = object(
                "networking.k8s.io/v1",
                "Ingress",
                "spec: {rules: [{http: {paths: [{%spathType: Prefix, backend: {resource: {kind: A, name: a}}}]}}]}\n");

        assertThat(Read.problems(ingress.formatted("path: shop, ")))
                .containsExactly(
                        "a.yaml:4:39 spec.rules[0].http.paths[0].path: the path shop without / at its start; fix: use "
                                + "/shop");
        assertThat(Read.problems(ingress.formatted("")))
                .containsExactly("a.yaml:4:32 spec.rules[0].http.paths[0]: path is missing; fix: add path: /");
        assertThat(Read.problems(ingress.formatted("path: /, "))).isEmpty();
    }
}

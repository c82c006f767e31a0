package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRulesTest {

    private static String object(String apiVersion, String kind, String lines) {
        return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: a}\n" + lines;
    }

    @Test
    void aRequiredFieldIsReportedWhereItIsMissing() {
        assertThat(Read.problems(Read.deployment("containers:\n  - image: nginx\n    env: [{value: x}]")))
                .containsExactly(
                        "a.yaml:11:11 spec.template.spec.containers[0]: name is missing; allowed: image and name, which"
                                + " Kubernetes requires; fix: add name",
                        "a.yaml:12:17 spec.template.spec.containers[0].env[0]: name is missing; allowed: name, which"
                                + " Kubernetes requires; fix: add name");
        assertThat(Read.problems(object("apps/v1", "Deployment", "")))
                .containsExactly(
                        "a.yaml:1:1: spec is missing; allowed: spec, which Kubernetes requires; fix: add spec");
        assertThat(Read.problems(object("apps/v1", "Deployment", "spec:\n  replicas: 2\n")))
                .containsExactly(
                        "a.yaml:5:3 spec: template is missing; allowed: selector and template, which Kubernetes requires;"
                                + " fix: add template",
                        "a.yaml:5:3 spec: selector is missing"
                                + "; fix: add selector.matchLabels with labels of template.metadata.labels");
    }

    /** Empty texts and lists are as good as none to the API server. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v1                           | Service             | spec: {ports: [{name: a}]}                | port
            batch/v1                     | CronJob             | spec: {schedule: ""}                      | schedule
            networking.k8s.io/v1         | Ingress             | spec: {rules: [{http: {paths: [{backend: {service: {name: a}}}]}}]} | pathType
            rbac.authorization.k8s.io/v1 | RoleBinding         | roleRef: {kind: Role}                     | name
            autoscaling/v2               | HorizontalPodAutoscaler | spec: {maxReplicas: 2}                | scaleTargetRef
            storage.k8s.io/v1            | StorageClass        | parameters: {type: gp3}                   | provisioner
            v1                           | Pod                 | spec: {containers: []}                    | containers
            apiextensions.k8s.io/v1      | CustomResourceDefinition | spec: {group: a.b, scope: Cluster, versions: [{name: v1}]} | names
            """)
    void fieldsAreRequiredByTheSchema(String apiVersion, String kind, String lines, String missing) {
        assertThat(Read.problems(object(apiVersion, kind, lines + "\n")))
                .anySatisfy(problem -> assertThat(problem).contains(": " + missing + " is missing; allowed: "));
    }

    /** They are marked as required in the schema, and accepted without by the API server. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            networking.k8s.io/v1         | NetworkPolicy | spec: {policyTypes: [Ingress]}
            scheduling.k8s.io/v1         | PriorityClass | description: a
            rbac.authorization.k8s.io/v1 | RoleBinding   | roleRef: {kind: Role, name: a}
            discovery.k8s.io/v1          | EndpointSlice | addressType: IPv4
            v1                           | LimitRange    | spec: {}
            """)
    void whatHasADefaultMayBeMissing(String apiVersion, String kind, String lines) {
        assertThat(Read.problems(object(apiVersion, kind, lines + "\n"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            restartPolicy: always                                              | restartPolicy    | Always
            containers: [{name: a, image: a, imagePullPolicy: IfNotPresnt}]    | imagePullPolicy  | IfNotPresent
            tolerations: [{key: a, effect: noSchedule}]                        | effect           | NoSchedule
            dnsPolicy: clusterFirst                                            | dnsPolicy        | ClusterFirst
            containers: [{name: a, image: a, ports: [{containerPort: 1, protocol: tcp}]}] | protocol | TCP
            """)
    void aTextOutsideOfItsEnumerationIsRefused(String lines, String field, String near) {
        String containers = lines.startsWith("containers") ? "" : "\ncontainers: []";

        assertThat(Read.problems(Read.deployment(lines + containers)))
                .singleElement()
                .asString()
                .contains("is not a value of " + field + "; allowed: ")
                .endsWith("; fix: did you mean " + near + "?");
    }

    @Test
    void enumerationsHoldInListsAndOtherKinds() {
        assertThat(Read.problems(object("v1", "Service", "spec: {type: Loadbalancer, ports: [{port: 80}]}\n")))
                .containsExactly("a.yaml:4:14 spec.type: \"Loadbalancer\" is not a value of type; allowed: ClusterIP,"
                        + " ExternalName, LoadBalancer, NodePort; fix: did you mean LoadBalancer?");
        assertThat(Read.problems(object("networking.k8s.io/v1", "NetworkPolicy", "spec: {policyTypes: [Ingres]}\n")))
                .containsExactly("a.yaml:4:22 spec.policyTypes[0]: \"Ingres\" is not a value of policyTypes; allowed:"
                        + " Egress, Ingress; fix: did you mean Ingress?");
        assertThat(Read.problems(object(
                        "rbac.authorization.k8s.io/v1",
                        "RoleBinding",
                        "roleRef: {kind: Role, name: a}\nsubjects: [{kind: Serviceaccount, name: a}]\n")))
                .containsExactly("a.yaml:5:19 subjects[0].kind: \"Serviceaccount\" is not a value of kind; allowed:"
                        + " Group, ServiceAccount, User; fix: did you mean ServiceAccount?");
    }

    @Test
    void duplicateKeysOfAListAreRefusedWithTheReason() {
        String pod = """
                hostAliases:
                  - {ip: 10.0.0.1, hostnames: [a]}
                  - {ip: 10.0.0.1, hostnames: [b]}
                containers:
                  - name: a
                    image: a
                    env:
                      - {name: A, value: a}
                      - {name: A, value: b}
                """;

        assertThat(Read.problems(Read.deployment(pod)))
                .containsExactly(
                        "a.yaml:12:11 spec.template.spec.hostAliases[1]: duplicate ip 10.0.0.1 in hostAliases, also at "
                                + "a.yaml:11:11: server-side apply, which Terraform uses, refuses what kubectl apply without "
                                + "--server-side accepts; fix: remove one of them",
                        "a.yaml:18:15 spec.template.spec.containers[0].env[1]: duplicate name A in env, also at "
                                + "a.yaml:17:15: server-side apply, which Terraform uses, refuses what kubectl apply without "
                                + "--server-side accepts; fix: remove one of them; of two variables the last one takes effect");
    }

    @Test
    void defaultsOfKeysCount() {
        String ports =
                "containers: [{name: a, image: a, ports: [{containerPort: 80}, {containerPort: 80, protocol: %s}]}]";

        assertThat(Read.problems(Read.deployment(ports.formatted("TCP"))))
                .singleElement()
                .asString()
                .contains("duplicate containerPort 80, protocol TCP in ports, also at a.yaml:10:");
        assertThat(Read.problems(Read.deployment(ports.formatted("UDP")))).isEmpty();
    }

    @Test
    void duplicatesInASetAreRefused() {
        assertThat(Read.problems(Read.configMap("  finalizers: [example.com/a, example.com/b, example.com/a]\n")))
                .containsExactly(
                        "a.yaml:5:46 metadata.finalizers[2]: duplicate \"example.com/a\" in finalizers, also at "
                                + "a.yaml:5:16: server-side apply, which Terraform uses, refuses what kubectl apply without "
                                + "--server-side accepts; fix: remove one of them");
    }

    @Test
    void listsWithoutKeysMayRepeat() {
        assertThat(Read.problems(Read.deployment("containers: [{name: a, image: a, args: [-v, -v]}]")))
                .isEmpty();
    }
}

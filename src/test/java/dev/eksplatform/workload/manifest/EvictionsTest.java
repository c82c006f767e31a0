package dev.eksplatform.workload.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvictionsTest {

    private static final String BLOCKED = ": the pods cannot be evicted, so their nodes cannot be drained; ";

    private static final String READY =
            "pdb.yaml:4:7 spec: PodDisruptionBudget shop/orders keeps pods that are not ready on"
                    + " their nodes while fewer are ready than it needs; fix: set unhealthyPodEvictionPolicy: AlwaysAllow";

    private static String deployment(String kind, String name, String replicas) {
        return """
                apiVersion: apps/v1
                kind: %s
                metadata: {name: %s}
                spec:
                  %s
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata: {labels: {app: %s, tier: web}}
                    spec: {containers: [{name: a, image: a:1}]}
                """.formatted(kind, name, replicas, name, name);
    }

    private static String budget(String name, String spec) {
        return """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: %s}
                spec: {%s}
                """.formatted(name, spec);
    }

    private static Evictions of(String... files) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < files.length; i += 2) {
            texts.put(files[i], files[i + 1]);
        }
        return Evictions.of(ManifestSet.of(texts, "shop"));
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private static Evictions ofBudget(String replicas, String spec) {
        return of(
                "orders.yaml",
                deployment("Deployment", "orders", replicas),
                "pdb.yaml",
                budget("orders", spec + ", selector: {matchLabels: {app: orders}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxUnavailable: 0", "maxUnavailable: 0%", "maxUnavailable: \"0%\""})
    void noPodMayBeUnavailable(String spec) {
        assertThat(texts(ofBudget("replicas: 3", spec).blocking()))
                .containsExactly(
                        "pdb.yaml:4:24 spec.maxUnavailable: PodDisruptionBudget shop/orders allows no pod to be"
                                + " unavailable" + BLOCKED + "fix: set maxUnavailable: 1");
    }

    @Test
    void allPodsMustBeAvailable() {
        assertThat(texts(ofBudget("replicas: 3", "minAvailable: 100%").blocking()))
                .containsExactly("pdb.yaml:4:22 spec.minAvailable: PodDisruptionBudget shop/orders needs all pods to be"
                        + " available" + BLOCKED + "fix: set maxUnavailable: 1 instead");
    }

    @ParameterizedTest
    @CsvSource({
        "replicas: 3, minAvailable: 3, 3, 3",
        "replicas: 3, minAvailable: 5, 5, 3",
        "replicas: 3, minAvailable: 80%, 80%, 3",
        "replicas: 2, minAvailable: 51%, 51%, 2",
    })
    void asManyPodsMustBeAvailableAsThereAre(String replicas, String spec, String least, int pods) {
        assertThat(texts(ofBudget(replicas, spec).blocking()))
                .containsExactly("pdb.yaml:4:22 spec.minAvailable: PodDisruptionBudget shop/orders needs " + least
                        + " available, and Deployment shop/orders has " + pods + BLOCKED
                        + "fix: run more replicas, or set maxUnavailable: 1 instead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minAvailable: 1", "minAvailable: 50%"})
    void aSingleReplicaMustBeAvailable(String spec) {
        assertThat(texts(ofBudget("", spec).blocking()))
                .singleElement()
                .asString()
                .endsWith(", and Deployment shop/orders has 1" + BLOCKED
                        + "fix: run 2 replicas, or set maxUnavailable: 1 instead, which interrupts the pod");
    }

    @ParameterizedTest
    @CsvSource({
        "replicas: 3, minAvailable: 2",
        "replicas: 3, minAvailable: 66%",
        "replicas: 3, minAvailable: 0",
        "replicas: 3, maxUnavailable: 1",
        "replicas: 1, maxUnavailable: 1%",
    })
    void aBudgetWithRoomDoesNotBlock(String replicas, String spec) {
        Evictions evictions = ofBudget(replicas, spec);
        assertThat(evictions.blocking()).isEmpty();
        assertThat(texts(evictions.notes())).containsExactly(READY);
        assertThat(ofBudget(replicas, spec + ", unhealthyPodEvictionPolicy: AlwaysAllow")
                        .notes())
                .isEmpty();
    }

    @Test
    void withoutPodsThereIsNothingToEvict() {
        Evictions evictions = ofBudget("replicas: 0", "maxUnavailable: 0");
        assertThat(evictions.blocking()).isEmpty();
        assertThat(evictions.notes()).isEmpty();
    }

    @Test
    void aBudgetCountsThePodsOfAllThatItSelects() {
        String both = "minAvailable: 2, selector: {matchLabels: {tier: web}}";
        String[] files = {
            "a.yaml",
            deployment("Deployment", "a", "replicas: 1"),
            "b.yaml",
            deployment("StatefulSet", "b", "serviceName: b"),
            "pdb.yaml",
            budget("orders", both)
        };
        assertThat(texts(of(files).blocking()))
                .singleElement()
                .asString()
                .contains("needs 2 available, and Deployment shop/a has 1, StatefulSet shop/b has 1" + BLOCKED);
        files[1] = deployment("Deployment", "a", "replicas: 2");
        assertThat(of(files).blocking()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minReplicas: 2 | 2",
                "minReplicas: 3 | 0",
                "maxReplicas: 9 | 1",
            })
    void anAutoscalerSetsTheNumberOfPods(String spec, int pods) {
        String scaler = """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: orders}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
                  maxReplicas: 9
                  %s
                """.formatted(spec.startsWith("max") ? "metrics: []" : spec);
        List<String> blocking = texts(of(
                        "hpa.yaml",
                        scaler,
                        "orders.yaml",
                        deployment("Deployment", "orders", "replicas: 7"),
                        "pdb.yaml",
                        budget("orders", "minAvailable: 2, selector: {matchLabels: {app: orders}}"))
                .blocking());
        if (pods == 0) {
            assertThat(blocking).isEmpty();
        } else {
            assertThat(blocking)
                    .singleElement()
                    .asString()
                    .contains("Deployment shop/orders has " + pods + " by minReplicas of HorizontalPodAutoscaler orders"
                            + BLOCKED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{matchExpressions: [{key: app, operator: In, values: [orders, other]}]} | true",
                "{matchExpressions: [{key: app, operator: NotIn, values: [orders]}]} | false",
                "{matchExpressions: [{key: app, operator: Exists}, {key: other, operator: DoesNotExist}]} | true",
                "{matchExpressions: [{key: app, operator: DoesNotExist}]} | false",
                "{matchLabels: {tier: web}, matchExpressions: [{key: app, operator: NotIn, values: [x]}]} | true",
                "{} | true",
            })
    void selectorsSelectAsInKubernetes(String selector, boolean selects) {
        Evictions evictions = of(
                "orders.yaml",
                deployment("Deployment", "orders", ""),
                "pdb.yaml",
                budget("orders", "minAvailable: 1, selector: " + selector));
        assertThat(evictions.blocking()).hasSize(selects ? 1 : 0);
        assertThat(texts(evictions.notes())).hasSize(selects ? 0 : 1);
    }

    @Test
    void podsThatNoFileHasAreNotKnown() {
        Evictions evictions =
                of("pdb.yaml", budget("orders", "minAvailable: 1, selector: {matchLabels: {app: elsewhere}}"));
        assertThat(evictions.blocking()).isEmpty();
        assertThat(texts(evictions.notes()))
                .containsExactly("pdb.yaml:4:35 spec.selector: PodDisruptionBudget shop/orders selects no pods of these"
                        + " manifests, so it is not known whether they can be evicted; fix: check ALLOWED DISRUPTIONS in"
                        + " `kubectl get pdb --namespace shop`");
        assertThat(of("pdb.yaml", budget("orders", "maxUnavailable: 0, selector: {matchLabels: {app: elsewhere}}"))
                        .blocking())
                .hasSize(1);
    }

    @Test
    void aBudgetOfAnotherNamespaceSelectsNothing() {
        Evictions evictions = of(
                "orders.yaml",
                deployment("Deployment", "orders", ""),
                "pdb.yaml",
                budget("orders, namespace: other", "minAvailable: 1, selector: {}"));
        assertThat(evictions.blocking()).isEmpty();
        assertThat(evictions.notes()).hasSize(1);
    }

    @Test
    void severalBudgetsForTheSamePodsBlock() {
        Evictions evictions = of(
                "orders.yaml",
                deployment("Deployment", "orders", "replicas: 3"),
                "a.yaml",
                budget("a", "maxUnavailable: 1, selector: {matchLabels: {app: orders}}"),
                "b.yaml",
                budget("b", "maxUnavailable: 1, selector: {matchLabels: {tier: web}}"));
        assertThat(texts(evictions.blocking()))
                .containsExactly("b.yaml:4:37 spec.selector: PodDisruptionBudget shop/b selects the pods of Deployment"
                        + " shop/orders, as a (a.yaml:1:1) does: the API server evicts no pod with more than one"
                        + " PodDisruptionBudget; fix: remove one of them, or narrow its selector");
    }

    @Test
    void podsOfADaemonSetStay() {
        Evictions evictions = of(
                "agent.yaml",
                deployment("DaemonSet", "agent", ""),
                "pdb.yaml",
                budget("agent", "minAvailable: 1, selector: {matchLabels: {app: agent}}"));
        assertThat(evictions.blocking()).isEmpty();
    }

    @Test
    void aPodWithoutControllerIsLost() {
        Evictions evictions = of("pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: debug}
                spec: {containers: [{name: a, image: a:1}]}
                """);
        assertThat(texts(evictions.notes()))
                .containsExactly(
                        "pod.yaml:2:7 kind: Pod shop/debug has no controller: it is deleted with its node and only"
                                + " created again by the next apply; fix: use a Deployment, StatefulSet or Job");
    }
}

package dev.eksplatform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eksplatform.problem.ProblemsOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeLabelsTest {

    private static final NodeGroupSpec GENERAL = NodeGroupSpec.of("m7g.large");

    private static List<String> problems(Map<String, String> labels) {
        return ProblemsOf.making(() -> GENERAL.withLabels(new TreeMap<>(labels)));
    }

    @Test
    void labelsHaveTheGrammarOfKubernetesAndTheLengthsOfEks() {
        assertThat(problems(Map.of("disk type", "ssd", "team", "R&D", "empty", "")))
                .containsExactly(
                        "labels[\"disk type\"]: \"disk type\" is not a label key: it has a space; allowed: at most 63"
                                + " letters, digits, -, _ and ., with a letter or a digit at both ends, after an optional"
                                + " DNS name and a /; fix: use disk-type",
                        "labels.empty: EKS does not support empty label values; fix: write a value such as \"true\"",
                        "labels.team: \"R&D\" is not a label value: it has \"&\"; allowed: at most 63 letters, digits, -,"
                                + " _ and ., with a letter or a digit at both ends, or an empty text; fix: use R-D");
        String key = "example.com/" + "a".repeat(60);
        assertThat(problems(Map.of(key, "x")))
                .containsExactly(
                        "labels[\"" + key + "\"]: the label key " + key + " has 72 characters; allowed: at most 63"
                                + " in a node group, the prefix included; fix: shorten it");
    }

    @Test
    void keysOfLabelsAndTaintsHaveTheGrammarOfKubernetes() {
        String rest =
                "\"bad key!\" is not a label key: it has a space; allowed: at most 63 letters, digits, -, _ and .,"
                        + " with a letter or a digit at both ends, after an optional DNS name and a /; fix: use bad-key";

        assertThat(problems(Map.of("bad key!", "x"))).containsExactly("labels[\"bad key!\"]: " + rest);
        assertThat(ProblemsOf.making(() -> TaintSpec.of("bad key!", TaintSpec.Effect.NO_SCHEDULE)))
                .containsExactly("key: " + rest);
    }

    @Test
    void labelsOfTheKubeletAndOfEksAreReserved() {
        assertThat(problems(Map.of(
                        "node-role.kubernetes.io/worker",
                        "true",
                        "a.k8s.io/x",
                        "y",
                        "eks.amazonaws.com/nodegroup",
                        "a")))
                .containsExactly(
                        "labels[\"a.k8s.io/x\"]: a.k8s.io/x is reserved: a kubelet does not start with it; allowed: keys"
                                + " below node.kubernetes.io/, or without kubernetes.io and k8s.io in the prefix; fix: use"
                                + " node.kubernetes.io/x, or a prefix of your own",
                        "labels[\"eks.amazonaws.com/nodegroup\"]: eks.amazonaws.com/nodegroup is reserved for EKS;"
                                + " allowed: keys without eks.amazonaws.com/; fix: use a prefix of your own",
                        "labels[\"node-role.kubernetes.io/worker\"]: node-role.kubernetes.io/worker is reserved: a"
                                + " kubelet does not start with it; allowed: keys below node.kubernetes.io/, or without"
                                + " kubernetes.io and k8s.io in the prefix; fix: use node.kubernetes.io/worker, or a"
                                + " prefix of your own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team",
                "example.com/team",
                "node.kubernetes.io/role",
                "a.node.kubernetes.io/role",
                "kubelet.kubernetes.io/x",
                "kubernetes.io/os",
                "topology.kubernetes.io/zone",
                "notkubernetes.io/x"
            })
    void otherLabelsAreTaken(String key) {
        assertThat(problems(Map.of(key, "x"))).isEmpty();
    }

    @Test
    void taintsHaveTheGrammarOfLabels() {
        assertThat(ProblemsOf.making(() -> TaintSpec.of("gpu", TaintSpec.Effect.NO_SCHEDULE)
                        .with(taint -> taint.key("dedicated to").value(Optional.of("a b")))))
                .containsExactly(
                        "key: \"dedicated to\" is not a label key: it has a space; allowed: at most 63 letters, digits, -,"
                                + " _ and ., with a letter or a digit at both ends, after an optional DNS name and a /;"
                                + " fix: use dedicated-to",
                        "value: \"a b\" is not a label value: it has a space; allowed: at most 63 letters, digits, -, _"
                                + " and ., with a letter or a digit at both ends, or an empty text; fix: use a-b");
        assertThat(ProblemsOf.making(() -> TaintSpec.of("eks.amazonaws.com/x", TaintSpec.Effect.NO_SCHEDULE)))
                .containsExactly("key: eks.amazonaws.com/x is reserved for EKS; allowed: keys without"
                        + " eks.amazonaws.com/; fix: use a prefix of your own");
    }

    @Test
    void aTaintIsGivenOnceAndFiftyAtMost() {
        TaintSpec gpu = TaintSpec.of("gpu", TaintSpec.Effect.NO_SCHEDULE);
        assertThat(ProblemsOf.making(() -> GENERAL.withTaints(List.of(
                        gpu,
                        TaintSpec.of("gpu", TaintSpec.Effect.NO_EXECUTE),
                        TaintSpec.of("gpu", TaintSpec.Effect.NO_SCHEDULE).withValue(Optional.of("x"))))))
                .containsExactly(
                        "taints[2]: duplicate taint: key and effect are those of taints[0]; fix: remove one of "
                                + "them, or give it another effect");
        List<TaintSpec> many = IntStream.range(0, 51)
                .mapToObj(i -> TaintSpec.of("t" + i, TaintSpec.Effect.NO_SCHEDULE))
                .toList();
        assertThat(ProblemsOf.making(() -> GENERAL.withTaints(many)))
                .containsExactly("taints: 51 taints; allowed: at most 50 on a managed node group; fix: remove some");
    }
}

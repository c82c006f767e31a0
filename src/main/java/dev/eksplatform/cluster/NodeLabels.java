package dev.eksplatform.cluster;

import dev.eksplatform.internal.kubernetes.LabelGrammar;
import dev.eksplatform.problem.Place;
import dev.eksplatform.problem.Problem;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Labels and taints of nodes: the grammar of Kubernetes, the lengths of the EKS API, and the keys that only EKS or the
 * kubelet itself may set.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction">NodeRestriction:
 *     labels of nodes</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html">CreateNodegroup</a>
 */
final class NodeLabels {

    /**
     * The most taints of a node group. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/node-taints-managed-node-groups.html">taints of managed node
     * groups</a>.
     */
    static final int MOST_TAINTS = 50;

    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$";

    static final String KEY = "^(?=.{1,63}$)([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?" + NAME;
    static final String VALUE = "^(?=.{1,63}$)" + NAME;

    /** The labels of these names may be given to the kubelet, and any below {@code [*.]node.} and {@code [*.]kubelet.}. */
    private static final Set<String> KUBELET_TAKES = Set.of(
            "beta.kubernetes.io/arch",
            "beta.kubernetes.io/instance-type",
            "beta.kubernetes.io/os",
            "failure-domain.beta.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "kubernetes.io/arch",
            "kubernetes.io/hostname",
            "kubernetes.io/os",
            "node.kubernetes.io/instance-type",
            "topology.kubernetes.io/region",
            "topology.kubernetes.io/zone");

    private static final String EKS_PREFIX = "eks.amazonaws.com/";

    private NodeLabels() {}

    static void checkLabels(Map<String, String> labels, Problems problems) {
        labels.forEach((key, value) -> {
            Place where = Place.of(PropertyPath.of("labels", key));
            Optional<Problem> wrong = wrongKey("label", key).or(() -> reserved(key));
            wrong.ifPresent(problem -> problems.add(problem.at(where)));
            if (value.isEmpty()) {
                problems.add(new Problem(
                        where, "EKS does not support empty label values", "write a value such as \"true\""));
            } else {
                LabelGrammar.value(value).ifPresent(problem -> problems.add(problem.at(where)));
            }
        });
    }

    static void checkTaints(List<TaintSpec> taints, Problems problems) {
        if (taints.size() > MOST_TAINTS) {
            problems.add(
                    "taints",
                    taints.size() + " taints",
                    "at most " + MOST_TAINTS + " on a managed node group",
                    "remove some");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < taints.size(); i++) {
            TaintSpec taint = taints.get(i);
            Integer earlier = seen.putIfAbsent(taint.key() + " " + taint.effect(), i);
            if (earlier != null) {
                problems.add(
                        PropertyPath.of("taints").index(i),
                        "duplicate taint: key and effect are those of taints[" + earlier + "]",
                        "remove one of them, or give it another effect");
            }
        }
    }

    static void checkTaint(String key, Optional<String> value, Problems problems) {
        wrongKey("taint", key)
                .or(() -> reservedByEks(key))
                .ifPresent(problem -> problems.add(problem.at(Place.of(PropertyPath.of("key")))));
        value.flatMap(LabelGrammar::value)
                .ifPresent(problem -> problems.add(problem.at(Place.of(PropertyPath.of("value")))));
    }

    private static Optional<Problem> wrongKey(String what, String key) {
        return LabelGrammar.key(key)
                .or(() -> key.length() <= LabelGrammar.LONGEST
                        ? Optional.empty()
                        : Optional.of(new Problem(
                                "the " + what + " key " + key + " has " + key.length() + " characters",
                                "at most " + LabelGrammar.LONGEST + " in a node group, the prefix included",
                                "shorten it")));
    }

    private static Optional<Problem> reservedByEks(String key) {
        return key.startsWith(EKS_PREFIX)
                ? Optional.of(new Problem(
                        key + " is reserved for EKS", "keys without " + EKS_PREFIX, "use a prefix of your own"))
                : Optional.empty();
    }

    private static Optional<Problem> reserved(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean ofKubernetes = isBelow(prefix, "kubernetes.io") || isBelow(prefix, "k8s.io");
        boolean taken = KUBELET_TAKES.contains(key)
                || isBelow(prefix, "node.kubernetes.io")
                || isBelow(prefix, "kubelet.kubernetes.io");
        if (ofKubernetes && !taken) {
            return Optional.of(new Problem(
                    key + " is reserved: a kubelet does not start with it",
                    "keys below node.kubernetes.io/, or without kubernetes.io and k8s.io in the prefix",
                    "use node.kubernetes.io/" + key.substring(slash + 1) + ", or a prefix of your own"));
        }
        return reservedByEks(key);
    }

    private static boolean isBelow(String prefix, String domain) {
        return prefix.equals(domain) || prefix.endsWith("." + domain);
    }
}

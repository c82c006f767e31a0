package dev.eksplatform.addon;

import dev.eksplatform.internal.kubernetes.DnsName;
import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.List;
import java.util.stream.Stream;

/** The namespaces whose objects admission policies do not see. */
final class ExcludedNamespaces {

    /**
     * CNI, DNS, storage and load balancing, and the heartbeats of nodes: without them no node is ready and no pod starts that could answer
     * a webhook.
     */
    private static final List<String> SYSTEM = List.of("kube-system", "kube-node-lease");

    private ExcludedNamespaces() {}

    static void check(List<String> namespaces, Problems problems) {
        for (int i = 0; i < namespaces.size(); i++) {
            DnsName.checkNamespace(PropertyPath.of("excludedNamespaces").index(i), namespaces.get(i), problems);
        }
    }

    /** Those of the system, and more. */
    static List<String> of(List<String> more) {
        return Stream.concat(SYSTEM.stream(), more.stream()).distinct().toList();
    }
}

package dev.eksplatform.cluster;

import dev.eksplatform.problem.Problems;
import dev.eksplatform.problem.PropertyPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * What creates the nodes of a node pool: the same objects in Kubernetes, with other labels, another kind of node class and other limits.
 * Sources: <a href="https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html">node pools of EKS Auto Mode</a>, <a
 * href="https://karpenter.sh/docs/concepts/scheduling/#supported-labels">labels of Karpenter</a>.
 */
@API(status = API.Status.INTERNAL)
public enum NodeProvisioner {
    /** EKS Auto Mode. */
    AUTO_MODE("Auto Mode", "eks.amazonaws.com", "NodeClass", "owner"),
    /** Karpenter. */
    KARPENTER("Karpenter", "karpenter.k8s.aws", "EC2NodeClass", "ownerID");

    /** Nodes of Auto Mode live 21 days at most. */
    private static final int LONGEST_LIFE = 504;

    private static final int MINUTES_OF_LIFE = LONGEST_LIFE * 60;

    /** Sizes without a second vCPU, or with too little memory. */
    private static final Set<String> TOO_SMALL = Set.of("nano", "micro", "small");

    /** Labels that nodes of Auto Mode do not have. */
    private static final Set<String> OF_OTHER_SYSTEMS = Set.of("kubernetes.io/os", "node.kubernetes.io/windows-build");

    private final String title;
    private final String group;
    private final String nodeClass;
    private final String reservationOwner;
    private final Pattern reservedLabels;

    NodeProvisioner(String title, String group, String nodeClass, String reservationOwner) {
        this.title = title;
        this.group = group;
        this.nodeClass = nodeClass;
        this.reservationOwner = reservationOwner;
        reservedLabels = Pattern.compile(
                "([^/]*\\.)?karpenter\\.sh/.*|kubernetes\\.io/hostname|([^/]*\\.)?" + Pattern.quote(group) + "/.*");
    }

    /** A label that only its nodes have. */
    String label(String name) {
        return group + "/" + name;
    }

    /** The version of the API that has its node classes. */
    String apiVersion() {
        return group + "/v1";
    }

    /** The kind of its node classes. */
    String kind() {
        return nodeClass;
    }

    /** The field with the account of a capacity reservation. */
    String reservationOwner() {
        return reservationOwner;
    }

    /** A node class as another object refers to it. */
    Map<String, Object> reference(String name) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("group", group);
        reference.put("kind", nodeClass);
        reference.put("name", name);
        return reference;
    }

    /**
     * Reports what its node pools cannot have.
     *
     * @param where the property that has them
     * @param pools the node pools by name
     * @param problems collects what is wrong
     */
    public void check(PropertyPath where, Map<String, NodePoolSpec> pools, Problems problems) {
        pools.forEach((name, pool) -> {
            Problems ofPool = new Problems();
            check(pool, ofPool);
            ofPool.found().forEach(problem -> problems.add(problem.under(where.key(name))));
        });
    }

    private void check(NodePoolSpec pool, Problems problems) {
        for (String key : pool.labels().keySet()) {
            if (reservedLabels.matcher(key).matches()) {
                problems.add(
                        PropertyPath.of("labels", key),
                        key + " is reserved: " + title + " sets it",
                        "use a prefix of your own, or requirements to choose nodes by it");
            }
        }
        for (int i = 0; i < pool.requirements().size(); i++) {
            requirement(
                    PropertyPath.of("requirements").index(i).key("key"),
                    pool.requirements().get(i).key(),
                    problems);
        }
        if (this == AUTO_MODE) {
            types(pool.instanceTypes(), problems);
            life(pool, problems);
        }
    }

    private void requirement(PropertyPath where, String key, Problems problems) {
        NodeProvisioner other = this == AUTO_MODE ? KARPENTER : AUTO_MODE;
        if (this == AUTO_MODE && OF_OTHER_SYSTEMS.contains(key)) {
            problems.add(where, key + " is not supported: nodes of Auto Mode run Linux", "remove the requirement");
        } else if (key.startsWith(other.group + "/")) {
            problems.add(
                    where,
                    key + " is a label of " + (other == KARPENTER ? "Karpenter's own nodes" : "nodes of Auto Mode"),
                    "use " + label(key.substring(key.indexOf('/') + 1)));
        }
    }

    private static void types(List<String> types, Problems problems) {
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            if (TOO_SMALL.contains(type.substring(type.indexOf('.') + 1))) {
                problems.add(
                        PropertyPath.of("instanceTypes").index(i),
                        type + " is too small for Auto Mode",
                        "types with more than one vCPU, of size medium or larger",
                        "use a larger type, such as m7g.large");
            }
        }
    }

    private static void life(NodePoolSpec pool, Problems problems) {
        pool.expireAfterHours()
                .filter(hours -> hours > LONGEST_LIFE)
                .ifPresent(hours -> problems.add(
                        "expireAfterHours",
                        hours + " hours",
                        "1 to " + LONGEST_LIFE + ": nodes of Auto Mode live 21 days at most",
                        "use 336"));
        pool.terminationGracePeriodMinutes()
                .filter(minutes -> minutes > MINUTES_OF_LIFE)
                .ifPresent(minutes -> problems.add(
                        "terminationGracePeriodMinutes",
                        minutes + " minutes",
                        "1 to " + MINUTES_OF_LIFE + ": nodes of Auto Mode live 21 days at most",
                        "use 1440"));
    }
}

package dev.eksplatform.internal.review;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a picture of the platform shows: the networks with their zones, subnets and node groups, the clusters with their
 * namespaces and identities, and everything else in the account. Every managed resource is in one of its boxes.
 *
 * @param platforms one for each environment
 * @param more how many environments are left out
 */
public record PlatformPicture(List<Platform> platforms, int more) {

    /** A picture without anything in it. */
    public static final PlatformPicture EMPTY = new PlatformPicture(List.of(), 0);

    /** What happens to a box, the worst first. */
    public enum State {
        /** Something in it is replaced. */
        REPLACED,
        /** Something in it is deleted. */
        DELETED,
        /** Something in it changes. */
        CHANGED,
        /** Something in it is created. */
        CREATED,
        /** Nothing happens to it. */
        UNCHANGED;

        private static State of(Counts counts) {
            return counts.numbers().keySet().stream()
                    .map(outcome -> switch (outcome) {
                        case REPLACED -> REPLACED;
                        case DELETED, FORGOTTEN -> DELETED;
                        case UPDATED, MOVED, IMPORTED, UNDONE, INVOKED -> CHANGED;
                        case CREATED -> CREATED;
                        case READ, UNCHANGED -> UNCHANGED;
                    })
                    .min(Comparator.naturalOrder())
                    .orElse(UNCHANGED);
        }
    }

    /** What a box shows; each has its icon. */
    public enum Kind {
        /** An internet gateway. */
        GATEWAY,
        /** A load balancer, or the Ingress, Gateway or Service that a controller creates one for. */
        LOAD_BALANCER,
        /** A part of a network. */
        NETWORK,
        /** A NAT gateway. */
        NAT,
        /** A node group or Fargate profile. */
        NODES,
        /** A cluster, or its control plane. */
        CLUSTER,
        /** An EKS add-on or a Helm release. */
        ADDON,
        /** Pods. */
        WORKLOAD,
        /** Any other Kubernetes object. */
        OBJECT,
        /** An IAM role, or a part of access control. */
        IDENTITY,
        /** An encryption key. */
        KEY,
        /** Logs. */
        LOGS,
        /** What holds data. */
        DATA,
        /** Anything else. */
        OTHER
    }

    /**
     * One box.
     *
     * @param kind what it shows
     * @param title its name
     * @param detail what else is to be said of it; may be empty
     * @param counts the outcomes of its resources
     * @param open whether everybody on the internet can reach it
     */
    public record Box(Kind kind, String title, String detail, Counts counts, boolean open) {

        /**
         * What happens to it.
         *
         * @return the worst of its resources
         */
        public State state() {
            return State.of(counts);
        }

        /**
         * What happens to it, in words.
         *
         * @return such as {@code created} or {@code 2 replaced, 1 created}; empty when nothing does
         */
        public String inWords() {
            boolean one = counts.numbers().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum()
                    == 1;
            return !counts.any()
                    ? ""
                    : one ? counts.numbers().keySet().iterator().next().word() : counts.toString();
        }
    }

    /**
     * One environment.
     *
     * @param name its name; empty when there is only one
     * @param entries the gateways and load balancers between the internet and the networks
     * @param networks its networks
     * @param clusters its clusters
     * @param others everything else
     */
    public record Platform(
            String name, List<Box> entries, List<Network> networks, List<Cluster> clusters, List<Box> others) {}

    /**
     * A network.
     *
     * @param box the VPC
     * @param zones its availability zones
     * @param nodes the node groups in it
     * @param parts routes, security groups and the like
     */
    public record Network(Box box, List<Zone> zones, List<Nodes> nodes, List<Box> parts) {}

    /**
     * An availability zone.
     *
     * @param name such as {@code eu-central-1a}
     * @param subnets its subnets, public ones first
     */
    public record Zone(String name, List<Subnet> subnets) {}

    /**
     * A subnet.
     *
     * @param box the subnet
     * @param isPublic whether instances in it get public addresses
     * @param contents what is in it, such as a NAT gateway
     */
    public record Subnet(Box box, boolean isPublic, List<Box> contents) {}

    /**
     * A node group or Fargate profile.
     *
     * @param box the group
     * @param isPublic whether it is in public subnets
     * @param zones the names of the zones that it is in
     */
    public record Nodes(Box box, boolean isPublic, Set<String> zones) {}

    /**
     * A cluster.
     *
     * @param box the cluster
     * @param endpoint the public endpoint of its API server; {@code null} when it has none
     * @param parts add-ons, access entries and the like
     * @param namespaces its namespaces
     */
    public record Cluster(Box box, @Nullable Box endpoint, List<Box> parts, List<Namespace> namespaces) {}

    /**
     * A namespace.
     *
     * @param box the namespace
     * @param contents the releases and objects in it
     * @param roles the IAM roles of its ServiceAccounts
     */
    public record Namespace(Box box, List<Box> contents, List<Box> roles) {}

    /**
     * Says whether there is enough for a picture.
     *
     * @return false when it would be a list of single boxes
     */
    public boolean worthDrawing() {
        return platforms.stream()
                .anyMatch(one -> !one.networks().isEmpty() || !one.clusters().isEmpty());
    }

    /**
     * The boxes that are shown one by one, and one for the rest.
     *
     * @param boxes all boxes
     * @param most how many are shown
     * @return the most changed ones in their order, and the sum of the others
     */
    public static List<Box> limited(List<Box> boxes, int most) {
        if (boxes.size() <= most) {
            return boxes;
        }
        BitSet shown = new BitSet();
        IntStream.range(0, boxes.size())
                .boxed()
                .sorted(Comparator.comparing(index -> boxes.get(index).state()))
                .limit(most - 1L)
                .forEach(shown::set);
        List<Box> limited = new ArrayList<>(shown.stream().mapToObj(boxes::get).toList());
        Counts rest = IntStream.range(0, boxes.size())
                .filter(index -> !shown.get(index))
                .mapToObj(index -> boxes.get(index).counts())
                .reduce(Counts.NONE, Counts::plus);
        limited.add(new Box(Kind.OTHER, (boxes.size() - shown.cardinality()) + " more", "", rest, false));
        return limited;
    }
}

package dev.eksplatform.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A TCP port that must be open between the control plane and the nodes.
 *
 * @param from who opens the connection
 * @param port the port it goes to
 * @param purpose what for, without a full stop; the rule's description
 */
public record PortRule(Side from, int port, String purpose) {

    /** One side of the traffic between control plane and nodes. */
    public enum Side {
        /** The cluster security group, on the control plane's interfaces. */
        CONTROL_PLANE,
        /** The node security group. */
        NODES
    }

    /**
     * The ports that every cluster with nodes of their own security group needs. Source: <a
     * href="https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html">EKS security group requirements</a>.
     *
     * @return the rules
     */
    public static List<PortRule> required() {
        return List.of(
                new PortRule(Side.NODES, 443, "Nodes and pods to the API server"),
                new PortRule(Side.CONTROL_PLANE, 443, "API server to extension API servers and webhooks on nodes"),
                new PortRule(Side.CONTROL_PLANE, 10250, "API server to kubelet"));
    }

    /**
     * The ports of an add-on's webhook, open in both directions: the API server calls it on the nodes, and nodes reach it
     * through the control plane's interfaces.
     *
     * @param port the port the webhook listens on
     * @param owner the add-on, for the description
     * @return the rules
     */
    public static List<PortRule> webhook(int port, String owner) {
        List<PortRule> rules = new ArrayList<>();
        rules.add(new PortRule(Side.CONTROL_PLANE, port, "API server to the webhook of " + owner));
        rules.add(new PortRule(Side.NODES, port, "Nodes to the webhook of " + owner));
        return rules;
    }

    /**
     * The port of an extension API server, such as metrics-server, which the API server calls on the nodes.
     *
     * @param port the port it listens on
     * @param owner the add-on, for the description
     * @return the rule
     */
    public static PortRule extensionApi(int port, String owner) {
        return new PortRule(Side.CONTROL_PLANE, port, "API server to " + owner);
    }

    /** The rule's id among its kind, such as {@code tcp-9443-from-control-plane}. */
    String id() {
        return "tcp-" + port + (from == Side.CONTROL_PLANE ? "-from-control-plane" : "-from-nodes");
    }
}

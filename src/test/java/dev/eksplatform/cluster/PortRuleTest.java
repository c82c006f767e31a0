package dev.eksplatform.cluster;

import static dev.eksplatform.cluster.PortRule.Side.CONTROL_PLANE;
import static dev.eksplatform.cluster.PortRule.Side.NODES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PortRuleTest {

    @Test
    void everyClusterNeedsTheApiServerItsWebhooksAndTheKubelet() {
        assertThat(PortRule.required())
                .containsExactly(
                        new PortRule(NODES, 443, "Nodes and pods to the API server"),
                        new PortRule(CONTROL_PLANE, 443, "API server to extension API servers and webhooks on nodes"),
                        new PortRule(CONTROL_PLANE, 10250, "API server to kubelet"))
                .extracting(PortRule::id)
                .containsExactly("tcp-443-from-nodes", "tcp-443-from-control-plane", "tcp-10250-from-control-plane");
    }

    @Test
    void aWebhooksPortIsOpenInBothDirections() {
        assertThat(PortRule.webhook(9443, "aws-load-balancer-controller"))
                .containsExactly(
                        new PortRule(CONTROL_PLANE, 9443, "API server to the webhook of aws-load-balancer-controller"),
                        new PortRule(NODES, 9443, "Nodes to the webhook of aws-load-balancer-controller"));
    }
}

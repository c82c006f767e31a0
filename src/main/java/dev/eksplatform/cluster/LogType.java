package dev.eksplatform.cluster;

import java.util.Locale;

/**
 * A type of control plane logs. Source: <a
 * href="https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html">EKS control plane logging</a>.
 */
public enum LogType {
    /** API server. */
    API,
    /** Who did what, and when. */
    AUDIT,
    /** Who logged in with which IAM identity. */
    AUTHENTICATOR,
    /** Core control loops. */
    CONTROLLER_MANAGER,
    /** Where pods are placed. */
    SCHEDULER;

    String apiName() {
        return name().toLowerCase(Locale.ROOT).replace("_m", "M");
    }
}

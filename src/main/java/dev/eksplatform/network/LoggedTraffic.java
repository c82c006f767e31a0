package dev.eksplatform.network;

/** Which traffic is logged. */
public enum LoggedTraffic {
    /** All of it. */
    ALL,

    /** What security groups and network ACLs let through. */
    ACCEPT,

    /** What security groups or network ACLs refuse. */
    REJECT
}

package dev.eksplatform.network;

/** How an endpoint is reached. */
public enum EndpointType {
    /** By a route, free of charge; only S3 and DynamoDB have it. */
    GATEWAY,

    /** By a network interface in each subnet, also from networks that are connected to the VPC. */
    INTERFACE
}

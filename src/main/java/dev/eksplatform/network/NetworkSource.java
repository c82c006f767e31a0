package dev.eksplatform.network;

/** The network: created from a CIDR block and zones, or an existing one. */
public sealed interface NetworkSource permits NetworkSpec, ExistingNetworkSpec {}

package dev.eksplatform.network;

import dev.eksplatform.internal.yaml.Doc;

/** Where a cluster's network comes from: created, or existing. */
@Doc("The network: made from a CIDR block and zones, or an existing one")
public sealed interface NetworkSource permits NetworkSpec, ExistingNetworkSpec {}
